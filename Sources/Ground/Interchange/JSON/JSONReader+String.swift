extension JSONReader {
    /// The string that starts at the quote at `at`.
    mutating func string() throws(Problem) -> String {
        at += 1
        let start = at
        let first = try plainEnd()
        if bytes[first] == UInt8(ascii: "\"") {
            at = first + 1
            return String(decoding: bytes[start..<first], as: UTF8.self)
        }
        var text = String(decoding: bytes[start..<first], as: UTF8.self)
        at = first
        while bytes[at] == UInt8(ascii: "\\") {
            text.unicodeScalars.append(try escape())
            let run = at
            at = try plainEnd()
            text += String(decoding: bytes[run..<at], as: UTF8.self)
        }
        at += 1
        return text
    }

    /// The offset of the next quote or backslash.
    private func plainEnd() throws(Problem) -> Int {
        var end = at
        while end < bytes.count {
            let byte = bytes[end]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return end }
            if byte < 0x20 { throw Problem(reason: .controlCharacter(byte), offset: end) }
            end += 1
        }
        throw Problem(reason: .unfinished("a string"), offset: end)
    }

    private mutating func escape() throws(Problem) -> Unicode.Scalar {
        guard at + 1 < bytes.count else { throw Problem(reason: .unfinished("a string"), offset: bytes.count) }
        let letter = bytes[at + 1]
        if letter == UInt8(ascii: "u") { return try unicodeEscape() }
        guard let scalar = JSONReader.plainEscapes[letter] else { throw problem(.badEscape) }
        at += 2
        return scalar
    }

    private static let plainEscapes: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{8}",
        UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
    ]

    /// `\uXXXX`, two of them for a scalar beyond U+FFFF (RFC 8259 section 7).
    private mutating func unicodeEscape() throws(Problem) -> Unicode.Scalar {
        guard let unit = codeUnit(at: at) else { throw problem(.badEscape) }
        at += 6
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard UTF16.isLeadSurrogate(unit), let trail = codeUnit(at: at), UTF16.isTrailSurrogate(trail) else {
            return "\u{FFFD}"
        }
        at += 6
        let value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(trail) - 0xDC00)
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    /// The code unit that `\uXXXX` at `offset` stands for; `nil` where there is no such escape.
    private func codeUnit(at offset: Int) -> UInt16? {
        guard offset + 6 <= bytes.count, bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u")
        else { return nil }
        var unit: UInt16 = 0
        for byte in bytes[offset + 2..<offset + 6] {
            guard let digit = hexadecimalDigit(byte) else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    private func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
