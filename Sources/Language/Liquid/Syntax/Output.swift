import Diagnostics

/// A value and the filters it goes through: the inside of `{{ }}`, of `echo` and of `assign`.
final class Output: Sendable {
    /// `nil` for `{{ }}`.
    let value: Expression?
    let filters: [FilterCall]
    /// Whether the value is written as it is, not escaped for the output.
    let isRaw: Bool
    /// Whether a `default` stands in for what is missing.
    let hasDefault: Bool
    /// As written, in octets of the source.
    let range: Range<Int>

    init(value: Expression?, filters: [FilterCall], range: Range<Int>) {
        self.value = value
        self.filters = filters
        self.isRaw = filters.contains { $0.name == "raw" }
        self.hasDefault = filters.contains { $0.name == "default" }
        self.range = range
    }
}

/// One filter of a chain, with its arguments.
///
/// A class, so that going through a chain copies one reference a filter.
final class FilterCall: Sendable {
    let name: String
    /// The filter; `nil` for one that nobody knows, where that is allowed.
    let filter: Filter?
    let arguments: [Expression]
    let keywords: [(name: String, value: Expression)]
    /// The arguments, where all are known before any data is.
    let constants: [Operand]?
    /// The name, in octets of the source.
    let range: Range<Int>

    init(
        name: String, filter: Filter?, arguments: [Expression], keywords: [(name: String, value: Expression)],
        range: Range<Int>
    ) {
        self.name = name
        self.filter = filter
        self.arguments = arguments
        self.keywords = keywords
        self.range = range
        let constants = arguments.compactMap(\.constant)
        self.constants = keywords.isEmpty && constants.count == arguments.count ? constants : nil
    }
}

extension MarkupParser {
    /// A value and its filters up to the end; nothing at all is allowed.
    ///
    /// - Throws: the first problem.
    mutating func output(_ filters: FilterTable, whole: Range<Int>) throws(SyntaxProblem) -> Output {
        if isAtEnd { return Output(value: nil, filters: [], range: whole) }
        let start = token.range.lowerBound
        let value = try expression()
        var calls: [FilterCall] = []
        while take(.pipe) != nil { calls.append(try filterCall(filters)) }
        try expectEnd()
        return Output(value: value, filters: calls, range: start..<max(start + 1, token.range.lowerBound))
    }

    private mutating func filterCall(_ filters: FilterTable) throws(SyntaxProblem) -> FilterCall {
        let nameToken = try expect(.name, "the name of a filter")
        var arguments: [Expression] = []
        var keywords: [(name: String, value: Expression)] = []
        if take(.colon) != nil {
            if !isAtEndOfArguments { try argument(&arguments, &keywords) }
            while take(.comma) != nil, !isAtEndOfArguments { try argument(&arguments, &keywords) }
        }
        let name = text(nameToken)
        return FilterCall(
            name: name, filter: filters[name], arguments: arguments, keywords: keywords, range: nameToken.range)
    }

    private var isAtEndOfArguments: Bool { looksAt(.pipe) || isAtEnd }

    private mutating func argument(
        _ arguments: inout [Expression], _ keywords: inout [(name: String, value: Expression)]
    ) throws(SyntaxProblem) {
        guard looksAt(.name), looksAt(.colon, ahead: 1) else { return arguments.append(try expression()) }
        let name = text(take())
        take()
        keywords.append((name, try expression()))
    }
}
