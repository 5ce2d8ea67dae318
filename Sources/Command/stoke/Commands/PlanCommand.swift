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
            .json,
        ],
        examples: [
            Example("stoke plan --until 7d", "the coming week"),
            Example("stoke plan --person ann@fathom.example", "what Ann will get, rendered"),
        ], group: "Every day")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.reading(desk)
        let end = try end(office)
        let overlay = try MemoryStore(over: office.store)
        let qualifier = office.qualifier
        let templates = office.templates
        let forecast = Forecast(
            store: overlay, model: office.model, zone: desk.zone,
            standing: { qualifier.standing(of: $0, at: $1) },
            ready: { draft, now in
                switch templates.email(draft, at: now, unsubscribeURL: nil) {
                case .rendered(let rendered): .ready(text: rendered.digest)
                case .hold(let hold): .hold(hold)
                case .skip(let reason): .skip(reason: reason)
                }
            })
        let entries = try forecast.entries(from: desk.now, until: end)
        let report = PlanReport(office: office, entries: entries, until: end)
        if let text = desk.invocation.value("--person") {
            desk.output.print(try report.text(of: office.person(text), templates))
        } else if desk.wantsJSON {
            desk.output.print(report.json)
        } else {
            desk.output.print(try report.text())
        }
        return .fine
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
