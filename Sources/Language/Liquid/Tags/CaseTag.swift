import Diagnostics

/// `{% case value %}{% when a, b %}...{% else %}...{% endcase %}`: every part that fits, in order.
final class CaseTag: Tag {
    private struct Branch {
        /// Empty for `else`.
        let values: [Expression]
        let isElse: Bool
        var body: Body
    }

    private let subject: Expression
    private let branches: [Branch]
    let isBlank: Bool

    private init(_ subject: Expression, _ branches: [Branch], isBlank: Bool) {
        self.subject = subject
        self.isBlank = isBlank
        self.branches = branches.map { branch in
            var branch = branch
            if isBlank { branch.body.dropBlankTexts() }
            return branch
        }
    }

    static func read(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        let subject = parser.markup(head.markup) { markup throws(SyntaxProblem) in
            let subject = try markup.expression()
            if markup.strictness == .strict2 { try markup.expectEnd() }
            return subject
        }
        let parts = ["endcase", "when", "else"]
        var (body, stop) = parser.body(of: head, until: parts)
        var isBlank = body.isBlank
        var branches: [Branch] = []
        var isReadable = subject != nil
        while let part = stop, part.name != "endcase" {
            let values = part.name == "else" ? elseValues(&parser, part) : whenValues(&parser, part)
            if values == nil { isReadable = false }
            (body, stop) = parser.body(of: head, until: parts)
            isBlank = isBlank && body.isBlank
            branches.append(Branch(values: values ?? [], isElse: part.name == "else", body: body))
        }
        guard isReadable, stop != nil, let subject else { return nil }
        return CaseTag(subject, branches, isBlank: isBlank)
    }

    private static func elseValues(_ parser: inout TemplateParser, _ part: TagHead) -> [Expression]? {
        parser.refuseArguments(part) ? [] : nil
    }

    private static func whenValues(_ parser: inout TemplateParser, _ part: TagHead) -> [Expression]? {
        if parser.dialect.strictness != .strict2,
            let values = LaxMarkup.values(parser.bytes, part.markup, dialect: parser.dialect)
        {
            return values
        }
        return parser.markup(part.markup) { markup throws(SyntaxProblem) in
            var values: [Expression] = []
            repeat {
                values.append(try markup.expression())
            } while markup.take(word: "or") || markup.take(.comma) != nil
            try markup.expectEnd()
            return values
        }
    }

    func render(_ renderer: inout Renderer) throws(Stop) {
        let value = try renderer.evaluate(subject)
        var isTaken = false
        for branch in branches {
            if branch.isElse {
                if !isTaken { try renderer.render(branch.body) }
                continue
            }
            for candidate in branch.values where try renderer.isEqual(.literal(value), value, candidate) {
                isTaken = true
                try renderer.render(branch.body)
            }
        }
    }

    func survey(_ survey: inout Survey) {
        survey.asked(subject)
        for branch in branches {
            for value in branch.values { survey.asked(value) }
            survey.guarded(by: branch.isElse ? nil : Condition(tests: [(.isTruthy(subject), true)])) {
                $0.body(branch.body)
            }
        }
    }
}
