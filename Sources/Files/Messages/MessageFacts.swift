package import CivilTime
package import Facts
package import Outreach

/// What a template may speak of: the person and what surrounds them, under the names that the formats page lists.
package struct MessageFacts: Sendable {
    /// The person's facts at the top level, then `company`, `sender`, `sequence`, `step`, `unsubscribe_url`, `now`.
    package let record: Record

    /// - Parameters:
    ///   - signature: the owner's signature as Markdown, empty for none.
    ///   - unsubscribeURL: the person's one-click address; `nil` where the workspace has none.
    package init(
        person: Person, owner: Owner?, mailbox: Mailbox?, sequence: String, step: String, signature: String,
        unsubscribeURL: String?, now: Instant
    ) {
        var record = person.facts
        if record["email"] == nil, let email = person.email { record["email"] = .text(email) }
        if record["company"] == nil { record["company"] = .record([:]) }
        record["sender"] = .record(MessageFacts.sender(owner, mailbox, signature))
        record["sequence"] = .record(["name": .text(sequence)])
        record["step"] = .record(["id": .text(step)])
        record["unsubscribe_url"] = unsubscribeURL.map { .text($0) } ?? .missing
        record["now"] = .instant(now)
        self.record = record
    }

    private static func sender(_ owner: Owner?, _ mailbox: Mailbox?, _ signature: String) -> Record {
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

    /// The names that every template knows besides the imported columns; `sender` has the owners' facts as well.
    package static let standardNames: [String] =
        FactCatalogue.person.paths + [
            "sender.name", "sender.first_name", "sender.last_name", "sender.email", "sender.title", "sender.signature",
            "sequence.name", "step.id", "unsubscribe_url", "now",
        ]
}
