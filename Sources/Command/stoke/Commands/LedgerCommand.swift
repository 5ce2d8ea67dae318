import Arguments
import CivilTime
import Host
import Interchange
import Ledger
import Outreach
import Planning
import SQLiteLedger

/// The ledger's own care: checking and copying it.
enum LedgerCommand: StokeCommand {
    static let table = Command(
        "ledger", summary: "check the ledger, copy it, or put a copy back",
        examples: [
            Example("stoke ledger verify", "does everything derived follow from the facts?"),
            Example("stoke ledger backup outreach.db", "while others go on writing"),
            Example("stoke ledger restore outreach.db", "the copy takes the ledger's place"),
        ],
        subcommands: [verify, backup, restore], needsSubcommand: true, group: "Files")

    private static let verify = Command(
        "verify", summary: "build every derived value again, and say where it differs",
        examples: [Example("stoke ledger verify", "prints nothing that is right")],
        exitCodes: [ExitCode(1, "something differs")])
    private static let backup = Command(
        "backup", summary: "write a consistent copy to a new file, mode 0600",
        positionals: [Positional("FILE", "where; never over a file that is there", candidates: .files)],
        examples: [Example("stoke ledger backup ~/outreach-2026-03-12.db", "a copy of the day")])
    private static let restore = Command(
        "restore", summary: "put a copy in the ledger's place; a damaged ledger is kept beside it",
        discussion: "A copy that is older than the ledger was is not run before `stoke adopt`.",
        positionals: [Positional("FILE", "what stoke ledger backup wrote", candidates: .files)], options: [.yes],
        examples: [Example("stoke ledger restore ~/outreach-2026-03-12.db", "then: stoke adopt")],
        exitCodes: [.locked])

    static func run(_ desk: Desk) throws -> ExitStatus {
        switch desk.invocation.words.last {
        case "backup": return try backUp(desk)
        case "restore": return try putBack(desk)
        default: return try check(desk)
        }
    }

    private static func check(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.reading(desk)
        let differences = try office.store.verify(at: office.now)
        if differences.isEmpty {
            desk.output.print("the ledger is sound")
            return .fine
        }
        desk.output.print(differences.joined(separator: "\n"))
        return .failed
    }

    private static func backUp(_ desk: Desk) throws -> ExitStatus {
        let path = desk.invocation.value("FILE") ?? ""
        try WorkspaceFolder.find(desk).readLedger(desk).backup(to: path)
        desk.output.print("copied to \(path)")
        return .fine
    }

    private static func putBack(_ desk: Desk) throws -> ExitStatus {
        let path = desk.invocation.value("FILE") ?? ""
        let place = try WorkspaceFolder.find(desk).place(desk)
        guard try Files.facts(path) != nil else {
            throw Failure("there is no file \(Sink.line(path))", hint: "give what stoke ledger backup wrote")
        }
        let lock = try RunLock.take(place, what: "restore")
        guard try !place.hasLedger || desk.agrees("What the ledger has and \(path) lacks is lost. Restore it?") else {
            desk.output.print("nothing was changed")
            return .failed
        }
        try SQLiteStore.restore(place, from: path, holding: lock)
        desk.output.print("restored from \(path); stoke adopt lets it run if it is older than the ledger was")
        return .fine
    }
}
