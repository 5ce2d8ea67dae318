/// Names typed all in capitals, or in none, as they are written.
enum NameCase {
    private static let particles: Set = [
        "van", "von", "vom", "der", "den", "de", "del", "della", "di", "da", "das", "do", "dos", "du", "la", "le",
        "las",
        "los", "ten", "ter", "te", "zu", "zum", "zur", "bin", "ibn", "bint", "al", "el", "y", "e", "und", "and", "af",
        "av",
    ]
    private static let numerals: Set = ["ii", "iii", "iv", "vi", "vii", "viii"]

    /// The name; one with both capitals and small letters is someone's choice and stays, but for `McDONALD`.
    static func name(_ text: String) -> String {
        let hasUpper = text.contains { $0.isUppercase }
        let hasLower = text.split(separator: " ").contains { withoutScotsPrefix($0).contains { $0.isLowercase } }
        if hasUpper, hasLower { return text }
        let words = text.lowercased().split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        return words.enumerated().map { index, word in
            if index > 0, index < words.count - 1, particles.contains(word) { return word }
            if index > 0, numerals.contains(word) { return word.uppercased() }
            return capitalized(word)
        }.joined(separator: " ")
    }

    /// What is behind the `Mc` or `Mac` of a word that goes on in capitals.
    private static func withoutScotsPrefix(_ word: Substring) -> Substring {
        for prefix in ["Mc", "Mac"] where word.hasPrefix(prefix) {
            let rest = word.dropFirst(prefix.count)
            if rest.count > 1, rest.first?.isUppercase ?? false { return rest }
        }
        return word
    }

    /// `o'neil-smith` as `O'Neil-Smith`, `mcdonald` as `McDonald`.
    private static func capitalized(_ word: String) -> String {
        var result = ""
        var isStart = true
        for (index, character) in zip(word.indices, word) {
            result += isStart ? character.uppercased() : String(character)
            isStart = "-.".contains(character) || "'\u{2019}".contains(character) && isElision(word, at: index)
        }
        if result.hasPrefix("Mc"), result.count > 3 {
            let third = result.index(result.startIndex, offsetBy: 2)
            result.replaceSubrange(third...third, with: result[third].uppercased())
        }
        return result
    }

    /// Whether a name begins behind the apostrophe: that of `o'neill`, `dell'acqua`, not of `john's`.
    private static func isElision(_ word: String, at index: String.Index) -> Bool {
        let rest = word[word.index(after: index)...].prefix { $0.isLetter }
        return rest.count > 2 || rest.count == 2 && word[..<index].count == 1
    }
}
