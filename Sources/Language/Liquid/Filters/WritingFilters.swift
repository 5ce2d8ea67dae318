/// Stoke's own filters for what is written to people: names, companies, numbers, lists.
enum WritingFilters {
    static let all: [String: Filter] = [
        "first_word": .text { $0.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? "" },
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
            let plural = arguments.count > 1 ? arguments[1].text : EnglishPlural.of(arguments[0].text)
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
        if rest.hasPrefix("//") { rest = rest.dropFirst(2) }
        rest = rest.prefix { !"/?#".contains($0) }
        if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        rest = rest.prefix { $0 != ":" && $0 != ">" && $0 != " " }
        if rest.hasPrefix("www.") { rest = rest.dropFirst(4) }
        if rest.hasSuffix(".") { rest = rest.dropLast() }
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

/// Regular plurals of English nouns.
enum EnglishPlural {
    /// `seats`, `companies`, `boxes`; nothing of nothing.
    static func of(_ noun: String) -> String {
        let lower = noun.lowercased()
        guard let last = lower.last else { return "" }
        let before = lower.dropLast().last
        if last == "y", let before, !"aeiou".contains(before) { return noun.dropLast() + "ies" }
        let hisses = ["s", "x", "z", "ch", "sh"].contains(where: lower.hasSuffix)
        return noun + (hisses ? "es" : "s")
    }
}
