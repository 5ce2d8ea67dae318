import Facts

/// What `include` and `render` have in common: the name of a template, a value to give it, more values by name.
struct PartialCall: Sendable {
    var name: Expression
    var value: Expression?
    /// Whether the value's elements are rendered one by one.
    var isForEach = false
    var alias: String?
    var attributes: [(name: String, value: Expression)] = []
    var range: Range<Int>

    /// - Throws: the first problem.
    init(_ markup: inout MarkupParser, name: Expression, range: Range<Int>) throws(SyntaxProblem) {
        self.name = name
        self.range = range
        if markup.take(word: "for") {
            isForEach = true
            value = try markup.expression()
        } else if markup.take(word: "with") {
            value = try markup.expression()
        }
        if markup.take(word: "as") { alias = markup.text(try markup.expect(.name)) }
        _ = markup.take(.comma)
        while markup.looksAt(.name) {
            let name = markup.text(markup.take())
            try markup.expect(.colon)
            attributes.append((name, try markup.expression()))
            _ = markup.take(.comma)
        }
        try markup.expectEnd()
    }

    /// The variable that holds the value: the alias, or the last part of the template's name.
    func variable(_ template: String) -> String {
        alias ?? template.split(separator: "/").last.map(String.init) ?? template
    }

    func survey(_ survey: inout Survey) {
        survey.partial(name, range)
        if let value { survey.expression(value) }
        for attribute in attributes { survey.expression(attribute.value) }
    }
}

/// `{% render 'name', value: x %}`: another template, which sees only what it is given.
final class RenderTag: Tag {
    private let call: PartialCall

    private init(call: PartialCall) { self.call = call }

    var isBlank: Bool { false }

    static func read(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        let call = parser.markup(head.markup) { markup throws(SyntaxProblem) in
            let name = try markup.expect(.string, "the name of a template in quotes")
            return try PartialCall(&markup, name: .literal(.text(markup.string(name))), range: name.range)
        }
        return call.map { RenderTag(call: $0) }
    }

    func render(_ renderer: inout Renderer) throws(Stop) {
        guard let name = call.name.constant?.text else { return }
        let value = try call.value.map { (value) throws(Stop) in try renderer.evaluate(value, .required) }
        let partial = try renderer.partial(name, call.range)
        guard call.isForEach, let value, let items = Self.items(value) else {
            return try render(partial, name, value, nil, &renderer)
        }
        let loop = ForLoop(name: name, count: items.count, parent: nil)
        for index in 0..<items.count {
            loop.index = index
            try renderer.countStep(call.range)
            try render(partial, name, items[index], loop, &renderer)
            loop.index = index + 1
        }
    }

    /// What can be gone through; a text is one thing.
    private static func items(_ value: Operand) -> LoopItems? {
        switch value {
        case .list, .range, .record: LoopItems(value)
        default: nil
        }
    }

    private func render(
        _ partial: Template, _ name: String, _ value: Operand?, _ loop: ForLoop?, _ renderer: inout Renderer
    ) throws(Stop) {
        var given: [String: Operand] = [:]
        if let loop { given["forloop"] = .forLoop(loop) }
        for attribute in call.attributes { given[attribute.name] = try renderer.evaluate(attribute.value, .required) }
        if let value, !value.isNone { given[call.variable(name)] = value }
        try renderer.renderIsolated(partial, given, call.range)
    }

    func survey(_ survey: inout Survey) { call.survey(&survey) }
}

/// `{% include 'name' %}`: another template, as if it stood here.
final class IncludeTag: Tag {
    private let call: PartialCall
    private let range: Range<Int>

    private init(call: PartialCall, range: Range<Int>) {
        self.call = call
        self.range = range
    }

    var isBlank: Bool { false }

    static func read(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        let call = parser.markup(head.markup) { markup throws(SyntaxProblem) in
            let range = markup.token.range
            return try PartialCall(&markup, name: try markup.expression(), range: range)
        }
        return call.map { IncludeTag(call: $0, range: head.whole) }
    }

    func render(_ renderer: inout Renderer) throws(Stop) {
        guard !renderer.scope.refusesInclude else {
            throw renderer.failure(
                .partial, "\"include\" is not allowed inside a template that \"render\" shows", range)
        }
        guard let name = try renderer.evaluate(call.name).string else {
            throw renderer.failure(.partial, "the name of the template is no text", call.range)
        }
        let partial = try renderer.partial(name, call.range)
        let value =
            try call.value.map { (value) throws(Stop) in try renderer.evaluate(value, .required) }
            ?? renderer.scope.find(name) ?? .none
        renderer.scope.frames.append(Frame())
        let frame = renderer.scope.frames.count - 1
        defer { renderer.scope.frames.removeLast() }
        for attribute in call.attributes {
            renderer.scope.frames[frame][attribute.name] = try renderer.evaluate(attribute.value, .required)
        }
        let variable = call.variable(name)
        guard case .list(let values) = value else {
            renderer.scope.frames[frame][variable] = value
            return try renderer.renderIncluded(partial, call.range)
        }
        for value in values {
            renderer.scope.frames[frame][variable] = value
            try renderer.renderIncluded(partial, call.range)
        }
    }

    func survey(_ survey: inout Survey) { call.survey(&survey) }
}
