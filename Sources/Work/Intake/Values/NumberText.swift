package import Facts

/// A number as exports spell it: `1,234`, `51-200`, `10,001+`, `$1.5M`.
package struct NumberText: Sendable, Hashable {
    /// The number; of a range its midpoint, rounded to a whole number.
    package let value: Value
    /// The range as it was written, where it was one.
    package let range: String?

    /// - Returns: `nil` of what is no number.
    package init?(_ text: String) {
        let plain = NumberText.withoutWords(text)
        if let number = NumberText.number(plain[...]) {
            value = NumberText.value(number)
            range = nil
            return
        }
        guard let middle = NumberText.middle(plain) else { return nil }
        value = NumberText.value(middle)
        range = text
    }

    /// Lower case, one kind of dash, no spaces, no currency and no unit.
    private static func withoutWords(_ text: String) -> String {
        var plain = text.lowercased()
        for dash in ["–", "—", "‑", "‐", " to ", " bis "] { plain = plain.replacing(dash, with: "-") }
        for word in [
            "employees", "mitarbeiter", "people", "usd", "eur", "gbp", "$", "€", "£", " ", "\u{A0}", "\u{202F}",
        ] {
            plain = plain.replacing(word, with: "")
        }
        return plain
    }

    /// The middle of `51-200`; the bound of `10001+`, `>500` and `<10`.
    private static func middle(_ text: String) -> Double? {
        if text.hasSuffix("+") { return number(text.dropLast()) }
        if text.hasPrefix(">") || text.hasPrefix("<") { return number(text.dropFirst()) }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let to = number(ends[1]) else { return nil }
        // The unit may stand behind the second number only: 1-10M.
        let unit = ends[1].last.flatMap { units[$0] } ?? 1
        guard var from = number(ends[0]) else { return nil }
        if unit > 1, from < to / unit * 1.000001, ends[0].last.flatMap({ units[$0] }) == nil { from *= unit }
        guard from <= to else { return nil }
        return ((from + to) / 2).rounded()
    }

    private static let units: [Character: Double] = ["k": 1e3, "m": 1e6, "b": 1e9]

    /// A number with groups of three (`1,000`, `1.000`, `1'000`) or a decimal point, and a unit.
    private static func number(_ text: Substring) -> Double? {
        var text = text
        var unit = 1.0
        if let last = text.last, let factor = units[last] {
            unit = factor
            text = text.dropLast()
        }
        guard let first = text.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
            text.utf8.count <= 24
        else { return nil }
        for separator in [",", ".", "'", "’"] as [Character] where text.contains(separator) {
            let groups = text.split(separator: separator, omittingEmptySubsequences: false)
            let isGrouped = groups.dropFirst().allSatisfy { $0.count == 3 && $0.allSatisfy(\.isASCIIDigit) }
            if isGrouped, groups[0].count <= 3, groups[0].allSatisfy(\.isASCIIDigit), unit == 1 || groups.count > 2 {
                return Double(groups.joined()).map { $0 * unit }
            }
        }
        let point = String(text.contains(".") ? text.replacing(",", with: "") : text.replacing(",", with: "."))
        guard point.allSatisfy({ $0.isASCIIDigit || $0 == "." }) else { return nil }
        return Double(point).map { $0 * unit }
    }

    private static func value(_ number: Double) -> Value {
        Int(exactly: number).map { .integer($0) } ?? .decimal(number)
    }
}

extension Character {
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
