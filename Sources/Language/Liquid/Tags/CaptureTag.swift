/// `{% capture name %}...{% endcapture %}`: what the inside renders to, under a name.
final class CaptureTag: Tag {
    let name: String
    let body: Body

    private init(name: String, body: Body) {
        self.name = name
        self.body = body
    }

    var isBlank: Bool { true }

    static func read(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        let name = parser.markup(head.markup) { markup throws(SyntaxProblem) in
            let token = try markup.captureName()
            try markup.expectEnd()
            return token
        }
        let body = parser.body(of: head)
        return name.map { CaptureTag(name: $0, body: body) }
    }

    func render(_ renderer: inout Renderer) throws(Stop) {
        let text = try renderer.captured(body)
        renderer.scope.assign(name, renderer.escapes ? .markup(text) : .text(text))
    }

    func survey(_ survey: inout Survey) {
        survey.body(body)
        survey.bind(name)
    }
}

extension MarkupParser {
    /// A name; in quotes where old templates write it so.
    fileprivate mutating func captureName() throws(SyntaxProblem) -> String {
        if strictness != .strict2 {
            if let quoted = take(.string) { return string(quoted) }
            if let number = take(.number) { return text(number) }
        }
        return text(try expect(.name, "the name to keep the text under"))
    }
}
