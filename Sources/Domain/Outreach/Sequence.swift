package import CivilTime
package import Facts

/// An ordered, declarative list of steps over days and channels.
package struct Sequence: Sendable, Hashable {
    /// Who may enter.
    package enum Audience: Sendable, Hashable {
        case any
        /// Prospects of this ICP.
        case icp(String)
    }

    /// On whose clock hours are read.
    package enum Clock: String, Sendable, Hashable, CaseIterable {
        case prospect, owner, workspace
    }

    /// Where people go who reach the end.
    package enum Finish: Sendable, Hashable {
        /// Into this nurture sequence.
        case nurture(String)
        /// Nowhere, for this reason.
        case none(String)
    }

    /// The file's name without its ending.
    package var name: String
    /// Who may enter.
    package var audience: Audience
    /// The mailboxes a person may be bound to, in the file's order.
    package var mailboxes: [String]
    /// On whose clock its hours are read.
    package var clock: Clock
    /// At most one exclusive sequence at a time per person.
    package var exclusive: Bool
    /// Not before this long after the last outbound touch of any sequence.
    package var recontactAfter: Delay?
    /// Touchpoint kinds that stop it besides those that always do.
    package var stopOn: [TouchpointKind]
    /// Narrows the mailbox's calendar.
    package var calendar: BusinessCalendar?
    /// In the file's order; at least one.
    package var steps: [Step]
    /// Where people go who reach the end.
    package var finish: Finish
    /// Rules that enroll people on their own, judged when something about them changes.
    package var enrollWhen: Criteria?
    /// What the variants are compared by, if they are.
    package var experiment: Experiment?
    /// The arm that won, by step: what everybody gets who is not in the middle of it. Of the ledger, not of the file.
    package var winners: [String: String] = [:]
    /// SHA-256 of what decides about people in flight: the file and the templates it names, as hex.
    package var version: String

    package init(
        name: String, audience: Audience = .any, mailboxes: [String] = [], clock: Clock = .prospect,
        exclusive: Bool = true, recontactAfter: Delay? = nil, stopOn: [TouchpointKind] = [],
        calendar: BusinessCalendar? = nil, steps: [Step], finish: Finish = .none("no reason given"),
        enrollWhen: Criteria? = nil, experiment: Experiment? = nil, version: String = ""
    ) {
        self.name = name
        self.audience = audience
        self.mailboxes = mailboxes
        self.clock = clock
        self.exclusive = exclusive
        self.recontactAfter = recontactAfter
        self.stopOn = stopOn
        self.calendar = calendar
        self.steps = steps
        self.finish = finish
        self.enrollWhen = enrollWhen
        self.experiment = experiment
        self.version = version
    }

    /// The step with this id.
    package func step(_ id: String) -> Step? { steps.first { $0.id == id } }
    /// The place of the step with this id, or of the step that says it was called so.
    package func index(of id: String) -> Int? {
        steps.firstIndex { $0.id == id } ?? steps.firstIndex { $0.was == id }
    }
}

/// A declared comparison of variants.
package struct Experiment: Sendable, Hashable {
    /// The touchpoint kind that counts as a success: `reply.positive`, `meeting`.
    package var metric: TouchpointKind
    /// The smallest difference worth finding, in percentage points as a fraction (0.02 is two points).
    package var minimumEffect: Double
    /// `true`: once the test concludes, new people get the better arm only.
    package var keepsWinner: Bool

    package init(metric: TouchpointKind, minimumEffect: Double, keepsWinner: Bool = false) {
        self.metric = metric
        self.minimumEffect = minimumEffect
        self.keepsWinner = keepsWinner
    }
}
