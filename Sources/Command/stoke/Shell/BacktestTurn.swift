import Arguments
import Diagnostics
import Host
import Ledger
import Outreach
import Qualification
import Reports
import SQLiteLedger
import Workspace

/// `qualify --rules FILE --backtest`: the history under other rules.
enum BacktestTurn {
    static func run(_ desk: Desk) throws -> ExitStatus {
        guard desk.invocation.has("--backtest"), let path = desk.invocation.value("--rules") else {
            throw desk.invocation.refusal(
                "--rules and --backtest go together", hint: "stoke qualify --rules other.yaml --backtest")
        }
        let office = try Office.reading(desk)
        guard let rules = try rules(path, office) else {
            throw Failure("these rules can't be read", hint: "mend the findings above", status: .findings)
        }
        var backtest = Backtest(
            present: office.qualifier, other: Qualifier(rules, zone: office.zone), at: office.now)
        try Everybody.each(in: office.store) { history in
            if !history.person.isForgotten { backtest.add(history) }
        }
        let text = BacktestText(backtest, zone: office.zone)
        let output = desk.output
        if desk.wantsJSON {
            output.print(text.json())
        } else {
            output.print(text.text(width: output.width, style: output.style))
        }
        return .fine
    }

    /// The rules of a file, read in the place of the live ones; `nil` with its findings shown.
    private static func rules(_ path: String, _ office: Office) throws -> QualificationRules? {
        let bytes = try Files.read(path, limit: 1 << 20)
        guard let snapshot = try office.store.snapshot() else { return nil }
        let files = snapshot.files.filter { $0.path != "qualification.yaml" }
        let other = Snapshot.File(path: "qualification.yaml", bytes: bytes)
        let reading = WorkspaceReader.read(files + [other], in: .machine(office.desk.zones, folder: nil))
        let findings = reading.findings.filter { $0.place?.file == other.path }
        office.desk.output.show(findings)
        return findings.contains { $0.severity == .error } ? nil : reading.model?.qualification
    }
}
