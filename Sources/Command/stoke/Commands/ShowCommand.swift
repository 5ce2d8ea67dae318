import Arguments
import CivilTime
import Interchange
import Ledger
import Outreach
import Reports
import SQLiteLedger

/// One person: facts, standing, sequences, history.
enum ShowCommand: StokeCommand {
    static let table = Command(
        "show", summary: "one person: facts, standing, sequences, history",
        positionals: [Positional("PERSON", "an address or a name", candidates: .named("people"))], options: [.json],
        examples: [Example("stoke show jonas", "everything about Jonas")], group: "People")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.reading(desk)
        let history = try office.store.history(of: office.person(desk.invocation.value("PERSON") ?? "").id)
        let page = PersonPage(history, qualifier: office.qualifier, zone: office.zone, now: office.now)
        let output = desk.output
        if desk.wantsJSON {
            output.print(page.json())
        } else {
            output.print(page.text(width: output.width, style: output.style))
        }
        return .fine
    }
}
