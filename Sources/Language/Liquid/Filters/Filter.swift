import Facts

/// What a filter may ask about the world.
struct FilterContext: Sendable {
    let clock: TemplateClock
    let escaping: RenderOptions.Escaping
    /// The longest text a filter may make.
    let octetLimit: Int

    /// Two texts put together; where one of them is escaped already, the other is made so, too.
    func joined(_ first: Operand, _ second: Operand) -> Operand {
        switch (first, second) {
        case (.markup, _), (_, .markup): .markup(markup(first) + markup(second))
        default: .text(first.text + second.text)
        }
    }

    private func markup(_ value: Operand) -> String {
        if case .markup(let text) = value { return text }
        var octets: [UInt8] = []
        escaping.escape(value.text, into: &octets)
        return String(decoding: octets, as: UTF8.self)
    }

    /// - Throws: a problem where a text of `octets` would be too long.
    func allow(octets: Int) throws(FilterProblem) {
        if octets > octetLimit { throw FilterProblem("the text is longer than \(octetLimit) octets", isLimit: true) }
    }

    /// - Throws: a problem where a list of `count` elements would be too long.
    func allow(elements count: Int) throws(FilterProblem) {
        if count > octetLimit / 4 { throw FilterProblem("the list has too many elements", isLimit: true) }
    }
}

/// Why a filter can't work with its values.
struct FilterProblem: Error {
    let message: String
    let isLimit: Bool
    let hint: String?

    init(_ message: String, isLimit: Bool = false, hint: String? = nil) {
        self.message = message
        self.isLimit = isLimit
        self.hint = hint
    }
}

/// A function from a value to a value, with arguments.
final class Filter: Sendable {
    typealias Function =
        @Sendable (_ input: Operand, _ arguments: [Operand], _ context: FilterContext) throws(FilterProblem) -> Operand

    /// How many arguments it takes.
    let arity: ClosedRange<Int>
    private let function: Function

    init(_ arity: ClosedRange<Int> = 0...0, _ function: @escaping Function) {
        self.arity = arity
        self.function = function
    }

    /// - Throws: a problem with the arguments or the value.
    func apply(_ input: Operand, _ arguments: [Operand], _ context: FilterContext) throws(FilterProblem) -> Operand {
        guard arity.contains(arguments.count) else { throw wrongCount(arguments.count) }
        let result = try function(input, arguments, context)
        if let text = result.string { try context.allow(octets: text.utf8.count) }
        return result
    }

    private func wrongCount(_ count: Int) -> FilterProblem {
        FilterProblem("wrong number of arguments: \(count) given, \(arityText) expected")
    }

    /// `1`, `1 or 2`, `0 to 2`
    var arityText: String {
        let (low, high) = (arity.lowerBound, arity.upperBound)
        return low == high ? "\(low)" : high == low + 1 ? "\(low) or \(high)" : "\(low) to \(high)"
    }

    /// A filter from text to text that takes no arguments.
    static func text(_ function: @escaping @Sendable (String) -> String) -> Filter {
        Filter { (input, _, _) throws(FilterProblem) in .text(function(input.text)) }
    }
}

/// The filters by their names.
struct FilterTable: Sendable {
    private let filters: [String: Filter]
    /// In alphabetical order.
    let names: [String]

    /// All filters: those of the standard, and Stoke's own.
    static let standard = FilterTable([
        TextFilters.all, CodingFilters.all, NumberFilters.all, ListFilters.all, SelectionFilters.all, DateFilters.all,
        WritingFilters.all,
    ])

    private init(_ tables: [[String: Filter]]) {
        filters = tables.reduce(into: [:]) { all, table in all.merge(table) { first, _ in first } }
        names = filters.keys.sorted()
    }

    subscript(name: String) -> Filter? { filters[name] }
}
