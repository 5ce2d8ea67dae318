import Facts
import Outreach

/// What all messages of a mailbox have in common: who their sender is, and the lines they end with.
struct Stationery: Sendable {
    /// `sender` of a template's facts.
    let sender: Record
    let footer: Footer

    /// That of a mailbox of the model; of one that is gone there is no sender.
    init(_ mailbox: Mailbox?, in model: Model) {
        let signature = mailbox?.signature.flatMap { model.signatures[$0] } ?? ""
        sender = Stationery.sender(mailbox.flatMap { model.owners[$0.owner] }, mailbox, signature: signature)
        footer = Footer(
            signature: signature, company: model.settings.company, postalAddress: model.settings.postalAddress)
    }

    /// What a template may say of a sender.
    ///
    /// - Parameter signature: as Markdown, empty for none.
    static func sender(_ owner: Owner?, _ mailbox: Mailbox?, signature: String) -> Record {
        var sender = owner?.facts ?? [:]
        if let owner {
            sender["name"] = .text(owner.name)
            let parts = owner.name.split(separator: " ")
            sender["first_name"] = .text(parts.first.map(String.init) ?? owner.name)
            sender["last_name"] = .text(parts.count > 1 ? String(parts[parts.count - 1]) : "")
        }
        if let mailbox { sender["email"] = .text(mailbox.fromAddress) }
        if !signature.isEmpty { sender["signature"] = .text(signature) }
        return sender
    }
}
