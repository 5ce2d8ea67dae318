/// The placeholders of other tools, which here would be sent as they stand.
enum ForeignSyntax {
    /// An output that another tool would understand; `nil` for one that is none of these.
    static func output(_ bytes: [UInt8], _ markup: Range<Int>, whole: Range<Int>) -> SyntaxProblem? {
        let inside = bytes.trimmed(markup)
        guard !inside.isEmpty else { return nil }
        let text = String(decoding: bytes[inside], as: UTF8.self)
        if text.lowercased().hasPrefix("random"), let pipe = text.firstIndex(of: "|"),
            text[..<pipe].trimmed == "RANDOM" || text[..<pipe].trimmed == "random"
        {
            let options = text[text.index(after: pipe)...].split(separator: "|").map(\.trimmed)
            return SyntaxProblem(
                .foreignSyntax, "a choice is not written like this here", whole,
                hint: "write {\(options.joined(separator: "|"))}")
        }
        if text.hasPrefix("#") || text.hasPrefix("/") {
            let word = text.dropFirst().trimmed
            return SyntaxProblem(
                .foreignSyntax, "blocks are written with {% and %}", whole,
                hint: text.hasPrefix("#") ? "write {% \(word) %}" : "write {% end\(word) %}")
        }
        return nil
    }

    /// What stands in the texts of a template.
    static func problems(_ texts: [Range<Int>], in bytes: [UInt8]) -> [SyntaxProblem] {
        var finder = Finder(bytes: bytes)
        for text in texts where finder.found.count < TemplateParser.maximumProblems { finder.read(text) }
        return finder.found
    }

    private struct Finder {
        let bytes: [UInt8]
        var found: [SyntaxProblem] = []

        mutating func read(_ range: Range<Int>) {
            var index = range.lowerBound
            while index < range.upperBound {
                index = match(index, range.upperBound) ?? index + 1
            }
        }

        /// Where the placeholder at `index` ends; `nil` for none.
        private mutating func match(_ index: Int, _ end: Int) -> Int? {
            switch bytes[index] {
            case UInt8(ascii: "{"): brace(index, end)
            case UInt8(ascii: "["): pair(index, end, "[[", "]]")
            case UInt8(ascii: "*"): pair(index, end, "*|", "|*")
            case UInt8(ascii: "%"): percent(index, end)
            default: nil
            }
        }

        /// `{first_name}`, `{contactfield=first_name}`
        private mutating func brace(_ start: Int, _ end: Int) -> Int? {
            guard let name = word(start + 1, end, allowing: "=-. ") else { return nil }
            guard name.upperBound < end, bytes[name.upperBound] == UInt8(ascii: "}") else { return nil }
            let text = String(decoding: bytes[name], as: UTF8.self)
            guard !text.contains(" "), let first = text.utf8.first, Octet.isLetter(first) else { return nil }
            let field = text.split(separator: "=").last.map(String.init) ?? text
            return add(start..<name.upperBound + 1, field)
        }

        private mutating func pair(_ start: Int, _ end: Int, _ opening: String, _ closing: String) -> Int? {
            guard bytes[start..<end].starts(with: opening.utf8),
                let name = word(start + 2, end, allowing: " :.-"), bytes[name].contains(where: Octet.isLetter),
                bytes[name.upperBound..<end].starts(with: closing.utf8)
            else { return nil }
            return add(start..<name.upperBound + 2, String(decoding: bytes[name], as: UTF8.self).trimmed)
        }

        /// `%signature%`: a word of two letters or more between two signs.
        private mutating func percent(_ start: Int, _ end: Int) -> Int? {
            guard let name = word(start + 1, end, allowing: ""), name.count > 1, Octet.isLetter(bytes[name.lowerBound]),
                name.upperBound < end, bytes[name.upperBound] == UInt8(ascii: "%")
            else { return nil }
            // `100%ig%`, or an encoded octet in a link.
            if start > 0, Octet.isWord(bytes[start - 1]) { return nil }
            return add(start..<name.upperBound + 1, String(decoding: bytes[name], as: UTF8.self))
        }

        private func word(_ start: Int, _ end: Int, allowing extra: String) -> Range<Int>? {
            var index = start
            while index < end, index - start < 64, Octet.isWord(bytes[index]) || extra.utf8.contains(bytes[index]) {
                index += 1
            }
            return index > start && index < end ? start..<index : nil
        }

        private mutating func add(_ range: Range<Int>, _ name: String) -> Int {
            let variable = ForeignSyntax.variable(name)
            found.append(
                SyntaxProblem(
                    .foreignSyntax, "this is a placeholder of another tool", range, hint: "write {{ \(variable) }}"))
            return range.upperBound
        }
    }

    /// The name that a field of another tool has here.
    private static func variable(_ name: String) -> String {
        let known = [
            "fname": "first_name", "firstname": "first_name", "lname": "last_name", "lastname": "last_name",
            "company": "company.name", "companyname": "company.name", "signature": "sender.signature",
        ]
        let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
        if let variable = known[plain] { return variable }
        return name.lowercased().map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
    }
}

extension StringProtocol {
    fileprivate var trimmed: String { String(String(self).trimmedOctets) }
}
