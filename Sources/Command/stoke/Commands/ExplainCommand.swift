import Arguments
import CivilTime
import Interchange
import Ledger
import Outreach
import Planning
import Qualification
import Reports
import SQLiteLedger

/// Why a person stands where they stand, and what comes next.
enum ExplainCommand: StokeCommand {
    static let table = Command(
        "explain", summary: "why a person stands where they stand, and what comes next",
        discussion:
            "Each point with its touchpoint, so that the sum is the score; and the next step with what it waits for.",
        positionals: [Positional("PERSON", "an address or a name", candidates: .named("people"))],
        options: [Option("--at", value: "DATE", "as it was then"), .json],
        examples: [Example("stoke explain maya", "scores, stage, next step")], group: "People")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.reading(desk)
        let history = try office.store.history(of: office.person(desk.invocation.value("PERSON") ?? "").id)
        var at = office.now
        if let text = desk.invocation.value("--at") {
            guard let parsed = Desk.instant(text, in: office.zone) else {
                throw desk.invocation.refusal("--at: \(text) is no date", hint: "2026-03-12")
            }
            at = parsed
        }
        let explanation = office.qualifier.explanation(of: history, at: at)
        let text = ExplanationText(office, history, explanation, at: at)
        if desk.wantsJSON { desk.output.print(try text.json()) } else { desk.output.print(try text.text()) }
        return .fine
    }
}
