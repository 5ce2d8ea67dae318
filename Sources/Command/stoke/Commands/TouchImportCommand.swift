import Arguments
import CivilTime
import Delivery
import Diagnostics
import Digest
import Host
import Intake
import Interchange
import Ledger
import Outreach
import Reports
import SQLiteLedger

/// Brings events and another tool's history in.
enum TouchImport {
    static let table = Command(
        "import", summary: "record events and another tool's history",
        discussion: """
            Reads CSV or JSON lines: email (or linkedin, phone, token), kind, at, id; other columns become details. \
            Forms, visits, webinars, ads and bookings make leads of people who are not known; another tool's sends count \
            for cool-downs, its opt-outs suppress. The same event counts once. LinkedIn's own Connections.csv is \
            understood as acceptances.
            """,
        positionals: [Positional("FILE", "CSV or JSON lines; - is the standard input", candidates: .files)],
        options: [Option("--source", value: "NAME", "which tool, where the file does not say"), .json],
        examples: [
            Example("stoke touch import webinar.csv --source webinar", "who came, with leads for the new ones"),
            Example(
                "stoke touch import instantly.jsonl --source instantly", "another tool's sends, replies and opt-outs"),
            Example("stoke touch import Connections.csv", "who accepted on LinkedIn"),
        ], exitCodes: [.findings])

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.writing(desk)
        let path = desk.invocation.value("FILE") ?? ""
        if path != "-", let result = try connections(path, office) { return result }
        let reader = try FileReader(path)
        var file = EventFile(name: path, zone: office.zone, now: office.now, places: desk.places) {
            () throws(HostError) in try reader.chunk()
        }
        let findings = try file.begin()
        desk.output.show(findings)
        guard findings.isEmpty else {
            throw Failure("nothing was recorded", hint: "mend the finding above", status: .findings)
        }
        let report = try events(&file, office)
        let entered = try office.requalify(report.touched)
        if desk.wantsJSON {
            var object = json(report, path).object ?? [:]
            let counts = entered.sorted { $0.key < $1.key }.map { ($0.key, JSON.integer($0.value)) }
            object["entered"] = .object(JSONObject(counts))
            desk.output.print(.object(object))
        } else {
            let ways = entered.isEmpty ? "" : "\n  entered by rule: \(RuleEntry.words(entered))"
            desk.output.print(text(report, path) + ways)
        }
        return report.rejectedCount > 0 ? .findings : .fine
    }

    private static func events(_ file: inout EventFile<HostError>, _ office: Office) throws -> EventReport {
        let signer = TokenSigner(key: try office.store.secret())
        let output = office.desk.output
        do {
            var importing = try EventImport<HostError>(
                into: office.store, model: office.model, at: office.now,
                source: office.desk.invocation.value("--source"),
                personOfToken: { token in signer.flatMap { OptOut.person(ofToken: token, $0) } })
            return try importing.run(&file) { output.show($0.findings) }
        } catch {
            throw ImportCommand.cause(error)
        }
    }

    /// LinkedIn's own file; `nil` for any other.
    private static func connections(_ path: String, _ office: Office) throws -> ExitStatus? {
        let reader = try FileReader(path)
        var file = ProspectFile(name: path, options: office.desk.lists()) { () throws(HostError) in
            try reader.chunk()
        }
        _ = try file.begin()
        guard file.plan?.isConnections ?? false else { return nil }
        let (connections, unknown): ([ImportReport.Connection], Int)
        do {
            (connections, unknown) = try ConnectionsFile.known(&file, in: office.store)
        } catch {
            throw ImportCommand.cause(error)
        }
        let fresh = try office.record(connections.map { $0.touchpoint(in: office.zone, at: office.now) })
        let output = office.desk.output
        if office.desk.wantsJSON {
            output.print([
                "file": .string(path), "connections": .integer(connections.count + unknown),
                "known": .integer(connections.count), "recorded": .integer(fresh),
            ])
        } else {
            output.print(
                """
                \(Sink.line(path)): \(connections.count + unknown) connections, \(connections.count) of them known here
                  \(fresh) accepted, recorded now; \(connections.count - fresh) recorded before
                """)
        }
        return .fine
    }

    private static func text(_ report: EventReport, _ path: String) -> String {
        var lines = [
            "\(Sink.line(path)): \(Numbers.counted(report.rows, "event"))",
            "  \(report.recorded) recorded, \(report.known) recorded before, \(Numbers.counted(report.leads, "new lead"))",
        ]
        if report.suppressed > 0 { lines.append("  \(report.suppressed) suppressed without being known") }
        if report.rejectedCount > 0 { lines.append("  \(report.rejectedCount) left out, see above") }
        lines += report.kinds.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
        return lines.joined(separator: "\n")
    }

    private static func json(_ report: EventReport, _ path: String) -> JSON {
        [
            "file": .string(path), "rows": .integer(report.rows), "recorded": .integer(report.recorded),
            "known": .integer(report.known), "leads": .integer(report.leads),
            "suppressed": .integer(report.suppressed), "rejected": .integer(report.rejectedCount),
            "kinds": .object(JSONObject(report.kinds.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })),
        ]
    }
}
