/// What a company is called in a sentence.
enum CompanyName {
    /// Legal forms, without dots, in small letters.
    private static let suffixes: Set = [
        "inc", "incorporated", "llc", "llp", "lp", "ltd", "limited", "plc", "corp", "corporation", "co", "company",
        "gmbh", "ggmbh", "mbh", "ag", "kg", "kgaa", "ug", "ohg", "ev", "eg", "ek", "se", "aktiengesellschaft", "sa",
        "sas",
        "sarl", "sasu", "sàrl", "srl", "srls", "spa", "sl", "slu", "bv", "nv", "cv", "vof", "ab", "publ", "as", "asa",
        "aps", "oy", "oyj", "abp", "sro", "doo", "dd", "ad", "kft", "zrt", "nyrt", "bt", "spzoo", "sp", "pty", "pte",
        "pvt",
        "private", "lda", "ltda", "eireli", "haftungsbeschränkt", "kk", "bhd", "sdn", "tbk", "jsc", "ооо", "зао", "оао",
        "ао",
    ]
    /// Forms of several words, written together.
    private static let phrases: Set = ["sadecv", "sapidecv", "sderldecv", "sderl", "spzoo", "spzook", "godoo"]
    /// Forms that are words as well: only as `SpA`, `S.p.A.`, `SPA` are they forms.
    private static let words: Set = ["spa", "as", "ad", "sp"]
    /// Forms that stand before a name or behind it, without a blank.
    private static let affixes = [
        "株式会社", "有限会社", "合同会社", "合資会社", "一般社団法人", "(株)", "（株）", "㈱", "(有)", "（有）", "有限责任公司", "股份有限公司", "有限公司",
        "股份公司", "주식회사", "유한회사", "(주)", "㈜",
    ]

    /// The name without its legal form: `Nordlicht` of `Nordlicht GmbH & Co. KG`, never nothing.
    static func withoutSuffix(_ text: String) -> String {
        let bare = withoutAffixes(text)
        let all = bare.split(separator: " ").map(String.init)
        var words = all
        while words.count > 1, let last = words.last {
            if let length = phrase(words) {
                words.removeLast(length)
            } else if isForm(last) {
                words.removeLast()
            } else if words.count < all.count, ["&", "and", "und", "et", "+"].contains(last.lowercased()) {
                words.removeLast()
            } else {
                break
            }
        }
        if words.count == all.count { return bare }
        let name = words.joined(separator: " ")
        return String(name.reversed().drop { ",;- ".contains($0) }.reversed())
    }

    private static func withoutAffixes(_ text: String) -> String {
        for affix in affixes where text.count > affix.count {
            if text.hasPrefix(affix) { return String(text.dropFirst(affix.count)).trimmed }
            if text.hasSuffix(affix) { return String(text.dropLast(affix.count)).trimmed }
        }
        return text
    }

    private static func isForm(_ word: String) -> Bool {
        let bare = bare(word)
        guard suffixes.contains(bare) else { return false }
        return !words.contains(bare) || word.contains(where: { "./".contains($0) })
            || word.count(where: \.isUppercase) > 1
    }

    private static func bare(_ word: String) -> String { word.lowercased().filter { !".,()/".contains($0) } }

    /// How many words at the end spell a legal form with spaces: `Sp. z o.o.`, `S. A.`, `S.A. de C.V.`
    private static func phrase(_ words: [String]) -> Int? {
        for length in [5, 4, 3, 2] where words.count > length {
            let parts = words.suffix(length).map(bare)
            let joined = parts.joined()
            if phrases.contains(joined) { return length }
            if suffixes.contains(joined), parts.allSatisfy({ $0.count <= 2 }) { return length }
        }
        return nil
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
