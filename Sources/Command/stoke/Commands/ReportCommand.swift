import Arguments
import CivilTime
import Host
import Interchange
import Outreach
import Qualification
import Reports
import SQLiteLedger

/// What came of it: positive replies, meetings and SQLs per delivered person first, volumes last.
enum ReportCommand: StokeCommand {
    static let table = Command(
        "report", summary: "what came of it, by sequence, step, variant, mailbox, ICP, source or week",
        discussion: """
            Positive replies, meetings, SQLs and MQLs per delivered prospect, with denominators and 95 % intervals; \
            automatic replies are no replies; volumes come last. --by variant also says what experiments may conclude.
            """,
        options: [
            Option(
                "--by", value: "WHAT", "one line for each",
                kind: .choice(PerformanceReport.Dimension.allCases.map(\.rawValue))),
            Option("--days", value: "N", "people first mailed in the last N days (90)", kind: .integer(1...3650)),
            .json,
            Option("--csv", "as CSV"),
            Option("--html", value: "FILE", "a page with charts, for a browser", candidates: .files),
        ],
        examples: [
            Example("stoke report --by variant", "which text does better"),
            Example("stoke report --by week --html weeks.html", "week by week"),
        ], group: "People")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.reading(desk)
        let dimension = desk.invocation.choice("--by", as: PerformanceReport.Dimension.self) ?? .sequence
        let days = desk.invocation.integer("--days") ?? 90
        var report = PerformanceReport(
            dimension, in: (office.now - days * .day)..<(office.now + 1), qualifier: office.qualifier,
            zone: office.zone)
        let sequences = dimension == .variant ? office.model.sequences.values.sorted { $0.name < $1.name } : []
        var experiments = sequences.compactMap { ExperimentReport($0, now: office.now) }
        try Everybody.each(in: office.store) { history in
            report.add(history)
            for index in experiments.indices { experiments[index].add(history) }
        }
        report.experiments = experiments
        if let file = desk.invocation.value("--html") {
            try Files.write(Array(report.page().utf8), to: file, mode: 0o644)
        } else if desk.wantsJSON {
            desk.output.print(report.json())
        } else if desk.invocation.has("--csv") {
            desk.output.print(report.csv())
        } else {
            desk.output.print(report.text(width: desk.output.width, style: desk.output.style))
        }
        return .fine
    }
}
