package import CivilTime
package import Ledger
package import Outreach
package import Planning

/// Folds the tick over a ledger of memory: what `run` would do at each turn of cron, if every send works and nothing
/// comes in.
///
/// The store is an overlay; nothing of it is ever written down.
package struct Forecast<S: Store> {
    /// One decision and the turn it falls into.
    package struct Entry: Sendable {
        /// The turn.
        package var at: Instant
        /// What would be done.
        package var decision: Decision

        package init(at: Instant, decision: Decision) {
            self.at = at
            self.decision = decision
        }
    }

    /// What one turn of cron came to.
    package struct Turn {
        /// The turn's instant.
        package let at: Instant
        /// In the order in which they are performed.
        package let decisions: [Decision]
        /// Each task that was opened, with its row.
        package let opened: [OutreachTask]
        /// Each email that was sent, with its row.
        package let sent: [(draft: Draft, message: Int)]
    }

    let store: S
    let model: Model
    let zone: (String) -> Zone?
    let standing: (History, Instant) -> Standing
    let ready: (Draft, Instant) -> Readiness

    /// - Parameters:
    ///   - store: an overlay over the real ledger.
    ///   - ready: renders; `{ _, _ in .ready(text: "") }` where texts don't matter.
    package init(
        store: S, model: Model, zone: @escaping (String) -> Zone?,
        standing: @escaping (History, Instant) -> Standing, ready: @escaping (Draft, Instant) -> Readiness
    ) {
        self.store = store
        self.model = model
        self.zone = zone
        self.standing = standing
        self.ready = ready
    }

    /// The turns of cron from the first at or after `start` up to and without `end`.
    package func turns(from start: Instant, until end: Instant) -> StrideTo<Int> {
        let every = max(model.settings.every, 1)
        let first = (start.seconds + every - 1) / every * every
        return stride(from: first, to: max(end.seconds, first), by: every)
    }

    /// Everything that will be decided, turn by turn.
    ///
    /// - Throws: what the base store throws.
    package func entries(
        from start: Instant, until end: Instant, before prepare: (S, Instant) throws(StoreError) -> Void = { _, _ in }
    ) throws(StoreError) -> [Entry] {
        var entries: [Entry] = []
        try fold(from: start, until: end, before: prepare) { (turn) throws(StoreError) in
            entries += turn.decisions.map { Entry(at: turn.at, decision: $0) }
        }
        return entries
    }

    /// Turn after turn, each given away before the next.
    ///
    /// - Parameters:
    ///   - prepare: what a run does before it decides, and what comes in between two turns.
    ///   - each: looks at a turn; what it commits, the next turn sees.
    /// - Throws: what the base store throws.
    package func fold(
        from start: Instant, until end: Instant, before prepare: (S, Instant) throws(StoreError) -> Void = { _, _ in },
        each: (Turn) throws(StoreError) -> Void
    ) throws(StoreError) {
        let turns = turns(from: start, until: end)
        guard let first = turns.first(where: { _ in true }) else { return }
        let epoch = try store.begin(RunEntry(host: "forecast", pid: 0, version: ""), at: Instant(first))
        for second in turns {
            let now = Instant(second)
            if try !store.pausesOver(at: now).isEmpty { _ = try store.commit([.endPauses(at: now)], epoch: epoch) }
            try prepare(store, now)
            try each(try turn(at: now, epoch))
        }
    }

    /// One turn: decides and performs, every send a success.
    private func turn(at now: Instant, _ epoch: Epoch) throws(StoreError) -> Turn {
        let circumstances = Circumstances(
            model: model, now: now, zone: zone, standing: { standing($0, now) }, ready: { ready($0, now) })
        _ = try store.commit([.endPauses(at: now)], epoch: epoch)
        let decisions = try tick(store, circumstances)
        var opened: [OutreachTask] = []
        var sent: [(draft: Draft, message: Int)] = []
        let performed = decisions.compactMap { decision in Operation(decision, at: now).map { (decision, $0) } }
        if !performed.isEmpty {
            let outcomes = try store.commit(performed.map(\.1), epoch: epoch)
            for ((decision, _), outcome) in zip(performed, outcomes) {
                guard case .open(var task) = decision, case .row(let id, true) = outcome else { continue }
                task.id = id
                opened.append(task)
            }
        }
        for decision in decisions {
            guard case .send(let draft) = decision, let mailbox = model.mailboxes[draft.mailbox] else { continue }
            if let message = try send(draft, from: mailbox, at: now, epoch) { sent.append((draft, message)) }
        }
        return Turn(at: now, decisions: decisions, opened: opened, sent: sent)
    }

    private func send(
        _ draft: Draft, from mailbox: Mailbox, at now: Instant, _ epoch: Epoch
    ) throws(StoreError) -> Int? {
        // A message that was tried before keeps its name.
        let known = draft.history.messages.last {
            $0.enrollment == draft.enrollment.id && $0.step == draft.step.id
        }
        let intent = MessageEntry(
            enrollment: draft.enrollment.id, step: draft.step.id, mailbox: mailbox.name,
            messageID: known?.messageID ?? "<\(draft.enrollment.id.row).\(draft.step.id)@forecast>", date: now,
            sha256: noText, arm: draft.variant.arm, subject: known?.subject ?? "")
        guard case .row(let message, _)? = try store.commit([.intend(intent)], epoch: epoch).first else { return nil }
        let sent = Touchpoint(
            person: draft.enrollment.person, enrollment: draft.enrollment.id, step: draft.step.id, kind: .emailSent,
            at: now, recordedAt: now)
        _ = try store.commit(
            [
                .fence(message: message, at: now, day: mailbox.timezone.date(at: now)),
                .settle(message: message, Settlement(state: .sent, reply: "", touchpoint: sent), at: now),
            ], epoch: epoch)
        return message
    }
}

/// Nothing is composed, so there are no octets to hash; one text for all messages, of which there may be half a million.
private let noText = String(repeating: "0", count: 64)
