package import CivilTime
import Facts
package import Outreach

/// What a salesperson needs to take an MQL over: who, why now, what was said, and what to ask next.
package struct HandoffPacket: Sendable {
    /// Who is handed over.
    package var person: Person
    /// By the ICP that fits best; `nil` where there is none.
    package var fit: FitJudgement?
    /// Where they stand now.
    package var standing: Standing
    /// When they became an MQL.
    package var since: Instant
    /// When somebody took them over; `nil` while they wait.
    package var acceptedAt: Instant?
    /// Who did; `nil` while they wait, or where nobody says.
    package var acceptedBy: String?
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
            acceptedAt: accepted?.at, acceptedBy: accepted?.decidedBy,
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

/// Hand-overs that were accepted and rejected, by bands of fit and of intent: what the rules should learn from.
package struct HandoffRecord: Sendable {
    /// One band of a score, ten wide.
    package struct Band: Sendable, Hashable, Comparable {
        /// The tens: 6 is 60-69, 10 is all above.
        package var tens: Int
        package static func < (a: Band, b: Band) -> Bool { a.tens < b.tens }
    }

    /// Which score a table is by.
    package enum Score: String, Sendable, Hashable, CaseIterable {
        case fit, intent
    }

    /// What became of one band.
    package struct Count: Sendable, Hashable {
        /// Hand-overs of the band that were taken.
        package internal(set) var accepted = 0
        /// Hand-overs of the band that were turned down.
        package internal(set) var rejected = 0
    }

    /// A hand-over that was accepted: from when somebody was an MQL to when a person took them over.
    package struct Acceptance: Sendable, Hashable {
        /// When they became an MQL.
        package var since: Instant
        /// When they were taken.
        package var at: Instant
    }

    /// By score and band, what became of them.
    package private(set) var bands: [Score: [Band: Count]] = [:]
    /// By reason, as it was given.
    package private(set) var reasons: [String: Int] = [:]
    /// In the order of `add`.
    package private(set) var acceptances: [Acceptance] = []
    /// All that were turned down.
    package private(set) var rejected = 0

    package init() {}

    /// Counts one person's hand-overs up to `instant`.
    package mutating func add(_ history: History, _ qualifier: Qualifier, at instant: Instant) {
        let known = KnownHistory(history, at: instant)
        var mql: Touchpoint?
        for touchpoint in known.touchpoints {
            if touchpoint.kind == .stage(.mql) { mql = touchpoint }
            guard let entry = mql else { continue }
            if touchpoint.kind == .handoffAccepted {
                count(entry) { $0.accepted += 1 }
                acceptances.append(Acceptance(since: entry.at, at: touchpoint.at))
                mql = nil
            } else if touchpoint.kind == .handoffRejected {
                count(entry) { $0.rejected += 1 }
                rejected += 1
                reasons[touchpoint.text(DetailKey.reason) ?? "no reason", default: 0] += 1
                mql = nil
            }
        }
    }

    /// Counts by the scores with which they became an MQL.
    private mutating func count(_ entry: Touchpoint, _ change: (inout Count) -> Void) {
        for score in Score.allCases {
            guard let value = entry.detail[score.rawValue]?.number else { continue }
            change(&bands[score, default: [:]][Band(tens: Int(min(max(value, 0), 100)) / 10), default: Count()])
        }
    }
}
