import Diagnostics
import Facts

/// One render of a template: its output so far, its variables, and what it may still do.
struct Renderer {
    private(set) var output: [UInt8] = []
    var scope: Scope
    var interrupt: Interrupt?
    let options: RenderOptions
    /// Whether a variable without a value fails where it is `required`.
    let failsOnMissing: Bool
    /// Whether values are changed on their way to the output.
    let escapes: Bool
    private(set) var template: Template
    private var bytes: [UInt8]
    private var stepsLeft: Int
    private var bodyDepth = 0
    /// Bodies inside one another, those of included templates counted in: what a thread's stack surely holds.
    private static let maximumBodyDepth = 400
    private let octetLimit: Int
    /// The tags that led to the present template.
    private var chain: [(template: Template, range: Range<Int>)] = []
    private let context: FilterContext

    init(_ template: Template, data: [Record], options: RenderOptions) {
        self.template = template
        self.bytes = template.source.bytes
        self.options = options
        if case .blank = options.undefined { failsOnMissing = false } else { failsOnMissing = true }
        if case .none = options.escaping { escapes = false } else { escapes = true }
        stepsLeft = options.limits.steps
        octetLimit = options.limits.octets
        self.scope = Scope(layers: data)
        self.context = FilterContext(
            clock: options.clock, escaping: options.escaping, octetLimit: options.limits.octets)
        output.reserveCapacity(bytes.count + bytes.count / 2)
    }

    // MARK: bodies

    mutating func render(_ body: Body) throws(Stop) {
        bodyDepth += 1
        defer { bodyDepth -= 1 }
        if bodyDepth > Self.maximumBodyDepth { throw failure(.limit, "templates are nested too deeply", 0..<1) }
        for node in body.nodes {
            stepsLeft -= 1
            if stepsLeft < 0 { throw tooManySteps(node) }
            switch node {
            case .text(let start, let end): writeSource(start..<end)
            case .output(let value): try write(value)
            case .tag(let tag):
                try tag.render(&self)
                if interrupt != nil { return }
            }
            if output.count > octetLimit { throw tooLong() }
        }
    }

    /// What `body` renders to, kept from the output.
    mutating func captured(_ body: Body) throws(Stop) -> String {
        let outer = output
        output = []
        try render(body)
        let text = String(decoding: output, as: UTF8.self)
        output = outer
        return text
    }

    /// Counts a turn of a loop.
    mutating func countStep(_ range: Range<Int>) throws(Stop) {
        stepsLeft -= 1
        if stepsLeft < 0 {
            throw failure(.limit, "the template takes more than \(options.limits.steps) steps", range)
        }
    }

    private func tooManySteps(_ node: Node) -> Stop {
        let range: Range<Int>
        switch node {
        case .text(let start, let end): range = start..<max(end, start + 1)
        case .output(let output): range = output.range
        case .tag: range = 0..<1
        }
        return failure(.limit, "the template takes more than \(options.limits.steps) steps", range)
    }

    private func tooLong() -> Stop {
        failure(.limit, "the output is longer than \(options.limits.octets) octets", 0..<1)
    }

    mutating func takeInterrupt() -> Interrupt? {
        defer { interrupt = nil }
        return interrupt
    }

    func choice(_ group: SpinGroup) -> Int { options.choice(group) }

    // MARK: other templates

    /// The template named.
    ///
    /// - Throws: a failure where there is none.
    func partial(_ name: String, _ range: Range<Int>) throws(Stop) -> Template {
        guard chain.count < options.limits.depth else {
            throw failure(.limit, "templates are nested too deeply", range, hint: "does one include itself?")
        }
        if let partial = options.partial(name) { return partial }
        throw failure(.partial, "no template is named \"\(name)\"", range)
    }

    /// Renders `partial` with the variables that are visible here.
    mutating func renderIncluded(_ partial: Template, _ range: Range<Int>) throws(Stop) {
        chain.append((template, range))
        let outer = template
        enter(partial)
        try render(partial.root)
        enter(outer)
        chain.removeLast()
    }

    /// Renders `partial` with the variables `given` and no others.
    mutating func renderIsolated(
        _ partial: Template, _ given: [String: Operand], _ range: Range<Int>
    ) throws(Stop) {
        let outer = scope
        scope = Scope(layers: [], given: given, refusesInclude: true)
        try renderIncluded(partial, range)
        scope = outer
        interrupt = nil
    }

    private mutating func enter(_ other: Template) {
        template = other
        bytes = other.source.bytes
    }

    // MARK: writing

    /// Writes a part of the source as it stands.
    mutating func writeSource(_ range: Range<Int>) {
        bytes.withUnsafeBufferPointer { output.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// Writes a text of the engine's own.
    mutating func write(literal: String) { output.append(contentsOf: literal.utf8) }

    mutating func write(_ output: Output) throws(Stop) {
        let value = try evaluate(output)
        write(value, isRaw: output.isRaw)
    }

    /// Writes a value: a list element by element, everything but markup escaped.
    mutating func write(_ value: Operand, isRaw: Bool) {
        switch value {
        case .none: break
        case .text(let text): write(text, isRaw: isRaw)
        case .markup(let text): output.append(contentsOf: text.utf8)
        case .list(let values): for value in values { write(value, isRaw: isRaw) }
        default: write(value.text, isRaw: isRaw)
        }
    }

    private mutating func write(_ text: String, isRaw: Bool) {
        if isRaw || !escapes {
            var text = text
            text.withUTF8 { output.append(contentsOf: $0) }
            return
        }
        options.escaping.escape(text, into: &output)
    }

    // MARK: filters

    /// The value of an output behind its filters.
    mutating func evaluate(_ output: Output) throws(Stop) -> Operand {
        guard let expression = output.value else { return .none }
        let demand: Demand = output.hasDefault ? .optional : .required
        var value = try evaluate(expression, demand)
        for call in output.filters {
            guard let filter = call.filter else { continue }
            let arguments = if let constants = call.constants { constants } else { try arguments(call, demand) }
            do throws(FilterProblem) {
                value = try filter.apply(value, arguments, context)
            } catch {
                throw failure(
                    error.isLimit ? .limit : .argument, "\(call.name): \(error.message)", call.range, hint: error.hint)
            }
        }
        return value
    }

    private mutating func arguments(_ call: FilterCall, _ demand: Demand) throws(Stop) -> [Operand] {
        var arguments: [Operand] = []
        arguments.reserveCapacity(call.arguments.count + 1)
        for argument in call.arguments { arguments.append(try evaluate(argument, demand)) }
        if !call.keywords.isEmpty {
            var record = Record()
            for keyword in call.keywords { record[keyword.name] = try evaluate(keyword.value, demand).value }
            arguments.append(.record(record))
        }
        return arguments
    }

    // MARK: failures

    func failure(
        _ kind: RenderFailure.Kind, _ message: String, _ range: Range<Int>, hint: String? = nil
    ) -> Stop {
        .failure(
            RenderFailure(
                kind: kind, message: message, place: template.source.place(range),
                chain: chain.reversed().map { $0.template.source.place($0.range) }, hint: hint))
    }
}
