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

    /// Connects first, so that a server that is away leaves no trace on any message.
    func run() {
        var load = Load()
        while !isStopping(), ledger.error == nil, !load.isEmpty || queue.hasMore, let session = open() {
            guard carry(&load, over: session) else { break }
        }
        // What could not be tried stays deferred for the next run: nothing of it left.
        collect(&load)
        for item in load.ready { putBack(item, "not tried") }
    }

    /// A message whose intent is durable.
    private struct Intended {
        var dispatch: Dispatch
        var sealed: EmailComposition.Sealed
        var message: Int
    }

    /// What one connection has taken from the queue.
    private struct Load {
        var ready: ArraySlice<Intended> = []
        /// Their intents are on the way to the ledger, along with the fence of a message before them.
        var asked: (mails: [(Dispatch, EmailComposition.Sealed)], answer: Answer<[Outcome]?>)?

        var isEmpty: Bool { ready.isEmpty && asked == nil }
    }

    /// Takes the next few mails, if there are any now, and asks for their intents.
    private func askAhead(_ load: inout Load) {
        guard load.asked == nil, !isStopping() else { return }
        ask(for: queue.takeNow(sharedBy: mailbox.connections), &load)
    }

    /// Writes the mails down, here on the sender's thread, and asks for their intents.
    private func ask(for dispatches: [Dispatch], _ load: inout Load) {
        if dispatches.isEmpty { return }
        let mails = dispatches.map { ($0, $0.envelope.sealed()) }
        load.asked = (mails, ledger.request(mails.map { dispatch, sealed in dispatch.intent(sealed) }))
    }

    /// Gets what was asked for; a refused one (stopped meanwhile) falls out.
    private func collect(_ load: inout Load) {
        guard let (mails, answer) = load.asked else { return }
        load.asked = nil
        guard let outcomes = answer.wait() ?? nil else { return }
        let intended = zip(mails, outcomes).compactMap { mail, outcome -> Intended? in
            guard case .row(let id, _) = outcome else { return nil }
            return Intended(dispatch: mail.0, sealed: mail.1, message: id)
        }
        let overtaken = outcomes.count { $0 == .refused(.oldEpoch) }
        queue.count(.overtaken, overtaken)
        queue.count(.refused, mails.count - intended.count - overtaken)
        load.ready += allowed(intended)
    }

    /// Waits for more; none come when the queue is empty, the mailbox stopped, or the ledger failed.
    private func refill(_ load: inout Load) {
        while load.ready.isEmpty, !isStopping(), ledger.error == nil {
            if load.asked == nil {
                ask(for: queue.take(sharedBy: mailbox.connections), &load)
                if load.asked == nil { return }
            }
            collect(&load)
        }
    }

    /// Those that nobody paused since the run began; the others are put back.
    private func allowed(_ intended: [Intended]) -> [Intended] {
        let paused = reputation.pauses(at: clock())
        let isPaused = paused.contains(.mailbox(mailbox.name))
        if isPaused { queue.stop(.paused) }
        return intended.filter { item in
            let waits = isPaused || paused.contains(.sequence(item.dispatch.sequence))
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
    private func carry(_ load: inout Load, over session: any Session) -> Bool {
        var isUsable = true
        refill(&load)
        while isUsable, session.isOpen, let item = load.ready.first {
            guard !isStopping(), !queue.isStopped, ledger.error == nil else {
                isUsable = false
                break
            }
            load.ready.removeFirst()
            if load.ready.isEmpty { askAhead(&load) }
            if reputation.isStopped(item.dispatch.sequence) {
                putBack(item, "its sequence was paused")
            } else {
                isUsable = deliver(item, over: session)
            }
            if isUsable, session.isOpen { refill(&load) }
        }
        // What `deliver` said is durable before QUIT or any cleanup.
        ledger.flush()
        session.close()
        return isUsable && !queue.isStopped
    }

    private func deliver(_ item: Intended, over session: any Session) -> Bool {
        let day = mailbox.timezone
        let handover = session.deliver(item.sealed.message) {
            let now = clock()
            let outcomes = ledger.commit([.fence(message: item.message, at: now, day: day.date(at: now))])
            return outcomes == [.granted(true)]
        }
        let verdict = Verdict(handover)
        settle(item, verdict)
        if verdict.state == .sent { copies?.put(item.sealed.message.octets, sent: clock()) }
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
