package import CivilTime
import Facts
package import Outreach
package import Planning

/// The rows of a ledger, whatever keeps them: what `Bookkeeper` works on.
///
/// Every operation's meaning stands in `Bookkeeper`, once; a store only finds, adds and changes rows. Each write
/// belongs to the group that is being committed. Reads cost what they return.
package protocol LedgerTables: AnyObject {
    // People
    /// The person of a row; `nil` for one that was never given out.
    func personRow(_ id: Person.ID) throws(StoreError) -> PersonRow?
    /// Only what a message needs to know, where the whole row would cost more than the rest of the operation.
    func personBrief(_ id: Person.ID) throws(StoreError) -> PersonBrief?
    /// Adds a person, whose row it gives; the one in `person` counts for nothing.
    func insert(_ person: PersonRow) throws(StoreError) -> Person.ID
    /// Writes the person of the row again, as a whole.
    func update(_ person: PersonRow) throws(StoreError)
    /// Whom an identity names, by row; several where they were not merged yet.
    func people(identifiedBy identity: Identity) throws(StoreError) -> [Person.ID]
    /// What a person is found by.
    func identities(of person: Person.ID) throws(StoreError) -> [Identity]
    /// Adds it; the same one again changes nothing.
    func add(_ identity: Identity, to person: Person.ID) throws(StoreError)
    /// Nobody is found by what the person was found by.
    func removeIdentities(of person: Person.ID) throws(StoreError)
    /// Who belongs to a company, by row.
    func people(inCompany company: Int) throws(StoreError) -> [Person.ID]
    /// Whose address is at the domain or below it, or whose company has it.
    func people(atDomain domain: String) throws(StoreError) -> [Person.ID]
    /// The company of a row; `nil` for one that was never given out.
    func company(_ id: Int) throws(StoreError) -> Company?
    /// By domain; where it has none, by name.
    func findCompany(domain: String?, name: String?) throws(StoreError) -> Company?
    /// Adds a company, whose row it gives.
    func insert(_ company: Company) throws(StoreError) -> Int
    /// Writes the company of the row again, as a whole.
    func update(_ company: Company) throws(StoreError)

    // Suppressions
    /// All that name exactly this value, one for each channel at most.
    func findSuppression(_ scope: Suppression.Scope, _ value: String) throws(StoreError) -> [Suppression]
    /// Adds it, where the same is not there yet.
    func add(_ suppression: Suppression) throws(StoreError)
    /// Removes all that name exactly this value, on every channel.
    func removeSuppressions(_ scope: Suppression.Scope, _ value: String) throws(StoreError)

    // Enrollments
    /// The enrollment of a row; `nil` for one that was never given out.
    func enrollmentRow(_ id: Enrollment.ID) throws(StoreError) -> Enrollment?
    /// A person's ways, by row, in whatever state.
    func enrollments(of person: Person.ID) throws(StoreError) -> [Enrollment]
    /// Adds a way, whose row it gives.
    func insert(_ enrollment: Enrollment) throws(StoreError) -> Enrollment.ID
    /// Changes what may change of an enrollment, its person and round among it.
    func update(_ enrollment: Enrollment) throws(StoreError)
    /// Changes only when and how an enrollment acts next: mailbox, queue, wake time, hold, expected days, release.
    func reschedule(_ enrollment: Enrollment) throws(StoreError)
    /// Paused ways whose pause has run out by then.
    func pausesOver(at now: Instant) throws(StoreError) -> [Enrollment.ID]
    /// Makes all active enrollments of a sequence due at `at`, the admitted ones in the open queue.
    func wake(sequence: String, at: Instant) throws(StoreError)
    /// Keeps the order of a version's steps, by which people in flight are placed.
    func note(_ version: SequenceVersion, at: Instant) throws(StoreError)
    /// The result of one attempt at a step; `nil` before it has one.
    func result(_ enrollment: Enrollment.ID, step: String, attempt: Int) throws(StoreError) -> StepResult?
    /// Adds or replaces the result of this enrollment, step and attempt.
    func put(_ result: StepResult) throws(StoreError)

    // Messages
    /// The message of a row; `nil` for one that was never given out.
    func messageRow(_ id: Int) throws(StoreError) -> MessageRow?
    /// The message of a step; `nil` where there is none.
    func messageRow(of enrollment: Enrollment.ID, step: String) throws(StoreError) -> MessageRow?
    /// The messages of a way, by row.
    func messageRows(of enrollment: Enrollment.ID) throws(StoreError) -> [MessageRow]
    /// All messages in a state, by row.
    func messageRows(in state: Message.State) throws(StoreError) -> [MessageRow]
    /// Whether a message has this Message-ID, angle brackets included.
    func hasMessage(withID messageID: String) throws(StoreError) -> Bool
    /// Adds it, unless its enrollment is not active, or its step or its Message-ID has a message: `nil` then.
    func insert(_ message: MessageRow) throws(StoreError) -> Int?
    /// Writes the message of the row again, as a whole.
    func update(_ message: MessageRow) throws(StoreError)
    /// Changes only how a try ended: state, reply, the server's id, when it is tried again.
    func end(_ message: MessageRow) throws(StoreError)
    /// The one test that stands between a message and its final dot: still `sending`, and of this epoch.
    func fence(message: Int, epoch: Epoch, at: Instant) throws(StoreError) -> Bool
    /// What a granted fence has to be counted by.
    func fenced(message: Int) throws(StoreError) -> Fenced?
    /// A message with its enrollment and person.
    func situation(ofMessage id: Int) throws(StoreError) -> Situation?
    /// Notes that a final dot was granted: what caps count.
    func add(_ fence: Fence) throws(StoreError)
    /// Changes by so many how many emails a mailbox is expected to send on a day of its clock.
    func addProjected(_ count: Int, mailbox: String, day: LocalDate) throws(StoreError)

    // Tasks
    /// The task of a row; `nil` for one that was never given out.
    func taskRow(_ id: Int) throws(StoreError) -> OutreachTask?
    /// The tasks of a way, by row, in whatever state.
    func tasks(of enrollment: Enrollment.ID) throws(StoreError) -> [OutreachTask]
    /// Adds a task, whose row it gives.
    func insert(_ task: OutreachTask) throws(StoreError) -> Int
    /// Writes the task of the row again, as a whole.
    func update(_ task: OutreachTask) throws(StoreError)

    // Facts
    /// Whether the event of this key was recorded.
    func hasTouchpoint(sourceKey: String) throws(StoreError) -> Bool
    /// Adds it, unless its source key is known: `nil` then.
    func insert(_ touchpoint: Touchpoint) throws(StoreError) -> Int?
    /// Empties detail and source key of all of a person's touchpoints.
    func blankTouchpoints(of person: Person.ID) throws(StoreError)
    /// Gives a merged person's touchpoints to whom they were merged into.
    func moveTouchpoints(from: Person.ID, to: Person.ID) throws(StoreError)
    /// `nil` removes it.
    func put(_ standing: Standing?, rules: String, of person: Person.ID) throws(StoreError)

    // The workspace
    /// Pauses its subject, in place of an earlier pause of the same one.
    func put(_ pause: Pause) throws(StoreError)
    /// Ends a pause; where there is none, nothing.
    func removePause(of subject: Pause.Subject) throws(StoreError)
    /// Keeps the files that were applied at that moment.
    func put(_ snapshot: Snapshot, at: Instant) throws(StoreError)
    /// Adds it, where its step has none about the same templates.
    func add(_ conclusion: Conclusion) throws(StoreError)
    /// Keeps how far a folder is read.
    func put(_ mark: FolderMark, at: Instant) throws(StoreError)
    /// Notes a stretch of time in which nothing ran.
    func addOutage(_ outage: Range<Instant>) throws(StoreError)
    /// When the last run finished; `nil` before the first.
    func lastRunEnd() throws(StoreError) -> Instant?
}

extension LedgerTables {
    /// Changes an enrollment whose row was `old`: no more of it than differs.
    func update(_ enrollment: Enrollment, was old: Enrollment) throws(StoreError) {
        if enrollment == old { return }
        if enrollment.rescheduled(as: old) == old { try reschedule(enrollment) } else { try update(enrollment) }
    }
}

extension Enrollment {
    /// The same, acting next when and how another one does.
    fileprivate func rescheduled(as other: Enrollment) -> Enrollment {
        var enrollment = self
        enrollment.mailbox = other.mailbox
        enrollment.queue = other.queue
        enrollment.wakeAt = other.wakeAt
        enrollment.hold = other.hold
        enrollment.projected = other.projected
        enrollment.isReleased = other.isReleased
        return enrollment
    }
}

/// A person's own row.
package struct PersonRow: Sendable, Hashable {
    /// Without `company` among its facts; the key is empty for a tombstone.
    package var person: Person
    /// When they entered the ledger.
    package var addedAt: Instant
    /// Channels on which the person must not be contacted; derived from the suppressions.
    package var blocked: Set<Channel>
    /// Whom it was merged into; it is a tombstone then.
    package var mergedInto: Person.ID?

    package init(person: Person, addedAt: Instant, blocked: Set<Channel> = [], mergedInto: Person.ID? = nil) {
        self.person = person
        self.addedAt = addedAt
        self.blocked = blocked
        self.mergedInto = mergedInto
    }
}

/// A person without their facts.
package struct PersonBrief: Sendable, Hashable {
    /// The row of their company; `nil`: none is known.
    package var companyID: Int?
    /// Whether their data were erased.
    package var isForgotten: Bool

    package init(companyID: Int?, isForgotten: Bool) {
        self.companyID = companyID
        self.isForgotten = isForgotten
    }
}

/// What a person is found by.
package struct Identity: Sendable, Hashable {
    /// What kind of thing it is.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case email, linkedin, phone
        /// A person's key, where it is none of the others: a company without a person.
        case key
    }
    /// What kind of thing it is.
    package var kind: Kind
    /// Normalised.
    package var value: String

    package init(_ kind: Kind, _ value: String) {
        self.kind = kind
        self.value = value
    }

    /// By kind, then by value: the same in every store.
    var order: String { "\(kind.rawValue)\u{0}\(value)" }
}

/// A message with what only the ledger knows of it.
package struct MessageRow: Sendable, Hashable {
    /// The message itself.
    package var message: Message
    /// Of the run that intended it.
    package var epoch: Epoch

    package init(_ message: Message, epoch: Epoch) {
        self.message = message
        self.epoch = epoch
    }
}

/// A message, whose it is, and how they stand.
package struct Situation: Sendable, Hashable {
    /// The message, and the run that intended it.
    package var row: MessageRow
    /// The way that it belongs to.
    package var enrollment: Enrollment
    /// Whose way it is.
    package var person: PersonBrief

    package init(row: MessageRow, enrollment: Enrollment, person: PersonBrief) {
        self.row = row
        self.enrollment = enrollment
        self.person = person
    }
}

/// What is counted of a message that got its final dot.
package struct Fenced: Sendable, Hashable {
    /// The way that the message belongs to.
    package var enrollment: Enrollment.ID
    /// The mailbox whose caps it counts against.
    package var mailbox: String
    /// Which try of the message it is, from 1.
    package var attempt: Int
    /// The row of the person's company; `nil`: none is known.
    package var company: Int?
    /// Whether the enrollment has days on which emails are expected.
    package var isExpected: Bool

    package init(enrollment: Enrollment.ID, mailbox: String, attempt: Int, company: Int?, isExpected: Bool) {
        self.enrollment = enrollment
        self.mailbox = mailbox
        self.attempt = attempt
        self.company = company
        self.isExpected = isExpected
    }
}

/// One grant of a final dot: what caps count.
package struct Fence: Sendable, Hashable {
    /// The row of the message.
    package var message: Int
    /// Which try of the message it was for.
    package var attempt: Int
    /// The mailbox whose caps count it.
    package var mailbox: String
    /// When the dot was granted.
    package var at: Instant
    /// Of the mailbox's clock.
    package var day: LocalDate
    /// The row of the person's company, for the mailbox's cap on it.
    package var company: Int?

    package init(message: Int, attempt: Int, mailbox: String, at: Instant, day: LocalDate, company: Int?) {
        self.message = message
        self.attempt = attempt
        self.mailbox = mailbox
        self.at = at
        self.day = day
        self.company = company
    }
}
