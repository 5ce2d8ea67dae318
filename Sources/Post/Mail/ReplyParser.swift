/// Reads replies out of octets as they come (RFC 5321 4.2.1), however they are cut into packets.
///
/// Text over 2,000 octets a line and 100 lines a reply is read past, so that a server can't fill the memory. Whole lines
/// are read where they stand; only one that is cut between packets is copied together.
struct ReplyParser {
    /// What came is no reply.
    struct Malformed: Error, Equatable {
        /// The line, cut to 200 octets.
        var line: String
    }

    private static let keptLine = 2000
    private static let keptLines = 100
    private static let longestReply = 1 << 20

    /// What came; read up to `position`.
    private var pending: [UInt8] = []
    private var position = 0
    /// The beginning of a line whose end has not come, and how long that is in truth.
    private var line: [UInt8] = []
    private var lineLength = 0
    /// The texts of a reply's lines that came before its last one, and how many.
    private var texts = ReplyText()
    private var code: Int?
    private var length = 0
    /// What was no reply; nothing after it is one.
    private var broken: Malformed?

    /// Whether no octet of a reply has come that was not given out.
    var isEmpty: Bool { position == pending.count && lineLength == 0 && code == nil && broken == nil }

    /// What has come and was not given out, for a message; cut to 200 octets.
    var remainder: String {
        String(decoding: (texts.lines.joined().utf8 + line + pending[position...]).prefix(200), as: UTF8.self)
    }

    /// Takes octets from the server.
    mutating func feed(_ octets: some Sequence<UInt8>) {
        if position == pending.count {
            (pending, position) = (Array(octets), 0)
        } else {
            pending.removeFirst(position)
            (pending, position) = (pending + octets, 0)
        }
    }

    /// The next whole reply, `nil` when more octets are needed.
    mutating func next() throws(Malformed) -> Reply? {
        if let broken { throw broken }
        let octets = pending
        return try octets.withUnsafeBufferPointer { octets throws(Malformed) in
            while position < octets.count {
                let rest = UnsafeBufferPointer(rebasing: octets[position...])
                guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
                    position = octets.count
                    try keep(rest)
                    break
                }
                position += end + 1
                if let reply = try endLine(with: UnsafeBufferPointer(rebasing: rest[..<end])) { return reply }
            }
            return nil
        }
    }

    /// Keeps a part of a line until its end comes.
    private mutating func keep(_ part: UnsafeBufferPointer<UInt8>) throws(Malformed) {
        length += part.count
        lineLength += part.count
        line += part.prefix(ReplyParser.keptLine - line.count)
        if length > ReplyParser.longestReply { throw line.withUnsafeBufferPointer { malformed($0) } }
    }

    /// The line has come to its end; the reply, if it was the last one.
    private mutating func endLine(with part: UnsafeBufferPointer<UInt8>) throws(Malformed) -> Reply? {
        length += 1
        if lineLength > 0 {
            try keep(part)
            let whole = line
            (line, lineLength) = ([], 0)
            return try whole.withUnsafeBufferPointer { whole throws(Malformed) in try take(whole) }
        }
        length += part.count
        let whole = UnsafeBufferPointer(rebasing: part.prefix(ReplyParser.keptLine))
        if length > ReplyParser.longestReply { throw malformed(whole) }
        return try take(whole)
    }

    /// Takes one line in, without its LF; the reply, if it was the last one.
    private mutating func take(_ line: UnsafeBufferPointer<UInt8>) throws(Malformed) -> Reply? {
        let line = line.last == UInt8(ascii: "\r") ? UnsafeBufferPointer(rebasing: line.dropLast()) : line
        guard let number = ReplyParser.code(of: line), code == nil || code == number else { throw malformed(line) }
        let isLast = line.count == 3 || line[3] != UInt8(ascii: "-")
        let text = UnsafeBufferPointer(rebasing: line.dropFirst(4))
        if isLast, code == nil {
            length = 0
            return Reply(code: number, said: ReplyText(text))
        }
        if texts.count < ReplyParser.keptLines { texts.append(text) }
        code = isLast ? nil : number
        guard isLast else { return nil }
        defer { (texts, length) = (ReplyText(), 0) }
        return Reply(code: number, said: texts)
    }

    private mutating func malformed(_ line: UnsafeBufferPointer<UInt8>) -> Malformed {
        let malformed = Malformed(line: String(decoding: line.prefix(200), as: UTF8.self))
        broken = malformed
        return malformed
    }

    /// 200 to 599 with a space, a hyphen or nothing after it.
    private static func code(of line: UnsafeBufferPointer<UInt8>) -> Int? {
        guard line.count >= 3, case 50...53 = line[0], case 48...57 = line[1], case 48...57 = line[2],
            line.count == 3 || line[3] == UInt8(ascii: " ") || line[3] == UInt8(ascii: "-")
        else { return nil }
        return line[..<3].reduce(0) { $0 * 10 + Int($1) - 48 }
    }
}
