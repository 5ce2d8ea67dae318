/// One piece of an IMAP response (RFC 3501 4): an atom, a string, or a list of pieces.
indirect enum IMAPValue: Equatable {
    /// A run of characters without meaning of its own: `FETCH`, `12`, `BODY[]<0>`, `\Seen`.
    case atom([UInt8])
    /// A quoted string or a literal; a literal's octets may be cut, `size` never is.
    case string([UInt8], size: Int)
    case list([IMAPValue])

    /// The text of an atom or string.
    var text: String? {
        switch self {
        case .atom(let octets), .string(let octets, _): String(decoding: octets, as: UTF8.self)
        case .list: nil
        }
    }

    /// The text of an atom, in capitals.
    var keyword: String? {
        guard case .atom = self else { return nil }
        return text?.uppercased()
    }

    /// The number an atom is.
    var number: Int? {
        guard case .atom = self else { return nil }
        return text.flatMap { Int($0) }
    }

    /// The pieces of a list.
    var items: [IMAPValue]? {
        guard case .list(let items) = self else { return nil }
        return items
    }
}

/// Turns the pieces of one response into values.
struct IMAPValueParser {
    /// A nesting no response of ours has; deeper ones are nonsense or meant to hurt.
    private static let deepest = 32

    private let pieces: [IMAPPiece]
    private var piece = 0
    /// The text of the piece; empty for a literal.
    private var line: [UInt8] = []
    private var offset = 0

    init(_ pieces: [IMAPPiece]) {
        self.pieces = pieces
        enter(0)
    }

    private mutating func enter(_ index: Int) {
        piece = index
        offset = 0
        line = []
        if index < pieces.count, case .text(let octets) = pieces[index] { line = octets }
    }

    /// All values of the response, or `nil` where brackets or quotes do not close.
    mutating func values() -> [IMAPValue]? {
        guard let values = list(depth: 0), next == nil, piece >= pieces.count else { return nil }
        return values
    }

    /// The octet to come, `nil` at a literal or the end.
    private var next: UInt8? { offset < line.count ? line[offset] : nil }

    private mutating func list(depth: Int) -> [IMAPValue]? {
        guard depth < IMAPValueParser.deepest else { return nil }
        var values: [IMAPValue] = []
        while true {
            if next == nil {
                guard piece < pieces.count else { return depth == 0 ? values : nil }
                if case .literal(let octets, let size) = pieces[piece] { values.append(.string(octets, size: size)) }
                enter(piece + 1)
                continue
            }
            switch next {
            case UInt8(ascii: " "): offset += 1
            case UInt8(ascii: "("):
                offset += 1
                guard let items = list(depth: depth + 1) else { return nil }
                values.append(.list(items))
            case UInt8(ascii: ")"):
                offset += 1
                return depth > 0 ? values : nil
            case UInt8(ascii: "\""):
                guard let string = quoted() else { return nil }
                values.append(string)
            default: values.append(atom())
            }
        }
    }

    private mutating func quoted() -> IMAPValue? {
        var octets: [UInt8] = []
        offset += 1
        while let octet = next {
            offset += 1
            if octet == UInt8(ascii: "\"") { return .string(octets, size: octets.count) }
            if octet == UInt8(ascii: "\\") {
                guard let escaped = next else { return nil }
                octets.append(escaped)
                offset += 1
            } else {
                octets.append(octet)
            }
        }
        return nil
    }

    /// An atom; what stands in brackets belongs to it, spaces and parentheses too: `BODY[HEADER.FIELDS (TO)]`.
    private mutating func atom() -> IMAPValue {
        let start = offset
        var isInBrackets = false
        while let octet = next {
            switch octet {
            case UInt8(ascii: "["): isInBrackets = true
            case UInt8(ascii: "]"): isInBrackets = false
            case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\""):
                if !isInBrackets { return .atom(Array(line[start..<offset])) }
            default: break
            }
            offset += 1
        }
        return .atom(Array(line[start..<offset]))
    }
}
