import Arguments
import CivilTime
import Diagnostics
import Intake
import Interchange
import Ledger
import SQLiteLedger

/// Takes data out, for other programs and for spreadsheets.
enum ExportCommand: StokeCommand {
    static let table = Command(
        "export", summary: "take people, touchpoints, tasks or stages out",
        discussion: """
            CSV with a line of names, or JSON lines. Cells that a spreadsheet would run as a formula are guarded with an \
            apostrophe, which an import takes off again.
            """,
        positionals: [
            Positional("WHAT", "what to take out", kind: .choice(ExportSubject.allCases.map(\.rawValue)))
        ],
        options: [
            Option("--columns", value: "NAMES", "these columns, with commas between; default: all facts"),
            Option("--since", value: "WHEN", "only what was recorded then or later"),
            Option(
                "--format", value: "FORMAT", "csv (default) or json: an object a line", kind: .choice(["csv", "json"])),
            .json,
        ],
        examples: [
            Example("stoke export people > people.csv", "everybody, with every fact"),
            Example("stoke export touchpoints --since 2026-03-01 --json", "what happened since March, as JSON lines"),
            Example("stoke export people --columns email,stage,fit", "three columns"),
        ], group: "People")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.reading(desk)
        guard let subject = desk.invocation.choice("WHAT", as: ExportSubject.self) else { return .usage }
        let format = desk.wantsJSON ? .json : desk.invocation.choice("--format", as: ExportFormat.self) ?? .csv
        let export = try Export(
            subject, from: office.store, columns: try columns(subject, office), since: try since(office), format: format
        )
        _ = try export.run { desk.output.print($0) }
        return .fine
    }

    private static func columns(_ subject: ExportSubject, _ office: Office) throws -> [String]? {
        guard let text = office.desk.invocation.value("--columns") else { return nil }
        let names = text.split(separator: ",").map { String($0).trimmingSpaces }
        var known = Set(subject.columns + subject.furtherColumns)
        if subject == .people { known.formUnion(try Export.facts(in: office.store)) }
        if let unknown = names.first(where: { !known.contains($0) }) {
            throw office.desk.invocation.refusal(
                "--columns: \(subject.rawValue) have no \(unknown)",
                hint: NearestName.hint(among: known.sorted(), to: unknown) ?? known.sorted().joined(separator: ", "))
        }
        return names
    }

    private static func since(_ office: Office) throws -> Instant? {
        guard let text = office.desk.invocation.value("--since") else { return nil }
        guard let instant = Desk.instant(text, in: office.zone) else {
            throw office.desk.invocation.refusal("--since: \(text) is no time", hint: "2026-03-12 or 2026-03-12T15:00")
        }
        return instant
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
