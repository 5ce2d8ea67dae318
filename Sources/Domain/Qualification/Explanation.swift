package import CivilTime
package import Outreach

/// Why a person stands where they stand: every point with its touchpoint, every requirement with its answer.
package struct Explanation: Sendable {
    /// What one touchpoint gives.
    package struct Point: Sendable {
        /// What gave it.
        package var touchpoint: Touchpoint
        /// The rule it falls under: its kind, or the family.
        package var rule: TouchpointKind
        /// What it gave on its day.
        package var points: Double
        /// What it adds now, in thousandths; the sum of all is the intent. Less than what is left of it where a cap cuts.
        package var thousandths: Int
        /// Seconds since it, as of the last midnight.
        package var age: Int
    }

    /// The instant that is explained.
    package var at: Instant
    /// As of which decay is counted.
    package var midnight: Instant
    /// Where they stand by all that follows.
    package var standing: Standing
    /// Every touchpoint that counts, in (at, id) order.
    package var points: [Point]
    /// By every ICP, by name.
    package var fits: [FitJudgement]
    /// Every change of temperature, in order.
    package var temperatures: [TemperatureChange]
    /// Every stage that was entered, in order.
    package var stages: [StageEntry]

    /// What all points come to, in thousandths: the intent.
    package var sum: Int { points.reduce(0) { $0 + $1.thousandths } }
}

extension Qualifier {
    /// Why `standing(of:icp:at:)` says what it says.
    package func explanation(of history: History, icp: String? = nil, at instant: Instant) -> Explanation {
        let known = KnownHistory(history, at: instant)
        let midnight = midnights.last(before: instant)
        return Explanation(
            at: instant, midnight: midnight, standing: standing(of: history, icp: icp, at: instant),
            points: points(known, midnight), fits: fits(of: known.person),
            temperatures: temperatureTrack(known).changes, stages: StageTrack(known, rules.gates).entries)
    }

    private func points(_ known: KnownHistory, _ midnight: Instant) -> [Explanation.Point] {
        let scored = known.touchpoints.compactMap { touchpoint in
            scale.slot(of: touchpoint.kind).map { (touchpoint, IntentTerm(slot: $0, at: touchpoint.at.seconds)) }
        }
        let shares = IntentTally.shares(scored.map(\.1), scale, midnight: midnight.seconds)
        return zip(scored, shares).map { scored, share in
            let rule = scale.rules[scored.1.slot]
            return Explanation.Point(
                touchpoint: scored.0, rule: rule.kind, points: rule.points, thousandths: share,
                age: max(0, midnight - scored.0.at))
        }
    }
}
