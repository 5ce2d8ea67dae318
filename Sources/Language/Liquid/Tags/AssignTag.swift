/// `{% assign name = value | filter %}`
final class AssignTag: Tag {
    let name: String
    let value: Output

    private init(name: String, value: Output) {
        self.name = name
        self.value = value
    }

    var isBlank: Bool { true }

    static func read(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        let bytes = parser.bytes
        guard let (found, equals) = target(bytes, head.markup) else {
            parser.report(
                SyntaxProblem(
                    .liquidSyntax, "\"assign\" needs a name and a value", head.whole,
                    hint: "write {% assign name = value %}"))
            return nil
        }
        let isAnyName = parser.dialect.strictness != .strict2
        // The reference passes over what stands before the name.
        let name = parser.dialect.passesOverJunk ? found : head.markup.lowerBound..<found.upperBound
        let written = String(decoding: bytes[name], as: UTF8.self)
        let target =
            isAnyName
            ? written
            : parser.markup(name) { markup throws(SyntaxProblem) in
                let token = try markup.expect(.name)
                let hint = "write {% assign name = value %}"
                if !markup.isAtEnd { throw markup.unexpected(expecting: "\"=\"", hint: hint) }
                return markup.text(token)
            }
        let value = parser.output(equals + 1..<head.markup.upperBound, whole: head.whole)
        guard let target, let value else { return nil }
        return AssignTag(name: target, value: value)
    }

    /// The name right before the first `=` that has one, and the place of that sign.
    private static func target(_ bytes: [UInt8], _ markup: Range<Int>) -> (name: Range<Int>, equals: Int)? {
        var index = markup.lowerBound
        while let equals = bytes[index..<markup.upperBound].firstIndex(of: UInt8(ascii: "=")) {
            var end = equals
            while end > markup.lowerBound, Octet.isSpace(bytes[end - 1]) { end -= 1 }
            var start = end
            while start > markup.lowerBound, isTargetOctet(bytes[start - 1]) { start -= 1 }
            if start < end { return (start..<end, equals) }
            index = equals + 1
        }
        return nil
    }

    private static func isTargetOctet(_ octet: UInt8) -> Bool {
        Octet.isWord(octet) || "-.[]()".utf8.contains(octet)
    }

    func render(_ renderer: inout Renderer) throws(Stop) {
        renderer.scope.assign(name, try renderer.evaluate(value))
    }

    func survey(_ survey: inout Survey) {
        survey.output(value)
        survey.bind(name)
    }
}
