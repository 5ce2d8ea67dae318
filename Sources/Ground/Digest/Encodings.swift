/// Hexadecimal digits (RFC 4648, section 8), in lower case.
package enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    /// Two digits an octet.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
            var at = 0
            for byte in bytes {
                buffer[at] = digits[Int(byte >> 4)]
                buffer[at + 1] = digits[Int(byte & 15)]
                at += 2
            }
            return at
        }
    }

    /// The octets of an even number of digits of either case; `nil` for anything else.
    package static func decode(_ text: String) -> [UInt8]? {
        var (text, isSound) = (text, true)
        let octets = text.withUTF8 { digits in
            [UInt8](unsafeUninitializedCapacity: digits.count / 2) { octets, count in
                count = digits.count / 2
                isSound = digits.count.isMultiple(of: 2)
                for index in 0..<count {
                    let (high, low) = (value(digits[2 * index]), value(digits[2 * index + 1]))
                    isSound = isSound && high != 0xFF && low != 0xFF
                    octets[index] = high << 4 | low & 15
                }
            }
        }
        return isSound ? octets : nil
    }

    private static func value(_ digit: UInt8) -> UInt8 {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: 0xFF
        }
    }
}

/// Base64 (RFC 4648): the standard alphabet with padding, or the one for URLs and file names without.
package enum Base64: Sendable {
    /// Section 4: `+`, `/`, padded with `=`.
    case standard
    /// Section 5: `-`, `_`, no padding.
    case url

    private static let common = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    private static let standardDigits = common + "+/".utf8
    private static let urlDigits = common + "-_".utf8

    private var digits: [UInt8] { self == .url ? Base64.urlDigits : Base64.standardDigits }

    /// The text of `bytes`, on one line: `Man` is `TWFu`.
    package func encode(_ bytes: some Collection<UInt8>) -> String {
        let size = self == .url ? (bytes.count * 4 + 2) / 3 : (bytes.count + 2) / 3 * 4
        return digits.withUnsafeBufferPointer { digits in
            String(unsafeUninitializedCapacity: size) { buffer in
                var at = 0
                var bits: UInt32 = 0
                var held: UInt32 = 0
                for byte in bytes {
                    bits = bits << 8 | UInt32(byte)
                    held += 8
                    while held >= 6 {
                        held -= 6
                        buffer[at] = digits[Int(bits >> held & 63)]
                        at += 1
                    }
                }
                if held > 0 {
                    buffer[at] = digits[Int(bits << (6 - held) & 63)]
                    at += 1
                }
                while at < size {
                    buffer[at] = UInt8(ascii: "=")
                    at += 1
                }
                return at
            }
        }
    }

    /// The octets of `text`; `nil` unless `text` is exactly what `encode` gives for them.
    ///
    /// White space, other padding and stray low bits are refused, so that one value has one text.
    package func decode(_ text: String) -> [UInt8]? {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count / 4 * 3 + 3)
        var bits: UInt32 = 0
        var held: UInt32 = 0
        for digit in text.utf8 {
            guard let value = value(of: digit) else { break }
            bits = (bits << 6 | value) & 0xFFFF
            held += 6
            if held >= 8 {
                held -= 8
                out.append(UInt8(truncatingIfNeeded: bits >> held))
            }
        }
        return encode(out) == text ? out : nil
    }

    private func value(of digit: UInt8) -> UInt32? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
        default: digits.suffix(2).firstIndex(of: digit).map(UInt32.init)
        }
    }
}
