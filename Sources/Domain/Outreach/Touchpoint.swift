package import CivilTime
package import Facts

/// One dated, immutable fact between us and a person, on any channel, in either direction.
package struct Touchpoint: Sendable, Hashable {
    /// The ledger's row; 0 before it is recorded.
    package var id: Int
    /// Whom it happened with.
    package var person: Person.ID
    /// The enrollment and the step it came of, if any.
    package var enrollment: Enrollment.ID?
    /// The step's id; `nil` where it came of none.
    package var step: String?
    /// What happened.
    package var kind: TouchpointKind
    /// When it happened; may lie before `recordedAt` for what is imported late.
    package var at: Instant
    /// When the ledger learnt of it; UTC seconds.
    package var recordedAt: Instant
    /// What makes it the same event when it comes again: an event id, a Message-ID hash.
    package var sourceKey: String?
    /// What else is known: outcome, note, variant, mailbox, channel, evidence.
    package var detail: Record

    package init(
        id: Int = 0, person: Person.ID, enrollment: Enrollment.ID? = nil, step: String? = nil, kind: TouchpointKind,
        at: Instant, recordedAt: Instant, sourceKey: String? = nil, detail: Record = [:]
    ) {
        self.id = id
        self.person = person
        self.enrollment = enrollment
        self.step = step
        self.kind = kind
        self.at = at
        self.recordedAt = recordedAt
        self.sourceKey = sourceKey
        self.detail = detail
    }
}

/// What kind of fact a touchpoint is: a dotted name, the first word its family (`reply.positive` is a `reply`).
package struct TouchpointKind: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The dotted name.
    package let name: String
    package init(_ name: String) { self.name = name }
    /// A kind that the program names itself.
    package init(stringLiteral value: String) { self.name = value }
    /// The dotted name.
    package var description: String { name }

    /// Whether this is `family` or a kind of it: `reply.positive` is a `reply`, `replying` is not.
    package func isA(_ family: TouchpointKind) -> Bool {
        name == family.name || name.utf8.starts(with: "\(family.name).".utf8)
    }

    /// Outbound, by Stoke or by hand.
    package static let emailSent: TouchpointKind = "email.sent"
    /// A LinkedIn task was done: an invitation, a message.
    package static let linkedinSent: TouchpointKind = "linkedin.sent"
    /// A call, answered or not.
    package static let callMade: TouchpointKind = "call.made"
    /// A task of any other kind was done.
    package static let taskDone: TouchpointKind = "task.done"
    /// A person wrote by hand, outside a sequence.
    package static let emailByHand: TouchpointKind = "email.by_hand"

    /// From them.
    package static let reply: TouchpointKind = "reply"
    /// They want to know more.
    package static let replyPositive: TouchpointKind = "reply.positive"
    /// They answered, neither way.
    package static let replyNeutral: TouchpointKind = "reply.neutral"
    /// They said no.
    package static let replyNegative: TouchpointKind = "reply.negative"
    /// Somebody else of their company answered.
    package static let companyReply: TouchpointKind = "company_reply"
    /// A machine answered for them.
    package static let autoReply: TouchpointKind = "auto_reply"
    /// They took the invitation.
    package static let linkedinConnected: TouchpointKind = "linkedin.connected"
    /// They answered on LinkedIn.
    package static let linkedinReply: TouchpointKind = "reply.linkedin"
    /// They were spoken with on the phone.
    package static let callConnected: TouchpointKind = "call.connected"
    /// A meeting was arranged or held.
    package static let meeting: TouchpointKind = "meeting"
    /// The address takes no mail, for good.
    package static let bounceHard: TouchpointKind = "bounce.hard"
    /// A mail came back for now.
    package static let bounceSoft: TouchpointKind = "bounce.soft"
    /// They want no more mail.
    package static let optOut: TouchpointKind = "opt_out"
    /// They called a mail spam.
    package static let complaint: TouchpointKind = "complaint"
    /// They work there no more.
    package static let leftCompany: TouchpointKind = "left_company"

    /// Ours, about them.
    package static let disposition: TouchpointKind = "disposition"
    /// They are not to be contacted any more.
    package static let suppressed: TouchpointKind = "suppressed"
    /// `stage.prospect`, `stage.mql`, ...; the detail has the rules' hash and the evidence.
    package static func stage(_ stage: Stage) -> TouchpointKind { TouchpointKind("stage.\(stage.rawValue)") }
    /// `evidence.need`, ...; the detail cites a touchpoint.
    package static func evidence(_ field: String) -> TouchpointKind { TouchpointKind("evidence.\(field)") }
    /// `temperature.warm`, ...; a dated change with its cause.
    package static func temperature(_ temperature: Temperature) -> TouchpointKind {
        TouchpointKind("temperature.\(temperature.rawValue)")
    }

    /// Whether it is a touch of ours that a `person_gap` and a cool-down count.
    package var isOutboundTouch: Bool {
        isA(.emailSent) || isA(.linkedinSent) || isA(.callMade) || isA(.taskDone) || isA(.emailByHand)
    }
}

/// How far interest has shown itself.
package enum Temperature: String, Sendable, Hashable, CaseIterable, Comparable {
    case cold, warm, hot
    /// Colder first.
    package static func < (a: Temperature, b: Temperature) -> Bool {
        a.ordinal < b.ordinal
    }
    private var ordinal: Int { self == .cold ? 0 : self == .warm ? 1 : 2 }
}

/// Where a person stands in the pipeline.
package enum Stage: String, Sendable, Hashable, CaseIterable {
    case lead, prospect, iql, mql, sql, opportunity, won, lost, recycled, disqualified
}

/// What qualification says about a person at an instant.
package struct Standing: Sendable, Hashable {
    /// 0-100; `nil` when a required fact is missing or there is no ICP.
    package var fit: Int?
    /// Points, rounded to 0.001.
    package var intent: Double
    /// How far interest has shown itself.
    package var temperature: Temperature
    /// Where they stand in the pipeline.
    package var stage: Stage
    /// The coming midnight at which decay alone changes something.
    package var nextChange: Instant?

    package init(
        fit: Int? = nil, intent: Double = 0, temperature: Temperature = .cold, stage: Stage = .lead,
        nextChange: Instant? = nil
    ) {
        self.fit = fit
        self.intent = intent
        self.temperature = temperature
        self.stage = stage
        self.nextChange = nextChange
    }
}
