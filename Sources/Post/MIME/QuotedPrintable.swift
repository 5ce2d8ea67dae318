/// Quoted-printable (RFC 2045 6.7).
///
/// QUIRK: GMime 3.2's encoder writes a blank at the end of a full line as `=20` behind its 76 octets, up to 78 in all.
enum QuotedPrintable {
    /// The longest line, a soft break's `=` counted in.
    private static let limit = 76
    private static let digits = Array("0123456789ABCDEF".utf8)
    private static let lf = UInt8(ascii: "\n")
    private static let cr = UInt8(ascii: "\r")

    /// Appends `text`, which has any line ends, in lines of at most 76 octets with CR LF line ends, the last one ended too.
    static func append(_ text: String, to output: inout [UInt8]) {
        var text = text
        text.withUTF8 { bytes in
            var line = Line(bytes)
            while line.next < bytes.count { line.append(to: &output) }
        }
    }

    /// What is being written, up to a line end.
    private struct Line {
        private let bytes: UnsafeBufferPointer<UInt8>
        private(set) var next = 0
        /// Where the octets begin that stand for themselves and are not written yet.
        private var run = 0
        private var column = 0

        init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

        /// Writes from `next` up to the line's end.
        mutating func append(to output: inout [UInt8]) {
            (run, column) = (next, 0)
            while true {
                skipPlain()
                guard next < bytes.count, bytes[next] != lf, bytes[next] != cr else { break }
                put(bytes[next], to: &output)
            }
            // A blank does not stand for itself at the end of a line.
            if run < next, bytes[next - 1] == 0x20 {
                (next, column) = (next - 1, column - 1)
                put(0x20, to: &output)
            }
            flush(to: &output)
            output.append(cr)
            output.append(lf)
            if next + 1 < bytes.count, bytes[next] == cr, bytes[next + 1] == lf { next += 1 }
            next += 1
        }

        /// Goes on over letters, blanks and marks that stand for themselves, eight by eight, while a line has room.
        private mutating func skipPlain() {
            while column + 1 < limit, next + 8 <= bytes.count {
                let octets = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: next, as: UInt64.self)
                let count = min(QuotedPrintable.plainOctets(UInt64(littleEndian: octets)), limit - 1 - column)
                next += count
                column += count
                if count < 8 { return }
            }
            while column + 1 < limit, next < bytes.count, QuotedPrintable.isPlain(bytes[next]) {
                next += 1
                column += 1
            }
        }

        /// Writes the octet at `next`.
        private mutating func put(_ octet: UInt8, to output: inout [UInt8]) {
            let endsLine = next + 1 == bytes.count || bytes[next + 1] == lf || bytes[next + 1] == cr
            let isLiteral = octet == 0x20 || octet == 0x09 ? !endsLine : QuotedPrintable.isPlain(octet)
            let size = isLiteral ? 1 : 3
            // Behind all but the last octet of a line there must be room for a soft break.
            if column + size > (endsLine ? limit : limit - 1) {
                flush(to: &output)
                output.append(UInt8(ascii: "="))
                output.append(cr)
                output.append(lf)
                column = 0
            }
            column += size
            if isLiteral {
                next += 1
                return
            }
            flush(to: &output)
            output.append(UInt8(ascii: "="))
            output.append(digits[Int(octet >> 4)])
            output.append(digits[Int(octet & 15)])
            next += 1
            run = next
        }

        private mutating func flush(to output: inout [UInt8]) {
            output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[run..<next]))
            run = next
        }
    }

    /// A blank or a visible character (rule 2), but `=`.
    private static func isPlain(_ octet: UInt8) -> Bool { octet &- 0x20 < 0x5F && octet != UInt8(ascii: "=") }

    /// How many of eight octets, from the lowest, are plain: up to one that has its highest bit set, is below 0x20, 0x7F or `=`.
    private static func plainOctets(_ octets: UInt64) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let odd = octets | (octets &- (ones &* 0x20)) | (octets &+ ones) | ((octets ^ (ones &* 0x3D)) &- ones)
        return (odd & (ones &* 0x80)).trailingZeroBitCount / 8
    }
}
