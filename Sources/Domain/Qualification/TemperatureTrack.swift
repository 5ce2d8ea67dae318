package import CivilTime
package import Outreach

/// A change of temperature, with what brought it about.
package struct TemperatureChange: Sendable, Hashable {
    package var at: Instant
    package var from: Temperature
    package var to: Temperature
    /// The touchpoint; `nil`: decay.
    package var cause: Int?
}

/// A person's intent and temperature, followed from their first touchpoint on.
///
/// Touchpoints of the same second count together, so that the order of their recording does not matter.
struct TemperatureTrack {
    let scale: IntentScale
    let warm: QualificationRules.Threshold
    let hot: QualificationRules.Threshold
    let midnights: Midnights
    private(set) var temperature = Temperature.cold
    private(set) var changes: [TemperatureChange] = []
    private var terms: [IntentTerm] = []
    private var sums: [Points]
    /// The midnight that `sums` was computed for.
    private var midnight: Instant?

    init(
        _ scale: IntentScale, warm: QualificationRules.Threshold, hot: QualificationRules.Threshold,
        _ midnights: Midnights
    ) {
        self.scale = scale
        self.warm = warm
        self.hot = hot
        self.midnights = midnights
        sums = Array(repeating: .zero, count: scale.rules.count)
    }

    /// Thousandths of a point, as of where it has got to.
    var intent: Int { scale.thousandths(sums) }

    /// Follows touchpoints with points, ascending by `at`, and then decay up to `end`.
    mutating func follow(_ events: [(id: Int, term: IntentTerm)], to end: Instant) {
        var index = 0
        while index < events.count {
            let at = events[index].term.at
            fade(to: Instant(at))
            while index < events.count, events[index].term.at == at {
                let term = events[index].term
                terms.append(term)
                sums[term.slot] += scale.worth(term.slot, at: at, midnight: at)
                index += 1
            }
            step(at: Instant(at), cause: events[index - 1].id)
        }
        fade(to: end)
    }

    /// The first coming midnight at which `differs(temperature, thousandths)` from now on, by decay alone.
    func firstMidnight(where differs: (Temperature, Int) -> Bool) -> Instant? {
        guard let midnight, let days = daysOfFading(from: midnight), days > 0 else { return nil }
        func state(_ day: Int) -> (Instant, Bool) {
            let at = midnights.after(midnight, days: day)
            let value = scale.thousandths(summed(at: at))
            return (at, differs(next(temperature, value), value))
        }
        if scale.onlyFalls(terms) {
            // What only falls crosses once: the crossing is found by halving.
            guard state(days).1 else { return nil }
            var (low, high) = (0, days)
            while high - low > 1 {
                let middle = (low + high) / 2
                if state(middle).1 { high = middle } else { low = middle }
            }
            return state(high).0
        }
        for day in 1...days {
            let (at, isDifferent) = state(day)
            if isDifferent { return at }
        }
        return nil
    }

    /// Lets decay act at every midnight up to `instant`.
    private mutating func fade(to instant: Instant) {
        let target = midnights.last(before: instant)
        guard let from = midnight else {
            midnight = target
            return
        }
        guard target > from else { return }
        // What only falls passes no threshold that it would not be beyond at the end; the dates of the changes need
        // the walk only where there is a change.
        if !terms.isEmpty, !(scale.onlyFalls(terms) && next(temperature, value(at: target)) == temperature) {
            walk(from: from, to: target)
        }
        midnight = target
        sums = summed(at: target)
        step(at: target, cause: nil)
    }

    private mutating func walk(from: Instant, to target: Instant) {
        let days = daysOfFading(from: from) ?? 0
        for day in stride(from: 1, through: days, by: 1) {
            let at = midnights.after(from, days: day)
            if at >= target { return }
            sums = summed(at: at)
            step(at: at, cause: nil)
        }
    }

    private func value(at midnight: Instant) -> Int { scale.thousandths(summed(at: midnight)) }

    private func summed(at midnight: Instant) -> [Points] {
        var sums = Array(repeating: Points.zero, count: scale.rules.count)
        for term in terms { sums[term.slot] += scale.worth(term.slot, at: term.at, midnight: midnight.seconds) }
        return sums
    }

    /// After how many midnights everything that fades has faded; `nil` where nothing does.
    private func daysOfFading(from midnight: Instant) -> Int? {
        let ends = terms.compactMap { term in scale.lifetime(term.slot).map { term.at + $0 } }
        guard let last = ends.max(), last > midnight.seconds else { return nil }
        return (last - midnight.seconds) / .day + 2
    }

    private mutating func step(at: Instant, cause: Int?) {
        let new = next(temperature, intent)
        guard new != temperature else { return }
        changes.append(TemperatureChange(at: at, from: temperature, to: new, cause: cause))
        temperature = new
    }

    /// Entered at `enter`, left below `leave`.
    private func next(_ old: Temperature, _ thousandths: Int) -> Temperature {
        let value = Double(thousandths) / 1000
        if value >= hot.enter || (old == .hot && value >= hot.leave) { return .hot }
        if value >= warm.enter || (old != .cold && value >= warm.leave) { return .warm }
        return .cold
    }
}
