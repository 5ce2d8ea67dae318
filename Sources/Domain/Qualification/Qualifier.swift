package import CivilTime
package import Outreach

/// The rules of `qualification.yaml`, ready to judge histories: fit, intent, temperature and stage at any instant.
///
///     let qualifier = Qualifier(rules, zone: workspaceZone)
///     let standing = qualifier.standing(of: history, at: now)
///     let proposals = qualifier.changes(of: history, at: now)
///
/// Pure: the same history gives the same answers, in whatever order its touchpoints were recorded.
package struct Qualifier: Sendable {
    /// What `qualification.yaml` says.
    package let rules: QualificationRules
    /// Its intent rules, ready to score.
    package let scale: IntentScale
    /// The workspace's midnights, at which points fade.
    package let midnights: Midnights

    /// `zone` is the workspace's: decay acts at its midnights.
    package init(_ rules: QualificationRules, zone: Zone) {
        self.rules = rules
        scale = IntentScale(rules.intent)
        midnights = Midnights(zone)
    }

    /// What is to be said of the person at `instant`, from what was known then.
    ///
    /// `icp` names the profile whose fit counts; `nil` takes the best known fit of all.
    package func standing(of history: History, icp: String? = nil, at instant: Instant) -> Standing {
        let known = KnownHistory(history, at: instant)
        let stages = StageTrack(known, rules.gates)
        let track = temperatureTrack(known)
        let fit = fit(of: known.person, icp: icp)?.score
        return Standing(
            fit: fit, intent: Double(track.intent) / 1000, temperature: track.temperature, stage: stages.stage,
            nextChange: nextChange(track, stages, fit: fit))
    }

    /// Points at `instant`, rounded to 0.001.
    package func intent(of history: History, at instant: Instant) -> Double {
        var tally = IntentTally(scale, midnight: midnights.last(before: instant))
        for touchpoint in history.touchpoints where touchpoint.at <= instant && touchpoint.recordedAt <= instant {
            if let slot = scale.slot(of: touchpoint.kind) { tally.add(slot, at: touchpoint.at.seconds) }
        }
        return Double(tally.thousandths) / 1000
    }

    /// The judgement by the ICP called `icp`; `nil`: by the one that fits best, the first by name among equals.
    package func fit(of person: Person, icp: String? = nil) -> FitJudgement? {
        if let icp { return rules.icps[icp].map { FitJudgement(person, $0) } }
        return fits(of: person).reduce(nil) { best, next in
            guard let best else { return next }
            return (next.score ?? -1) > (best.score ?? -1) ? next : best
        }
    }

    /// The judgements by every ICP, by name.
    package func fits(of person: Person) -> [FitJudgement] {
        rules.icps.values.sorted { $0.name < $1.name }.map { FitJudgement(person, $0) }
    }

    /// Whether the person was accepted as a prospect by `instant`, and not disqualified since: who may be enrolled.
    package func isProspect(_ history: History, at instant: Instant) -> Bool {
        StageTrack(KnownHistory(history, at: instant), rules.gates).isProspect
    }

    /// The entries into stages up to `instant`, in order.
    package func stages(of history: History, at instant: Instant) -> StageTrack {
        StageTrack(KnownHistory(history, at: instant), rules.gates)
    }

    /// The changes of temperature up to `instant`, as the rules of today tell them.
    package func temperatures(of history: History, at instant: Instant) -> [TemperatureChange] {
        temperatureTrack(KnownHistory(history, at: instant)).changes
    }

    func temperatureTrack(_ known: KnownHistory) -> TemperatureTrack {
        var track = TemperatureTrack(scale, warm: rules.warm, hot: rules.hot, midnights)
        track.follow(scoredTouchpoints(known), to: known.at)
        return track
    }

    func scoredTouchpoints(_ known: KnownHistory) -> [(id: Int, term: IntentTerm)] {
        known.touchpoints.compactMap { touchpoint in
            scale.slot(of: touchpoint.kind).map { (touchpoint.id, IntentTerm(slot: $0, at: touchpoint.at.seconds)) }
        }
    }

    private func nextChange(_ track: TemperatureTrack, _ stages: StageTrack, fit: Int?) -> Instant? {
        let now = track.temperature
        let awaitsMQL = meetsFit(fit) && canBecomeMQL(stages)
        let isOver = meetsIntent(track.intent)
        return track.firstMidnight { temperature, intent in
            temperature != now || (awaitsMQL && !isOver && meetsIntent(intent))
        }
    }

    func meetsFit(_ fit: Int?) -> Bool { fit.map { $0 >= rules.gates.mqlFit } ?? false }

    func meetsIntent(_ thousandths: Int) -> Bool { Double(thousandths) / 1000 >= rules.gates.mqlIntent }

    /// MQLs and those beyond need no proposal; neither do those who are out for good.
    func canBecomeMQL(_ stages: StageTrack) -> Bool {
        if let rank = stages.stage.rank { return rank < 3 }
        return stages.stage == .recycled
    }
}
