import Arguments
import CivilTime
import Delivery
import Facts
import Interchange
import Ledger
import Messages
import Outreach
import Planning
import Qualification
import Reports
import SQLiteLedger
import Workspace

/// Shows what `run` would do, turn by turn, without doing it.
enum PlanCommand: StokeCommand {
    static let table = Command(
        "plan", summary: "what would go out, and when",
        discussion: """
            Folds the same decisions as `stoke run` over a copy of the ledger in memory: if every send works and \
            nothing comes in, this is what will happen. Nothing is changed.
            """,
        options: [
            Option("--until", value: "WHEN", "a date, or how long: 7d (the default is 2d)"),
            Option("--person", value: "PERSON", "one person's, with the text", candidates: .named("people")),
            Option("--diff", "what applying the files would change instead, and for whom in flight"),
            Option("--detailed-exitcode", "with --diff: exit with 2 when something would change"),
            .json,
        ],
        examples: [
            Example("stoke plan --until 7d", "the coming week"),
            Example("stoke plan --diff --detailed-exitcode", "what a pull request changes, for whom"),
            Example("stoke plan --person ann@fathom.example", "what Ann will get, rendered"),
        ], exitCodes: [.findings, .wouldChange], group: "Every day")

    static func run(_ desk: Desk) throws -> ExitStatus {
        if desk.invocation.has("--diff") { return try diff(desk) }
        let office = try Office.reading(desk)
        let end = try end(office)
        let overlay = try MemoryStore(over: office.store)
        var foreseen = try ForeseenEntries(office)
        let entries = try office.forecast(over: overlay).entries(from: desk.now, until: end) {
            (store, now) throws(StoreError) in
            try foreseen.pass(now, in: store)
        }
        let report = PlanReport(
            office: office, entries: entries, entered: foreseen.entered, store: overlay, until: end)
        if let text = desk.invocation.value("--person") {
            desk.output.print(try report.text(of: office.person(text), office.templates))
        } else if desk.wantsJSON {
            desk.output.print(try report.json())
        } else {
            desk.output.print(try report.text())
        }
        return .fine
    }

    /// The files against what was applied last.
    private static func diff(_ desk: Desk) throws -> ExitStatus {
        let folder = try WorkspaceFolder.find(desk)
        let check = try WorkspaceCheck(folder, desk)
        guard !check.hasErrors, let model = check.reading.model else {
            desk.output.show(check.findings)
            throw Failure("these files can't be applied", hint: "mend the findings above", status: .findings)
        }
        let changes = try AppliedChanges(applying: model, to: folder, desk)
        try changes.show(desk)
        return !changes.isEmpty && desk.invocation.has("--detailed-exitcode") ? .wouldChange : .fine
    }

    private static func end(_ office: Office) throws -> Instant {
        let text = office.desk.invocation.value("--until") ?? "2d"
        if let delay = Delay(text) { return Windows([], days: office.zone).deadline(delay, since: office.now) }
        guard let end = Desk.instant(text, in: office.zone) else {
            throw office.desk.invocation.refusal(
                "--until: \(text) is no date or length of time", hint: "7d, 2026-04-01")
        }
        return end
    }
}
