import CivilTime
import Digest
import Facts
package import InboundMail
package import Ledger
import MIME
package import Outreach
import Planning

/// One message that came in, understood: what it is, whose, and what it changes.
package struct Arrival: Sendable {
    package var kind: Classification.Kind
    /// Whom it is about, if that is known.
    package var person: Person.ID?
    /// Why it is taken for that, a sentence each.
    package var why: [String]
    /// What it does to the ledger, to be committed together with the folder's mark.
    package var operations: [Ledger.Operation]
    /// The facts among them, for whoever judges standings again.
    package var touched: Set<Person.ID> { Set([person].compactMap { $0 }) }
}

/// Turns messages into what they change.
struct ArrivalReader<S: Store> {
    let store: S
    let model: Model
    let signer: TokenSigner
    let now: Instant

    /// Understands one message.
    ///
    /// - Parameter received: when the server got it.
    func read(_ octets: [UInt8], received: Instant) throws(StoreError) -> Arrival {
        let message = ParsedMessage.parse(octets)
        let zone = model.settings.timezone
        let known = LedgerQuestions(store: store, model: model, signer: signer).correspondence
        let understood = try understand(message, classify(message, received: zone.date(at: received)), known)
        var arrival = Arrival(
            kind: understood.classification.kind, person: understood.match.sent?.person,
            why: understood.classification.why, operations: [])
        let event = Event(understood: understood, key: "mail:\(message.sourceKey)", at: min(received, now))
        arrival.operations = try operations(event)
        return arrival
    }

    /// A message with the key by which it counts once.
    private struct Event {
        var understood: Understanding<SentMail>
        var key: String
        var at: Instant
        var result: Classification { understood.classification }
    }

    private func operations(_ event: Event) throws(StoreError) -> [Ledger.Operation] {
        switch event.understood.match {
        case .nobody: return []
        case .ours(let readers): return try byHand(event, to: readers)
        case .colleague(let sent, _):
            guard event.result.kind == .reply else { return [] }
            return try facts(.companyReply, event, sent, reaction: pause("company_reply"))
        case .weak(let sent, _): return try weak(event, sent)
        case .strong(let sent, _): return try strong(event, sent)
        }
    }

    private func strong(_ event: Event, _ sent: SentMail) throws(StoreError) -> [Ledger.Operation] {
        switch event.result.kind {
        case .bounce: return try bounce(event, sent)
        case .arf: return event.result.isComplaint ? try facts(.complaint, event, sent) : []
        case .calendar: return event.result.meeting?.isOn == true ? try facts(.meeting, event, sent) : []
        case .autoReply: return try away(event, sent)
        case .unsubscribe: return try facts(.optOut, event, sent)
        case .reply: return try facts(.reply, event, sent) + answerTask(sent)
        case .receipt, .other: return []
        }
    }

    /// A likely match decides nothing: it pauses and asks.
    private func weak(_ event: Event, _ sent: SentMail) throws(StoreError) -> [Ledger.Operation] {
        switch event.result.kind {
        case .reply, .unsubscribe:
            return try facts("note.likely_reply", event, sent, reaction: pause("a likely reply")) + answerTask(sent)
        case .bounce: return try facts(.bounceSoft, event, sent)
        case .autoReply: return try away(event, sent)
        default: return []
        }
    }

    /// Only a bounce that names our Message-ID may suppress, and only for codes that say the address is dead.
    private func bounce(_ event: Event, _ sent: SentMail) throws(StoreError) -> [Ledger.Operation] {
        guard event.result.isHard == true else { return try facts(.bounceSoft, event, sent) }
        var operations = try facts(.bounceHard, event, sent)
        let dead = ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"]
        if event.result.statuses.contains(where: dead.contains),
            let email = try store.person(sent.person)?.email
        {
            operations.append(
                .suppress(Suppression(scope: .address, value: email, reason: "hard bounce", channel: .email, at: now)))
        }
        return operations
    }

    private func away(_ event: Event, _ sent: SentMail) throws(StoreError) -> [Ledger.Operation] {
        if event.result.reason == "gone" { return try facts(.leftCompany, event, sent) }
        // A ticket number or a challenge says nothing of an absence.
        guard event.result.reason == "away" else { return try facts(.autoReply, event, sent, reaction: Reaction.none) }
        let windows = Windows(model.settings.calendar, in: model.settings.timezone)
        let back = event.result.returnsOn.flatMap { windows.businessDay(0, after: $0.day) }
        return try facts(.autoReply, event, sent, returns: back.map(windows.zone.start))
    }

    /// A message that we wrote by hand to somebody in a sequence: a touchpoint, and their sequences pause.
    private func byHand(_ event: Event, to readers: [String]) throws(StoreError) -> [Ledger.Operation] {
        guard !event.key.contains(".stoke@") else { return [] }
        var operations: [Ledger.Operation] = []
        for reader in readers {
            guard let person = try store.person(withEmail: reader.lowercased()) else { continue }
            let isBusy = try store.history(of: person.id).enrollments.contains { $0.state == .active }
            guard isBusy else { continue }
            let fact = Touchpoint(
                person: person.id, kind: .emailByHand, at: event.at, recordedAt: now,
                sourceKey: "\(event.key)/\(person.key)")
            operations.append(.record(fact, pause("written to by hand")))
        }
        return operations
    }

    // MARK: what they write

    private func facts(
        _ kind: TouchpointKind, _ event: Event, _ sent: SentMail, reaction: Reaction? = nil, returns: Instant? = nil
    ) throws(StoreError) -> [Ledger.Operation] {
        var detail: Record = [:]
        if !event.result.reason.isEmpty { detail["reason"] = .text(event.result.reason) }
        if !event.result.newText.isEmpty { detail["text"] = .text(String(event.result.newText.prefix(4000))) }
        if let guess = event.result.sentimentGuess { detail["guess"] = .text(guess.rawValue) }
        if let message = sent.message { detail["mailbox"] = .text(message.mailbox) }
        let fact = Touchpoint(
            person: sent.person, enrollment: sent.message?.enrollment, step: sent.message?.step, kind: kind,
            at: event.at, recordedAt: now, sourceKey: event.key, detail: detail)
        if let reaction { return [.record(fact, reaction)] }
        return try Consequences(model).operations(fact, returns: returns, in: store)
    }

    private func pause(_ reason: String) -> Reaction {
        let windows = Windows(model.settings.calendar, in: model.settings.timezone)
        let today = windows.zone.date(at: now)
        let day = windows.businessDay(5, after: today) ?? today + 7
        return .pauseAll(reason: reason, until: windows.zone.start(of: day))
    }

    /// "Answer ANN", for the mailbox's owner.
    private func answerTask(_ sent: SentMail) throws(StoreError) -> [Ledger.Operation] {
        guard let message = sent.message, let owner = model.mailboxes[message.mailbox]?.owner else { return [] }
        let open = try store.history(of: sent.person).tasks.contains { $0.kind == .answer && $0.state == .open }
        if open { return [] }
        let earlier = try store.history(of: sent.person).tasks.count {
            $0.enrollment == message.enrollment && $0.step == message.step
        }
        let task = OutreachTask(
            id: 0, enrollment: message.enrollment, step: message.step, attempt: 1000 + earlier, kind: .answer,
            owner: owner, dueAt: now, openedAt: now)
        return [.decide(.open(task), at: now)]
    }
}
