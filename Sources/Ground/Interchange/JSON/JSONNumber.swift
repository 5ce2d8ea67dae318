/// A JSON number with the digits it was written with: `1.10` stays `1.10`, and 20 digits stay 20.
package struct JSONNumber: Sendable, Hashable {
    /// What RFC 8259 section 6 allows, nothing else.
    package let text: String

    /// A whole number, without leading zeros.
    package init(_ value: Int) { text = String(value) }

    /// The shortest text that reads back as `value`; `nil` for NaN and the infinities.
    package init?(_ value: Double) {
        guard value.isFinite else { return nil }
        let text = value.description
        self.text = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// The number written as `text`; `nil` where it is none (`01`, `+1`, `.5`, `1.`).
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard JSONNumber.end(in: bytes, from: 0) == bytes.count else { return nil }
        self.text = text
    }

    /// For a reader that has just seen that `text` is a number.
    init(checked text: String) { self.text = text }

    /// The whole number, if it is one and fits.
    package var integer: Int? {
        if let exact = Int(text) { return exact }
        // Int(exactly:) would ask for the C library's trunc, which nothing here links.
        guard let value = double, abs(value) < 0x1p62, Double(Int(value)) == value else { return nil }
        return Int(value)
    }

    /// The nearest binary number; `nil` beyond its range (`1e999`).
    package var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// The offset after the number that starts at `start`; `nil` where none does.
    static func end(in bytes: [UInt8], from start: Int) -> Int? {
        var at = start
        func digits() -> Bool {
            let first = at
            while at < bytes.count, isDigit(bytes[at]) { at += 1 }
            return at > first
        }
        if at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
        if at < bytes.count, bytes[at] == UInt8(ascii: "0") {
            at += 1
            if at < bytes.count, isDigit(bytes[at]) { return nil }
        } else if !digits() {
            return nil
        }
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            at += 1
            if !digits() { return nil }
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
            if !digits() { return nil }
        }
        return at
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
