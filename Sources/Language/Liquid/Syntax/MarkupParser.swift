import Diagnostics

/// Reads the inside of a tag or an output, token by token.
struct MarkupParser {
    private let bytes: [UInt8]
    private let dialect: Dialect
    private var tokens: [MarkupToken]
    private var index = 0
    private var depth = 0

    /// - Throws: a problem with a character that begins no token.
    init(_ bytes: [UInt8], _ range: Range<Int>, dialect: Dialect) throws(SyntaxProblem) {
        self.bytes = bytes
        self.dialect = dialect
        self.tokens = try MarkupLexer.tokens(bytes, range)
    }

    var strictness: Dialect.Strictness { dialect.strictness }
    var token: MarkupToken { tokens[index] }
    var isAtEnd: Bool { token.kind == .end }

    func looksAt(_ kind: MarkupToken.Kind, ahead: Int = 0) -> Bool {
        index + ahead < tokens.count && tokens[index + ahead].kind == kind
    }

    /// What is written in `range`, without the white space outside quotes.
    func source(_ range: Range<Int>) -> String {
        let inside = tokens.filter { range.contains($0.range.lowerBound) }
        return inside.map(text).joined()
    }

    func text(_ token: MarkupToken) -> String { String(decoding: bytes[token.range], as: UTF8.self) }

    /// Takes the next token.
    @discardableResult
    mutating func take() -> MarkupToken {
        let token = tokens[index]
        if index < tokens.count - 1 { index += 1 }
        return token
    }

    /// Takes the next token if it is of `kind`.
    mutating func take(_ kind: MarkupToken.Kind) -> MarkupToken? { looksAt(kind) ? take() : nil }

    /// Takes the next token if it is the name `word`.
    mutating func take(word: String) -> Bool {
        guard looksAt(.name), bytes[token.range].elementsEqual(word.utf8) else { return false }
        take()
        return true
    }

    /// Takes a token that must be of `kind`.
    ///
    /// - Throws: what stands there instead.
    @discardableResult
    mutating func expect(_ kind: MarkupToken.Kind, _ what: String? = nil) throws(SyntaxProblem) -> MarkupToken {
        guard looksAt(kind) else { throw unexpected(expecting: what ?? kind.rawValue) }
        return take()
    }

    /// - Throws: what is left over.
    mutating func expectEnd() throws(SyntaxProblem) {
        if !isAtEnd { throw unexpected(expecting: nil) }
    }

    /// What is wrong with the next token.
    func unexpected(expecting what: String?, hint: String? = nil) -> SyntaxProblem {
        let found = isAtEnd ? "nothing more" : "\"\(text(token))\""
        let message = what.map { "expected \($0), found \(found)" } ?? "unexpected \(found)"
        // At the end the caret stands on the last octet that was read.
        let range = isAtEnd && index > 0 ? tokens[index - 1].range : token.range
        return SyntaxProblem(
            .liquidSyntax, message, range.isEmpty ? range.lowerBound..<range.lowerBound + 1 : range, hint: hint)
    }

    // MARK: expressions

    /// - Throws: what is no expression.
    mutating func expression() throws(SyntaxProblem) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 100 else { throw SyntaxProblem(.nesting, "brackets are nested too deeply", token.range) }
        switch token.kind {
        case .name: return try named()
        case .string: return .literal(.text(string(take())))
        case .number: return .literal(number(take()))
        case .openRound: return try range()
        case .openSquare: return try bracketed()
        default: throw unexpected(expecting: "a value")
        }
    }

    /// The inside of a quoted text.
    func string(_ token: MarkupToken) -> String {
        String(decoding: bytes[(token.range.lowerBound + 1)..<(token.range.upperBound - 1)], as: UTF8.self)
    }

    private func number(_ token: MarkupToken) -> Operand {
        let text = text(token)
        if let value = Int(text) { return .integer(value) }
        if text.utf8.contains(UInt8(ascii: ".")) { return .decimal(Double(text) ?? 0) }
        let isNegative = text.hasPrefix("-")
        return .large(BigInteger(digits: text.utf8.dropFirst(isNegative ? 1 : 0), isNegative: isNegative))
    }

    private mutating func range() throws(SyntaxProblem) -> Expression {
        try expect(.openRound)
        let start = token.range
        let first = try expression()
        try expect(.dots)
        let end = token.range
        let last = try expression()
        try expect(.closeRound)
        // What is known already is worked out already.
        guard let lower = first.constant, let upper = last.constant else { return .range(first, last) }
        guard let lower = lower.looseInteger else { throw noBound(start) }
        guard let upper = upper.looseInteger else { throw noBound(end) }
        return .literal(.range(lower, upper))
    }

    private func noBound(_ range: Range<Int>) -> SyntaxProblem {
        SyntaxProblem(.liquidSyntax, "a range goes from a whole number to a whole number", range)
    }

    private mutating func named() throws(SyntaxProblem) -> Expression {
        let first = take()
        let name = text(first)
        let segments = try segments()
        if segments.isEmpty, let literal = Self.literal(name) { return literal }
        return .lookup(lookup(name: name, nil, segments, first))
    }

    private static func literal(_ name: String) -> Expression? {
        switch name {
        case "nil", "null": .literal(.none)
        case "true": .literal(.bool(true))
        case "false": .literal(.bool(false))
        case "empty": .empty
        case "blank": .blank
        default: nil
        }
    }

    private mutating func bracketed() throws(SyntaxProblem) -> Expression {
        guard dialect.strictness != .strict2 else {
            throw SyntaxProblem(
                .liquidSyntax, "a variable can't begin with a bracket", token.range,
                hint: "write self['name'] for a name that is worked out")
        }
        let first = take()
        let inside = try expression()
        try expect(.closeSquare)
        let segments = try segments()
        let name = inside.constant.flatMap(\.string)
        return .lookup(lookup(name: name, name == nil ? inside : nil, segments, first))
    }

    private func lookup(
        name: String?, _ expression: Expression?, _ segments: [Lookup.Segment], _ first: MarkupToken
    ) -> Lookup {
        let range = first.range.lowerBound..<tokens[index - 1].range.upperBound
        let keys = segments.map { segment in
            switch segment {
            case .key(let key): key
            case .index(.literal(let value)): value.text
            case .index: "*"
            }
        }
        let path = ([name ?? "*"] + keys).joined(separator: ".")
        return Lookup(name: name, nameExpression: expression, segments: segments, range: range, path: path)
    }

    private mutating func segments() throws(SyntaxProblem) -> [Lookup.Segment] {
        var segments: [Lookup.Segment] = []
        while true {
            if take(.openSquare) != nil {
                segments.append(.index(try expression()))
                try expect(.closeSquare)
            } else if take(.dot) != nil {
                segments.append(.key(text(try expect(.name))))
            } else {
                return segments
            }
        }
    }
}
