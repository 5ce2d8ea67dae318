/// `{% if %}...{% elsif %}...{% else %}...{% endif %}`, and `unless`.
final class IfTag: Tag {
    private struct Branch {
        /// `nil` for `else`.
        let condition: Condition?
        var body: Body
    }

    private let branches: [Branch]
    private let isUnless: Bool
    let isBlank: Bool

    private init(_ branches: [Branch], isUnless: Bool) {
        self.isUnless = isUnless
        let isBlank = branches.allSatisfy(\.body.isBlank)
        self.isBlank = isBlank
        self.branches = branches.map { branch in
            var branch = branch
            if isBlank { branch.body.dropBlankTexts() }
            return branch
        }
    }

    static func read(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        read(&parser, head, isUnless: false)
    }

    static func readUnless(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        read(&parser, head, isUnless: true)
    }

    private static func read(_ parser: inout TemplateParser, _ head: TagHead, isUnless: Bool) -> (any Tag)? {
        let end = "end" + head.name
        var branches: [Branch] = []
        var isReadable = true
        var part = head
        while true {
            let condition =
                part.name == "else"
                ? nil : parser.markup(part.markup) { markup throws(SyntaxProblem) in try markup.condition() }
            if part.name != "else", condition == nil { isReadable = false }
            let (body, stop) = parser.body(of: head, until: [end, "elsif", "else"])
            branches.append(Branch(condition: condition, body: body))
            guard let stop else { return nil }
            if stop.name == end { return isReadable ? IfTag(branches, isUnless: isUnless) : nil }
            part = stop
        }
    }

    func render(_ renderer: inout Renderer) throws(Stop) {
        for (index, branch) in branches.enumerated() {
            if let condition = branch.condition {
                let holds = try renderer.holds(condition)
                if holds == (isUnless && index == 0) { continue }
            }
            return try renderer.render(branch.body)
        }
    }

    func survey(_ survey: inout Survey) {
        for (index, branch) in branches.enumerated() {
            if let condition = branch.condition { survey.condition(condition) }
            // The first branch of `unless` is taken when there is no value.
            let guarding = isUnless && index == 0 ? nil : branch.condition
            survey.guarded(by: guarding) { $0.body(branch.body) }
        }
    }
}
