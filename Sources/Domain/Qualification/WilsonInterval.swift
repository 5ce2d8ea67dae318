/// A share with the interval that a sample of its size leaves open (Wilson 1927, the score interval).
package struct WilsonInterval: Sendable, Hashable {
    /// How often it came true.
    package let successes: Int
    /// Of how many.
    package let trials: Int
    /// 0-1; 0 and 1 where there were no trials.
    package let low: Double
    /// 0-1; 1 where there were no trials.
    package let high: Double

    /// Two-sided, 95 %.
    package static let normalQuantile = 1.959_963_984_540_054

    /// `quantile` is of the standard normal distribution: 1.96 for 95 %.
    package init(_ successes: Int, of trials: Int, quantile: Double = normalQuantile) {
        self.successes = successes
        self.trials = trials
        guard trials > 0 else {
            (low, high) = (0, 1)
            return
        }
        let n = Double(trials)
        let p = Double(min(max(successes, 0), trials)) / n
        let z2 = quantile * quantile
        let centre = (p + z2 / (2 * n)) / (1 + z2 / n)
        let half = quantile / (1 + z2 / n) * ((p * (1 - p) + z2 / (4 * n)) / n).squareRoot()
        low = successes <= 0 ? 0 : max(0, centre - half)
        high = successes >= trials ? 1 : min(1, centre + half)
    }

    /// 0-1; `nil` where there were no trials.
    package var share: Double? { trials > 0 ? Double(successes) / Double(trials) : nil }
}
