/// Finds addresses in text, as mailers write them: bare, in angle brackets, before a colon or three dots.
enum Addresses {
    /// An address and where it stands in a line's octets, brackets not included.
    struct Found {
        var address: String
        var range: Range<Int>
    }

    /// Every address of `line`, in order, lower case.
    static func all(in line: [UInt8]) -> [Found] {
        asWritten(in: line).map { Found(address: $0.address.lowercased(), range: $0.range) }
    }

    /// Every address of `text`, letters as they are: a token in one may need them.
    static func allAsWritten(in text: String) -> [String] { asWritten(in: Array(text.utf8)).map(\.address) }

    private static func asWritten(in line: [UInt8]) -> [Found] {
        var found: [Found] = []
        var at = 0
        while let sign = line[at...].firstIndex(of: UInt8(ascii: "@")) {
            at = sign + 1
            guard let range = span(around: sign, in: line, after: found.last?.range.upperBound ?? 0) else { continue }
            found.append(Found(address: String(decoding: line[range], as: UTF8.self), range: range))
            at = range.upperBound
        }
        return found
    }

    /// The first address in `text`, lower case.
    static func first(in text: String) -> String? { all(in: Array(text.utf8)).first?.address }

    /// Every address in `text`, lower case.
    static func all(in text: String) -> [String] { all(in: Array(text.utf8)).map(\.address) }

    private static func span(around sign: Int, in line: [UInt8], after floor: Int) -> Range<Int>? {
        let end = domainEnd(after: sign, in: line)
        let isPlain = line[(sign + 1)..<end].allSatisfy { $0 < 128 }
        var start = sign
        if start > floor, line[start - 1] == UInt8(ascii: "\"") {
            guard let quote = line[floor..<(start - 1)].lastIndex(of: UInt8(ascii: "\"")) else { return nil }
            start = quote
        } else {
            while start > floor, isLocal(line[start - 1]), !(isPlain && endsWide(line, at: start - 1)) { start -= 1 }
            while start < sign, line[start] == UInt8(ascii: "'") || line[start] == UInt8(ascii: ".") { start += 1 }
        }
        guard start < sign, end > sign + 1 else { return nil }
        let isBracketed = start > 0 && end < line.count && line[start - 1] == 60 && line[end] == 62
        return isBracketed || line[(sign + 1)..<end].contains(UInt8(ascii: ".")) ? start..<end : nil
    }

    /// Where a domain ends; one that begins in ASCII does not go on in a script without blanks between words.
    private static func domainEnd(after sign: Int, in line: [UInt8]) -> Int {
        var end = sign + 1
        let isPlain = end < line.count && line[end] < 128
        while end < line.count, isDomain(line[end]), !(isPlain && line[end] >= 0xE2) { end += 1 }
        while end > sign + 1, line[end - 1] == UInt8(ascii: ".") || line[end - 1] == UInt8(ascii: "-") { end -= 1 }
        return end
    }

    /// Whether a character of a script without blanks between words, or a wide punctuation mark, ends here: an address
    /// at an ASCII domain may stand right behind it, as in "收件人：ann@example.com".
    private static func endsWide(_ line: [UInt8], at index: Int) -> Bool {
        index >= 2 && line[index] & 0xC0 == 0x80 && line[index - 1] & 0xC0 == 0x80 && line[index - 2] >= 0xE2
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        isDomain(byte) || "!#$%&'*+/=?^_`{|}~".utf8.contains(byte)
    }

    private static func isDomain(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 128...255: true
        default: false
        }
    }
}

extension String {
    /// The part of an address before its last `@`.
    var localPart: Substring { lastIndex(of: "@").map { self[..<$0] } ?? self[...] }
}
