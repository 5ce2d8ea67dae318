import Diagnostics

/// `{% tablerow item in list cols: 3 %}...{% endtablerow %}`: rows of an HTML table.
final class TableRowTag: Tag {
    private struct Head {
        let variable: String
        let collection: Expression
        var attributes: [String: Expression] = [:]
    }

    private let head: Head
    private let body: Body
    private let range: Range<Int>
    let isBlank: Bool

    private init(_ head: Head, body: Body, range: Range<Int>) {
        self.head = head
        self.range = range
        self.isBlank = body.isBlank
        // Other than in `if` and `for`, the white space of a blank body is shown.
        self.body = body
    }

    static func read(_ parser: inout TemplateParser, _ tag: TagHead) -> (any Tag)? {
        let head = parser.markup(tag.markup) { markup throws(SyntaxProblem) in try readHead(&markup) }
        let (body, stop) = parser.body(of: tag, until: ["endtablerow"])
        guard stop != nil, let head else { return nil }
        return TableRowTag(head, body: body, range: tag.whole)
    }

    private static let attributeNames = ["cols", "limit", "offset", "range"]

    private static func readHead(_ markup: inout MarkupParser) throws(SyntaxProblem) -> Head {
        let variable = markup.text(try markup.expect(.name, "the name of the loop's variable"))
        guard markup.take(word: "in") else {
            throw markup.unexpected(expecting: "\"in\"", hint: "write {% tablerow item in list %}")
        }
        var head = Head(variable: variable, collection: try markup.expression())
        _ = markup.take(.comma)
        while markup.looksAt(.name) {
            let name = markup.text(markup.token)
            guard attributeNames.contains(name) else {
                throw markup.unexpected(
                    expecting: "\"cols\", \"limit\", \"offset\" or \"range\"",
                    hint: NearestName.hint(among: attributeNames, to: name))
            }
            markup.take()
            try markup.expect(.colon)
            head.attributes[name] = try markup.expression()
            _ = markup.take(.comma)
        }
        try markup.expectEnd()
        return head
    }

    func render(_ renderer: inout Renderer) throws(Stop) {
        let collection = try renderer.evaluate(head.collection, .required)
        guard collection.isTruthy else { return }
        let from = try number("offset", &renderer) ?? 0
        let limit = try number("limit", &renderer)
        let items = LoopItems(collection).slice(from: from, limit: limit)
        let columns = head.attributes["cols"] == nil ? items.count : try number("cols", &renderer) ?? 0
        let loop = TableRowLoop(count: items.count, columns: columns)
        renderer.write(literal: "<tr class=\"row1\">\n")
        renderer.scope.frames.append(Frame(loop: .tableRowLoop(loop), named: "tablerowloop", variable: head.variable))
        let frame = renderer.scope.frames.count - 1
        defer { renderer.scope.frames.removeLast() }
        for index in 0..<items.count {
            renderer.scope.frames[frame].setVariable(items[index])
            try renderer.countStep(range)
            renderer.write(literal: "<td class=\"col\(loop.column)\">")
            try renderer.render(body)
            renderer.write(literal: "</td>")
            if let interrupt = renderer.takeInterrupt(), interrupt == .leavesLoop { break }
            if loop.isLastColumn, !loop.isLast {
                renderer.write(literal: "</tr>\n<tr class=\"row\(loop.row + 1)\">")
            }
            loop.advance()
        }
        renderer.write(literal: "</tr>\n")
    }

    /// An attribute as a whole number; `nil` where it is not given.
    private func number(_ name: String, _ renderer: inout Renderer) throws(Stop) -> Int? {
        guard let expression = head.attributes[name] else { return nil }
        let value = try renderer.evaluate(expression)
        guard let number = value.looseInteger else {
            throw renderer.failure(.argument, "\"\(name)\" is no whole number", range)
        }
        return number
    }

    func survey(_ survey: inout Survey) {
        survey.expression(head.collection)
        for value in head.attributes.values { survey.expression(value) }
        survey.within(["tablerowloop", head.variable]) { $0.body(body) }
    }
}
