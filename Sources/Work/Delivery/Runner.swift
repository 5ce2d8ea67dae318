package import CivilTime
package import Digest
import Host
package import Ledger
package import Mail
package import Messages
package import Outreach
package import Planning

/// Performs a tick: what it decides is committed, what it sends is sent.
package struct Runner<S: Store> {
    /// What the runner asks of the world.
    package struct World: Sendable {
        /// The account of a mailbox and the way its mail leaves.
        package var route: @Sendable (Mailbox) -> (account: Account, transport: any Transport)
        /// The account whose Sent folder gets copies of a mailbox's mails; `nil` where somebody else keeps them.
        package var copies: @Sendable (Mailbox) -> Account?
        package var clock: WallClock
        /// Whether somebody asked us to stop.
        package var isStopping: @Sendable () -> Bool

        package init(
            route: @escaping @Sendable (Mailbox) -> (account: Account, transport: any Transport),
            copies: @escaping @Sendable (Mailbox) -> Account? = { _ in nil },
            clock: @escaping WallClock, isStopping: @escaping @Sendable () -> Bool
        ) {
            self.route = route
            self.copies = copies
            self.clock = clock
            self.isStopping = isStopping
        }
    }

    let store: S
    let epoch: Epoch
    let model: Model
    let world: World
    let composition: EmailComposition
    let templates: TemplateLibrary
    let zone: (String) -> Zone?
    let standing: (History) -> Standing

    package init(
        store: S, epoch: Epoch, model: Model, templates: TemplateLibrary, signer: TokenSigner, world: World,
        zone: @escaping (String) -> Zone?, standing: @escaping (History) -> Standing
    ) {
        self.store = store
        self.epoch = epoch
        self.model = model
        self.world = world
        self.composition = EmailComposition(model: model, signer: signer)
        self.templates = templates
        self.zone = zone
        self.standing = standing
    }

    /// How many operations of a tick commit together.
    private var group: Int { 500 }

    /// Decides as of `now`, commits, sends.
    ///
    /// - Parameter unread: mailboxes whose inbox could not be read, with the reason: their follow-ups hold.
    /// - Throws: `StoreError` when the ledger fails; what was sent before is recorded or `final_dot`.
    package func perform(at now: Instant, unread: [String: String] = [:]) throws(StoreError) -> RunSummary {
        let envelopes = Envelopes()
        let circumstances = Circumstances(
            model: model, now: now, zone: zone, standing: standing,
            ready: { draft in readiness(of: draft, at: now, keeping: envelopes) }, unread: unread)
        let decisions = try store.steady { () throws(StoreError) in try tick(store, circumstances) }
        var summary = RunSummary()
        summary.count(decisions)
        try commit(decisions, at: now)
        let dispatches = decisions.compactMap { decision -> Dispatch? in
            guard case .send(let draft) = decision, let envelope = envelopes.take(draft) else { return nil }
            return Dispatch(draft: draft, envelope: envelope)
        }
        guard !dispatches.isEmpty else { return summary }
        try send(dispatches, into: &summary)
        return summary
    }

    /// Renders and composes inside the decision, and keeps the octets for the sender.
    private func readiness(of draft: Draft, at now: Instant, keeping envelopes: Envelopes) -> Readiness {
        let optOut = composition.optOuts.of(draft.history.person)
        switch templates.email(draft, at: now, unsubscribeURL: optOut?.url) {
        case .hold(let hold): return .hold(hold)
        case .skip(let reason): return .skip(reason: reason)
        case .rendered(let rendered):
            do {
                envelopes.keep(try composition.compose(draft, rendered, optOut, now: now), for: draft)
                return .ready(text: draft.step.review ? rendered.digest : "")
            } catch {
                return .hold(error.hold)
            }
        }
    }

    /// Commits everything but the sends, in order.
    private func commit(_ decisions: [Decision], at now: Instant) throws(StoreError) {
        var operations = decisions.compactMap { Operation($0, at: now) }[...]
        while !operations.isEmpty {
            _ = try store.commit(Array(operations.prefix(group)), epoch: epoch)
            operations = operations.dropFirst(group)
        }
    }

    private func send(_ dispatches: [Dispatch], into summary: inout RunSummary) throws(StoreError) {
        let ledger: LedgerThread
        do {
            ledger = try LedgerThread(store, epoch: epoch)
        } catch {
            throw .notWritten(reason: "\(error)")
        }
        let reputation = Reputation(store, model, ledger)
        var lines: [Line] = []
        for (name, own) in Dictionary(grouping: dispatches, by: \.draft.mailbox).sorted(by: { $0.key < $1.key }) {
            guard let mailbox = model.mailboxes[name] else { continue }
            let queue = DispatchQueue(own)
            if let stop = try reputation.bounces(of: name, at: world.clock()) { queue.stop(stop) }
            lines.append(line(mailbox, queue, ledger, reputation, count: own.count))
        }
        for line in lines { for worker in line.workers { worker.join() } }
        for line in lines { pause(line.mailbox, line.queue.stop, ledger) }
        ledger.close()
        for line in lines {
            summary.count(line.queue, of: line.mailbox)
            if let missing = line.copies?.close() { summary.note(missing, of: line.mailbox.name) }
        }
        summary.note(reputation.stoppedSequences)
        if let error = ledger.error { throw error }
    }

    /// One mailbox at work: what it has to send, by whom, and where copies go.
    private struct Line {
        var mailbox: Mailbox
        var queue: DispatchQueue
        var workers: [Worker] = []
        var copies: SentCopies?
    }

    private func line(
        _ mailbox: Mailbox, _ queue: DispatchQueue, _ ledger: LedgerThread, _ reputation: Reputation, count: Int
    ) -> Line {
        var line = Line(mailbox: mailbox, queue: queue)
        if queue.isStopped { return line }
        if let account = world.copies(mailbox) {
            line.copies = try? SentCopies(mailbox.name, account: account, isStopping: world.isStopping)
        }
        let (account, transport) = world.route(mailbox)
        let sender = Sender(
            mailbox: mailbox, account: account, transport: transport, ledger: ledger, queue: queue,
            reputation: reputation, copies: line.copies, clock: world.clock, isStopping: world.isStopping,
            batch: Sender.batch(of: count, connections: mailbox.connections))
        do throws(HostError) {
            for index in 0..<min(mailbox.connections, count) {
                line.workers.append(try Worker("\(mailbox.name) \(index + 1)") { sender.run() })
            }
        } catch {
            // Fewer threads than wished for are enough; with none, nothing is sent.
            let reply = error.description
            if line.workers.isEmpty {
                queue.stop(
                    Verdict(state: .deferred, fault: .mailbox, isTemporary: true, reply: reply, stopsMailbox: true))
            }
        }
        return line
    }

    /// A mailbox that needs a person's hand pauses until somebody resumes it; the others go on.
    private func pause(_ mailbox: Mailbox, _ verdict: Verdict?, _ ledger: LedgerThread) {
        guard let verdict, !verdict.isTemporary else { return }
        ledger.post([.pause(Pause(.mailbox(mailbox.name), until: nil, reason: verdict.reply))])
    }
}

/// The composed messages of a tick, from the decision that renders to the sender.
private final class Envelopes {
    private struct Key: Hashable {
        var enrollment: Enrollment.ID
        var step: String
    }

    private var known: [Key: EmailComposition.Envelope] = [:]

    func keep(_ envelope: EmailComposition.Envelope, for draft: Draft) {
        known[Key(enrollment: draft.enrollment.id, step: draft.step.id)] = envelope
    }

    func take(_ draft: Draft) -> EmailComposition.Envelope? {
        known.removeValue(forKey: Key(enrollment: draft.enrollment.id, step: draft.step.id))
    }
}

extension Ledger.Operation {
    /// The operation that writes a decision down; `nil` for a send, which its intent writes down.
    package init?(_ decision: Decision, at now: Instant) {
        switch decision {
        case .send: return nil
        case .enroll(let person, let sequence, let round, _):
            self = .enroll(EnrollmentEntry(person, in: sequence, round: round, at: now))
        default: self = .decide(decision, at: now)
        }
    }
}
