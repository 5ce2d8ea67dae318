import CivilTime
import InboundMail
import Ledger
import Mail
import MIME
import Outreach
import Planning

/// A message of our own that lies in a folder: a copy in Sent, a Bcc, what a list sent back.
struct OwnCopy<S: Store> {
    let store: S
    let model: Model
    let now: Instant
    let event: InboxEvent

    /// Why the mailbox holds, where Sent has a mail of Stoke's that the ledger lacks: it was restored or copied, and what
    /// it takes for unsent may have gone out.
    func stranger() throws(StoreError) -> String? {
        guard isInSent, let id = try strange() else { return nil }
        return ForeignMail.reason(id)
    }

    /// Settles an unknown delivery, holds the mailbox, or notes a mail that was written by hand.
    func operations(to readers: [String]) throws(StoreError) -> [Ledger.Operation] {
        for id in event.ids {
            guard let message = try store.message(withID: id) else { continue }
            guard message.state == .unknown, isEvidence else { return [] }
            let words = "\(event.place.folder.name) of \(event.place.mailbox.name) has a copy"
            return [.resolve(message: message.id, sent: true, evidence: words, at: now)]
        }
        if let reason = try stranger() {
            return [.pause(Pause(.mailbox(event.place.mailbox.name), until: nil, reason: reason))]
        }
        // What our own programs answer by themselves was written by nobody, and a stranger of Stoke's by no hand.
        guard try strange() == nil, ![.autoReply, .receipt].contains(event.result.kind) else { return [] }
        return try byHand(to: readers)
    }

    private var isInSent: Bool { [.sent, .all].contains(event.place.folder.use) }

    /// Only a copy that the server made itself says that it took the mail; in Sent it may be one that Stoke put there.
    private var isEvidence: Bool { event.place.mailbox.sentCopy == .server || !isInSent }

    /// An id of Stoke's form at this mailbox's own domain that the ledger does not know.
    private func strange() throws(StoreError) -> String? {
        for id in event.ids where ForeignMail.isStokes(id, of: event.place.mailbox) {
            if try store.message(withID: id) == nil { return id }
        }
        return nil
    }

    /// A message that we wrote by hand to somebody in a sequence: a touchpoint, and their sequences pause.
    private func byHand(to readers: [String]) throws(StoreError) -> [Ledger.Operation] {
        var operations: [Ledger.Operation] = []
        for reader in Set(readers.map { $0.lowercased() }).sorted() {
            guard let person = try store.person(withEmail: reader) else { continue }
            let isBusy = try store.history(of: person.id).enrollments.contains {
                $0.state == .active && $0.enrolledAt <= event.at
            }
            guard isBusy else { continue }
            let fact = Touchpoint(
                person: person.id, kind: .emailByHand, at: event.at, recordedAt: now,
                sourceKey: "\(event.key)/\(person.key)")
            operations.append(.record(fact, .paused("written to by hand", model, at: now)))
        }
        return operations
    }
}

/// Mail of Stoke's that a ledger does not know.
package enum ForeignMail {
    private static let words = "Sent has a mail that this ledger does not know"

    /// Why a mailbox holds for a mail of this id.
    static func reason(_ id: String) -> String { "\(words): <\(id)>" }

    /// Whether a mailbox was paused for that; `stoke adopt` lets it go on.
    package static func isReason(_ reason: String) -> Bool { reason.hasPrefix(words) }

    /// Whether an id has the form that Stoke gives at a mailbox's domain: 22 characters, `.stoke`, the domain.
    static func isStokes(_ id: String, of mailbox: Mailbox) -> Bool {
        guard let at = id.utf8.lastIndex(of: UInt8(ascii: "@")) else { return false }
        let (local, domain) = (id[..<at], id[id.utf8.index(after: at)...].lowercased())
        return local.hasSuffix(".stoke") && mailbox.fromAddress.lowercased().hasSuffix("@\(domain)")
    }
}
