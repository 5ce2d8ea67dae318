import Facts
package import Outreach

/// What a stage asks for that a person must bring or decide, and which of it is there.
///
/// Scores are not among it: they decide what a rule *proposes* (`Qualifier.changes`), and what was once recorded stays.
package struct Gate: Sendable, Hashable {
    /// One thing that is asked for.
    package struct Requirement: Sendable, Hashable {
        /// What a gate may ask for.
        package enum Subject: Sendable, Hashable {
            /// The stage they must be in before.
            case stageBefore([Stage])
            /// A call that was answered, a meeting, a talk.
            case conversation
            /// A field of BANT or MEDDIC, heard in a touchpoint.
            case evidence(String)
            /// A person of ours says yes.
            case acceptance
            /// A named next step with its day.
            case nextStep
            /// What it was won for.
            case value
            /// Why.
            case reason
            /// Why, by a code that the rules know: one of these.
            case reasonCode([String])
            /// The day on which a recycled person is looked at again.
            case returnDay
        }

        /// What is asked for.
        package var subject: Subject
        /// The touchpoint that meets it; `nil` where nothing does yet, or where the entry itself does.
        package var touchpoint: Int?
        /// Whether it is there.
        package var isMet: Bool
    }

    /// The stage behind the gate.
    package var stage: Stage
    /// In the order in which they are told.
    package var requirements: [Requirement]

    /// What is not there yet, in order.
    package var missing: [Requirement.Subject] { requirements.filter { !$0.isMet }.map(\.subject) }
}

extension Gate {
    /// The gate of `stage` for somebody on `track` with the facts `before`; `entry` is the fact that would open it.
    init(
        _ stage: Stage, from track: StageTrack, framework: QualificationRules.Framework,
        _ before: ArraySlice<Touchpoint>, entry: Touchpoint?
    ) {
        self.stage = stage
        let decided = Requirement(.acceptance, isMet: entry?.decidedBy != nil)
        switch stage {
        case .lead, .prospect, .iql, .mql: requirements = []
        case .sql:
            requirements =
                [
                    Requirement(
                        .stageBefore(Gate.beforeSQL),
                        isMet: Gate.beforeSQL.contains(track.stage) || track.stage == .opportunity),
                    Gate.conversation(before),
                ] + framework.fields.map { Gate.evidence($0, before) } + [decided]
        case .opportunity:
            let isNamed = entry?.day(DetailKey.nextStepOn) != nil && entry?.text(DetailKey.nextStep) != nil
            requirements = [
                Requirement(.stageBefore([.sql]), isMet: track.stage == .sql || track.stage == .opportunity),
                Requirement(.nextStep, isMet: isNamed), decided,
            ]
        case .won:
            requirements = [
                Requirement(.stageBefore([.opportunity]), isMet: track.stage == .opportunity),
                Requirement(.value, isMet: entry?.detail[DetailKey.value]?.number != nil), decided,
            ]
        case .lost:
            requirements = [
                Requirement(.stageBefore([.opportunity]), isMet: track.stage == .opportunity),
                Requirement(.reason, isMet: entry?.text(DetailKey.reason) != nil), decided,
            ]
        case .recycled:
            requirements = [
                Requirement(.reason, isMet: entry?.text(DetailKey.reason) != nil),
                Requirement(.returnDay, isMet: entry?.day(DetailKey.until) != nil),
            ]
        case .disqualified: requirements = [Requirement(.reason, isMet: entry?.text(DetailKey.reason) != nil)]
        }
    }

    /// A salesperson's word is enough to skip the scores, not the review: a lead nobody looked at is no SQL. An
    /// opportunity may go back to it, for a reason.
    private static let beforeSQL: [Stage] = [.prospect, .iql, .mql, .recycled]

    private static func conversation(_ before: ArraySlice<Touchpoint>) -> Requirement {
        let talk = before.last { $0.kind.isConversation }
        return Requirement(.conversation, touchpoint: talk?.id, isMet: talk != nil)
    }

    /// Evidence counts when it says something and cites a touchpoint of the same person.
    static func evidence(_ field: String, _ before: ArraySlice<Touchpoint>) -> Requirement {
        let kind = TouchpointKind.evidence(field)
        let found = before.last { touchpoint in
            touchpoint.kind == kind && touchpoint.text(DetailKey.text) != nil
                && before.contains { $0.id == touchpoint.cited && $0.id != touchpoint.id }
        }
        return Requirement(.evidence(field), touchpoint: found?.id, isMet: found != nil)
    }
}

extension Gate.Requirement {
    fileprivate init(_ subject: Subject, touchpoint: Int? = nil, isMet: Bool) {
        self.subject = subject
        self.touchpoint = touchpoint
        self.isMet = isMet
    }
}
