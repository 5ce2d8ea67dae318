package import CivilTime
package import Facts
package import Outreach
package import Planning

/// One change of the ledger; several commit together or not at all, each with its own outcome.
///
/// Kept apart, because it is handed on several times on its way to the ledger and may be large.
package indirect enum Operation: Sendable {
    // People
    /// Adds or changes a person and their company; blanks never erase.
    case put(PersonEntry)
    /// Two records are one person: facts and history of the second go to the first.
    case merge(into: Person.ID, from: Person.ID, at: Instant)
    /// Erases a person; `keyedHash` keeps a re-import suppressed.
    case forget(Person.ID, keyedHash: String, at: Instant)
    /// Never contact again; stops whoever it names, in the same transaction.
    case suppress(Suppression)

    // Enrollments
    case enroll(EnrollmentEntry)
    /// A tick's word, other than a send and an enrollment, which come as `intend` and `enroll`.
    case decide(Decision, at: Instant)
    /// Ends or pauses people's way by hand or by an event; cancels what is before its fence.
    case halt(Enrollment.ID, state: Enrollment.State, reason: String, until: Instant?, at: Instant)
    /// Makes a paused or stopped enrollment active, due at `at`.
    case resume(Enrollment.ID, at: Instant)
    /// Pauses whose time is over by `at` end; `begin` does it, too.
    case endPauses(at: Instant)
    /// A held step goes on: `send` judges it again now, `skip` records `step` as skipped.
    ///
    /// Without `step`, it is the step of the message that was refused or is unknown.
    case release(Enrollment.ID, Release, step: String? = nil, at: Instant)
    /// Somebody whose email is overdue, or held as late, goes on at a moment of their own and is not held as late then.
    ///
    /// Recorded as a pause until that moment; `days` are those on which their emails are expected then.
    case spread(Enrollment.ID, until: Instant, days: [LocalDate], at: Instant)
    /// Whatever they wait for may have changed: these lanes are judged again, once.
    case wakeSequence(String, at: Instant)

    // Messages
    /// Durable before the envelope is written. For a deferred message: its next try.
    case intend(MessageEntry)
    /// Granted only to a message that is still `sending` in this epoch; `day` is that of the mailbox's clock.
    case fence(message: Int, at: Instant, day: LocalDate)
    /// What the delivery's end means.
    case settle(message: Int, Settlement, at: Instant)
    /// A person, or evidence, says what became of an `unknown` one.
    case resolve(message: Int, sent: Bool, evidence: String, at: Instant)

    // Tasks
    case close(task: Int, state: OutreachTask.State, result: StepResult?, touchpoint: Touchpoint?, at: Instant)
    case approve(task: Int, sha256: String, at: Instant)
    case snooze(task: Int, until: Instant)
    case edit(task: Int, text: String)

    // Facts
    /// A fact about a person and what follows from it at once.
    case record(Touchpoint, Reaction)
    /// What qualification computed; derived, `verify` rebuilds it.
    case stand(Person.ID, Standing, rules: String)

    // The workspace
    case pause(Pause)
    case unpause(Pause.Subject)
    /// The files that `run` works by from now on.
    ///
    /// `versions` are those of its sequences: a position can be told by them when a step is gone.
    case apply(Snapshot, versions: [SequenceVersion] = [], at: Instant)
    /// An experiment has a winner that its sequence keeps; the first conclusion about the same texts stays.
    case conclude(Conclusion)
    /// How far a folder was read; with the touchpoints of what was read, in one commit.
    case read(FolderMark, at: Instant)
}

/// How a held step goes on.
package enum Release: String, Sendable, Hashable, CaseIterable {
    case send, skip, stop
}

/// What an event does to the person's sequences, in the transaction that records it.
package enum Reaction: Sendable, Hashable {
    /// Nothing but that whoever waits for it is judged again.
    case none
    /// Every active and paused enrollment of the person ends.
    case stopAll(reason: String)
    /// Every active enrollment of the person pauses until then, and shorter pauses last so long; `nil`: until somebody
    /// says.
    case pauseAll(reason: String, until: Instant?)
    /// Colleagues' enrollments pause until then: those of the same company.
    case pauseCompany(reason: String, until: Instant)
    /// Ends one enrollment only.
    case stop(Enrollment.ID, reason: String)
    /// Several of them, in order.
    case several([Reaction])
}

/// What an operation came to.
package enum Outcome: Sendable, Hashable {
    case done
    /// The row that was made or found: a person, an enrollment, a message, a task, a touchpoint.
    case row(Int, isNew: Bool)
    /// A fence: `false` when the message was cancelled, or belongs to an older epoch.
    case granted(Bool)
    /// Nothing was changed, for this reason; the other operations stand.
    case refused(Refusal)
}

/// Why an operation changed nothing.
package enum Refusal: Sendable, Hashable {
    /// The source key is known: the same event came again.
    case duplicate
    case notFound
    /// An exclusive sequence has the person already, or the round is taken.
    case alreadyEnrolled(sequence: String)
    /// The address, domain or person must not be contacted.
    case suppressed(reason: String)
    /// Matches more than one person: which columns, which rows.
    case conflict([Person.ID])
    /// It is no longer in a state in which this can be done.
    case wrongState(String)
    /// A run of a newer epoch holds the ledger.
    case oldEpoch
}

/// A person as an import, an event or a hand brings them.
package struct PersonEntry: Sendable, Hashable {
    /// Normalised.
    package var email: String?
    /// Normalised profile address.
    package var linkedin: String?
    /// E.164 where that could be told.
    package var phone: String?
    /// Without `company`.
    package var facts: Record
    /// The company's facts; `domain` and `name` identify it.
    package var company: Record
    /// The company's registrable domain, `nil` where unknown or a free-mail one.
    package var companyDomain: String?
    /// `list`, `inbound`, a file's name.
    package var source: String
    /// When they became known; UTC seconds.
    package var at: Instant
    /// The keyed hashes of its identifiers, so that a forgotten person stays forgotten.
    package var keyedHashes: [String]

    package init(
        email: String? = nil, linkedin: String? = nil, phone: String? = nil, facts: Record, company: Record = [:],
        companyDomain: String? = nil, source: String, at: Instant, keyedHashes: [String] = []
    ) {
        self.email = email
        self.linkedin = linkedin
        self.phone = phone
        self.facts = facts
        self.company = company
        self.companyDomain = companyDomain
        self.source = source
        self.at = at
        self.keyedHashes = keyedHashes
    }
}

/// A person who must not be contacted.
package struct Suppression: Sendable, Hashable {
    /// What `value` is.
    package enum Scope: String, Sendable, Hashable, CaseIterable {
        case address, domain, phone, linkedin, keyedHash = "keyed_hash"
    }
    /// What `value` is.
    package var scope: Scope
    /// Normalised for its scope.
    package var value: String
    /// Why, for whoever asks.
    package var reason: String
    /// `nil`: every channel.
    package var channel: Channel?
    /// Since when; UTC seconds.
    package var at: Instant

    package init(scope: Scope, value: String, reason: String, channel: Channel? = nil, at: Instant) {
        self.scope = scope
        self.value = value
        self.reason = reason
        self.channel = channel
        self.at = at
    }
}

/// A person's entry into a sequence.
package struct EnrollmentEntry: Sendable, Hashable {
    /// Who enters.
    package var person: Person.ID
    /// The sequence's name.
    package var sequence: String
    /// 1 for the first way through, one more each time.
    package var round: Int
    /// Whether they may be in no other exclusive sequence meanwhile.
    package var exclusive: Bool
    /// `Sequence.version`.
    package var version: String
    /// The ids of the version's steps, in order.
    package var stepOrder: [String]
    /// A stable hash that orders people who are due at once.
    package var tie: Int
    /// When they enter; UTC seconds.
    package var at: Instant

    package init(
        person: Person.ID, sequence: String, round: Int, exclusive: Bool, version: String, stepOrder: [String],
        tie: Int, at: Instant
    ) {
        self.person = person
        self.sequence = sequence
        self.round = round
        self.exclusive = exclusive
        self.version = version
        self.stepOrder = stepOrder
        self.tie = tie
        self.at = at
    }
}

/// An intent: one message, before anything of it leaves.
package struct MessageEntry: Sendable, Hashable {
    /// Whose step it is.
    package var enrollment: Enrollment.ID
    /// The step's id.
    package var step: String
    /// The name of the mailbox that it leaves by.
    package var mailbox: String
    /// `<...@...>`.
    package var messageID: String
    /// The Date header; UTC seconds.
    package var date: Instant
    /// 64 hex digits, of the bytes on the wire.
    package var sha256: String
    /// Which variant it is.
    package var arm: String?
    /// The subject as it is sent.
    package var subject: String?

    package init(
        enrollment: Enrollment.ID, step: String, mailbox: String, messageID: String, date: Instant, sha256: String,
        arm: String? = nil, subject: String? = nil
    ) {
        self.enrollment = enrollment
        self.step = step
        self.mailbox = mailbox
        self.messageID = messageID
        self.date = date
        self.sha256 = sha256
        self.arm = arm
        self.subject = subject
    }
}

/// What a delivery's end makes of its message.
package struct Settlement: Sendable, Hashable {
    /// `sent`, `deferred`, `rejected` or `unknown`.
    package var state: Message.State
    /// The server's whole reply, or what happened instead of one.
    package var reply: String
    /// The id under which the server took it, where its reply named one that is not ours.
    package var providerID: String?
    /// When it is tried again, where it is.
    package var retryAt: Instant?
    /// The person's way is held for this reason.
    package var hold: Hold?
    /// The person's sequences end for this reason, and the address is suppressed.
    package var suppress: String?
    /// What is recorded about the person: `email.sent`, `bounce.hard`.
    package var touchpoint: Touchpoint?

    package init(
        state: Message.State, reply: String, providerID: String? = nil, retryAt: Instant? = nil, hold: Hold? = nil,
        suppress: String? = nil, touchpoint: Touchpoint? = nil
    ) {
        self.state = state
        self.reply = reply
        self.providerID = providerID
        self.retryAt = retryAt
        self.hold = hold
        self.suppress = suppress
        self.touchpoint = touchpoint
    }
}

/// The order of steps that a version of a sequence had.
package struct SequenceVersion: Sendable, Hashable {
    /// `Sequence.version`.
    package var version: String
    /// The sequence's name.
    package var sequence: String
    /// The ids of its steps, in order.
    package var stepOrder: [String]

    package init(version: String, sequence: String, stepOrder: [String]) {
        self.version = version
        self.sequence = sequence
        self.stepOrder = stepOrder
    }
}

/// How far a mail folder was read.
package struct FolderMark: Sendable, Hashable {
    /// The mailbox's name.
    package var mailbox: String
    /// The folder's name, as the server has it.
    package var folder: String
    /// The server's UIDVALIDITY (RFC 3501 2.3.1.1); 0 of a Maildir.
    package var uidValidity: Int
    /// The highest UID that was read; of a Maildir, the last change that was seen, in UTC microseconds.
    package var uid: Int
    /// When the mark was set; `nil` for one that is being set.
    package var readAt: Instant?

    package init(mailbox: String, folder: String, uidValidity: Int, uid: Int, readAt: Instant? = nil) {
        self.mailbox = mailbox
        self.folder = folder
        self.uidValidity = uidValidity
        self.uid = uid
        self.readAt = readAt
    }
}
