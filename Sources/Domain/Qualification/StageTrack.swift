package import CivilTime
package import Outreach

/// A stage that a person entered, and the fact that says so.
package struct StageEntry: Sendable, Hashable {
    /// The stage that was entered.
    package var stage: Stage
    /// The fact that says so.
    package var touchpoint: Touchpoint
    /// When: the fact's own instant.
    package var at: Instant { touchpoint.at }
}

/// A person's way through the stages: recorded facts, each judged by what was recorded before it.
///
/// Neither scores nor today's rules are asked, so neither decay nor an edited file moves anybody. A fact that lacks what
/// its gate asks for (an SQL without evidence) moves nobody either, whoever wrote it.
package struct StageTrack: Sendable {
    /// Where they stand now.
    package private(set) var stage = Stage.lead
    /// In order; the last one is the stage's.
    package private(set) var entries: [StageEntry] = []
    /// Whether a person or a rule accepted them as a prospect, and nobody disqualified them since.
    package private(set) var isProspect = false
    /// The last time they left a sales stage: recycled, rejected, moved back.
    package private(set) var leftAt: Instant?

    /// Walks the facts in order.
    package init(_ known: KnownHistory, _ gates: QualificationRules.Gates) {
        for (index, touchpoint) in known.touchpoints.enumerated() {
            if touchpoint.kind == .handoffRejected {
                reject(touchpoint)
            } else if let new = touchpoint.kind.stage {
                let before = known.touchpoints[..<index]
                if admits(new, by: touchpoint, gates, before) { enter(new, touchpoint) }
            }
        }
    }

    /// The entry into the present stage; `nil` for leads.
    package var present: StageEntry? { entries.last }

    private mutating func enter(_ new: Stage, _ touchpoint: Touchpoint) {
        if new == .prospect { isProspect = true }
        if new == .disqualified { isProspect = false }
        // Accepting an IQL as a prospect takes nothing from them.
        if let rank = new.rank, let present = stage.rank, rank <= present, touchpoint.text(DetailKey.reason) == nil {
            return
        }
        if isBackOrOut(new) { leftAt = touchpoint.at }
        stage = new
        entries.append(StageEntry(stage: new, touchpoint: touchpoint))
    }

    /// A rejected hand-over is a step back with a reason.
    private mutating func reject(_ touchpoint: Touchpoint) {
        guard stage == .mql, touchpoint.text(DetailKey.reason) != nil else { return }
        leftAt = touchpoint.at
        stage = isProspect ? .prospect : .lead
        entries.append(StageEntry(stage: stage, touchpoint: touchpoint))
    }

    /// A lower stage, one outside the pipeline, or the way back in from where one is out for good.
    private func isBackOrOut(_ new: Stage) -> Bool {
        guard let rank = new.rank, stage != .disqualified, stage != .lost else { return true }
        return stage.rank.map { rank < $0 } ?? false
    }

    /// Whether `new` can be entered with a reason only; accepting somebody in the pipeline as a prospect needs none.
    func needsReason(for new: Stage) -> Bool {
        isBackOrOut(new) && !(new == .prospect && stage.rank != nil)
    }

    private func admits(
        _ new: Stage, by touchpoint: Touchpoint, _ gates: QualificationRules.Gates, _ before: ArraySlice<Touchpoint>
    ) -> Bool {
        if needsReason(for: new), touchpoint.text(DetailKey.reason) == nil { return false }
        let framework =
            touchpoint.text(DetailKey.framework).flatMap { QualificationRules.Framework(rawValue: $0) }
            ?? gates.sqlFramework
        let gate = Gate(new, from: self, framework: framework, before, entry: touchpoint)
        return gate.missing.isEmpty
    }
}
