import CivilTime
import Delivery
import Digest
import Host
import Inbox
import Interchange
import Ledger
import Mail
import Outreach
import SQLiteLedger

/// Reads every mailbox's inbox: before each run, and for `stoke inbox`.
struct InboxTurn {
    let office: Office
    let epoch: Epoch
    let signer: TokenSigner
    let stop: StopSignal

    /// What came of it, by mailbox.
    struct Result {
        var arrivals: [(mailbox: String, arrival: Arrival)] = []
        /// Mailboxes that could not be read, with the reason: their follow-ups hold.
        var unread: [String: String] = [:]
        /// How many entered each sequence by a rule, for what came in.
        var entered: [String: Int] = [:]
        /// Mailboxes that must not send, with the reason.
        var held: [String: String] = [:]

        /// Says on standard error what keeps mailboxes from sending.
        func warn(_ output: Output) {
            for (mailbox, reason) in unread.sorted(by: { $0.key < $1.key }) {
                output.warn(FailureText(unread: mailbox, reason: reason))
            }
            for (mailbox, reason) in held.sorted(by: { $0.key < $1.key }) {
                output.warn(
                    FailureText(
                        what: "mailbox \(mailbox) is held: \(reason)",
                        fault: "the ledger's: it was restored, copied or begun anew",
                        done: "the mailbox is paused; what this ledger takes for unsent may have gone out",
                        next: "stoke ledger restore with a newer backup, or stoke adopt, which takes it as it is"))
            }
        }
    }

    /// Reads them, one after the other, and judges again whoever something came in from.
    func read() throws -> Result {
        var result = Result()
        var touched: Set<Person.ID> = []
        for mailbox in office.model.mailboxes.values.sorted(by: { $0.name < $1.name }) where mailbox.imap != nil {
            let report = try read(mailbox)
            touched.formUnion(report.touched)
            result.arrivals += report.arrivals.map { (mailbox.name, $0) }
            result.held[mailbox.name] = report.arrivals.lazy.compactMap(\.hold).first
            if let failure = report.failure { result.unread[mailbox.name] = failure.words }
        }
        let standings = Standings(office.qualifier)
        try standings.update(touched.sorted(), in: office.store, at: office.now, epoch: epoch)
        result.entered = try RuleEntry(office).enter(touched.sorted(), epoch: epoch)
        return result
    }

    private func read(_ mailbox: Mailbox) throws -> InboxReader<SQLiteStore>.Report {
        let stop = stop
        let account = Routes(office, stop).incoming(mailbox)
        let source: any MessageSource
        do throws(SourceError) {
            source = try MessageSources.open(account, deadline: .now + .seconds(60), isCancelled: { stop.isRaised })
        } catch {
            return InboxReader<SQLiteStore>.Report(failure: error)
        }
        defer { source.close() }
        return try InboxReader(
            store: office.store, epoch: epoch, model: office.model, signer: signer, at: office.now
        ).read(mailbox, from: source)
    }
}
