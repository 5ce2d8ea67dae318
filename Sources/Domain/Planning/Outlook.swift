package import CivilTime
package import Outreach

/// What comes next for one enrollment, caps left out: the same walk as a tick's.
package struct Outlook: Sendable {
    /// The step the person stands before; `nil` at the end.
    package var step: Step?
    /// When it acts at the earliest.
    package var at: Instant
    /// What keeps the step, if anything does.
    package var hold: Hold?
    /// An email that is due and only waits for a slot of its mailbox.
    package var draft: Draft?
    /// A task that is due and only waits for room on its owner's list.
    package var task: OutreachTask?

    /// - Parameter order: the step ids of the version that the enrollment was last judged by.
    package init(
        of enrollment: Enrollment, in sequence: Sequence, order: [String], history: History,
        _ circumstances: Circumstances
    ) {
        // Whoever is not admitted yet may enter through any mailbox of the sequence.
        let ways = enrollment.mailbox.map { [$0] } ?? sequence.mailboxes
        let outlooks = (ways.isEmpty ? [nil] : ways.map { Optional($0) }).map {
            Outlook(of: enrollment, in: sequence, order: order, history: history, circumstances, trying: $0)
        }
        // The list has at least one way.
        self = outlooks.dropFirst().reduce(outlooks[0]) { $1.rank < $0.rank ? $1 : $0 }
    }

    private init(
        of enrollment: Enrollment, in sequence: Sequence, order: [String], history: History,
        _ circumstances: Circumstances, trying mailbox: String?
    ) {
        var course = Course(
            circumstances, clock: StepClock(circumstances.model), sequence: sequence, storedOrder: order,
            history: history, enrollment: enrollment, trying: mailbox)
        at = circumstances.now
        switch course.walk() {
        case .email(let draft): self.draft = draft
        case .task(let task, _): self.task = task
        case .decided:
            if case .wake(_, let wake, _, let hold)? = course.decisions.last {
                at = wake
                self.hold = hold
            }
        }
        let results = course.history.results.filter { $0.enrollment == enrollment.id }
        let index = Position(in: sequence, results: results, storedOrder: order).index
        step = sequence.steps.indices.contains(index) ? sequence.steps[index] : nil
    }

    /// What can go on stands before what is held.
    private var rank: Instant { hold == nil ? at : .distantFuture }
}
