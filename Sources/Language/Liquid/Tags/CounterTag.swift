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
        let value: Int
        switch renderer.scope.counter(name) {
        case .integer(let number): value = number
        case .none, .bool(false): value = 0
        default: throw renderer.failure(.argument, "\"\(name)\" is no number", range)
        }
        // An increment shows the number before, a decrement the one after.
        renderer.scope.counters[name] = .integer(value &+ step)
        renderer.write(.integer(step > 0 ? value : value &+ step), isRaw: true)
    }

    func survey(_ survey: inout Survey) { survey.bind(name) }
}
