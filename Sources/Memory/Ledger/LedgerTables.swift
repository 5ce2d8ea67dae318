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
    func personRow(_ id: Person.ID) throws(StoreError) -> PersonRow?
    /// Only what a message needs to know, where the whole row would cost more than the rest of the operation.
    func personBrief(_ id: Person.ID) throws(StoreError) -> PersonBrief?
    func insert(_ person: PersonRow) throws(StoreError) -> Person.ID
    func update(_ person: PersonRow) throws(StoreError)
    func people(identifiedBy identity: Identity) throws(StoreError) -> [Person.ID]
    func identities(of person: Person.ID) throws(StoreError) -> [Identity]
    func add(_ identity: Identity, to person: Person.ID) throws(StoreError)
    func removeIdentities(of person: Person.ID) throws(StoreError)
    func people(inCompany company: Int) throws(StoreError) -> [Person.ID]
    /// Whose address is at the domain or below it, or whose company has it.
    func people(atDomain domain: String) throws(StoreError) -> [Person.ID]
    func company(_ id: Int) throws(StoreError) -> Company?
    func findCompany(domain: String?, name: String?) throws(StoreError) -> Company?
    func insert(_ company: Company) throws(StoreError) -> Int
    func update(_ company: Company) throws(StoreError)

    // Suppressions
    func findSuppression(_ scope: Suppression.Scope, _ value: String) throws(StoreError) -> [Suppression]
    /// Adds it, where the same is not there yet.
    func add(_ suppression: Suppression) throws(StoreError)
    func removeSuppressions(_ scope: Suppression.Scope, _ value: String) throws(StoreError)

    // Enrollments
    func enrollmentRow(_ id: Enrollment.ID) throws(StoreError) -> Enrollment?
    func enrollments(of person: Person.ID) throws(StoreError) -> [Enrollment]
    func insert(_ enrollment: Enrollment) throws(StoreError) -> Enrollment.ID
    /// Changes what may change of an enrollment, its person and round among it.
    func update(_ enrollment: Enrollment) throws(StoreError)
    /// Changes only when and how an enrollment acts next: mailbox, queue, wake time, hold, expected days, release.
    func reschedule(_ enrollment: Enrollment) throws(StoreError)
    func pausesOver(at now: Instant) throws(StoreError) -> [Enrollment.ID]
    /// Makes all active enrollments of a sequence due at `at`, the admitted ones in the open queue.
    func wake(sequence: String, at: Instant) throws(StoreError)
    func note(_ version: SequenceVersion, at: Instant) throws(StoreError)
    func result(_ enrollment: Enrollment.ID, step: String, attempt: Int) throws(StoreError) -> StepResult?
    /// Adds or replaces the result of this enrollment, step and attempt.
    func put(_ result: StepResult) throws(StoreError)

    // Messages
    func messageRow(_ id: Int) throws(StoreError) -> MessageRow?
    func messageRow(of enrollment: Enrollment.ID, step: String) throws(StoreError) -> MessageRow?
    func messageRows(of enrollment: Enrollment.ID) throws(StoreError) -> [MessageRow]
    func messageRows(in state: Message.State) throws(StoreError) -> [MessageRow]
    func hasMessage(withID messageID: String) throws(StoreError) -> Bool
    /// Adds it, unless its enrollment is not active, or its step or its Message-ID has a message: `nil` then.
    func insert(_ message: MessageRow) throws(StoreError) -> Int?
    func update(_ message: MessageRow) throws(StoreError)
    /// Changes only how a try ended: state, reply, the server's id, when it is tried again.
    func end(_ message: MessageRow) throws(StoreError)
    /// The one test that stands between a message and its final dot: still `sending`, and of this epoch.
    func fence(message: Int, epoch: Epoch, at: Instant) throws(StoreError) -> Bool
    /// What a granted fence has to be counted by.
    func fenced(message: Int) throws(StoreError) -> Fenced?
    /// A message with its enrollment and person.
    func situation(ofMessage id: Int) throws(StoreError) -> Situation?
    func add(_ fence: Fence) throws(StoreError)
    func addProjected(_ count: Int, mailbox: String, day: LocalDate) throws(StoreError)

    // Tasks
    func taskRow(_ id: Int) throws(StoreError) -> OutreachTask?
    func tasks(of enrollment: Enrollment.ID) throws(StoreError) -> [OutreachTask]
    func insert(_ task: OutreachTask) throws(StoreError) -> Int
    func update(_ task: OutreachTask) throws(StoreError)

    // Facts
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
    func put(_ pause: Pause) throws(StoreError)
    func removePause(of subject: Pause.Subject) throws(StoreError)
    func put(_ snapshot: Snapshot, at: Instant) throws(StoreError)
    /// Adds it, where its step has none about the same templates.
    func add(_ conclusion: Conclusion) throws(StoreError)
    func put(_ mark: FolderMark, at: Instant) throws(StoreError)
    func addOutage(_ outage: Range<Instant>) throws(StoreError)
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
    package var companyID: Int?
    package var isForgotten: Bool

    package init(companyID: Int?, isForgotten: Bool) {
        self.companyID = companyID
        self.isForgotten = isForgotten
    }
}

/// What a person is found by.
package struct Identity: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case email, linkedin, phone
        /// A person's key, where it is none of the others: a company without a person.
        case key
    }
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
    package var row: MessageRow
    package var enrollment: Enrollment
    package var person: PersonBrief

    package init(row: MessageRow, enrollment: Enrollment, person: PersonBrief) {
        self.row = row
        self.enrollment = enrollment
        self.person = person
    }
}

/// What is counted of a message that got its final dot.
package struct Fenced: Sendable, Hashable {
    package var enrollment: Enrollment.ID
    package var mailbox: String
    package var attempt: Int
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
    package var message: Int
    /// Which try of the message it was for.
    package var attempt: Int
    package var mailbox: String
    package var at: Instant
    /// Of the mailbox's clock.
    package var day: LocalDate
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
