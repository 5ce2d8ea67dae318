/// Cells that stand in their normal form already, as nearly all of a clean list do: told from their octets, without the
/// work that the others need.
///
/// What is plain here is sound for `EmailAddress` and `LinkedInProfile`, and its own normal form; a test holds them to it.
enum PlainCells {
    /// `jonas.weber@mail.nordlicht.example`: lower-case ASCII, a host of two labels or more, the last without digits.
    static func isAddress(_ cell: ArraySlice<UInt8>) -> Bool {
        guard (6...64).contains(cell.count) else { return false }
        return cell.withUnsafeBufferPointer { bytes in
            guard let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { return false }
            return isLocalPart(bytes[..<at]) && isHost(bytes[(at + 1)...])
        }
    }

    private static func isLocalPart(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var previous = UInt8(ascii: ".")
        for byte in bytes {
            let isDot = byte == UInt8(ascii: ".")
            guard isLetterOrDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || isDot else {
                return false
            }
            if isDot, previous == byte { return false }
            previous = byte
        }
        return previous != UInt8(ascii: ".")
    }

    private static func isHost(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var dots = 0
        var hasDigit = false
        var previous = UInt8(ascii: ".")
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): break
            case UInt8(ascii: "0")...UInt8(ascii: "9"): hasDigit = true
            case UInt8(ascii: "-"): if previous == UInt8(ascii: ".") { return false }
            case UInt8(ascii: "."):
                if previous == byte || previous == UInt8(ascii: "-") { return false }
                dots += 1
                hasDigit = false
            default: return false
            }
            previous = byte
        }
        return dots > 0 && !hasDigit && previous != UInt8(ascii: ".") && previous != UInt8(ascii: "-")
    }

    /// `https://www.linkedin.com/in/` and lower-case letters, digits and hyphens.
    static func isProfile(_ cell: ArraySlice<UInt8>) -> Bool {
        cell.count > start.count && cell.count < 200 && cell.starts(with: start)
            && isLetterOrDigit(cell[cell.startIndex + start.count])
            && cell[(cell.startIndex + start.count)...].allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    }

    private static let start = Array("https://www.linkedin.com/in/".utf8)

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
