/// Numbers as people read them.
package enum Numbers {
    /// `1,234`.
    package static func grouped(_ number: Int) -> String {
        var digits = String(number.magnitude)
        var parts: [String] = []
        while digits.count > 3 {
            parts.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + ([digits] + parts).joined(separator: ",")
    }

    /// `1 person`, `1,234 people`; without a plural, the noun with an s.
    package static func counted(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
        "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    /// `1 person`, `1,234 people`.
    package static func people(_ count: Int) -> String { counted(count, "person", "people") }
}
