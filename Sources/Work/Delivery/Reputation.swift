import CivilTime
import Host
import Ledger
import Mail
import Outreach
import Planning

/// Stops a mailbox whose mails bounce and a sequence that policies refuse, before more harm is done.
///
/// Judged from the ledger alone, so that it counts across runs, sequences and bounces that came in as mail.
struct Reputation: Sendable {
    let store: any Store
    let model: Model
    let ledger: LedgerThread
    /// Sequences that stopped in this run, with the reason.
    private let stopped = Monitor<[String: String]>([:])
    /// How much each mailbox had sent when it was last counted.
    private let sendCounts = Monitor<[String: Int]>([:])

    init(_ store: any Store, _ model: Model, _ ledger: LedgerThread) {
        self.store = store
        self.model = model
        self.ledger = ledger
    }

    /// Fewer sends say nothing about a mailbox.
    static let fewestSends = 50
    /// Where a policy refuses in this many domains of a sequence's last sends, it means the sequence.
    static let domains = 3
    private static let days = 7

    /// Why the mailbox must send no more; `nil` while its bounces are within `bounce_limit`.
    func bounces(of mailbox: String, at now: Instant) throws(StoreError) -> Verdict? {
        let since = now - Reputation.days * .day
        let bounced = try store.bounceCount(of: mailbox, since: since)
        // More sends only make a share smaller: they are counted again once the bounces exceed what was last counted.
        guard Double(bounced) > limit(of: sendCounts.read { $0[mailbox] } ?? 0) else { return nil }
        let sends = try store.sendCount(of: mailbox, since: since)
        sendCounts.withState { $0[mailbox] = sends }
        guard sends >= Reputation.fewestSends, Double(bounced) > limit(of: sends) else { return nil }
        return Verdict(
            state: .deferred, fault: .mailbox,
            reply: "\(bounced) of \(sends) mails of the last 7 days bounced, more than bounce_limit",
            stopsMailbox: true)
    }

    private func limit(of sends: Int) -> Double { model.settings.bounceLimit * Double(sends) }

    /// Looks again after a refusal that tells of reputation, once it is in the ledger.
    func judge(_ verdict: Verdict, of dispatch: Dispatch, queue: DispatchQueue, at now: Instant) {
        guard verdict.state == .rejected, [.recipient, .policy].contains(verdict.fault), ledger.flush() else { return }
        // What can't be read now is read when the next run begins.
        if verdict.fault == .recipient, let stop = try? bounces(of: dispatch.mailbox, at: now) {
            queue.stop(stop)
        }
        if verdict.fault == .policy { judge(dispatch.sequence, at: now) }
    }

    private func judge(_ sequence: String, at now: Instant) {
        guard !isStopped(sequence), let reason = try? refusals(of: sequence, at: now) else { return }
        stopped.withState { $0[sequence] = reason }
        ledger.post([.pause(Pause(.sequence(sequence), until: nil, reason: reason))])
    }

    /// Why the sequence must send no more; `nil` while policies refuse it in few domains.
    func refusals(of sequence: String, at now: Instant) throws(StoreError) -> String? {
        var sends: [SendRecord] = []
        for mailbox in model.mailboxes.keys {
            sends += try store.sends(of: mailbox, since: now - Reputation.days * .day)
        }
        let last = sends.filter { $0.sequence == sequence }.sorted(by: SendRecord.isBefore)
            .suffix(Reputation.fewestSends)
        let domains = Set(last.filter(\.isRefusedByPolicy).compactMap(\.domain))
        guard domains.count >= Reputation.domains else { return nil }
        return "refused for reasons of policy (5.7) by " + domains.sorted().joined(separator: ", ")
    }

    /// What somebody paused while the run went on; a pause that is committed later takes the intents back itself.
    func pauses(at now: Instant) -> Set<Pause.Subject> { Set(((try? store.pauses(at: now)) ?? []).map(\.subject)) }

    func isStopped(_ sequence: String) -> Bool { stopped.read { $0[sequence] != nil } }

    /// The sequences that stopped, by name, with the reasons.
    var stoppedSequences: [(sequence: String, reason: String)] {
        stopped.read { $0.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
    }
}

extension SendRecord {
    /// `550 5.7.1 ...`: neither the address nor the message is at fault (RFC 3463 3.8).
    fileprivate var isRefusedByPolicy: Bool {
        guard state == .rejected, let reply, reply.utf8.count > 4 else { return false }
        let code = EnhancedCode(prefixOf: reply.dropFirst(4))
        return code?.category == 5 && code?.subject == 7
    }
}
