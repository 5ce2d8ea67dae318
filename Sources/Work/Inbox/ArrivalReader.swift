import CivilTime
import Digest
import InboundMail
import Ledger
import MIME
import Outreach
import Planning

/// Turns messages into what they change.
struct ArrivalReader<S: Store> {
    let store: S
    let model: Model
    let signer: TokenSigner
    let now: Instant

    /// Understands one message; `nil` for one that was read before, from this folder or another.
    ///
    /// - Throws: what the store throws.
    func read(_ octets: [UInt8], at place: ArrivalPlace) throws(StoreError) -> Arrival? {
        let message = ParsedMessage.parse(octets)
        let key = "mail:\(message.sourceKey)"
        if try store.hasTouchpoint(sourceKey: key) { return nil }
        let day = model.settings.timezone.date(at: place.received)
        let known = LedgerQuestions(store: store, model: model, signer: signer, received: place.received)
        let understood = try understand(message, classify(message, received: day), known.correspondence)
        let event = InboxEvent(
            understood: understood, key: key, ids: message.header.messageIDs("message-id"), place: place)
        return try arrival(event)
    }

    private func arrival(_ event: InboxEvent) throws(StoreError) -> Arrival {
        var arrival = Arrival(kind: event.result.kind, person: event.sent?.person, why: event.result.why)
        arrival.reason = event.result.failures.first?.reason.rawValue ?? event.result.reason
        if case .ours(let readers) = event.understood.match {
            let own = OwnCopy(store: store, model: model, now: now, event: event)
            arrival.hold = try own.stranger()
            arrival.operations = try own.operations(to: readers)
            if let hold = arrival.hold { arrival.why.append(hold) }
        } else {
            arrival.operations = try Response(store: store, model: model, now: now, event: event).operations()
        }
        arrival.touched = Set(arrival.operations.compactMap(\.person))
        return arrival
    }
}

/// A message with the key by which it counts once.
struct InboxEvent: Sendable {
    var understood: Understanding<SentMail>
    var key: String
    /// Its own Message-ID, without brackets.
    var ids: [String]
    var place: ArrivalPlace

    var result: Classification { understood.classification }
    var sent: SentMail? { understood.match.sent }
    var at: Instant { place.received }
}

extension Operation {
    /// Whom a recorded fact is about.
    fileprivate var person: Person.ID? {
        if case .record(let fact, _) = self { fact.person } else { nil }
    }
}
