import Arguments
import CivilTime
import Delivery
import Digest
import Host
import Inbox
import Interchange
import Ledger
import Mail
import Messages
import Outreach
import Qualification
import SQLiteLedger

/// Sends what is due and opens the tasks that are; for cron.
enum RunCommand: StokeCommand {
    static let table = Command(
        "run", summary: "send what is due, and open due tasks; for cron",
        discussion: """
            Works by the files that were applied last. Sends what the mailboxes' gaps and caps permit now, and ends; it \
            never sleeps. A second run at the same time ends at once with 75. Silent when there was nothing to do and \
            nobody looks.
            """,
        options: [.json],
        examples: [Example("stoke run", "one turn; `stoke cron` prints the crontab line")],
        exitCodes: [.locked, .refused], group: "Every day")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let folder = try WorkspaceFolder.find(desk)
        let lock = try RunLock.take(folder.place(desk), what: "run")
        defer { withExtendedLifetime(lock) {} }
        let (store, now) = (try folder.openLedger(desk), desk.now)
        var epoch: Epoch?
        let hash = try store.appliedHash()
        if let hash, let outline = ModelOutline.read(folder), outline.isGood(for: desk, hash: hash) {
            let begun = try store.begin(.ofThisProcess, at: now, orPass: outline.lanes)
            if begun.isOver {
                report(RunSummary(), desk, folder, applied: hash)
                return .fine
            }
            epoch = begun.epoch
        }
        let office = try Office.over(store, folder, desk)
        let home = Home(office)
        try home.check()
        try home.checkRehearsal()
        ModelOutline(office.model, home: home, at: now)?.keep(in: folder)
        let (summary, unread) = try RunTurn(office).perform(at: now, in: epoch)
        report(summary, desk, folder, applied: office.model.hash)
        if summary["overtaken"] > 0 { return .locked }
        let isFine =
            summary.stopped.allSatisfy { $0.verdict.fault == .none } && summary.paused.isEmpty
            && summary.uncopied.isEmpty && unread.isEmpty
        return isFine && summary["unknown"] == 0 ? .fine : .failed
    }

    private static func report(_ summary: RunSummary, _ desk: Desk, _ folder: WorkspaceFolder, applied: String) {
        let output = desk.output
        if desk.wantsJSON {
            let counts = summary.counts.sorted { $0.key < $1.key }.map { ($0.key, JSON.integer($0.value)) }
            output.print(JSON.object(JSONObject(counts)))
        } else if !summary.counts.isEmpty || output.results.isTerminal {
            output.print(summary.text)
        }
        for (mailbox, verdict, waiting) in summary.stopped {
            output.warn(FailureText(stopped: mailbox, verdict, waiting: waiting))
        }
        for failure in summary.failures { output.warn(failure) }
        for (mailbox, count, reason) in summary.uncopied {
            output.warn(FailureText(uncopied: mailbox, count: count, reason: reason))
        }
        if summary["overtaken"] > 0 { output.warn(FailureText(overtaken: summary["overtaken"])) }
        for (sequence, reason) in summary.paused { output.warn(FailureText(paused: sequence, reason: reason)) }
        guard output.results.isTerminal else { return }
        if let stale = try? WorkspaceState.staleness(of: folder, since: applied) { output.note(stale) }
    }
}

/// One turn: begins an epoch, performs the tick, finishes.
struct RunTurn {
    let office: Office
    private let signer: TokenSigner

    init(_ office: Office) throws {
        guard let signer = TokenSigner(key: try office.store.secret()) else {
            throw Failure("the ledger's key is damaged", hint: "stoke ledger verify")
        }
        self.office = office
        self.signer = signer
    }

    /// - Parameter epoch: the run's, if it has begun.
    /// - Returns: what was done, and the mailboxes whose inbox could not be read: their follow-ups wait.
    func perform(at started: Instant, in epoch: Epoch?) throws -> (summary: RunSummary, unread: Set<String>) {
        let stop = try StopSignal()
        stop.install()
        let epoch = try epoch ?? office.store.begin(.ofThisProcess, at: started)
        let inbox = try InboxTurn(office: office, epoch: epoch, signer: signer, stop: stop).read()
        let faded = try Standings(office.qualifier).updateDue(in: office.store, at: started, epoch: epoch)
        let daily = try DailyRound(office: office).perform(epoch: epoch)
        let entered = [inbox.entered, try RuleEntry(office).enter(faded, epoch: epoch), daily.entered]
        let isPretend = office.desk.isPretend
        let clock: WallClock = { isPretend ? started : Instant(Clocks.wallSeconds()) }
        let world = RunWorld(
            route: Routes(office, stop).route, copies: Routes(office, stop).copies, clock: clock,
            isStopping: { stop.isRaised })
        let qualifier = office.qualifier
        let standing: (History) -> Standing = { qualifier.standing(of: $0, at: started) }
        let runner = Runner(
            store: office.store, epoch: epoch, model: office.model, templates: office.templates, signer: signer,
            world: world, zone: office.desk.zone, standing: standing)
        var summary = try runner.perform(at: started, unread: inbox.unread)
        for one in daily.conclusions {
            let what = "experiment \(one.sequence)/\(one.step): \(Sink.line(one.arm)) is better"
            office.desk.output.warn("\(what); everybody gets it from now on")
        }
        summary.add(inbox.arrivals.count { $0.arrival.person != nil }, to: "received")
        summary.add(entered.reduce(0) { $0 + $1.values.reduce(0, +) }, to: "entered")
        inbox.warn(office.desk.output)
        let isWhole = summary.stopped.isEmpty && inbox.unread.isEmpty
        try office.store.finish(epoch, counts: summary.counts, exit: isWhole ? 0 : 1, at: clock())
        return (summary, Set(inbox.unread.keys))
    }
}

extension RunEntry {
    fileprivate static var ofThisProcess: RunEntry {
        RunEntry(host: ProcessSettings.hostName, pid: Int(ProcessSettings.identifier), version: Version.text)
    }
}

extension RunSummary {
    /// `12 sent, 3 tasks opened, 1 held`.
    var text: String {
        let words = [
            ("received", "came in"), ("sent", "sent"), ("tasks", self["tasks"] == 1 ? "task opened" : "tasks opened"),
            ("deferred", "deferred"),
            ("rejected", "refused"), ("waiting", "not tried"),
            ("unknown", "unknown (stoke resolve)"), ("held", "held"), ("skipped", "skipped"), ("expired", "expired"),
            ("finished", "finished"), ("stopped", "stopped"), ("enrolled", "went on to nurture"),
            ("entered", "entered by rule"),
        ]
        let parts = words.compactMap { name, word in self[name] > 0 ? "\(self[name]) \(word)" : nil }
        return parts.isEmpty ? "nothing to do" : parts.joined(separator: ", ")
    }
}
