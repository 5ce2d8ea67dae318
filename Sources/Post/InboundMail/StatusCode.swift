/// Finds enhanced status codes (RFC 3463) and SMTP reply codes (RFC 5321, section 4.2) in what a server said.
enum StatusCode {
    /// Every `4.x.x` or `5.x.x` in order; digits of IP addresses and version numbers are none.
    static func enhanced(in text: [UInt8]) -> [(code: String, at: Int)] {
        var found: [(code: String, at: Int)] = []
        var at = 0
        while at < text.count {
            guard text[at] == 52 || text[at] == 53, at == 0 || !precedes(text[at - 1]), let end = end(of: text, at)
            else {
                at += 1
                continue
            }
            found.append((String(decoding: text[at..<end], as: UTF8.self), at))
            at = end
        }
        return found
    }

    /// The first code in `text`, such as the value of a Status field.
    static func first(in text: String) -> String? { enhanced(in: Array(text.utf8)).first?.code }

    /// Every three-digit reply code 4yz or 5yz that stands alone or before a dash, colon or blank.
    static func replies(in text: [UInt8]) -> [(code: Int, end: Int)] {
        var found: [(code: Int, end: Int)] = []
        var at = 0
        while at + 2 < text.count {
            defer { at += 1 }
            guard text[at] == 52 || text[at] == 53, at == 0 || !precedes(text[at - 1]) else { continue }
            guard (48...55).contains(text[at + 1]), isDigit(text[at + 2]) else { continue }
            guard at + 3 >= text.count || !joins(text[at + 3]) || text[at + 3] == 45 else { continue }
            let digits = text[at..<(at + 3)].reduce(0) { $0 * 10 + Int($1 - 48) }
            found.append((digits, at + 3))
        }
        return found
    }

    /// Whether a code says nothing of the cause: `5.0.0`.
    static func isGeneric(_ code: String) -> Bool { code.hasSuffix(".0.0") }

    private static func end(of text: [UInt8], _ start: Int) -> Int? {
        guard var at = number(text, from: start + 1) else { return nil }
        guard let end = number(text, from: at) else { return nil }
        at = end
        if at < text.count, joins(text[at]) {
            // A full stop may end a sentence; a digit after it makes it an IP address or a version.
            guard text[at] == UInt8(ascii: "."), at + 1 >= text.count || !isDigit(text[at + 1]) else {
                return text[at] == UInt8(ascii: "-") ? at : nil
            }
        }
        return at
    }

    /// The end of a dot and one to three digits.
    private static func number(_ text: [UInt8], from start: Int) -> Int? {
        guard start < text.count, text[start] == UInt8(ascii: ".") else { return nil }
        var at = start + 1
        while at < text.count, isDigit(text[at]), at - start <= 3 { at += 1 }
        return at > start + 1 && (at >= text.count || !isDigit(text[at])) ? at : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// Whether an octet before a digit makes it part of something longer; a dash may join "550-5.1.1".
    private static func precedes(_ byte: UInt8) -> Bool { byte != 45 && joins(byte) }

    private static func joins(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46: true
        default: false
        }
    }
}
