package import CivilTime
package import Outreach

/// What a decision may read; every read costs what it returns, not what is stored.
///
/// Both stores are one, and so is the memory overlay under `plan` and `simulate`.
package protocol PlanningView {
    /// What reading may fail with.
    associatedtype Failure: Error

    /// The active enrollments of a lane's queue whose `wakeAt` has come, by (wakeAt, tie, id), after the cursor.
    ///
    /// A fresh lane has no mailbox: `nil`.
    func due(_ lane: Lane, at now: Instant, after: Cursor?, limit: Int) throws(Failure) -> [Enrollment]
    /// How many are due in a lane: what waits beyond a cap is only counted.
    func dueCount(_ lane: Lane, at now: Instant) throws(Failure) -> Int
    /// Everything between us and one person.
    func history(of person: Person.ID) throws(Failure) -> History
    /// The fences of a mailbox at or after `since`, oldest first, across all sequences.
    func fences(of mailbox: String, since: Instant) throws(Failure) -> [Instant]
    /// On how many local days before `day` (the mailbox's clock) it sent anything.
    func sendingDays(of mailbox: String, before day: LocalDate) throws(Failure) -> Int
    /// How many follow-ups of admitted people are expected on each of the days (the mailbox's clock).
    func projected(for mailbox: String, from: LocalDate, through: LocalDate) throws(Failure) -> [LocalDate: Int]
    /// How many fences of a mailbox were for people of each company, at or after `since`; of those alone that had any.
    func companyFences(of mailbox: String, since: Instant) throws(Failure) -> [Int: Int]
    /// Tasks of these kinds that were opened for an owner since then.
    func tasksOpened(for owner: String, kinds: [OutreachTask.Kind], since: Instant) throws(Failure) -> Int
    /// Pauses of mailboxes and sequences that are in force at `now`.
    func pauses(at now: Instant) throws(Failure) -> [Pause]
    /// People whose standing changes by decay alone at or before `now`.
    func standingsDue(at now: Instant, limit: Int) throws(Failure) -> [Person.ID]
    /// Stretches longer than an hour in which no run finished, that ended after `since`, oldest first; the store
    /// records one when a run begins.
    func outages(since: Instant) throws(Failure) -> [Range<Instant>]
    /// The step ids of a version of a sequence, in order; `nil` for a version that was never used.
    func stepOrder(ofVersion version: String) throws(Failure) -> [String]?
}

/// A stream of enrollments: one queue of one sequence in one mailbox.
package struct Lane: Sendable, Hashable {
    /// The sequence's name.
    package var sequence: String
    /// `nil` before admission.
    package var mailbox: String?
    /// Which of the lane's queues.
    package var queue: Enrollment.Queue

    package init(sequence: String, mailbox: String?, queue: Enrollment.Queue) {
        self.sequence = sequence
        self.mailbox = mailbox
        self.queue = queue
    }
}

/// A place in a lane's order.
package struct Cursor: Sendable, Hashable, Comparable {
    /// When the enrollment is to be asked again.
    package var wakeAt: Instant
    /// A hash, for those of one instant.
    package var tie: Int
    package var id: Enrollment.ID

    /// The place right at an enrollment.
    package init(_ enrollment: Enrollment) {
        wakeAt = enrollment.wakeAt
        tie = enrollment.tie
        id = enrollment.id
    }

    package static func < (a: Cursor, b: Cursor) -> Bool {
        (a.wakeAt, a.tie, a.id) < (b.wakeAt, b.tie, b.id)
    }
}

/// A mailbox or a sequence that does nothing for a while.
package struct Pause: Sendable, Hashable {
    /// What pauses.
    package enum Subject: Sendable, Hashable {
        case mailbox(String)
        case sequence(String)
    }
    /// What pauses.
    package var subject: Subject
    /// `nil`: until somebody resumes it.
    package var until: Instant?
    /// Why, as somebody typed it or a brake says it.
    package var reason: String

    package init(_ subject: Subject, until: Instant?, reason: String) {
        self.subject = subject
        self.until = until
        self.reason = reason
    }
}
