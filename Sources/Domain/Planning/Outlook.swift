package import CivilTime
package import Outreach

/// What comes next for one enrollment, caps left out: the same walk as a tick's.
package struct Outlook: Sendable {
    /// The step the person stands before; `nil` at the end.
    package var step: Step?
    /// When it acts at the earliest.
    package var at: Instant
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
        var course = Course(
            circumstances, clock: StepClock(circumstances.model), sequence: sequence, storedOrder: order,
            history: history, enrollment: enrollment, trying: enrollment.mailbox ?? sequence.mailboxes.first)
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
}
