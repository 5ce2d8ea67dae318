package import CivilTime
import Facts
package import Outreach

/// The names under which stages, evidence and hand-overs keep what they rest on in a touchpoint's detail.
package enum DetailKey {
    /// The hash of the rules in force, 64 hex digits.
    package static let rules = "rules"
    /// Who decided: a person's key, or `rule`.
    package static let by = "by"
    /// The reason code of a step back or out.
    package static let reason = "reason"
    /// The touchpoint that brought it about: its id, or `decay`.
    package static let cause = "cause"
    /// Scores at that moment.
    package static let fit = "fit"
    /// The intent at that moment, a number.
    package static let intent = "intent"
    /// The ICP that the fit is of.
    package static let icp = "icp"
    /// The touchpoint that evidence was heard in: its id.
    package static let cites = "cites"
    /// What was heard, in a person's words.
    package static let text = "text"
    /// The framework that an SQL was judged by: `bant` or `meddic`.
    package static let framework = "framework"
    /// The day and the name of an opportunity's next step.
    package static let nextStepOn = "next_step_on"
    /// The name of that next step.
    package static let nextStep = "next_step"
    /// What an opportunity was won for: a number.
    package static let value = "value"
    /// The day on which a recycled person is looked at again, and the sequence they are in until then.
    package static let until = "until"
    /// The nurture sequence they are in until then.
    package static let nurture = "nurture"
    /// The values that a change of facts replaced: a record.
    package static let changed = "changed"
}

/// The word for a decision that no person took.
package let decidedByRule = "rule"

extension Touchpoint {
    /// The text under `key` of the detail; `nil` where there is none or it is blank.
    package func text(_ key: String) -> String? {
        guard let value = detail[key], !value.isBlank else { return nil }
        return value.plainText
    }

    /// The touchpoint that this one cites.
    package var cited: Int? {
        guard let value = detail[DetailKey.cites]?.number, value.magnitude < 0x1p53 else { return nil }
        return Int(value)
    }

    /// The day under `key`, as a date or as the text of one.
    package func day(_ key: String) -> LocalDate? {
        if case .date(let date)? = detail[key] { return date }
        return text(key).flatMap { LocalDate($0) }
    }

    /// The person of ours who decided it; `nil` where a rule did, or nobody says.
    package var decidedBy: String? { text(DetailKey.by).flatMap { $0 == decidedByRule ? nil : $0 } }
}

extension TouchpointKind {
    /// A sales hand-over was taken or turned down.
    package static let handoffAccepted: TouchpointKind = "handoff.accepted"
    /// A sales hand-over was turned down, with a reason.
    package static let handoffRejected: TouchpointKind = "handoff.rejected"
    /// An import or a person changed what was known.
    package static let factsChanged: TouchpointKind = "facts.changed"
    /// A talk on no other channel.
    package static let conversation: TouchpointKind = "conversation"
    /// A meeting that took place, as against one that was only booked.
    package static let meetingHeld: TouchpointKind = "meeting.held"

    /// Whether both sides spoke: a call that was answered, a meeting, a talk. A written reply is none.
    package var isConversation: Bool {
        self == .callConnected || self == .meeting || self == .meetingHeld || isA(.conversation)
    }

    /// The stage that entering is recorded by this kind.
    package var stage: Stage? {
        guard name.utf8.starts(with: "stage.".utf8) else { return nil }
        return Stage(rawValue: String(name.dropFirst(6)))
    }
}

extension Stage {
    /// How far along the pipeline; `nil` for recycled, disqualified and lost, which are out of it.
    package var rank: Int? {
        switch self {
        case .lead: 0
        case .prospect: 1
        case .iql: 2
        case .mql: 3
        case .sql: 4
        case .opportunity: 5
        case .won: 6
        case .lost, .recycled, .disqualified: nil
        }
    }
}
