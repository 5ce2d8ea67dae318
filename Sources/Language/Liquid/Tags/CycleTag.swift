/// `{% cycle 'odd', 'even' %}`: one value after the other, each time it is passed.
final class CycleTag: Tag {
    private let name: Expression?
    private let key: String
    private let values: [Expression]

    private init(name: Expression?, key: String, values: [Expression]) {
        self.name = name
        self.key = key
        self.values = values
    }

    var isBlank: Bool { false }

    static func read(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        parser.markup(head.markup) { markup throws(SyntaxProblem) in
            if markup.isAtEnd { throw markup.unexpected(expecting: "values to go through") }
            var first = try markup.expression()
            var name: Expression?
            if markup.take(.colon) != nil {
                name = first
                first = try markup.expression()
            }
            var values = [first]
            while markup.take(.comma) != nil, !markup.isAtEnd { values.append(try markup.expression()) }
            try markup.expectEnd()
            return CycleTag(name: name, key: key(values, head), values: values)
        }
    }

    /// What tells one nameless cycle from another: its literal values; one with a variable is its own.
    private static func key(_ values: [Expression], _ head: TagHead) -> String {
        let constants = values.compactMap(\.constant)
        if constants.count < values.count { return "@\(head.whole.lowerBound)" }
        return constants.map(\.inspected).joined(separator: ",")
    }

    func render(_ renderer: inout Renderer) throws(Stop) {
        let key = try name.map { (name) throws(Stop) in "=" + (try renderer.evaluate(name)).inspected } ?? key
        let turn = renderer.scope.cycles[key] ?? 0
        let value = turn < values.count ? try renderer.evaluate(values[turn], .required) : .none
        renderer.write(value, isRaw: false)
        renderer.scope.cycles[key] = turn + 1 < values.count ? turn + 1 : 0
    }

    func survey(_ survey: inout Survey) {
        if let name { survey.expression(name) }
        for value in values { survey.expression(value) }
    }
}
