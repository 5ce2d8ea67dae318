package import Qualification

/// Numbers as reports print them.
package enum Numbers {
    /// `6.2 %`; whole above ten per cent.
    package static func percent(_ share: Double) -> String { percentDigits(share) + " %" }

    /// `3.1-11.7 %`.
    package static func interval(_ interval: WilsonInterval) -> String {
        "\(percentDigits(interval.low))-\(percentDigits(interval.high)) %"
    }

    private static func percentDigits(_ share: Double) -> String {
        if share <= 0 { return "0" }
        let tenths = Int((share * 1000).rounded(.toNearestOrAwayFromZero))
        return tenths >= 100 ? String((tenths + 5) / 10) : "\(tenths / 10).\(tenths % 10)"
    }

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

    /// `12.345` points from thousandths; no zeros at the end.
    package static func points(_ thousandths: Int) -> String {
        let rest = String(thousandths.magnitude % 1000 + 1000).dropFirst()
        var fraction = rest
        while fraction.last == "0" { fraction.removeLast() }
        let whole = (thousandths < 0 ? "-" : "") + String(thousandths.magnitude / 1000)
        return fraction.isEmpty ? whole : "\(whole).\(fraction)"
    }

    /// `1 person`, `1,234 people`.
    package static func people(_ count: Int) -> String { counted(count, "person", "people") }

    /// A bar of eighths of cells, `cells` long at 1.
    package static func bar(_ share: Double, cells: Int) -> String {
        let eighths = Int((min(max(share, 0), 1) * Double(cells * 8)).rounded(.toNearestOrAwayFromZero))
        let full = String(repeating: "█", count: eighths / 8)
        let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        return full + parts[eighths % 8]
    }

    /// The middle of the sorted values, the lower one of two; `nil` where there are none.
    package static func median(_ values: [Int]) -> Int? {
        values.isEmpty ? nil : values.sorted()[(values.count - 1) / 2]
    }
}
