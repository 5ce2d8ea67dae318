package import CivilTime
package import Outreach

/// A change of temperature, with what brought it about.
package struct TemperatureChange: Sendable, Hashable {
    /// When it changed.
    package var at: Instant
    /// What it was.
    package var from: Temperature
    /// What it became.
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
    ///
    /// What does not differ must be an interval of points.
    func firstMidnight(where differs: @escaping (Temperature, Int) -> Bool) -> Instant? {
        guard let midnight, let days = daysOfFading(from: midnight) else { return nil }
        let search = FadingSearch(track: self, from: midnight) { differs(next(temperature, $0), $0) }
        return search.first(in: 0, through: days)
    }

    /// Lets decay act at every midnight up to `instant`.
    private mutating func fade(to instant: Instant) {
        let target = midnights.last(before: instant)
        guard let start = midnight else {
            midnight = target
            return
        }
        guard target > start else { return }
        let reached = summed(at: target)
        let bounds = scale.bounds(sums, reached)
        if next(temperature, bounds.least) != temperature || next(temperature, bounds.most) != temperature {
            changeTemperature(from: start, to: target)
        }
        sums = reached
        midnight = target
    }

    /// Finds the midnights up to `target` at which decay changes the temperature.
    private mutating func changeTemperature(from start: Instant, to target: Instant) {
        var from = start
        while from < target, let days = daysOfFading(from: from) {
            let search = FadingSearch(track: self, from: from) { [self] in next(temperature, $0) != temperature }
            let most = min(days, midnights.days(from: from, to: target))
            guard let at = search.first(in: 0, through: most), at <= target else { return }
            sums = summed(at: at)
            step(at: at, cause: nil)
            from = at
        }
    }

    /// The sum of every rule's touchpoints as of a midnight.
    func summed(at midnight: Instant) -> [Points] {
        var sums = Array(repeating: Points.zero, count: scale.rules.count)
        for term in terms { sums[term.slot] += scale.worth(term.slot, at: term.at, midnight: midnight.seconds) }
        return sums
    }

    /// After how many midnights everything that fades has faded; `nil` where nothing does.
    private func daysOfFading(from midnight: Instant) -> Int? {
        var last = Int.min
        for term in terms {
            if let lifetime = scale.rules[term.slot].lifetime { last = max(last, term.at + lifetime) }
        }
        guard last > midnight.seconds else { return nil }
        return (last - midnight.seconds) / .day + 2
    }

    private mutating func step(at: Instant, cause: Int?) {
        let new = next(temperature, intent)
        guard new != temperature else { return }
        changes.append(TemperatureChange(at: at, from: temperature, to: new, cause: cause))
        temperature = new
    }

    /// Entered at `enter`, left below `leave`.
    func next(_ old: Temperature, _ thousandths: Int) -> Temperature {
        let value = Double(thousandths) / 1000
        if value >= hot.enter || (old == .hot && value >= hot.leave) { return .hot }
        if value >= warm.enter || (old != .cold && value >= warm.leave) { return .warm }
        return .cold
    }
}
