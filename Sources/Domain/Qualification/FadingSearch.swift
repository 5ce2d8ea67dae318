import CivilTime

/// Finds the first midnight at which decay makes a difference, without asking every midnight.
///
/// A rule's points all have one sign, so each rule's sum only nears zero as days go by: over a span of days it stays between
/// its values at the ends. Where neither the lowest nor the highest total of a span makes a difference, no day in it does;
/// else the span is halved.
struct FadingSearch {
    let track: TemperatureTrack
    /// The midnight that days count from.
    let from: Instant
    let differs: (Int) -> Bool

    /// The midnight of the first day in `low + 1 ... high` that makes a difference.
    func first(in low: Int, through high: Int) -> Instant? {
        guard high > low else { return nil }
        return first(low, track.summed(at: midnight(low)), high, track.summed(at: midnight(high)))
    }

    private func first(_ low: Int, _ atLow: [Points], _ high: Int, _ atHigh: [Points]) -> Instant? {
        if high - low == 1 { return differs(track.scale.thousandths(atHigh)) ? midnight(high) : nil }
        let bounds = track.scale.bounds(atLow, atHigh)
        guard differs(bounds.least) || differs(bounds.most) else { return nil }
        let middle = (low + high) / 2
        let atMiddle = track.summed(at: midnight(middle))
        return first(low, atLow, middle, atMiddle) ?? first(middle, atMiddle, high, atHigh)
    }

    private func midnight(_ days: Int) -> Instant { track.midnights.after(from, days: days) }
}
