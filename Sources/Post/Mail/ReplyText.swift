/// What a reply's lines say, as the octets that came: text is made of them only where somebody asks.
struct ReplyText: Sendable, Hashable {
    /// The lines with an LF between them; no line has one in it.
    private var octets: [UInt8] = []
    /// How many lines there are.
    private(set) var count = 0

    private static let lf = UInt8(ascii: "\n")

    init() {}

    /// One line, given without its end.
    init(_ line: UnsafeBufferPointer<UInt8>) { (octets, count) = (Array(line), 1) }

    init(_ lines: [String]) {
        for line in lines { append(line.utf8.map { $0 == ReplyText.lf ? UInt8(ascii: " ") : $0 }) }
    }

    /// Adds a line, given without its end.
    mutating func append(_ line: some Collection<UInt8>) {
        if count > 0 { octets.append(ReplyText.lf) }
        octets += line
        count += 1
    }

    /// Each line; what is no UTF-8 is replaced.
    var lines: [String] {
        guard count > 0 else { return [] }
        return octets.split(separator: ReplyText.lf, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// The last line, empty where there is none.
    var last: ArraySlice<UInt8> {
        if count < 2 { return octets[...] }
        return octets[(octets.lastIndex(of: ReplyText.lf).map { $0 + 1 } ?? 0)...]
    }

    /// The code and all lines, joined by ` / `.
    func joined(after code: Int) -> String {
        let start = "\(code) "
        if count < 2 { return start.joined(with: octets) }
        return start + lines.joined(separator: " / ")
    }
}

extension String {
    /// This and then UTF-8, made at once: a copy of each message's reply goes into the ledger.
    fileprivate func joined(with octets: [UInt8]) -> String {
        let start = utf8
        return String(unsafeUninitializedCapacity: start.count + octets.count) { buffer in
            let (_, end) = buffer.initialize(from: start)
            return UnsafeMutableBufferPointer(rebasing: buffer[end...]).initialize(from: octets).1 + end
        }
    }
}
