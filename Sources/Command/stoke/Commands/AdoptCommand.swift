import Arguments
import Inbox
import Ledger
import Planning
import SQLiteLedger

/// Takes a ledger that was restored, copied or moved for this machine's own.
enum AdoptCommand: StokeCommand {
    static let table = Command(
        "adopt", summary: "go on with a ledger that was restored or moved here",
        discussion: """
            This machine remembers how far the ledger was. One that has less, or that it never saw, is not run: what it \
            lacks may have been sent already. After this it is believed, and what it lacks is done again. No other copy \
            may send from then on.
            """,
        options: [.yes],
        examples: [Example("stoke adopt", "after stoke ledger restore, or on a new machine")],
        exitCodes: [.locked], group: "Files")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let place = try WorkspaceFolder.find(desk).place(desk)
        guard place.hasLedger else {
            throw Failure("this workspace has no ledger yet", hint: "stoke ledger restore FILE, or stoke apply")
        }
        let lock = try RunLock.take(place, what: "adopt")
        guard try desk.agrees("Mails that this ledger does not know of would be sent again. Adopt it?") else {
            desk.output.print("nothing was changed")
            return .failed
        }
        let adopted = try SQLiteStore.adopt(place, holding: lock)
        try letGo(try SQLiteStore(place, clock: desk.isPretend ? .pretend : .real))
        desk.output.print("adopted: the ledger with \(adopted.commits) commits\(missing(adopted))")
        return .fine
    }

    /// Mailboxes that held because Sent knew more than the ledger.
    private static func letGo(_ store: SQLiteStore) throws {
        let held = try store.pauses().filter { ForeignMail.isReason($0.reason) }
        if !held.isEmpty { _ = try store.commit(held.map { .unpause($0.subject) }, epoch: nil) }
    }

    /// How much of what this machine remembers is lost with it.
    private static func missing(_ adopted: SQLiteStore.Adopted) -> String {
        guard let remembered = adopted.remembered else { return ", which this machine did not know" }
        let lost = remembered - adopted.commits
        return lost > 0 ? " of \(remembered); the last \(lost) are gone" : ""
    }
}
