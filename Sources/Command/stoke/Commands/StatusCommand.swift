import Arguments

/// How things stand, on one screen.
enum StatusCommand: StokeCommand {
    static let table = Command(
        "status", summary: "how things stand, on one screen", options: [.json],
        examples: [Example("stoke status", "what waits for you, sequences, mailboxes, the last run")],
        group: "Every day")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let report = try StatusReport(Office.reading(desk))
        if desk.wantsJSON { desk.output.print(report.json) } else { desk.output.print(report.text) }
        return .fine
    }
}
