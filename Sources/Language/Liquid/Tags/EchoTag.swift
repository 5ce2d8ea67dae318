/// `{% echo value | filter %}`: an output as a tag, for `liquid`.
final class EchoTag: Tag {
    private let output: Output

    private init(output: Output) { self.output = output }

    var isBlank: Bool { false }

    static func read(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        parser.output(head.markup, whole: head.whole).map { EchoTag(output: $0) }
    }

    func render(_ renderer: inout Renderer) throws(Stop) { try renderer.write(output) }
    func survey(_ survey: inout Survey) { survey.output(output) }
}

/// `{% break %}` and `{% continue %}`.
final class InterruptTag: Tag {
    private let interrupt: Interrupt

    private init(interrupt: Interrupt) { self.interrupt = interrupt }

    var isBlank: Bool { false }

    static func readBreak(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        InterruptTag(interrupt: .leavesLoop)
    }

    static func readContinue(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        InterruptTag(interrupt: .goesOn)
    }

    func render(_ renderer: inout Renderer) throws(Stop) { renderer.interrupt = interrupt }
    func survey(_ survey: inout Survey) {}
}

/// `{% ifchanged %}...{% endifchanged %}`: the inside, unless it is what it was the last time.
final class IfChangedTag: Tag {
    private let body: Body

    private init(body: Body) { self.body = body }

    var isBlank: Bool { body.isBlank }

    static func read(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        IfChangedTag(body: parser.body(of: head))
    }

    func render(_ renderer: inout Renderer) throws(Stop) {
        let text = try renderer.captured(body)
        guard text != renderer.scope.lastUnlessChanged else { return }
        renderer.scope.lastUnlessChanged = text
        renderer.write(.markup(text), isRaw: true)
    }

    func survey(_ survey: inout Survey) { survey.body(body) }
}

/// `{% skip "reason" %}`: this person gets no such message.
final class SkipTag: Tag {
    private let reason: Expression?

    private init(reason: Expression?) { self.reason = reason }

    var isBlank: Bool { false }

    static func read(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        parser.markup(head.markup) { markup throws(SyntaxProblem) in
            let reason = markup.isAtEnd ? nil : try markup.expression()
            try markup.expectEnd()
            return SkipTag(reason: reason)
        }
    }

    func render(_ renderer: inout Renderer) throws(Stop) {
        let text = try reason.map { (reason) throws(Stop) in try renderer.evaluate(reason).text }
        throw .skip(text ?? "")
    }

    func survey(_ survey: inout Survey) {
        if let reason { survey.expression(reason) }
    }
}
