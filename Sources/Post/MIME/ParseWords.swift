/// Decodes the encoded words of header fields (RFC 2047).
///
/// Ours and not GMime's: GMime 3.2.13 joins the base64 of neighbouring words before it decodes, and stops at the first
/// one's padding, so that the rest of the field is lost (Python writes such fields).
struct EncodedWords {
    private let bytes: [UInt8]
    private var at = 0
    private var out = ""
    /// Octets of words not yet turned into text: a character may be split between neighbours.
    private var pending: [UInt8] = []
    private var pendingCharset = ""

    /// One word: where it ends, and its octets.
    private struct Word {
        var end: Int
        var charset: String
        var octets: [UInt8]
    }

    /// The text of an unfolded field body; what is no well-formed word stays as it is.
    static func decoded(_ raw: String) -> String {
        var decoder = EncodedWords(bytes: Array(raw.utf8))
        return decoder.decode()
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func decode() -> String {
        var plain: [UInt8] = []
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "="), let word = word(at: at) {
                // Blanks between two words only separate them (section 6.2).
                if pending.isEmpty || !plain.allSatisfy({ $0 == 32 || $0 == 9 }) { flush(&plain) }
                plain = []
                if word.charset != pendingCharset { flush(&plain) }
                pending += word.octets
                pendingCharset = word.charset
                at = word.end
            } else {
                plain.append(bytes[at])
                at += 1
            }
        }
        flush(&plain)
        return out
    }

    /// Writes out the words so far, then plain octets after them.
    private mutating func flush(_ plain: inout [UInt8]) {
        if !pending.isEmpty { out += TextDecoder.text(pending[...], charset: pendingCharset) }
        pending = []
        out += TextDecoder.text(of: plain)
        plain = []
    }

    private func word(at start: Int) -> Word? {
        guard start + 1 < bytes.count, bytes[start + 1] == UInt8(ascii: "?"),
            let charsetEnd = mark(after: start + 2), charsetEnd > start + 2, charsetEnd + 2 < bytes.count,
            bytes[charsetEnd + 2] == UInt8(ascii: "?"), let end = mark(after: charsetEnd + 3), end + 1 < bytes.count,
            bytes[end + 1] == UInt8(ascii: "=")
        else { return nil }
        // RFC 2231, section 5: a language may follow the charset.
        let charset = bytes[(start + 2)..<charsetEnd].prefix { $0 != UInt8(ascii: "*") }
        let payload = bytes[(charsetEnd + 3)..<end]
        let octets: [UInt8]
        switch bytes[charsetEnd + 1] | 32 {
        case UInt8(ascii: "b"): octets = Array(TextDecoder.decoded(payload, encoding: "base64"))
        case UInt8(ascii: "q"): octets = Self.quoted(payload)
        default: return nil
        }
        return Word(end: end + 2, charset: String(decoding: charset, as: UTF8.self).lowercased(), octets: octets)
    }

    /// The next question mark, unless a word can't be that long.
    private func mark(after start: Int) -> Int? {
        bytes[start...].prefix(4_096).firstIndex(of: UInt8(ascii: "?"))
    }

    /// The Q encoding (section 4.2): quoted-printable with `_` for a blank.
    private static func quoted(_ payload: ArraySlice<UInt8>) -> [UInt8] {
        var octets: [UInt8] = []
        var at = payload.startIndex
        while at < payload.endIndex {
            if payload[at] == UInt8(ascii: "="), at + 2 < payload.endIndex,
                let high = hex(payload[at + 1]), let low = hex(payload[at + 2])
            {
                octets.append(high << 4 | low)
                at += 3
            } else {
                octets.append(payload[at] == UInt8(ascii: "_") ? 32 : payload[at])
                at += 1
            }
        }
        return octets
    }

    private static func hex(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 48...57: digit - 48
        case 65...70: digit - 55
        case 97...102: digit - 87
        default: nil
        }
    }
}
