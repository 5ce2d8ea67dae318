/// Intent points in fixed point: sums of them are the same in every order.
struct Points: Sendable, Hashable, Comparable {
    /// In units of 2^-20 points.
    var units: Int

    static let zero = Points(units: 0)
    private static let scale = 1_048_576.0
    /// Sums stay far from overflow: 2^42 points, 2^62 units.
    private static let most = 4.0e12
    /// What is smaller counts as nothing, so that fading ends.
    static let least = 0.001

    init(units: Int) { self.units = units }

    /// The nearest value; what is below `least` is zero.
    init(_ value: Double) {
        guard value.magnitude >= Points.least else {
            units = 0
            return
        }
        let bounded = min(max(value, -Points.most), Points.most)
        units = Int(bounded * Points.scale + (bounded < 0 ? -0.5 : 0.5))
    }

    /// Rounded to thousandths of a point, halves away from zero.
    var thousandths: Int {
        let scaled = units.magnitude.multipliedFullWidth(by: 1000)
        let rounded = Int(scaled.high << 44 | UInt(scaled.low) >> 20) + Int((scaled.low >> 19) & 1)
        return units < 0 ? -rounded : rounded
    }

    /// At most `cap` on either side of zero.
    func clamped(to cap: Points?) -> Points {
        guard let cap else { return self }
        return Points(units: min(max(units, -abs(cap.units)), abs(cap.units)))
    }

    static func < (a: Points, b: Points) -> Bool { a.units < b.units }
    static func + (a: Points, b: Points) -> Points {
        let (sum, overflow) = a.units.addingReportingOverflow(b.units)
        return overflow ? a : Points(units: sum)
    }
    static func += (a: inout Points, b: Points) { a = a + b }
}
