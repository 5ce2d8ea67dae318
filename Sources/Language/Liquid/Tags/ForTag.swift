import Diagnostics
import Facts

/// `{% for item in list limit: 3 offset: 1 %}...{% else %}...{% endfor %}`
final class ForTag: Tag {
    private struct Head {
        let variable: String
        let collection: Expression
        let collectionRange: Range<Int>
        /// What tells the loop from others, for `offset: continue` and `forloop.name`.
        let name: String
        var isReversed = false
        var limit: Expression?
        var offset: Expression?
        var goesOn = false
    }

    private let head: Head
    private var variable: String { head.variable }
    private let body: Body
    private let otherwise: Body?
    private let range: Range<Int>
    let isBlank: Bool

    private init(_ head: Head, body: Body, otherwise: Body?, range: Range<Int>) {
        self.head = head
        self.range = range
        self.isBlank = body.isBlank && (otherwise?.isBlank ?? true)
        var body = body
        var otherwise = otherwise
        if isBlank {
            body.dropBlankTexts()
            otherwise?.dropBlankTexts()
        }
        self.body = body
        self.otherwise = otherwise
    }

    static func read(_ parser: inout TemplateParser, _ tag: TagHead) -> (any Tag)? {
        let head = parser.markup(tag.markup) { markup throws(SyntaxProblem) in try readHead(&markup) }
        let (body, stop) = parser.body(of: tag, until: ["endfor", "else"])
        guard stop?.name == "else" else {
            guard stop != nil, let head else { return nil }
            return ForTag(head, body: body, otherwise: nil, range: tag.whole)
        }
        let (otherwise, end) = parser.body(of: tag, until: ["endfor"])
        guard end != nil, let head else { return nil }
        return ForTag(head, body: body, otherwise: otherwise, range: tag.whole)
    }

    private static func readHead(_ markup: inout MarkupParser) throws(SyntaxProblem) -> Head {
        let variable = markup.text(try markup.expect(.name, "the name of the loop's variable"))
        guard markup.take(word: "in") else {
            throw markup.unexpected(expecting: "\"in\"", hint: "write {% for item in list %}")
        }
        let start = markup.token.range.lowerBound
        let collection = try markup.expression()
        let range = start..<max(start + 1, markup.token.range.lowerBound)
        let written = markup.source(range)
        var head = Head(
            variable: variable, collection: collection, collectionRange: range, name: "\(variable)-\(written)")
        head.isReversed = markup.take(word: "reversed")
        while markup.looksAt(.comma) || markup.looksAt(.name) {
            _ = markup.take(.comma)
            try readAttribute(&markup, &head)
        }
        try markup.expectEnd()
        return head
    }

    private static func readAttribute(_ markup: inout MarkupParser, _ head: inout Head) throws(SyntaxProblem) {
        let token = markup.token
        let name = markup.looksAt(.name) ? markup.text(token) : ""
        guard name == "limit" || name == "offset" else {
            let hint = NearestName.hint(among: ["limit", "offset", "reversed"], to: name)
            throw markup.unexpected(
                expecting: "\"limit\" or \"offset\"",
                hint: name == "reversed" ? "\"reversed\" comes before limit and offset" : hint)
        }
        markup.take()
        try markup.expect(.colon)
        if name == "offset", markup.looksAt(.name), markup.text(markup.token) == "continue" {
            markup.take()
            head.goesOn = true
            head.offset = nil
        } else if name == "offset" {
            head.offset = try markup.expression()
            head.goesOn = false
        } else {
            head.limit = try markup.expression()
        }
    }

    func render(_ renderer: inout Renderer) throws(Stop) {
        let items = try segment(&renderer)
        guard !items.isEmpty else {
            if let otherwise { try renderer.render(otherwise) }
            return
        }
        let loop = ForLoop(name: head.name, count: items.count, parent: renderer.scope.loops.last)
        renderer.scope.loops.append(loop)
        renderer.scope.frames.append(Frame(loop: .forLoop(loop), named: "forloop", variable: variable))
        defer {
            renderer.scope.frames.removeLast()
            renderer.scope.loops.removeLast()
        }
        let frame = renderer.scope.frames.count - 1
        for index in 0..<items.count {
            loop.index = index
            renderer.scope.frames[frame].setVariable(items[index])
            try renderer.countStep(range)
            try renderer.render(body)
            loop.index = index + 1
            if let interrupt = renderer.takeInterrupt(), interrupt == .leavesLoop { break }
        }
    }

    /// What is gone through, in its order.
    private func segment(_ renderer: inout Renderer) throws(Stop) -> LoopItems {
        let name = head.name
        let collection = try renderer.evaluate(head.collection, otherwise == nil ? .required : .optional)
        let from =
            head.goesOn
            ? renderer.scope.offsets[name] ?? 0 : try renderer.integer(head.offset, range) ?? 0
        let limit = try renderer.integer(head.limit, range)
        var items = LoopItems(collection).slice(from: from, limit: limit)
        // Beyond the end of what can be counted there is nothing to go on with.
        let (next, overflows) = from.addingReportingOverflow(items.count)
        renderer.scope.offsets[name] = overflows ? Int.max : next
        items.isReversed = head.isReversed
        return items
    }

    func survey(_ survey: inout Survey) {
        if otherwise == nil { survey.expression(head.collection) } else { survey.asked(head.collection) }
        if let limit = head.limit { survey.expression(limit) }
        if let offset = head.offset { survey.expression(offset) }
        survey.within(["forloop", variable]) { $0.body(body) }
        if let otherwise { survey.body(otherwise) }
    }
}

/// What a loop goes through, without copying a range out.
struct LoopItems {
    private enum Content {
        /// A text: one element, whichever part is asked for.
        case whole([Operand])
        case list([Operand])
        case range(Int)
    }

    private let content: Content
    private var bounds: Range<Int>
    var isReversed = false

    /// The elements of a list, the numbers of a range, the pairs of a record; a text is one element.
    init(_ collection: Operand) {
        switch collection {
        case .list(let values): content = .list(values)
        case .range(let first, let last):
            content = .range(first)
            bounds = 0..<Operand.count(first, last)
            return
        case .record(let record):
            content = .list(record.elements.map { .list([.text($0.key), Operand($0.value)]) })
        case .text(let text), .markup(let text): content = .whole(text.isEmpty ? [] : [.text(text)])
        default: content = .list([])
        }
        switch content {
        case .whole(let values), .list(let values): bounds = 0..<values.count
        case .range: bounds = 0..<0
        }
    }

    var count: Int { bounds.count }
    var isEmpty: Bool { bounds.isEmpty }

    /// The part that begins at `from` and has at most `limit` elements.
    func slice(from: Int, limit: Int?) -> LoopItems {
        if case .whole = content { return self }
        var part = self
        let lower = min(max(from, 0), bounds.count)
        var upper = bounds.count
        if let limit {
            let (end, overflows) = from.addingReportingOverflow(limit)
            upper = overflows ? (limit < 0 ? 0 : upper) : min(max(end, 0), upper)
        }
        part.bounds = lower..<max(lower, upper)
        return part
    }

    subscript(index: Int) -> Operand {
        let place = isReversed ? bounds.upperBound - 1 - index : bounds.lowerBound + index
        switch content {
        case .whole(let values), .list(let values): return values[place]
        case .range(let first): return .integer(first + place)
        }
    }
}
