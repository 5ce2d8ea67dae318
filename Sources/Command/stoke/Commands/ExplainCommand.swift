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
        options: [Option("--at", value: "DATE", "as it was then: 2026-03-12, or 2026-03-12T15:00"), .json],
        examples: [
            Example("stoke explain maya", "scores, stage, next step"),
            Example("stoke explain maya --at 2026-03-12", "why she was an MQL that morning"),
        ], group: "People")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.reading(desk)
        let history = try office.store.history(of: office.person(desk.invocation.value("PERSON") ?? "").id)
        var at = office.now
        if let text = desk.invocation.value("--at") {
            guard let parsed = Desk.instant(text, in: office.zone) else {
                throw desk.invocation.refusal("--at: \(text) is no date", hint: "2026-03-12, 2026-03-12T15:00")
            }
            at = parsed
        }
        let explanation = office.qualifier.explanation(of: history, at: at)
        let text = ExplanationText(explanation, name: history.person.displayName, zone: office.zone)
        // What comes next is known of now only.
        let next = at == office.now ? NextStepText(office: office, history: history) : nil
        let output = desk.output
        if desk.wantsJSON {
            var object = text.json().object ?? [:]
            object["next"] = try next?.json() ?? .array([])
            output.print(.object(object))
        } else {
            output.print(text.text(width: output.width, style: output.style) + (try next?.text() ?? ""))
        }
        return .fine
    }
}
