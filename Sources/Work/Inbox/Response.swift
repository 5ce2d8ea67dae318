import CivilTime
import Facts
import InboundMail
import Ledger
import Outreach
import Planning

/// What a message from somebody else changes.
///
/// Only what is certain decides: a match by token, id or a quoting sender. A likely one pauses and asks.
struct Response<S: Store> {
    let store: S
    let model: Model
    let now: Instant
    let event: InboxEvent

    func operations() throws(StoreError) -> [Ledger.Operation] {
        switch event.understood.match {
        case .nobody, .ours: return []
        case .colleague(let sent, let domain):
            return event.result.kind == .reply ? try colleague(sent, domain) : []
        case .weak(let sent, _): return try weak(sent)
        case .strong(let sent, let evidence): return try settled(sent, by: evidence) + strong(sent)
        }
    }

    private func strong(_ sent: SentMail) throws(StoreError) -> [Ledger.Operation] {
        switch event.result.kind {
        case .bounce: return try bounce(sent)
        case .arf: return event.result.isComplaint ? try facts(.complaint, sent) : []
        case .calendar: return try calendar(sent)
        case .autoReply: return try away(sent)
        case .unsubscribe: return try facts(.optOut, sent)
        case .reply: return try facts(.reply, sent) + answerTask(sent)
        case .receipt, .other: return []
        }
    }

    /// Whoever names a mail whose delivery is unknown has had it, or the server that took it speaks.
    private func settled(_ sent: SentMail, by evidence: Match<SentMail>.Evidence) -> [Ledger.Operation] {
        guard let message = sent.message, message.state == .unknown,
            [.thread, .providerID, .embedded, .quoted].contains(evidence)
        else { return [] }
        let words = event.result.kind == .bounce ? "a bounce names it" : "a reply names it"
        return [.resolve(message: message.id, sent: true, evidence: words, at: now)]
    }

    /// A likely match decides nothing: it pauses and asks.
    private func weak(_ sent: SentMail) throws(StoreError) -> [Ledger.Operation] {
        switch event.result.kind {
        case .reply, .unsubscribe: return try asked("note.likely_reply", "a likely reply", sent)
        case .bounce: return try asked("note.likely_bounce", "a likely bounce", sent)
        case .autoReply: return try away(sent)
        case .arf, .calendar, .receipt, .other: return []
        }
    }

    /// Somebody else of the company answered: everybody's ways there pause or end, and the owner is asked.
    private func colleague(_ sent: SentMail, _ domain: String) throws(StoreError) -> [Ledger.Operation] {
        let active = try store.history(of: sent.person).enrollments.filter { $0.state == .active }
        let consequences = Consequences(model)
        let first = try facts(
            .companyReply, sent,
            reaction: active.isEmpty ? Reaction.none : consequences.companyReaction(active, at: event.at))
        let fact = Touchpoint(
            person: sent.person, kind: .companyReply, at: event.at, recordedAt: now, sourceKey: event.key)
        let others = try store.people(inDomain: domain).filter { $0.id != sent.person }
        return try first + consequences.companyReply(to: others, fact, in: store) + answerTask(sent)
    }

    /// Only a bounce that names our mail may suppress, and only for codes that say the address is dead.
    private func bounce(_ sent: SentMail) throws(StoreError) -> [Ledger.Operation] {
        guard event.result.isHard == true else { return try facts(.bounceSoft, sent) }
        var operations = try facts(.bounceHard, sent)
        if event.result.statuses.contains(where: Self.dead.contains), let email = try store.person(sent.person)?.email {
            operations.append(
                .suppress(Suppression(scope: .address, value: email, reason: "hard bounce", channel: .email, at: now)))
        }
        return operations
    }

    private static var dead: [String] { ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"] }

    private func away(_ sent: SentMail) throws(StoreError) -> [Ledger.Operation] {
        if event.result.reason == "gone" { return try facts(.leftCompany, sent) }
        // A ticket number or a challenge says nothing of an absence.
        guard event.result.reason == "away" else { return try facts(.autoReply, sent, reaction: Reaction.none) }
        let windows = Windows(model.settings.calendar, in: model.settings.timezone)
        let back = event.result.returnsOn.flatMap { windows.businessDay(1, after: $0.day) }
        return try facts(.autoReply, sent, returns: back.map(windows.zone.start))
    }

    /// A meeting that is on ends the sequences; any other answer to an invitation is a person's, so it pauses and asks.
    private func calendar(_ sent: SentMail) throws(StoreError) -> [Ledger.Operation] {
        if event.result.meeting?.isOn == true { return try facts(.meeting, sent) }
        return try asked("note.calendar", "a calendar answer", sent)
    }

    // MARK: what they write

    private func asked(_ kind: TouchpointKind, _ reason: String, _ sent: SentMail) throws(StoreError) -> [Ledger
        .Operation]
    {
        try facts(kind, sent, reaction: .paused(reason, model, at: now)) + answerTask(sent)
    }

    private func facts(
        _ kind: TouchpointKind, _ sent: SentMail, reaction: Reaction? = nil, returns: Instant? = nil
    ) throws(StoreError) -> [Ledger.Operation] {
        let fact = Touchpoint(
            person: sent.person, enrollment: sent.message?.enrollment, step: sent.message?.step, kind: kind,
            at: event.at, recordedAt: now, sourceKey: event.key, detail: detail(sent))
        if let reaction { return [.record(fact, reaction)] }
        return try Consequences(model).operations(fact, returns: returns, in: store)
    }

    private func detail(_ sent: SentMail) -> Record {
        var detail: Record = [:]
        if !event.result.reason.isEmpty { detail["reason"] = .text(event.result.reason) }
        if let failure = event.result.failures.first {
            detail["reason"] = .text(failure.reason.rawValue)
            if let status = failure.status { detail["status"] = .text(status) }
        }
        if !event.result.newText.isEmpty { detail["text"] = .text(String(event.result.newText.prefix(4000))) }
        if let guess = event.result.sentimentGuess { detail["guess"] = .text(guess.rawValue) }
        if let message = sent.message { detail["mailbox"] = .text(message.mailbox) }
        return detail
    }

    /// "Answer ANN", for the mailbox's owner; one at a time is enough.
    private func answerTask(_ sent: SentMail) throws(StoreError) -> [Ledger.Operation] {
        guard let message = sent.message, let owner = model.mailboxes[message.mailbox]?.owner else { return [] }
        let tasks = try store.history(of: sent.person).tasks
        if tasks.contains(where: { $0.kind == .answer && $0.state == .open }) { return [] }
        let earlier = tasks.count { $0.enrollment == message.enrollment && $0.step == message.step }
        let task = OutreachTask(
            id: 0, enrollment: message.enrollment, step: message.step, attempt: 1000 + earlier, kind: .answer,
            owner: owner, dueAt: now, openedAt: now)
        return [.decide(.open(task), at: now)]
    }
}

extension Reaction {
    /// A pause of all ways for five business days, long enough for somebody to look.
    static func paused(_ reason: String, _ model: Model, at now: Instant) -> Reaction {
        let windows = Windows(model.settings.calendar, in: model.settings.timezone)
        let today = windows.zone.date(at: now)
        return .pauseAll(
            reason: reason, until: windows.zone.start(of: windows.businessDay(5, after: today) ?? today + 7))
    }
}
