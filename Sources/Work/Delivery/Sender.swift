import CivilTime
import Host
import Ledger
import Mail
import Outreach
import Planning

/// Empties one mailbox's queue over one connection after another; one thread.
struct Sender: Sendable {
    let mailbox: Mailbox
    let account: Account
    let transport: any Transport
    let ledger: LedgerThread
    let queue: DispatchQueue
    let reputation: Reputation
    /// Where copies of what was sent go, if anywhere.
    let copies: SentCopies?
    let clock: WallClock
    /// Raised by SIGTERM: no new message starts.
    let isStopping: @Sendable () -> Bool
    /// How many intents are committed at once: few enough that every connection has some.
    let batch: Int

    /// A connection's share of what there is, eight at most.
    static func batch(of messages: Int, connections: Int) -> Int {
        let share = (messages + connections - 1) / max(connections, 1)
        return min(max(share, 1), 8)
    }

    /// Connects first, so that a server that is away leaves no trace on any message.
    func run() {
        var rest: ArraySlice<Intended> = []
        while !isStopping(), ledger.error == nil, !rest.isEmpty || queue.hasMore, let session = open() {
            guard carry(&rest, over: session) else { break }
        }
        // What could not be tried stays deferred for the next run: nothing of it left.
        for item in rest { putBack(item, "not tried") }
    }

    /// A message whose intent is durable.
    private struct Intended {
        var dispatch: Dispatch
        var message: Int
    }

    /// Takes the next few messages and commits their intents; a refused one (stopped meanwhile) falls out.
    ///
    /// `nil` when the queue is empty, the mailbox stopped, or the ledger failed.
    private func intend() -> [Intended]? {
        while !isStopping() {
            let batch = queue.take(batch)
            guard !batch.isEmpty, let outcomes = ledger.commit(batch.map(\.intent)) else { return nil }
            let intended = zip(batch, outcomes).compactMap { dispatch, outcome -> Intended? in
                guard case .row(let id, _) = outcome else { return nil }
                return Intended(dispatch: dispatch, message: id)
            }
            let overtaken = outcomes.count { $0 == .refused(.oldEpoch) }
            queue.count(.overtaken, overtaken)
            queue.count(.refused, batch.count - intended.count - overtaken)
            let allowed = allowed(intended)
            if !allowed.isEmpty { return allowed }
        }
        return nil
    }

    /// Those that nobody paused since the run began; the others are put back.
    private func allowed(_ intended: [Intended]) -> [Intended] {
        let paused = reputation.pauses(at: clock())
        let isPaused = paused.contains(.mailbox(mailbox.name))
        if isPaused { queue.stop(.paused) }
        return intended.filter { item in
            let waits = isPaused || paused.contains(.sequence(item.dispatch.draft.sequence))
            if waits { putBack(item, "paused before the message") }
            return !waits
        }
    }

    /// `nil` where none can be had: the mailbox is done for this run, unless it was us who gave up.
    private func open() -> (any Session)? {
        do {
            return try transport.connect(account, deadline: .now + .seconds(600))
        } catch {
            if !isStopping() { queue.stop(Verdict(error)) }
            return nil
        }
    }

    /// Sends over the session until it closes; `false` when the mailbox is done for this run.
    private func carry(_ rest: inout ArraySlice<Intended>, over session: any Session) -> Bool {
        var isUsable = true
        if rest.isEmpty { rest = (intend() ?? [])[...] }
        while isUsable, !rest.isEmpty {
            while isUsable, session.isOpen, let item = rest.first {
                guard !isStopping(), !queue.isStopped, ledger.error == nil else {
                    isUsable = false
                    break
                }
                rest.removeFirst()
                if reputation.isStopped(item.dispatch.draft.sequence) {
                    putBack(item, "its sequence was paused")
                } else {
                    isUsable = deliver(item, over: session)
                }
            }
            guard isUsable, session.isOpen, rest.isEmpty else { break }
            rest = (intend() ?? [])[...]
        }
        // What `deliver` said is durable before QUIT or any cleanup.
        ledger.flush()
        session.close()
        return isUsable && !queue.isStopped
    }

    private func deliver(_ item: Intended, over session: any Session) -> Bool {
        let day = mailbox.timezone
        let handover = session.deliver(item.dispatch.sealed.message) {
            let now = clock()
            let outcomes = ledger.commit([.fence(message: item.message, at: now, day: day.date(at: now))])
            return outcomes == [.granted(true)]
        }
        let verdict = Verdict(handover)
        settle(item, verdict)
        if verdict.state == .sent { copies?.put(item.dispatch.sealed.message.octets, sent: clock()) }
        reputation.judge(verdict, of: item.dispatch, queue: queue, at: clock())
        if verdict.stopsMailbox { queue.stop(verdict) }
        return !verdict.stopsMailbox
    }

    /// Nothing of it left: another run tries it.
    private func putBack(_ item: Intended, _ reason: String) {
        settle(item, Verdict(state: .deferred, fault: .none, isTemporary: true, reply: reason))
    }

    private func settle(_ item: Intended, _ verdict: Verdict) {
        let now = clock()
        let (verdict, retry) = item.dispatch.final(verdict, mailbox: mailbox, now: now)
        ledger.post(item.dispatch.operations(verdict, message: item.message, retry: retry, now: now))
        queue.count(verdict)
    }
}
