/// A word of the inside of a tag or an output.
struct MarkupToken {
    enum Kind: String {
        case name = "a name"
        case number = "a number"
        case string = "a text"
        case comparison = "a comparison"
        case pipe = "\"|\""
        case dot = "\".\""
        case dots = "\"..\""
        case colon = "\":\""
        case comma = "\",\""
        case openSquare = "\"[\""
        case closeSquare = "\"]\""
        case openRound = "\"(\""
        case closeRound = "\")\""
        case question = "\"?\""
        case dash = "\"-\""
        case end = "the end"
    }

    let kind: Kind
    /// Offsets in octets.
    let range: Range<Int>
}

/// Cuts markup into tokens.
struct MarkupLexer {
    private let bytes: [UInt8]
    private let end: Int
    private var position: Int
    private var tokens: [MarkupToken] = []

    /// The tokens of `range`, closed by one of kind `end`.
    ///
    /// - Throws: a problem with the first character that begins no token.
    static func tokens(_ bytes: [UInt8], _ range: Range<Int>) throws(SyntaxProblem) -> [MarkupToken] {
        var lexer = MarkupLexer(bytes: bytes, range)
        while try lexer.readToken() {}
        return lexer.tokens
    }

    private init(bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        self.position = range.lowerBound
        self.end = range.upperBound
    }

    private mutating func readToken() throws(SyntaxProblem) -> Bool {
        while position < end, Octet.isSpace(bytes[position]) { position += 1 }
        guard position < end else {
            tokens.append(MarkupToken(kind: .end, range: end..<end))
            return false
        }
        let first = bytes[position]
        if Octet.isLetter(first) || first == UInt8(ascii: "_") {
            readName()
        } else if Octet.isDigit(first) || first == UInt8(ascii: "-") && Octet.isDigit(octet(position + 1)) {
            readNumber()
        } else if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
            try readString(quote: first)
        } else if let kind = Self.sign(first) {
            let isDots = kind == .dot && octet(position + 1) == UInt8(ascii: ".")
            add(isDots ? .dots : kind, length: isDots ? 2 : 1)
        } else {
            try readComparison(first)
        }
        return true
    }

    private mutating func readName() {
        var next = position + 1
        while next < end, Octet.isWord(bytes[next]) || bytes[next] == UInt8(ascii: "-") { next += 1 }
        if octet(next) == UInt8(ascii: "?") { next += 1 }
        let isContains = bytes[position..<next].elementsEqual("contains".utf8) && tokens.last?.kind != .dot
        add(isContains ? .comparison : .name, length: next - position)
    }

    private mutating func readNumber() {
        var next = position + 1
        while Octet.isDigit(octet(next)) { next += 1 }
        if octet(next) == UInt8(ascii: "."), Octet.isDigit(octet(next + 1)) {
            next += 1
            while Octet.isDigit(octet(next)) { next += 1 }
        }
        add(.number, length: next - position)
    }

    private mutating func readString(quote: UInt8) throws(SyntaxProblem) {
        guard let close = bytes[(position + 1)..<end].firstIndex(of: quote) else {
            throw SyntaxProblem(
                .liquidSyntax, "this quotation mark is never closed", position..<position + 1,
                hint: "a text ends with the same mark that begins it")
        }
        add(.string, length: close + 1 - position)
    }

    private mutating func readComparison(_ first: UInt8) throws(SyntaxProblem) {
        let next = octet(position + 1)
        let isPair = next == UInt8(ascii: "=") || first == UInt8(ascii: "<") && next == UInt8(ascii: ">")
        switch first {
        case UInt8(ascii: "<"), UInt8(ascii: ">"): add(.comparison, length: isPair ? 2 : 1)
        case UInt8(ascii: "=") where isPair, UInt8(ascii: "!") where isPair: add(.comparison, length: 2)
        default: throw unexpected(first)
        }
    }

    private func unexpected(_ first: UInt8) -> SyntaxProblem {
        // A whole character, however many octets it takes.
        let rest = String(decoding: bytes[position..<min(end, position + 64)], as: UTF8.self)
        let character = rest.first.map(String.init) ?? ""
        let hints: [String: String] = [
            "=": "compare with \"==\"", "!": "write \"!=\", or use \"unless\"", "&": "write \"and\"",
            "{": "an output inside an output: take the inner braces away", "“": "use straight quotation marks",
            "”": "use straight quotation marks", "‘": "use straight quotation marks",
            "’": "use straight quotation marks", "+": "add with the filter: | plus: 1",
            "*": "multiply with the filter: | times: 2", "/": "divide with the filter: | divided_by: 2",
        ]
        return SyntaxProblem(
            .liquidSyntax, "unexpected character \"\(character)\"",
            position..<min(end, position + max(character.utf8.count, 1)), hint: hints[character])
    }

    private static func sign(_ octet: UInt8) -> MarkupToken.Kind? {
        switch octet {
        case UInt8(ascii: "|"): .pipe
        case UInt8(ascii: "."): .dot
        case UInt8(ascii: ":"): .colon
        case UInt8(ascii: ","): .comma
        case UInt8(ascii: "["): .openSquare
        case UInt8(ascii: "]"): .closeSquare
        case UInt8(ascii: "("): .openRound
        case UInt8(ascii: ")"): .closeRound
        case UInt8(ascii: "?"): .question
        case UInt8(ascii: "-"): .dash
        default: nil
        }
    }

    private func octet(_ index: Int) -> UInt8 { index < end ? bytes[index] : 0 }

    private mutating func add(_ kind: MarkupToken.Kind, length: Int) {
        tokens.append(MarkupToken(kind: kind, range: position..<position + length))
        position += length
    }
}
