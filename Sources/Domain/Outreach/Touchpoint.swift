package import CivilTime
package import Facts

/// One dated, immutable fact between us and a person, on any channel, in either direction.
package struct Touchpoint: Sendable, Hashable {
    /// The ledger's row; 0 before it is recorded.
    package var id: Int
    package var person: Person.ID
    /// The enrollment and the step it came of, if any.
    package var enrollment: Enrollment.ID?
    package var step: String?
    package var kind: TouchpointKind
    /// When it happened; may lie before `recordedAt` for what is imported late.
    package var at: Instant
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
    package let name: String
    package init(_ name: String) { self.name = name }
    package init(stringLiteral value: String) { self.name = value }
    package var description: String { name }

    /// Whether this is `family` or a kind of it: `reply.positive` is a `reply`, `replying` is not.
    package func isA(_ family: TouchpointKind) -> Bool {
        name == family.name || name.utf8.starts(with: "\(family.name).".utf8)
    }

    /// Outbound, by Stoke or by hand.
    package static let emailSent: TouchpointKind = "email.sent"
    package static let linkedinSent: TouchpointKind = "linkedin.sent"
    package static let callMade: TouchpointKind = "call.made"
    package static let taskDone: TouchpointKind = "task.done"
    /// A person wrote by hand, outside a sequence.
    package static let emailByHand: TouchpointKind = "email.by_hand"

    /// From them.
    package static let reply: TouchpointKind = "reply"
    package static let replyPositive: TouchpointKind = "reply.positive"
    package static let replyNeutral: TouchpointKind = "reply.neutral"
    package static let replyNegative: TouchpointKind = "reply.negative"
    package static let companyReply: TouchpointKind = "company_reply"
    package static let autoReply: TouchpointKind = "auto_reply"
    package static let linkedinConnected: TouchpointKind = "linkedin.connected"
    package static let linkedinReply: TouchpointKind = "reply.linkedin"
    package static let callConnected: TouchpointKind = "call.connected"
    package static let meeting: TouchpointKind = "meeting"
    package static let bounceHard: TouchpointKind = "bounce.hard"
    package static let bounceSoft: TouchpointKind = "bounce.soft"
    package static let optOut: TouchpointKind = "opt_out"
    package static let complaint: TouchpointKind = "complaint"
    package static let leftCompany: TouchpointKind = "left_company"

    /// Ours, about them.
    package static let disposition: TouchpointKind = "disposition"
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
    package var temperature: Temperature
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
