/// Reads replies out of octets as they come (RFC 5321 4.2.1), however they are cut into packets.
///
/// Text over 2,000 octets a line and 100 lines a reply is read past, so that a server can't fill the memory.
struct ReplyParser {
    /// What came is no reply.
    struct Malformed: Error, Equatable {
        /// The line, cut to 200 octets.
        var line: String
    }

    private static let keptLine = 2000
    private static let keptLines = 100
    private static let longestReply = 1 << 20

    private var line: [UInt8] = []
    private var lineLength = 0
    private var lines: [String] = []
    private var code: Int?
    private var length = 0
    private var pending: ArraySlice<UInt8> = []

    /// Whether no octet of a reply has come that was not given out.
    var isEmpty: Bool { pending.isEmpty && lineLength == 0 && code == nil }

    /// What has come and was not given out, for a message; cut to 200 octets.
    var remainder: String { String(decoding: (lines.joined().utf8 + line + pending).prefix(200), as: UTF8.self) }

    /// Takes octets from the server.
    mutating func feed(_ octets: some Sequence<UInt8>) { pending += octets }

    /// The next whole reply, `nil` when more octets are needed.
    mutating func next() throws(Malformed) -> Reply? {
        while let byte = pending.popFirst() {
            length += 1
            guard length <= ReplyParser.longestReply else { throw malformed() }
            guard byte == UInt8(ascii: "\n") else {
                lineLength += 1
                if line.count < ReplyParser.keptLine { line.append(byte) }
                continue
            }
            if let reply = try endOfLine() { return reply }
        }
        pending = []
        return nil
    }

    /// Takes one whole line in; the reply, if it was the last one.
    private mutating func endOfLine() throws(Malformed) -> Reply? {
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        guard let number = ReplyParser.code(of: line), code == nil || code == number else { throw malformed() }
        let isLast = line.count == 3 || line[3] != UInt8(ascii: "-")
        if lines.count < ReplyParser.keptLines { lines.append(String(decoding: line.dropFirst(4), as: UTF8.self)) }
        line = []
        lineLength = 0
        code = isLast ? nil : number
        guard isLast else { return nil }
        defer {
            lines = []
            length = 0
        }
        return Reply(code: number, enhanced: lines.last.flatMap { EnhancedCode(prefixOf: $0) }, lines: lines)
    }

    private func malformed() -> Malformed { Malformed(line: String(decoding: line.prefix(200), as: UTF8.self)) }

    /// 200 to 599 with a space, a hyphen or nothing after it.
    private static func code(of line: [UInt8]) -> Int? {
        guard line.count >= 3, (UInt8(ascii: "2")...UInt8(ascii: "5")).contains(line[0]),
            line[1...2].allSatisfy({ (48...57).contains($0) }),
            line.count == 3 || line[3] == UInt8(ascii: " ") || line[3] == UInt8(ascii: "-")
        else { return nil }
        return line[..<3].reduce(0) { $0 * 10 + Int($1) - 48 }
    }
}
