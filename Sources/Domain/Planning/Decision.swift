package import CivilTime
import Digest
package import Outreach

/// One thing that a tick has decided; `run` performs it, `plan` prints it, `simulate` folds it.
package enum Decision: Sendable, Hashable {
    /// Hand this email to its mailbox. Kept apart, because a draft is ten times as large as any other decision.
    indirect case send(Draft)
    /// Put this on the owner's list.
    case open(OutreachTask)
    /// A task's time is up.
    case expire(task: Int, StepResult)
    /// A step ended without a touch: skipped, branched, waited out; or was let go on in parallel.
    case record(StepResult)
    /// A fresh person gets a mailbox for good; the days (its clock) on which their emails are expected.
    case admit(Enrollment.ID, mailbox: String, projected: [LocalDate])
    /// The days on which the person's remaining emails are expected have changed.
    case project(Enrollment.ID, mailbox: String, days: [LocalDate])
    /// Nothing to do before then, for this reason.
    case wake(Enrollment.ID, at: Instant, queue: Enrollment.Queue, hold: Hold?)
    /// The end of the sequence, or its end for this person before that.
    case end(Enrollment.ID, state: Enrollment.State, reason: String)
    /// The person moves on to another sequence, for the so-many-th time.
    case enroll(Person, sequence: Sequence, round: Int, reason: String)
    /// The position was judged by a newer version of the sequence; messages and tasks of removed steps are cancelled.
    case move(Enrollment.ID, version: String, cancelled: [String])

    /// The enrollment it is about, where it is about one.
    package var enrollment: Enrollment.ID? {
        switch self {
        case .send(let draft): draft.enrollment.id
        case .open(let task): task.enrollment
        case .expire(_, let result), .record(let result): result.enrollment
        case .admit(let id, _, _), .project(let id, _, _), .wake(let id, _, _, _), .end(let id, _, _),
            .move(let id, _, _):
            id
        case .enroll: nil
        }
    }
}

/// An email about to be: who gets which text of which step from where.
package struct Draft: Sendable, Hashable {
    /// Everything known of the person, with what the tick has decided so far.
    package var history: History
    /// The way that the step is on.
    package var enrollment: Enrollment
    /// The sequence's name.
    package var sequence: String
    /// The step as the applied version has it.
    package var step: Step
    /// Whose slot it takes.
    package var mailbox: String
    /// The arm that the person gets.
    package var variant: Step.Variant
    /// The earlier message of the same step that was deferred, if this is another try.
    package var deferred: Message?
    /// The messages of the thread it answers in, oldest first; empty for a new thread.
    package var thread: [Message]
    /// When it was due; may lie before now.
    package var dueAt: Instant

    package init(
        history: History, enrollment: Enrollment, sequence: String, step: Step, mailbox: String,
        variant: Step.Variant, deferred: Message? = nil, thread: [Message] = [], dueAt: Instant
    ) {
        self.history = history
        self.enrollment = enrollment
        self.sequence = sequence
        self.step = step
        self.mailbox = mailbox
        self.variant = variant
        self.deferred = deferred
        self.thread = thread
        self.dueAt = dueAt
    }
}

/// Whether a draft can be sent as it renders now.
package enum Readiness: Sendable, Hashable {
    /// It renders; the SHA-256 of its text, 64 hex digits, is what an approval is bound to. Only a step with `review`
    /// needs it: for others it may be empty.
    case ready(text: String)
    /// A rule says not now.
    case hold(Hold)
    /// The template itself says that this person does not get it.
    case skip(reason: String)
}

extension Draft {
    /// The draft of a step for one person as a tick would make it: the variant by hash, the thread by what was sent.
    package init(
        _ step: Step, of sequence: Sequence, for history: History, enrollment: Enrollment, mailbox: String,
        deferred: Message? = nil, at due: Instant
    ) {
        self.init(
            history: history, enrollment: enrollment, sequence: sequence.name, step: step, mailbox: mailbox,
            variant: step.variant(again: deferred) ?? step.variant(for: history.person, in: sequence),
            deferred: deferred,
            thread: sequence.thread(of: step, enrollment.id, history.messages), dueAt: due)
    }
}

extension Step {
    /// The variant that an earlier try had, whatever has been concluded since.
    fileprivate func variant(again deferred: Message?) -> Variant? {
        guard case .email(let variants) = kind, let arm = deferred?.arm else { return nil }
        return variants.first { $0.arm == arm }
    }

    /// The variant that a person gets, the same in every preview and every try.
    package func variant(for person: Person, in sequence: Sequence) -> Variant {
        guard case .email(let variants) = kind, let first = variants.first else {
            return Variant(arm: "", template: "")
        }
        guard variants.count > 1 else { return first }
        if let winner = variants.first(where: { $0.arm == sequence.winners[id] }) { return winner }
        return variants[StableChoice("arm", person.key, sequence.name, id).index(in: variants.count)]
    }
}

extension Sequence {
    /// The sent messages of the thread that a step answers in, oldest first; empty for a step that starts one.
    fileprivate func thread(of step: Step, _ enrollment: Enrollment.ID, _ messages: [Message]) -> [Message] {
        guard let root = step.thread, let first = index(of: root) else { return [] }
        let members = steps.enumerated().filter { $0.offset == first || $0.element.thread == root }.map(\.element.id)
        return messages.filter { $0.enrollment == enrollment && $0.state == .sent && members.contains($0.step) }
            .sorted { ($0.date, $0.id) < ($1.date, $1.id) }
    }
}
