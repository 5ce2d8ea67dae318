/// Quoted-printable (RFC 2045 6.7).
///
/// QUIRK: GMime 3.2's encoder writes a blank at the end of a full line as `=20` behind its 76 octets, up to 78 in all.
enum QuotedPrintable {
    /// The longest line, a soft break's `=` counted in.
    private static let limit = 76
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// `text` with LF line ends, the last line ended as well, in lines of at most 76 octets with LF line ends.
    static func encoded(_ text: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.count + text.count / 8 + 80)
        var column = 0
        for (index, octet) in text.enumerated() {
            if octet == 0x0A {
                output.append(octet)
                column = 0
                continue
            }
            let endsLine = index + 1 == text.count || text[index + 1] == 0x0A
            let isPlain = isLiteral(octet, endsLine: endsLine)
            let size = isPlain ? 1 : 3
            // Behind all but the last octet of a line there must be room for a soft break.
            if column + size > (endsLine ? limit : limit - 1) {
                output.append(contentsOf: [UInt8(ascii: "="), 0x0A])
                column = 0
            }
            if isPlain {
                output.append(octet)
            } else {
                output.append(UInt8(ascii: "="))
                output.append(digits[Int(octet >> 4)])
                output.append(digits[Int(octet & 15)])
            }
            column += size
        }
        return output
    }

    /// Whether an octet stands for itself (rules 2 and 3): a blank does not at the end of a line.
    private static func isLiteral(_ octet: UInt8, endsLine: Bool) -> Bool {
        switch octet {
        case 0x20, 0x09: !endsLine
        case UInt8(ascii: "="): false
        default: (0x21...0x7E).contains(octet)
        }
    }
}
