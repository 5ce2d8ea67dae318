package import CivilTime
package import Facts
package import Outreach

/// A person's decision about somebody's stage was turned down by its gate.
package struct GateRefusal: Error, Sendable, Hashable {
    /// The stage that was asked for.
    package var stage: Stage
    /// What its gate lacks, in order.
    package var missing: [Gate.Requirement.Subject]
}

extension Qualifier {
    /// What `stage` asks for and what of it is there already, before anybody decides.
    package func gate(_ stage: Stage, of history: History, at instant: Instant) -> Gate {
        let known = KnownHistory(history, at: instant)
        return Gate(
            stage, from: StageTrack(known, rules.gates), framework: rules.gates.sqlFramework, known.touchpoints[...],
            entry: nil)
    }

    /// The fact that records a person's decision to move somebody to `stage`, with the rules' hash and the scores.
    ///
    /// `by` is the key of the one who decides; `detail` has what the stage asks for: `reason`, `next_step` and
    /// `next_step_on`, `value`, `until` and `nurture`.
    ///
    /// - Throws: `GateRefusal` with everything that is missing.
    package func decision(
        _ stage: Stage, by: String, detail: Record = [:], of history: History, at instant: Instant
    ) throws(GateRefusal) -> Touchpoint {
        let known = KnownHistory(history, at: instant)
        let track = StageTrack(known, rules.gates)
        let standing = standing(of: history, at: instant)
        var full = detail
        full[DetailKey.rules] = .text(rules.hash)
        full[DetailKey.by] = .text(by)
        full[DetailKey.fit] = standing.fit.map { .integer($0) }
        full[DetailKey.intent] = .decimal(standing.intent)
        if stage == .sql { full[DetailKey.framework] = .text(rules.gates.sqlFramework.rawValue) }
        if stage == .recycled, full[DetailKey.nurture] == nil {
            full[DetailKey.nurture] = rules.nurture[.recycled].map { .text($0) }
        }
        let entry = Touchpoint(
            person: history.person.id, kind: .stage(stage), at: instant, recordedAt: instant, detail: full)
        let missing = missing(for: entry, stage, track, known)
        guard missing.isEmpty else { throw GateRefusal(stage: stage, missing: missing) }
        return entry
    }

    private func missing(
        for entry: Touchpoint, _ stage: Stage, _ track: StageTrack, _ known: KnownHistory
    ) -> [Gate.Requirement.Subject] {
        var missing = Gate(
            stage, from: track, framework: rules.gates.sqlFramework, known.touchpoints[...], entry: entry
        ).missing
        let reason = entry.text(DetailKey.reason)
        if track.needsReason(for: stage), reason == nil, !missing.contains(.reason) { missing.append(.reason) }
        if let codes = rules.reasons[stage.rawValue], let reason, !codes.contains(reason) {
            missing.append(.reasonCode(codes))
        }
        return missing
    }

    /// The fact that a field of BANT, MEDDIC or MEDDPICC was heard: what was said, and in which touchpoint.
    package func evidence(
        _ field: String, text: String, cites: Int, by: String, of person: Person.ID, at instant: Instant
    ) -> Touchpoint {
        Touchpoint(
            person: person, kind: .evidence(field), at: instant, recordedAt: instant,
            detail: [DetailKey.text: .text(text), DetailKey.cites: .integer(cites), DetailKey.by: .text(by)])
    }
}

extension QualificationRules.Framework {
    /// What is tracked of an opportunity.
    package static let meddpicc = [
        "metrics", "economic_buyer", "decision_criteria", "decision_process", "paper_process", "identified_pain",
        "champion", "competition",
    ]
}

extension Qualifier {
    /// What is tracked of somebody now, each field with the latest evidence for it: MEDDPICC's fields of opportunities where
    /// the rules track them, the framework's of everybody else.
    package func evidence(of history: History, at instant: Instant) -> [(field: String, touchpoint: Touchpoint?)] {
        let known = KnownHistory(history, at: instant)
        let isOpportunity = StageTrack(known, rules.gates).stage == .opportunity && rules.gates.tracksMEDDPICC
        let fields = isOpportunity ? QualificationRules.Framework.meddpicc : rules.gates.sqlFramework.fields
        return fields.map { field in
            let found = Gate.evidence(field, known.touchpoints[...]).touchpoint
            return (field, known.touchpoints.first { $0.id == found })
        }
    }
}
