/// A piece of a response: text up to a literal or the end, or a literal's octets.
enum IMAPPiece: Equatable {
    case text([UInt8])
    /// The octets that were kept, and how many the server sent.
    case literal([UInt8], size: Int)
}

/// Cuts what a server sends into responses (RFC 3501 4.3), however it is cut into packets.
///
/// A literal's octets are never looked at, so that no message text can pass for a response; of each, `literalLimit`
/// octets are kept and the rest is read past.
struct IMAPReader {
    /// What came is no IMAP, or larger than any answer to what we ask.
    struct Malformed: Error {
        /// The beginning of it, cut to 200 octets.
        var text: String
    }

    /// Of one response without its literals; a SEARCH of a million messages has 8 MB.
    private static let longestText = 32 << 20
    private static let mostLiterals = 64

    /// How many octets of a literal are kept.
    var literalLimit = 1 << 20

    private var input: [UInt8] = []
    private var position = 0
    private var pieces: [IMAPPiece] = []
    private var text: [UInt8] = []
    private var textLength = 0
    private var literal: [UInt8] = []
    private var literalSize = 0
    private var literalLeft: Int?

    /// Takes octets from the server.
    mutating func feed(_ octets: [UInt8]) {
        if position == input.count {
            input = octets
        } else {
            input = Array(input[position...]) + octets
        }
        position = 0
    }

    /// The next whole response without its line end, `nil` when more octets are needed.
    mutating func next() throws(Malformed) -> [IMAPPiece]? {
        while position < input.count {
            if let left = literalLeft {
                takeLiteral(left)
                continue
            }
            guard let end = endOfLine() else { return nil }
            text += input[position..<end]
            position = end + 1
            if text.last == UInt8(ascii: "\r") { text.removeLast() }
            if let size = IMAPReader.literalSize(endOf: text) {
                try beginLiteral(size)
            } else {
                return finish()
            }
        }
        return nil
    }

    /// Where the line ends; keeps what there is of it when the end has not come.
    private mutating func endOfLine() -> Int? {
        if let end = input[position...].firstIndex(of: UInt8(ascii: "\n")) { return end }
        text += input[position...]
        position = input.count
        return nil
    }

    private mutating func finish() -> [IMAPPiece] {
        defer { (pieces, text, textLength) = ([], [], 0) }
        return pieces + [.text(text)]
    }

    private mutating func beginLiteral(_ size: Int) throws(Malformed) {
        guard pieces.count < 2 * IMAPReader.mostLiterals else { throw Malformed(text: beginning) }
        while text.last != UInt8(ascii: "{") { text.removeLast() }
        text.removeLast()
        pieces.append(.text(text))
        textLength += text.count
        text = []
        (literal, literalSize, literalLeft) = ([], size, size)
        literal.reserveCapacity(min(size, literalLimit, 1 << 20))
        if size == 0 { takeLiteral(0) }
    }

    private mutating func takeLiteral(_ left: Int) {
        let count = min(left, input.count - position)
        let kept = min(count, max(0, literalLimit - literal.count))
        literal += input[position..<position + kept]
        position += count
        literalLeft = left - count
        guard left == count else { return }
        pieces.append(.literal(literal, size: literalSize))
        (literal, literalLeft) = ([], nil)
    }

    /// Throws when the response grew past every bound.
    func check() throws(Malformed) {
        if textLength + text.count > IMAPReader.longestText { throw Malformed(text: beginning) }
    }

    private var beginning: String {
        guard case .text(let first)? = pieces.first else { return String(decoding: text.prefix(200), as: UTF8.self) }
        return String(decoding: first.prefix(200), as: UTF8.self)
    }

    /// `n` of a line that ends with `{n}`; at most 15 digits.
    private static func literalSize(endOf line: [UInt8]) -> Int? {
        guard line.last == UInt8(ascii: "}") else { return nil }
        let digits = line.dropLast().suffix(16).reversed().prefix { (48...57).contains($0) }.reversed()
        guard (1...15).contains(digits.count), line.dropLast(digits.count + 1).last == UInt8(ascii: "{") else {
            return nil
        }
        return digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    }
}
