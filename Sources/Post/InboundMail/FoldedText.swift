/// Text made comparable: lower case, one space for any run of blanks and line ends, straight apostrophes.
///
/// Everything that looks for phrases looks here, so that a phrase that a mailer wrapped over two lines is still one.
struct FoldedText: Sendable {
    /// The folded text, UTF-8.
    let bytes: [UInt8]

    init(_ text: some StringProtocol) {
        let isASCII = text.utf8.allSatisfy { $0 < 128 }
        // Only other scripts need Unicode's case mapping; it costs fifty times as much.
        self.bytes = isASCII ? Self.folded(text.utf8) : Self.folded(text.lowercased().utf8)
    }

    private static func folded(_ text: some Sequence<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.underestimatedCount)
        for byte in text {
            switch byte {
            case 9...13, 32, 0:
                if out.last != 32 { out.append(32) }
            case 65...90: out.append(byte | 32)
            case 0x99 where out.suffix(2) == [0xE2, 0x80], 0x98 where out.suffix(2) == [0xE2, 0x80]:
                out.removeLast(2)
                out.append(UInt8(ascii: "'"))
            case 0xA0 where out.last == 0xC2:
                out.removeLast()
                if out.last != 32 { out.append(32) }
            default: out.append(byte)
            }
        }
        return out
    }
}
