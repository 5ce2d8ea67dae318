/// Base64 (RFC 4648, sections 4 and 5).
enum Base64 {
    private static let plain = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let urlSafe = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func encoded(_ octets: [UInt8], isURLSafe: Bool) -> String {
        let alphabet = isURLSafe ? urlSafe : plain
        var output: [UInt8] = []
        for start in stride(from: 0, to: octets.count, by: 3) {
            let group = octets[start..<min(start + 3, octets.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << ((3 - group.count) * 8)
            for place in 0..<4 {
                output.append(place <= group.count ? alphabet[bits >> (18 - place * 6) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The octets; `nil` for what is no Base64. The URL-safe kind may leave its padding out and use either alphabet.
    static func decoded(_ text: [UInt8], isURLSafe: Bool) -> [UInt8]? {
        var digits = text[...]
        var padding = 0
        while digits.last == UInt8(ascii: "="), padding < 2 {
            digits = digits.dropLast()
            padding += 1
        }
        guard digits.count % 4 != 1 else { return nil }
        let isPadded = text.count % 4 == 0
        guard isPadded || isURLSafe && padding == 0 else { return nil }
        var output: [UInt8] = []
        var bits = 0
        var count = 0
        for octet in digits {
            guard let digit = digit(octet, isURLSafe) else { return nil }
            bits = (bits << 6 | digit) & 0xFFFF
            count += 6
            if count >= 8 {
                count -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        // The bits that are left over must be zero.
        return bits & ((1 << count) - 1) == 0 ? output : nil
    }

    private static func digit(_ octet: UInt8, _ isURLSafe: Bool) -> Int? {
        switch octet {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(octet - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(octet - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(octet - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        case UInt8(ascii: "-") where isURLSafe: 62
        case UInt8(ascii: "_") where isURLSafe: 63
        default: nil
        }
    }
}
