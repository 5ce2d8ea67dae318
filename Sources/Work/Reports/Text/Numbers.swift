package import Interchange
package import Qualification

/// Numbers as reports print them besides.
extension Numbers {
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

    /// `12.345` points from thousandths; no zeros at the end.
    package static func points(_ thousandths: Int) -> String {
        let rest = String(thousandths.magnitude % 1000 + 1000).dropFirst()
        var fraction = rest
        while fraction.last == "0" { fraction.removeLast() }
        let whole = (thousandths < 0 ? "-" : "") + String(thousandths.magnitude / 1000)
        return fraction.isEmpty ? whole : "\(whole).\(fraction)"
    }

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
