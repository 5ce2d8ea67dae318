import MIME

/// A message as it goes over the wire after 354: CR LF line ends, a dot before each line that begins with one
/// (RFC 5321 4.5.2), and the end apart, because the fence stands before it.
struct DataOctets {
    /// All but the last line end.
    let body: [UInt8]
    /// The last line end with the final dot.
    let dot: [UInt8]
    /// Whether an octet is over 127, so that the server must offer 8BITMIME (RFC 6152).
    let isEightBit: Bool

    init(_ message: [UInt8]) {
        var octets = DataOctets.stuffed(CanonicalLines.crlf(message))
        self.dot = Array(octets.isEmpty ? ".\r\n".utf8 : "\r\n.\r\n".utf8)
        if !octets.isEmpty { octets.removeLast(2) }
        self.body = octets
        self.isEightBit = DataOctets.isEightBit(octets)
    }

    /// Octets of the message with its last line end.
    var size: Int { body.count + 2 }

    private static func stuffed(_ lines: [UInt8]) -> [UInt8] {
        var dots = 0
        CanonicalLines.forEachLine(of: lines) { if $0.first == UInt8(ascii: ".") { dots += 1 } }
        if dots == 0 { return lines }
        var octets: [UInt8] = []
        octets.reserveCapacity(lines.count + dots)
        CanonicalLines.forEachLine(of: lines) { line in
            if line.first == UInt8(ascii: ".") { octets.append(UInt8(ascii: ".")) }
            octets.append(contentsOf: line)
        }
        return octets
    }

    /// Eight octets at a time.
    private static func isEightBit(_ octets: [UInt8]) -> Bool {
        octets.withUnsafeBytes { buffer in
            let words = buffer.count / 8
            for word in 0..<words where buffer.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self) & highBits != 0
            {
                return true
            }
            return buffer[(words * 8)...].contains { $0 > 127 }
        }
    }

    private static let highBits: UInt64 = 0x8080_8080_8080_8080
}
