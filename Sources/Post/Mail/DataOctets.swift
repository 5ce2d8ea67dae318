import MIME

/// A message as it goes over the wire after 354: CR LF line ends, a dot before each line that begins with one
/// (RFC 5321 4.5.2), and the end apart, because the fence stands before it.
struct DataOctets {
    /// All but the last line end.
    let body: ArraySlice<UInt8>
    /// The last line end with the final dot.
    let dot: ArraySlice<UInt8>
    /// Whether an octet is over 127, so that the server must offer 8BITMIME (RFC 6152).
    let isEightBit: Bool

    /// What is composed is ready as it is, and is not copied.
    init(_ message: [UInt8]) {
        let seen = OctetScan(message)
        dot = message.isEmpty ? DataOctets.emptyEnd : DataOctets.end
        isEightBit = seen.isEightBit
        if seen.isCanonical, !seen.hasLeadingDot {
            body = message.dropLast(2)
        } else {
            body = DataOctets.stuffed(CanonicalLines.crlf(message)).dropLast(2)
        }
    }

    /// Octets of the message with its last line end.
    var size: Int { body.count + 2 }

    private static let end = Array("\r\n.\r\n".utf8)[...]
    private static let emptyEnd = Array(".\r\n".utf8)[...]

    private static func stuffed(_ lines: [UInt8]) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(lines.count + lines.count / 64 + 8)
        CanonicalLines.forEachLine(of: lines) { line in
            if line.first == UInt8(ascii: ".") { octets.append(UInt8(ascii: ".")) }
            octets.append(contentsOf: line)
        }
        return octets
    }
}

/// What a message's octets are like, found in one pass.
private struct OctetScan {
    /// Whether every CR and LF stands in a CR LF, and one is at the end; so is what is empty.
    let isCanonical: Bool
    /// Whether a line begins with a dot.
    let hasLeadingDot: Bool
    /// Whether an octet is over 127.
    let isEightBit: Bool

    init(_ octets: [UInt8]) {
        let (cr, lf, dot) = (UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: "."))
        // Without branches, so that the compiler takes many octets at a time: megabytes pass here, too.
        let (halves, dots, high) = octets.withUnsafeBufferPointer { octets in
            var (halves, dots, high): (UInt8, UInt8, UInt8) = (0, 0, octets.first ?? 0)
            guard octets.count > 1 else { return (halves, dots, high) }
            for index in 1..<octets.count {
                let (before, octet) = (octets[index - 1], octets[index])
                halves |= (before == cr ? 1 : 0) ^ (octet == lf ? 1 : 0)
                dots |= (before == lf ? 1 : 0) & (octet == dot ? 1 : 0)
                high |= octet
            }
            return (halves, dots, high)
        }
        isCanonical = octets.isEmpty || halves == 0 && octets.first != lf && octets.last == lf
        hasLeadingDot = dots != 0 || octets.first == dot
        isEightBit = high > 127
    }
}
