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
        package var at: Instant
        package var decision: Decision

        package init(at: Instant, decision: Decision) {
            self.at = at
            self.decision = decision
        }
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

    /// Everything that will be decided, turn by turn; `noise` may add what comes in between two turns.
    ///
    /// - Throws: what the base store throws.
    package func entries(
        from start: Instant, until end: Instant,
        noise: (S, Instant, [Decision]) throws(StoreError) -> Void = { _, _, _ in }
    ) throws(StoreError) -> [Entry] {
        let epoch = try store.begin(RunEntry(host: "forecast", pid: 0, version: ""), at: start)
        var entries: [Entry] = []
        for second in turns(from: start, until: end) {
            let now = Instant(second)
            let decisions = try turn(at: now, epoch)
            entries += decisions.map { Entry(at: now, decision: $0) }
            try noise(store, now, decisions)
        }
        return entries
    }

    /// One turn: decides and performs, every send a success.
    private func turn(at now: Instant, _ epoch: Epoch) throws(StoreError) -> [Decision] {
        let circumstances = Circumstances(
            model: model, now: now, zone: zone, standing: { standing($0, now) }, ready: { ready($0, now) })
        _ = try store.commit([.endPauses(at: now)], epoch: epoch)
        let decisions = try tick(store, circumstances)
        let operations = decisions.compactMap { Operation($0, at: now) }
        if !operations.isEmpty { _ = try store.commit(operations, epoch: epoch) }
        for decision in decisions {
            guard case .send(let draft) = decision, let mailbox = model.mailboxes[draft.mailbox] else { continue }
            try send(draft, from: mailbox, at: now, epoch)
        }
        return decisions
    }

    private func send(_ draft: Draft, from mailbox: Mailbox, at now: Instant, _ epoch: Epoch) throws(StoreError) {
        let id = "\(draft.enrollment.id.row).\(draft.step.id)@forecast"
        let intent = MessageEntry(
            enrollment: draft.enrollment.id, step: draft.step.id, mailbox: mailbox.name, messageID: id, date: now,
            sha256: String(repeating: "0", count: 64), arm: draft.variant.arm, subject: "")
        guard case .row(let message, _)? = try store.commit([.intend(intent)], epoch: epoch).first else { return }
        let sent = Touchpoint(
            person: draft.enrollment.person, enrollment: draft.enrollment.id, step: draft.step.id, kind: .emailSent,
            at: now, recordedAt: now)
        _ = try store.commit(
            [
                .fence(message: message, at: now, day: mailbox.timezone.date(at: now)),
                .settle(message: message, Settlement(state: .sent, reply: "", touchpoint: sent), at: now),
            ], epoch: epoch)
    }
}
