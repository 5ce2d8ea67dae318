import Arguments
import CivilTime
import Host
import Ledger
import Outreach
import Planning
import SQLiteLedger

/// The ledger's own care: checking and copying it.
enum LedgerCommand: StokeCommand {
    static let table = Command(
        "ledger", summary: "check the ledger, or copy it",
        examples: [
            Example("stoke ledger verify", "does everything derived follow from the facts?"),
            Example("stoke ledger backup outreach.db", "while others go on writing"),
        ],
        subcommands: [verify, backup], needsSubcommand: true, group: "Files")

    private static let verify = Command(
        "verify", summary: "build every derived value again, and say where it differs",
        examples: [Example("stoke ledger verify", "prints nothing that is right")],
        exitCodes: [ExitCode(1, "something differs")])
    private static let backup = Command(
        "backup", summary: "write a consistent copy to a new file, mode 0600",
        positionals: [Positional("FILE", "where; never over a file that is there", candidates: .files)],
        examples: [Example("stoke ledger backup ~/outreach-2026-03-12.db", "a copy of the day")])

    static func run(_ desk: Desk) throws -> ExitStatus {
        switch desk.invocation.words.last {
        case "backup": return try backUp(desk)
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
}
