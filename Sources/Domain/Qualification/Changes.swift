package import CivilTime
import Facts
package import Outreach

extension Qualifier {
    /// What the rules would record at `instant`: temperature, prospect by `auto_accept`, IQL and MQL; nothing beyond
    /// those, for a rule never makes an SQL. Empty once it is recorded.
    ///
    /// Each has the rules' hash, the scores and the cause in its detail, and a source key, so that two who propose the
    /// same record it once.
    package func changes(of history: History, icp: String? = nil, at instant: Instant) -> [Touchpoint] {
        let known = KnownHistory(history, at: instant)
        let stages = StageTrack(known, rules.gates)
        let track = temperatureTrack(known)
        let scores = Scores(fit: fit(of: known.person, icp: icp), intent: track.intent)
        var proposals = Proposals(known, rules, scores)
        proposeTemperature(track, known, &proposals)
        if autoAccepts(scores.fit, stages) { proposals.add(.stage(.prospect), cause: nil) }
        if let cause = iqlCause(known, stages) { proposals.add(.stage(.iql), cause: cause) }
        if meetsFit(scores.fit?.score), meetsIntent(scores.intent), canBecomeMQL(stages),
            let cause = mqlCause(known, stages)
        {
            proposals.add(.stage(.mql), cause: cause)
        }
        return proposals.touchpoints
    }

    private func proposeTemperature(_ track: TemperatureTrack, _ known: KnownHistory, _ proposals: inout Proposals) {
        let recorded = known.touchpoints.reversed().lazy.compactMap { touchpoint in
            Temperature.allCases.first { .temperature($0) == touchpoint.kind }
        }.first
        guard track.temperature != recorded ?? .cold else { return }
        proposals.add(.temperature(track.temperature), cause: track.changes.last?.cause)
    }

    /// A lead that nobody decided about yet, over the ICP's own threshold.
    private func autoAccepts(_ fit: FitJudgement?, _ stages: StageTrack) -> Bool {
        guard let fit, let score = fit.score, let least = rules.icps[fit.icp]?.autoAccept else { return false }
        return score >= least && !stages.isProspect
            && !stages.entries.contains { [.prospect, .disqualified].contains($0.stage) }
    }

    /// The touchpoint by which they gave their details, since they last were in the pipeline.
    private func iqlCause(_ known: KnownHistory, _ stages: StageTrack) -> Int? {
        guard (stages.stage.rank ?? (stages.stage == .recycled ? 0 : 9)) < 2 else { return nil }
        return known.touchpoints.last { touchpoint in
            rules.gates.iql.contains { touchpoint.kind.isA($0) } && isSince(stages.leftAt, touchpoint)
        }?.id
    }

    /// The latest touchpoint that added points; who was moved back must have done something since.
    private func mqlCause(_ known: KnownHistory, _ stages: StageTrack) -> Int? {
        known.touchpoints.last { touchpoint in
            guard let slot = scale.slot(of: touchpoint.kind) else { return false }
            return scale.rules[slot].points > 0 && isSince(stages.leftAt, touchpoint)
        }?.id
    }

    private func isSince(_ instant: Instant?, _ touchpoint: Touchpoint) -> Bool {
        instant.map { touchpoint.at > $0 } ?? true
    }
}

/// What the decision was made from.
private struct Scores {
    var fit: FitJudgement?
    /// Thousandths of a point.
    var intent: Int
}

/// Touchpoints to be recorded for one person at one instant.
private struct Proposals {
    private(set) var touchpoints: [Touchpoint] = []
    private let known: KnownHistory
    private let rules: QualificationRules
    private let scores: Scores

    init(_ known: KnownHistory, _ rules: QualificationRules, _ scores: Scores) {
        self.known = known
        self.rules = rules
        self.scores = scores
    }

    /// `cause` is the touchpoint's id; `nil` is decay, or for a prospect the facts alone.
    mutating func add(_ kind: TouchpointKind, cause: Int?) {
        var detail: Record = [DetailKey.rules: .text(rules.hash), DetailKey.by: .text(decidedByRule)]
        if let fit = scores.fit, let score = fit.score {
            detail[DetailKey.icp] = .text(fit.icp)
            detail[DetailKey.fit] = .integer(score)
        }
        detail[DetailKey.intent] = .decimal(Double(scores.intent) / 1000)
        if let cause {
            detail[DetailKey.cause] = .integer(cause)
        } else {
            detail[DetailKey.cause] = .text(causeless(kind))
        }
        let family = kind.stage == nil ? "temperature" : kind.name
        let round = known.touchpoints.count { $0.kind.isA(TouchpointKind(family)) }
        touchpoints.append(
            Touchpoint(
                person: known.person.id, kind: kind, at: known.at, recordedAt: known.at,
                sourceKey: "qualification/\(family)/\(known.person.key)/\(round)", detail: detail))
    }

    private func causeless(_ kind: TouchpointKind) -> String { kind.stage == .prospect ? "fit" : "decay" }
}
