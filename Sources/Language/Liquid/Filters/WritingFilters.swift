/// Stoke's own filters for what is written to people: names, companies, numbers, lists.
enum WritingFilters {
    static let all: [String: Filter] = [
        "first_word": .text { $0.utf8.split(whereSeparator: Octet.isSpace).first.map { String(Substring($0)) } ?? "" },
        "name_case": .text(NameCase.name),
        "possessive": .text(possessive),
        "strip_company_suffix": .text(CompanyName.withoutSuffix),
        "domain": .text(domain),
        "ordinal": Filter { (input, _, _) throws(FilterProblem) in .text(ordinal(input)) },
        "number_with_delimiter": Filter(0...1) { (input, arguments, _) throws(FilterProblem) in
            .text(delimited(input.text, by: arguments.first?.text ?? ","))
        },
        "pluralize": Filter(1...2) { (input, arguments, _) throws(FilterProblem) in
            let isOne = Operand.areEqual(input.number.operand, .integer(1))
            let plural = arguments.count > 1 ? arguments[1].text : arguments[0].text + "s"
            return .text(isOne ? arguments[0].text : plural)
        },
        "sentence_list": Filter(0...1, sentenceList),
    ]

    /// `Maya's`, `James'`; nothing of nothing.
    private static func possessive(_ text: String) -> String {
        let name = String(text.trimmedOctets)
        if name.isEmpty { return "" }
        return name + (name.lowercased().hasSuffix("s") ? "'" : "'s")
    }

    /// `acme.example` of `Ana <ana@Acme.example>`, `https://www.acme.example/about`, `acme.example:8080`.
    private static func domain(_ text: String) -> String {
        var rest = text.trimmedOctets.lowercased()[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        rest = rest.prefix { !"/?#".contains($0) }
        if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        rest = rest.prefix { $0 != ":" && $0 != ">" && $0 != " " }
        if rest.hasPrefix("www.") { rest = rest.dropFirst(4) }
        return String(rest)
    }

    /// `1st`, `22nd`, `13th`; what is no whole number stays as it is.
    private static func ordinal(_ input: Operand) -> String {
        guard let number = input.strictInteger else { return input.text }
        let digits = number.digits
        let isTeen = digits.count > 1 && digits.dropLast().hasSuffix("1")
        switch digits.last {
        case "1" where !isTeen: return "\(number)st"
        case "2" where !isTeen: return "\(number)nd"
        case "3" where !isTeen: return "\(number)rd"
        default: return "\(number)th"
        }
    }

    /// `1,234,567.5`; what does not begin with digits stays as it is.
    private static func delimited(_ text: String, by delimiter: String) -> String {
        let sign = text.hasPrefix("-") ? "-" : ""
        let body = text.dropFirst(sign.count)
        let whole = body.prefix { $0.isASCII && $0.isNumber }
        let rest = body.dropFirst(whole.count)
        guard !whole.isEmpty, rest.isEmpty || rest.hasPrefix(".") else { return text }
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { grouped += delimiter }
            grouped.append(digit)
        }
        return sign + grouped + rest
    }

    /// `a, b and c`; a text is a list with commas or semicolons.
    private static let sentenceList: Filter.Function = { (input, arguments, context) throws(FilterProblem) in
        var items: [String]
        if let text = input.string {
            items = text.split { $0 == "," || $0 == ";" }.map { String(String($0).trimmedOctets) }
        } else {
            items = try input.elements(context).map(\.text)
        }
        items.removeAll(where: \.isEmpty)
        guard let last = items.popLast() else { return .text("") }
        if items.isEmpty { return .text(last) }
        return .text(items.joined(separator: ", ") + " \(arguments.first?.text ?? "and") " + last)
    }
}

/// Names typed all in capitals, or in none, as they are written.
enum NameCase {
    private static let particles: Set = [
        "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "ten", "ter", "zu",
        "zur", "bin", "ibn", "al", "el", "y", "e", "und", "and",
    ]
    private static let numerals: Set = ["ii", "iii", "iv", "vi", "vii", "viii"]

    /// The name; one with both capitals and small letters is someone's choice and stays.
    static func name(_ text: String) -> String {
        let hasUpper = text.contains { $0.isUppercase }
        let hasLower = text.contains { $0.isLowercase }
        if hasUpper, hasLower { return text }
        let words = text.lowercased().split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        return words.enumerated().map { index, word in
            if index > 0, index < words.count - 1, particles.contains(word) { return word }
            if index > 0, numerals.contains(word) { return word.uppercased() }
            return capitalized(word)
        }.joined(separator: " ")
    }

    /// `o'neil-smith` as `O'Neil-Smith`, `mcdonald` as `McDonald`.
    private static func capitalized(_ word: String) -> String {
        var result = ""
        var isStart = true
        for character in word {
            result += isStart ? character.uppercased() : String(character)
            isStart =
                character == "-" || character == "." || character == "'" && result.count == 2
                || character == "’" && result.count == 2
        }
        if result.hasPrefix("Mc"), result.count > 3 {
            let third = result.index(result.startIndex, offsetBy: 2)
            result.replaceSubrange(third...third, with: result[third].uppercased())
        }
        return result
    }
}

/// What a company is called in a sentence.
enum CompanyName {
    /// Legal forms, without dots, in small letters.
    private static let suffixes: Set = [
        "inc", "incorporated", "llc", "llp", "lp", "ltd", "limited", "plc", "corp", "corporation", "co", "company",
        "gmbh", "mbh", "ag", "kg", "kgaa", "ug", "ohg", "ev", "eg", "se", "sa", "sas", "sarl", "sasu", "srl", "spa",
        "sl", "slu", "bv", "nv", "cv", "vof", "ab", "as", "asa", "aps", "oy", "oyj", "sro", "doo", "dd", "kft", "zrt",
        "nyrt", "spzoo", "pty", "pte", "pvt", "private", "lda", "ltda", "haftungsbeschränkt", "kk",
    ]

    /// The name without its legal form: `Nordlicht` of `Nordlicht GmbH & Co. KG`, never nothing.
    static func withoutSuffix(_ text: String) -> String {
        let all = text.split(separator: " ").map(String.init)
        var words = all
        while words.count > 1, let last = words.last {
            if suffixes.contains(bare(last)) {
                words.removeLast()
            } else if let length = spelled(words) {
                words.removeLast(length)
            } else if words.count < all.count, ["&", "and", "und", "+"].contains(last.lowercased()) {
                words.removeLast()
            } else {
                break
            }
        }
        if words.count == all.count { return text }
        let name = words.joined(separator: " ")
        return String(name.reversed().drop { ",;- ".contains($0) }.reversed())
    }

    private static func bare(_ word: String) -> String {
        word.lowercased().filter { !".,()".contains($0) }
    }

    /// How many words at the end spell a legal form with spaces: `Sp. z o.o.`, `S. A.`
    private static func spelled(_ words: [String]) -> Int? {
        for length in 2...3 where words.count > length {
            let joined = words.suffix(length).map(bare).joined()
            if suffixes.contains(joined), words.suffix(length).allSatisfy({ bare($0).count <= 2 }) { return length }
        }
        return nil
    }
}
