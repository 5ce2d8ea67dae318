import CivilTime
import Host
import Ledger
import Mail
import Outreach
import Planning

/// What becomes of a tick's decisions while it still decides: the ledger gets them, and the mailboxes' senders get the mails.
///
/// A mail waits until the decisions that were made before it are on their way to the ledger, which keeps their order.
final class Dispatcher {
    private let store: any Store
    private let epoch: Epoch
    private let model: Model
    private let world: RunWorld
    private var ledger: LedgerThread?
    private var reputation: Reputation?
    private var lines: [String: MailboxLine] = [:]

    private var isClosed = false
    private var operations: [Ledger.Operation] = []
    private var mails: [Dispatch] = []
    /// Mails to people who have other ways: those are woken by the tick's last decisions, and must be by then.
    private var last: [Dispatch] = []

    init(_ store: any Store, epoch: Epoch, model: Model, world: RunWorld) {
        self.store = store
        self.epoch = epoch
        self.model = model
        self.world = world
    }

    /// How many mails or other decisions go on together: a commit for each would cost more than the decision. The first
    /// mails are soon on their way, later groups are larger.
    private static let (fewestMails, mostMails, mostOperations) = (32, 512, 500)
    private var mailsTogether = fewestMails

    /// Takes decisions in their order; `false` once nothing more shall be decided.
    ///
    /// - Parameter envelope: the composed message of a draft that is to be sent.
    func take(
        _ decisions: [Decision], at now: Instant, _ envelope: (Draft) -> EmailComposition.Envelope?
    ) throws(StoreError) -> Bool {
        for decision in decisions {
            if let operation = Ledger.Operation(decision, at: now) { operations.append(operation) }
            guard case .send(let draft) = decision, let envelope = envelope(draft) else { continue }
            let mail = Dispatch(draft, envelope)
            if draft.hasOtherWays { last.append(mail) } else { mails.append(mail) }
        }
        if mails.count >= mailsTogether || operations.count >= Dispatcher.mostOperations + mails.count {
            try hand(over: &mails)
            mailsTogether = min(mailsTogether * 2, Dispatcher.mostMails)
        }
        return !world.isStopping()
    }

    /// Waits until everything is sent, and says what came of it.
    func finish(into summary: inout RunSummary) throws(StoreError) {
        try hand(over: &mails)
        try hand(over: &last)
        close()
        if let reputation { summary.note(reputation.stoppedSequences) }
        for (_, line) in lines.sorted(by: { $0.key < $1.key }) { line.sum(into: &summary) }
        if let error = ledger?.error { throw error }
    }

    /// Nothing more is sent, because the ledger failed.
    func abandon() {
        for line in lines.values { line.queue.abandon() }
        close()
    }

    private func close() {
        if isClosed { return }
        isClosed = true
        for line in lines.values { line.queue.close() }
        for line in lines.values { line.join() }
        guard let ledger else { return }
        for line in lines.values.sorted(by: { $0.mailbox.name < $1.mailbox.name }) { line.pause(in: ledger) }
        ledger.close()
    }

    private func hand(over mails: inout [Dispatch]) throws(StoreError) {
        guard !operations.isEmpty || !mails.isEmpty else { return }
        let ledger = try startedLedger()
        if let error = ledger.error { throw error }
        if !operations.isEmpty { ledger.post(operations) }
        operations.removeAll(keepingCapacity: true)
        // Neighbours in the ledger leave one after the other: a commit writes their pages once for many.
        mails.sort { $0.enrollment.row < $1.enrollment.row }
        for (name, own) in Dictionary(grouping: mails, by: \.mailbox).sorted(by: { $0.key < $1.key }) {
            try line(of: name, ledger)?.put(own)
        }
        mails.removeAll(keepingCapacity: true)
    }

    private func startedLedger() throws(StoreError) -> LedgerThread {
        if let ledger { return ledger }
        do throws(HostError) {
            let started = try LedgerThread(store, epoch: epoch)
            ledger = started
            return started
        } catch { throw .notWritten(reason: "\(error)") }
    }

    private func line(of name: String, _ ledger: LedgerThread) throws(StoreError) -> MailboxLine? {
        if let line = lines[name] { return line }
        guard let mailbox = model.mailboxes[name] else { return nil }
        let reputation = reputation ?? Reputation(store, model, ledger)
        self.reputation = reputation
        let line = MailboxLine(mailbox, world, ledger, reputation)
        if let stop = try reputation.bounces(of: name, at: world.clock()) { line.queue.stop(stop) }
        lines[name] = line
        return line
    }
}
