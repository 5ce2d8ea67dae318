/// Whether octets are UTF-8 (RFC 3629 section 4).
enum UTF8Check {
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The offset of the first octet that belongs to no well-formed character; `nil` where all do.
    static func firstInvalid(in bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { firstInvalid(in: $0[...]) }
    }

    static func firstInvalid(in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        let base = bytes.base
        var at = bytes.startIndex
        while at < bytes.endIndex {
            if base[at] < 0x80 {
                at += 1
                continue
            }
            guard let length = length(base, at, bytes.endIndex) else { return at }
            at += length
        }
        return nil
    }

    /// The length of the character of several octets at `at`; `nil` where it is malformed or cut.
    private static func length(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> Int? {
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch bytes[at] {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return nil
        }
        guard at + length <= end, second.contains(bytes[at + 1]) else { return nil }
        for offset in 2..<max(length, 2) where bytes[at + offset] & 0xC0 != 0x80 { return nil }
        return length
    }
}
