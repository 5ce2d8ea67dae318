/// `{% increment name %}` and `{% decrement name %}`: counters that outlive their block.
final class CounterTag: Tag {
    private let name: String
    private let step: Int
    private let range: Range<Int>

    private init(name: String, step: Int, range: Range<Int>) {
        self.name = name
        self.step = step
        self.range = range
    }

    var isBlank: Bool { false }

    static func readIncrement(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        read(&parser, head, step: 1)
    }

    static func readDecrement(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        read(&parser, head, step: -1)
    }

    private static func read(_ parser: inout TemplateParser, _ head: TagHead, step: Int) -> (any Tag)? {
        let name = parser.markup(head.markup) { markup throws(SyntaxProblem) in
            let token = try markup.expect(.name, "the name of a counter")
            try markup.expectEnd()
            return markup.text(token)
        }
        return name.map { CounterTag(name: $0, step: step, range: head.whole) }
    }

    func render(_ renderer: inout Renderer) throws(Stop) {
        let value = renderer.scope.counter(name)
        switch value {
        case .none, .bool(false), .integer, .large, .decimal: break
        default: throw renderer.failure(.argument, "\"\(name)\" is no number", range)
        }
        let next: Operand
        if case .decimal(let number) = value {
            next = .decimal(number + Double(step))
        } else {
            next = (value.number + .whole(BigInteger(step))).operand
        }
        renderer.scope.counters[name] = next
        // An increment shows the number before, a decrement the one after.
        renderer.write(step < 0 ? next : value.isTruthy ? value : .integer(0), isRaw: true)
    }

    func survey(_ survey: inout Survey) { survey.bind(name) }
}
