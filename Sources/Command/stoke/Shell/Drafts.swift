import CivilTime
import Delivery
import Digest
import Messages
import Outreach
import Planning
import SQLiteLedger

/// Emails and tasks' texts as they would be drafted now, for looking at them.
struct Drafts {
    let office: Office
    private let templates: TemplateLibrary

    init(_ office: Office) {
        self.office = office
        templates = office.templates
    }

    /// `nil` for a step that sends no email.
    func draft(_ step: Step, _ enrollment: Enrollment, _ history: History) -> Draft? {
        guard case .email = step.kind, let sequence = office.model.sequences[enrollment.sequence] else { return nil }
        let mailbox = enrollment.mailbox ?? sequence.mailboxes.first ?? ""
        return Draft(step, of: sequence, for: history, enrollment: enrollment, mailbox: mailbox, at: office.now)
    }

    /// The text of a step that a person does.
    ///
    /// - Throws: `Failure` for a step without one.
    func note(
        _ step: Step, _ sequence: Outreach.Sequence, _ enrollment: Enrollment, _ history: History
    ) throws -> Rendering {
        let (mailbox, owner) = doer(sequence, enrollment)
        guard step.isManual, let owner else { throw Failure("\(step.id) has no text") }
        return templates.note(step, of: sequence.name, for: history, owner: owner, mailbox: mailbox, at: office.now)
    }

    /// How long LinkedIn lets a step's text be; `nil` where it is not for LinkedIn.
    func limit(of step: Step, _ sequence: Outreach.Sequence, _ enrollment: Enrollment) -> LengthLimit? {
        guard case .linkedin(let action, _) = step.kind else { return nil }
        return LengthLimit(action, premium: doer(sequence, enrollment).owner?.premium ?? false)
    }

    /// Whose mailbox writes, and who does the tasks.
    private func doer(
        _ sequence: Outreach.Sequence, _ enrollment: Enrollment
    ) -> (mailbox: Mailbox?, owner: Owner?) {
        let mailbox = (enrollment.mailbox ?? sequence.mailboxes.first).flatMap { office.model.mailboxes[$0] }
        return (mailbox, mailbox.flatMap { office.model.owners[$0.owner] })
    }

    /// Whatever the step says.
    ///
    /// - Throws: `Failure` for a step that says nothing.
    func rendering(
        _ step: Step, _ sequence: Outreach.Sequence, _ enrollment: Enrollment, _ history: History
    ) throws -> Rendering {
        guard let draft = draft(step, enrollment, history) else {
            return try note(step, sequence, enrollment, history)
        }
        return templates.email(draft, at: office.now, unsubscribeURL: unsubscribeURL(history.person))
    }

    /// The address that one click unsubscribes at; `nil` where the workspace has none.
    func unsubscribeURL(_ person: Person) -> String? {
        guard let key = try? office.store.secret(), let signer = TokenSigner(key: key) else { return nil }
        return OptOuts(office.model.settings, signer).of(person)?.url
    }
}
