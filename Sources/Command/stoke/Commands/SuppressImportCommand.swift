import Arguments
import Diagnostics
import Host
import Intake
import Interchange
import Ledger
import Outreach
import Reports
import SQLiteLedger

/// Suppresses everybody of a list.
enum SuppressImport {
    static let table = Command(
        "import", summary: "suppress everybody of a list",
        discussion: """
            One address, domain, LinkedIn address or phone number a line, or CSV with columns such as email, domain, \
            linkedin, phone and reason. Lines that can't be understood are all reported; the others are suppressed.
            """,
        positionals: [Positional("FILE", "a text or CSV file; - is the standard input", candidates: .files)],
        options: [
            Option("--reason", value: "TEXT", "why: customer, asked, competitor, ..."),
            Option("--channel", value: "CHANNEL", "only this channel", kind: .choice(Channel.allCases.map(\.rawValue))),
            .json,
        ],
        examples: [Example("stoke suppress import customers.csv --reason customer", "nobody writes to customers")],
        exitCodes: [.findings])

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.writing(desk)
        let path = desk.invocation.value("FILE") ?? ""
        let reader = try FileReader(path)
        var file = SuppressionFile(name: path) { () throws(HostError) in try reader.chunk() }
        try file.begin()
        var operations: [Ledger.Operation] = []
        var lines = 0
        var rejected = 0
        while let reading = try file.next() {
            switch reading {
            case .entry(let entry):
                if !entry.values.isEmpty { lines += 1 }
                operations += entry.values.map { .suppress(suppression($0, entry.reason, office)) }
            case .bad(let row):
                rejected += 1
                desk.output.show(row.findings)
            }
        }
        _ = try office.store.commit(operations, epoch: nil)
        if desk.wantsJSON {
            desk.output.print([
                "file": .string(path), "lines": .integer(lines), "suppressed": .integer(operations.count),
                "rejected": .integer(rejected),
            ])
        } else {
            desk.output.print(
                "\(Sink.line(path)): \(operations.count) suppressed"
                    + (rejected > 0 ? ", \(Numbers.counted(rejected, "line")) left out" : ""))
        }
        return rejected > 0 ? .findings : .fine
    }

    private static func suppression(
        _ value: (scope: Suppression.Scope, value: String), _ reason: String?, _ office: Office
    ) -> Suppression {
        let invocation = office.desk.invocation
        return Suppression(
            scope: value.scope, value: value.value, reason: reason ?? invocation.value("--reason") ?? "by hand",
            channel: invocation.choice("--channel", as: Channel.self), at: office.now)
    }
}
