package import CivilTime

/// One person's way through one sequence.
package struct Enrollment: Sendable, Hashable {
    /// The ledger's row.
    package struct ID: Sendable, Hashable, Comparable {
        /// The row's number.
        package let row: Int
        package init(_ row: Int) { self.row = row }
        /// In the order of entry.
        package static func < (a: ID, b: ID) -> Bool { a.row < b.row }
    }

    /// Whether steps are still taken: only while `active`.
    package enum State: String, Sendable, Hashable, CaseIterable {
        case active, paused, stopped, finished
    }

    /// In which stream a tick looks for it.
    package enum Queue: Int, Sendable, Hashable, CaseIterable {
        /// Its next act is not known yet, or is no email: drained by every tick.
        case open = 0
        /// Its next act is an email that waits for its time, then for a slot of its mailbox.
        case followUp = 1
        /// Not admitted yet: bound to no mailbox.
        case fresh = 2
    }

    /// The ledger's row.
    package var id: ID
    /// Who it is about.
    package var person: Person.ID
    /// The sequence's name.
    package var sequence: String
    /// 1 for the first way through, one more each time the person enters again.
    package var round: Int
    /// Whether the person may be in no other exclusive sequence meanwhile.
    package var exclusive: Bool
    /// The version of the sequence that the person's position was last judged by.
    package var version: String
    /// Whether it goes on.
    package var state: State
    /// Why it is paused, stopped or finished.
    package var reason: String?
    /// Bound at admission, then kept.
    package var mailbox: String?
    /// When the person entered; UTC seconds.
    package var enrolledAt: Instant
    /// The stream that it waits in.
    package var queue: Queue
    /// A sound lower bound of the next act.
    package var wakeAt: Instant
    /// A stable hash that orders people who are due at once.
    package var tie: Int
    /// Why it waits, if a rule says so.
    package var hold: Hold?
    /// When a pause ends by itself.
    package var pausedUntil: Instant?
    /// The days (the mailbox's clock) on which its emails are expected; empty where the mailbox has no cap.
    package var projected: [LocalDate]
    /// A person let the held step go (`release --send`): lateness does not hold it again; the next result clears it.
    package var isReleased: Bool

    package init(
        id: ID, person: Person.ID, sequence: String, round: Int = 1, exclusive: Bool = true, version: String = "",
        state: State = .active, reason: String? = nil, mailbox: String? = nil, enrolledAt: Instant,
        queue: Queue = .fresh, wakeAt: Instant, tie: Int, hold: Hold? = nil, pausedUntil: Instant? = nil,
        projected: [LocalDate] = [], isReleased: Bool = false
    ) {
        self.id = id
        self.person = person
        self.sequence = sequence
        self.round = round
        self.exclusive = exclusive
        self.version = version
        self.state = state
        self.reason = reason
        self.mailbox = mailbox
        self.enrolledAt = enrolledAt
        self.queue = queue
        self.wakeAt = wakeAt
        self.tie = tie
        self.hold = hold
        self.pausedUntil = pausedUntil
        self.projected = projected
        self.isReleased = isReleased
    }
}

/// A step that is due but must not go now, with the binding reason.
package struct Hold: Sendable, Hashable {
    /// The kind of reason; `rawValue` is what the ledger stores and `--json` shows.
    package enum Reason: String, Sendable, Hashable, CaseIterable {
        case missingFact = "missing_fact"
        case templateFailed = "template_failed"
        case tooLong = "too_long"
        case consent
        case noAddress = "no_address"
        case late
        case unknownDelivery = "unknown_delivery"
        case refused
        case failed
        case noMailbox = "no_mailbox"
        case neverOpen = "never_open"
        case textChanged = "text_changed"
        case approval
        case invalidAddress = "invalid_address"
        case inbox
    }

    /// The rule that says not now.
    package var reason: Reason
    /// For people: which fact, which reply, how late.
    package var detail: String

    package init(_ reason: Reason, _ detail: String) {
        self.reason = reason
        self.detail = detail
    }
}

/// What became of a step.
package struct StepResult: Sendable, Hashable {
    /// Whose step it was.
    package var enrollment: Enrollment.ID
    /// The step's id.
    package var step: String
    /// 1, or more after a retry.
    package var attempt: Int
    /// `sent`, `skipped`, `expired`, an outcome, `then`, `else`, a way of a split.
    package var result: String
    /// When it ended; UTC seconds.
    package var at: Instant
    /// The step it leads to, where that is not the next in the file.
    package var jump: String?

    package init(
        enrollment: Enrollment.ID, step: String, attempt: Int = 1, result: String, at: Instant, jump: String? = nil
    ) {
        self.enrollment = enrollment
        self.step = step
        self.attempt = attempt
        self.result = result
        self.at = at
        self.jump = jump
    }
}

/// One email of one step on its way, as the ledger knows it.
package struct Message: Sendable, Hashable {
    /// How far it came on its way from the intent to an end.
    package enum State: String, Sendable, Hashable, CaseIterable {
        case sending, finalDot = "final_dot", sent, deferred, rejected, unknown, cancelled
    }

    /// The ledger's row.
    package var id: Int
    /// Whose step it is.
    package var enrollment: Enrollment.ID
    /// The step's id.
    package var step: String
    /// How far it came.
    package var state: State
    /// The name of the mailbox that it leaves by.
    package var mailbox: String
    /// `<...@...>`, angle brackets included.
    package var messageID: String
    /// The Date header.
    package var date: Instant
    /// Of the bytes on the wire, 64 hex digits.
    package var sha256: String
    /// How often it was tried.
    package var attempts: Int
    /// When a deferred one may be tried again; UTC seconds.
    package var retryAt: Instant?
    /// When the fence let its final dot go, from which on caps count it; UTC seconds.
    package var fencedAt: Instant?
    /// The server's last reply, whole.
    package var reply: String?
    /// The id under which the server took it, where its reply named one; replies and bounces may name that alone.
    package var providerID: String?
    /// Which variant it is.
    package var arm: String?
    /// The subject as sent, so that a thread can answer it.
    package var subject: String?

    package init(
        id: Int, enrollment: Enrollment.ID, step: String, state: State, mailbox: String, messageID: String,
        date: Instant, sha256: String, attempts: Int = 1, retryAt: Instant? = nil, fencedAt: Instant? = nil,
        reply: String? = nil, providerID: String? = nil, arm: String? = nil, subject: String? = nil
    ) {
        self.id = id
        self.enrollment = enrollment
        self.step = step
        self.state = state
        self.mailbox = mailbox
        self.messageID = messageID
        self.date = date
        self.sha256 = sha256
        self.attempts = attempts
        self.retryAt = retryAt
        self.fencedAt = fencedAt
        self.reply = reply
        self.providerID = providerID
        self.arm = arm
        self.subject = subject
    }
}

/// A manual step made concrete for one prospect, or something else that waits for a person's hand.
package struct OutreachTask: Sendable, Hashable {
    /// Whether it waits, or how it ended.
    package enum State: String, Sendable, Hashable, CaseIterable {
        case open, done, skipped, expired, cancelled
    }

    /// What is to be done.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case connect, connectNote = "connect_note", message, inmail, view, follow, like, comment, call, other
        /// Look at a rendered email and let it go.
        case approve
        /// Somebody answered: decide.
        case answer
    }

    /// The ledger's row.
    package var id: Int
    /// Whose step it is.
    package var enrollment: Enrollment.ID
    /// The step's id.
    package var step: String
    /// 1, or more after a retry.
    package var attempt: Int
    /// What is to be done.
    package var kind: Kind
    /// The key under `people:` of who does it.
    package var owner: String
    /// Whether it waits, or how it ended.
    package var state: State
    /// When it is to be done; UTC seconds.
    package var dueAt: Instant
    /// When it came onto the list; UTC seconds.
    package var openedAt: Instant
    /// When it expires, if it does.
    package var expiresAt: Instant?
    /// Hidden from lists until then.
    package var snoozedUntil: Instant?
    /// The text that was approved, as the SHA-256 of its bytes in hex.
    package var approvedSHA256: String?
    /// The text as a person edited it for this prospect.
    package var editedText: String?
    /// What a person reported; `nil` while it is open, and where nothing was.
    package var outcome: String?
    /// When it ended; UTC seconds.
    package var closedAt: Instant?

    package init(
        id: Int, enrollment: Enrollment.ID, step: String, attempt: Int = 1, kind: Kind, owner: String,
        state: State = .open, dueAt: Instant, openedAt: Instant, expiresAt: Instant? = nil,
        snoozedUntil: Instant? = nil, approvedSHA256: String? = nil, editedText: String? = nil,
        outcome: String? = nil, closedAt: Instant? = nil
    ) {
        self.id = id
        self.enrollment = enrollment
        self.step = step
        self.attempt = attempt
        self.kind = kind
        self.owner = owner
        self.state = state
        self.dueAt = dueAt
        self.openedAt = openedAt
        self.expiresAt = expiresAt
        self.snoozedUntil = snoozedUntil
        self.approvedSHA256 = approvedSHA256
        self.editedText = editedText
        self.outcome = outcome
        self.closedAt = closedAt
    }
}

/// Everything between us and one person: what a decision about them needs.
package struct History: Sendable, Hashable {
    /// Who it is about.
    package var person: Person
    /// All of them, ended ones too, by id.
    package var enrollments: [Enrollment]
    /// By (at, attempt).
    package var results: [StepResult]
    /// Of all enrollments.
    package var messages: [Message]
    /// Of all enrollments, closed ones too.
    package var tasks: [OutreachTask]
    /// By (at, id).
    package var touchpoints: [Touchpoint]
    /// Channels on which the person must not be contacted.
    package var blockedChannels: Set<Channel>

    package init(
        person: Person, enrollments: [Enrollment] = [], results: [StepResult] = [], messages: [Message] = [],
        tasks: [OutreachTask] = [], touchpoints: [Touchpoint] = [], blockedChannels: Set<Channel> = []
    ) {
        self.person = person
        self.enrollments = enrollments
        self.results = results
        self.messages = messages
        self.tasks = tasks
        self.touchpoints = touchpoints
        self.blockedChannels = blockedChannels
    }
}
