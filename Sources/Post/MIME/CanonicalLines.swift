/// The one place where line ends become what mail wants: CR LF, each, and nothing else with a CR or LF in it.
package enum CanonicalLines {
    private static let cr = UInt8(ascii: "\r")
    private static let lf = UInt8(ascii: "\n")

    /// `bytes` with every CR LF, lone CR and lone LF as CR LF, and one at the end unless it is empty.
    package static func crlf(_ bytes: [UInt8]) -> [UInt8] {
        if isCanonical(bytes) { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 16 + 2)
        var previous: UInt8 = 0
        for byte in bytes {
            switch byte {
            case cr: result += [cr, lf]
            case lf where previous == cr: break
            case lf: result += [cr, lf]
            default: result.append(byte)
            }
            previous = byte
        }
        if !result.isEmpty, previous != cr, previous != lf { result += [cr, lf] }
        return result
    }

    /// `bytes` with every CR LF, lone CR and lone LF as LF, and one at the end unless it is empty.
    package static func lf(_ bytes: [UInt8]) -> [UInt8] {
        let lines = crlf(bytes)
        return lines.contains(cr) ? lines.filter { $0 != cr } : lines
    }

    /// Whether every CR and LF stands in a CR LF, and a last one ends the bytes.
    package static func isCanonical(_ bytes: [UInt8]) -> Bool {
        var isAfterCR = false
        for byte in bytes {
            if isAfterCR != (byte == lf) { return false }
            isAfterCR = byte == cr
        }
        return !isAfterCR && (bytes.isEmpty || bytes.last == lf)
    }
}
