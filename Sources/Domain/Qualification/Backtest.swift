package import CivilTime
package import Outreach

/// Replays histories under other rules: who would be an MQL, and which wins would have been missed.
///
/// Fit is judged by the facts of today, for facts are not kept by date; intent by the touchpoints of each day.
package struct Backtest: Sendable {
    /// Somebody to whom the two sets of rules say different things, or who was won.
    package struct Case: Sendable, Hashable {
        /// Whom it is about.
        package var person: Person
        /// When they became an MQL under the present rules and under the others; `nil`: not by `at`.
        package var present: Instant?
        /// The same under the other rules.
        package var other: Instant?
        /// When they were won.
        package var won: Instant?

        /// A win that the other rules would not have handed over before it was won.
        package var isMissedWin: Bool { won.map { won in other.map { $0 > won } ?? true } ?? false }
    }

    /// How many were replayed.
    package private(set) var people = 0
    /// How many are MQL under each.
    package private(set) var presentCount = 0
    /// How many are MQL under the other rules.
    package private(set) var otherCount = 0
    /// Newly MQL, no longer MQL, and won ones whom the other rules miss; in the order of `add`.
    package private(set) var gained: [Case] = []
    /// MQL under the present rules only.
    package private(set) var lost: [Case] = []
    /// Won, and no MQL before that under the other rules.
    package private(set) var missedWins: [Case] = []
    /// How many were won.
    package private(set) var wins = 0
    private let present: Qualifier
    private let other: Qualifier
    private let at: Instant

    /// Rules that differ only in thresholds, points and ICPs: gates that people pass are facts and are not replayed.
    package init(present: Qualifier, other: Qualifier, at: Instant) {
        self.present = present
        self.other = other
        self.at = at
    }

    /// Replays one person.
    package mutating func add(_ history: History) {
        people += 1
        let found = Case(
            person: history.person, present: present.firstMQL(history, at: at), other: other.firstMQL(history, at: at),
            won: present.stages(of: history, at: at).entries.first { $0.stage == .won }?.at)
        if found.present != nil { presentCount += 1 }
        if found.other != nil { otherCount += 1 }
        if found.present == nil, found.other != nil { gained.append(found) }
        if found.present != nil, found.other == nil { lost.append(found) }
        if found.won != nil { wins += 1 }
        if found.isMissedWin { missedWins.append(found) }
    }
}

extension Qualifier {
    /// The first instant by `end` at which fit and intent are both over the MQL thresholds, whatever was recorded.
    ///
    /// Touchpoints count from when they were recorded, as they did then.
    package func firstMQL(_ history: History, at end: Instant) -> Instant? {
        guard meetsFit(fit(of: history.person)?.score) else { return nil }
        let moments = Set(history.touchpoints.map { max($0.at, $0.recordedAt) }).filter { $0 <= end }.sorted()
        for (index, moment) in moments.enumerated() {
            if meetsIntent(track(history, at: moment).intent) { return moment }
            // Only where negative points fade can intent rise without a touchpoint.
            let next = index + 1 < moments.count ? moments[index + 1] : end
            let risen = track(history, at: moment).firstMidnight { _, intent in meetsIntent(intent) }
            if let risen, risen < next { return risen }
        }
        return nil
    }

    private func track(_ history: History, at instant: Instant) -> TemperatureTrack {
        temperatureTrack(KnownHistory(history, at: instant))
    }
}
