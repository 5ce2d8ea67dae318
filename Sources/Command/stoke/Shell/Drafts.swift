import Delivery
import Digest
import Outreach
import Planning
import SQLiteLedger

/// Emails as they would be drafted now, for looking at them.
struct Drafts {
    let office: Office

    init(_ office: Office) { self.office = office }

    /// `nil` for a step that sends no email.
    func draft(_ step: Step, _ enrollment: Enrollment, _ history: History) -> Draft? {
        guard case .email = step.kind, let sequence = office.model.sequences[enrollment.sequence] else { return nil }
        let mailbox = enrollment.mailbox ?? sequence.mailboxes.first ?? ""
        return Draft(step, of: sequence, for: history, enrollment: enrollment, mailbox: mailbox, at: office.now)
    }

    /// The address that one click unsubscribes at; `nil` where the workspace has none.
    func unsubscribeURL(_ person: Person) -> String? {
        guard let key = try? office.store.secret(), let signer = TokenSigner(key: key) else { return nil }
        return EmailComposition(model: office.model, signer: signer).unsubscribeURL(for: person)
    }
}
