import CivilTime
import Digest
import Host
import Inbox
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
    }

    /// Reads them, one after the other, and judges again whoever something came in from.
    func read() throws -> Result {
        var result = Result()
        var touched: Set<Person.ID> = []
        for mailbox in office.model.mailboxes.values.sorted(by: { $0.name < $1.name }) where mailbox.imap != nil {
            do {
                let report = try read(mailbox)
                touched.formUnion(report.touched)
                result.arrivals += report.arrivals.map { (mailbox.name, $0) }
            } catch let failure as InboxFailure {
                guard case .source(let error) = failure else { throw failure }
                result.unread[mailbox.name] = error.words
            } catch let error as SourceError {
                result.unread[mailbox.name] = error.words
            }
        }
        let standings = Standings(office.qualifier)
        for person in touched.sorted() {
            try standings.update(person, in: office.store, at: office.now, epoch: epoch)
        }
        result.entered = try RuleEntry(office).enter(touched.sorted(), epoch: epoch)
        return result
    }

    private func read(_ mailbox: Mailbox) throws -> InboxReader<SQLiteStore>.Report {
        let stop = stop
        let account = Routes(office, stop).incoming(mailbox)
        let source = try MessageSources.open(account, deadline: .now + .seconds(60), isCancelled: { stop.isRaised })
        defer { source.close() }
        return try InboxReader(
            store: office.store, epoch: epoch, model: office.model, signer: signer, at: office.now
        ).read(mailbox, from: source)
    }
}
