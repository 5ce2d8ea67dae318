package import CivilTime
import Facts
package import Outreach

/// What a salesperson needs to take an MQL over: who, why now, what was said, and what to ask next.
package struct HandoffPacket: Sendable {
    package var person: Person
    package var fit: FitJudgement?
    package var standing: Standing
    /// When they became an MQL.
    package var since: Instant
    /// When somebody took them over; `nil` while they wait.
    package var acceptedAt: Instant?
    /// What gave points, the most first.
    package var why: [Explanation.Point]
    /// All that was, oldest first, without what rules recorded.
    package var history: [Touchpoint]
    /// The first field of the framework without evidence; `nil` when all have it.
    package var nextField: String?

    /// Seconds from becoming an MQL to being taken over, or to `now`.
    package func waiting(at now: Instant) -> Int { (acceptedAt ?? now) - since }
}

extension Qualifier {
    /// The packet of somebody who is an MQL at `instant`; `nil` for everybody else.
    package func handoff(_ history: History, at instant: Instant) -> HandoffPacket? {
        let known = KnownHistory(history, at: instant)
        guard let entry = StageTrack(known, rules.gates).present, entry.stage == .mql else { return nil }
        let explanation = explanation(of: history, at: instant)
        let accepted = known.touchpoints.first { $0.kind == .handoffAccepted && $0.at >= entry.at }
        return HandoffPacket(
            person: history.person, fit: fit(of: known.person), standing: explanation.standing, since: entry.at,
            acceptedAt: accepted?.at,
            why: explanation.points.filter { $0.thousandths > 0 }.sorted { a, b in
                (-a.thousandths, a.touchpoint.at, a.touchpoint.id) < (-b.thousandths, b.touchpoint.at, b.touchpoint.id)
            },
            history: known.touchpoints.filter { $0.kind.stage == nil && !$0.kind.isA("temperature") },
            nextField: missingFields(known).first)
    }

    /// The framework's fields that nobody has given evidence for.
    package func missingFields(of history: History, at instant: Instant) -> [String] {
        missingFields(KnownHistory(history, at: instant))
    }

    private func missingFields(_ known: KnownHistory) -> [String] {
        let gate = Gate(
            .sql, from: StageTrack(known, rules.gates), framework: rules.gates.sqlFramework, known.touchpoints[...],
            entry: nil)
        return gate.missing.compactMap { subject in
            if case .evidence(let field) = subject { field } else { nil }
        }
    }
}

/// Hand-overs that were taken and turned down, by bands of fit and intent: what the rules should learn from.
package struct HandoffRecord: Sendable {
    /// One band of scores.
    package struct Band: Sendable, Hashable, Comparable {
        /// The tens of fit: 6 is 60-69.
        package var fit: Int
        package static func < (a: Band, b: Band) -> Bool { a.fit < b.fit }
    }

    package private(set) var accepted: [Band: Int] = [:]
    package private(set) var rejected: [Band: Int] = [:]
    /// By reason code.
    package private(set) var reasons: [String: Int] = [:]
    /// Seconds from MQL to acceptance, in the order of `add`.
    package private(set) var waits: [Int] = []

    package init() {}

    /// Counts one person's hand-overs up to `instant`.
    package mutating func add(_ history: History, _ qualifier: Qualifier, at instant: Instant) {
        let known = KnownHistory(history, at: instant)
        var mql: Touchpoint?
        for touchpoint in known.touchpoints {
            if touchpoint.kind == .stage(.mql) { mql = touchpoint }
            guard let entry = mql, let band = band(entry) else { continue }
            if touchpoint.kind == .handoffAccepted {
                accepted[band, default: 0] += 1
                waits.append(touchpoint.at - entry.at)
                mql = nil
            } else if touchpoint.kind == .handoffRejected {
                rejected[band, default: 0] += 1
                reasons[touchpoint.text(DetailKey.reason) ?? "no reason", default: 0] += 1
                mql = nil
            }
        }
    }

    private func band(_ entry: Touchpoint) -> Band? {
        entry.detail[DetailKey.fit]?.number.map { Band(fit: Int(min(max($0, 0), 100)) / 10) }
    }
}
