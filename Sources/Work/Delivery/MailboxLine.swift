import Host
import Ledger
import Mail
import Outreach
import Planning

/// One mailbox at work: what it has to send, by whom, and where copies go.
final class MailboxLine {
    let mailbox: Mailbox
    let queue = DispatchQueue()
    private let world: RunWorld
    private let ledger: LedgerThread
    private let reputation: Reputation
    private var copies: SentCopies?
    private var sender: Sender?
    private var workers: [Worker] = []

    init(_ mailbox: Mailbox, _ world: RunWorld, _ ledger: LedgerThread, _ reputation: Reputation) {
        self.mailbox = mailbox
        self.world = world
        self.ledger = ledger
        self.reputation = reputation
    }

    /// Puts mails behind the others; each brings a sender with it until the mailbox has as many as connections.
    func put(_ mails: [Dispatch]) {
        queue.put(mails)
        if queue.isStopped { return }
        let sender = startedSender()
        do throws(HostError) {
            for _ in mails where workers.count < mailbox.connections {
                workers.append(try Worker("\(mailbox.name) \(workers.count + 1)") { sender.run() })
            }
        } catch {
            // Fewer threads than wished for are enough; with none, nothing is sent.
            let reply = error.description
            if workers.isEmpty {
                queue.stop(
                    Verdict(state: .deferred, fault: .mailbox, isTemporary: true, reply: reply, stopsMailbox: true))
            }
        }
    }

    private func startedSender() -> Sender {
        if let sender { return sender }
        if let account = world.copies(mailbox) {
            copies = try? SentCopies(mailbox.name, account: account, isStopping: world.isStopping)
        }
        let (account, transport) = world.route(mailbox)
        let started = Sender(
            mailbox: mailbox, account: account, transport: transport, ledger: ledger, queue: queue,
            reputation: reputation, copies: copies, clock: world.clock, isStopping: world.isStopping)
        sender = started
        return started
    }

    /// Waits until its senders are done.
    func join() {
        for worker in workers { worker.join() }
        workers = []
    }

    /// A mailbox that needs a person's hand pauses until somebody resumes it; the others go on.
    func pause(in ledger: LedgerThread) {
        guard let verdict = queue.stop, !verdict.isTemporary else { return }
        ledger.post([.pause(Pause(.mailbox(mailbox.name), until: nil, reason: verdict.reply))])
    }

    /// What came of its mails.
    func sum(into summary: inout RunSummary) {
        summary.count(queue, of: mailbox)
        if let missing = copies?.close() { summary.note(missing, of: mailbox.name) }
    }
}
