import CivilTime
import Digest
import InboundMail
import Ledger
import Outreach
import Planning

/// A mail of ours and whose it is, as the ledger knows it.
struct SentMail: Sendable {
    var person: Person.ID
    /// `nil` where only the person is known.
    var message: Message?
}

/// The questions that matching asks, put to the ledger.
struct LedgerQuestions<S: Store> {
    let store: S
    let model: Model
    let signer: TokenSigner
    /// When the message came: it answers nothing that we sent later.
    let received: Instant

    var correspondence: Correspondence<SentMail, StoreError> {
        Correspondence(
            ours: Set(model.mailboxes.values.map { $0.fromAddress.lowercased() }), sent: sent,
            sentByProviderID: provided, token: token, person: person, company: company)
    }

    private func sent(_ id: String) throws(StoreError) -> SentMail? { try owned(try store.message(withID: id)) }

    private func provided(_ id: String) throws(StoreError) -> SentMail? {
        try owned(try store.message(withProviderID: id))
    }

    private func owned(_ message: Message?) throws(StoreError) -> SentMail? {
        guard let message, let enrollment = try store.enrollment(message.enrollment) else { return nil }
        return SentMail(person: enrollment.person, message: message)
    }

    /// The person whom a signed opt-out token names.
    private func token(_ token: String) throws(StoreError) -> SentMail? {
        let row = signer.verify(token, purpose: "opt-out").flatMap { Int(String(decoding: $0, as: UTF8.self)) }
        guard let row, let person = try store.person(Person.ID(row)) else { return nil }
        return try last(person.id) ?? SentMail(person: person.id)
    }

    private func person(_ address: String) throws(StoreError) -> SentMail? {
        guard let person = try store.person(withEmail: address.lowercased()) else { return nil }
        return try last(person.id)
    }

    private func company(_ domain: String) throws(StoreError) -> SentMail? {
        var best: SentMail?
        for person in try store.people(inDomain: domain) {
            guard let own = try last(person.id), let date = own.message?.date else { continue }
            if date > best?.message?.date ?? .distantPast { best = own }
        }
        return best
    }

    /// The last mail that had left for a person when the message came; `nil` when none had.
    private func last(_ person: Person.ID) throws(StoreError) -> SentMail? {
        // Two machines' clocks may differ by some minutes.
        let messages = try store.history(of: person).messages.filter { message in
            message.fencedAt.map { $0 <= received + 5 * .minute } ?? false
        }
        return messages.max { $0.date < $1.date }.map { SentMail(person: person, message: $0) }
    }
}
