import Arguments
import Facts
import Interchange
import Ledger
import Outreach
import Qualification
import Reports
import SQLiteLedger

/// Decides about people: who becomes a prospect, what they said, how far they are.
enum QualifyCommand: StokeCommand {
    static let table = Command(
        "qualify", summary: "review leads, record what people said, and decide how far they are",
        discussion: """
            Without a person it lists the leads that wait for review, best fit first, and recycled people whose day has \
            come. With one it shows what the next stage asks for and what of it is there. A person's word is recorded as \
            a fact with the rules' hash; no rule skips a gate, and nobody becomes an SQL without a talk and evidence for \
            every field of the framework.
            """,
        usage: [
            "[--review]", "PERSON", "PERSON... (--accept | --reject REASON)",
            "PERSON (--bant | --meddic) FIELD=TEXT [--from CODE] [--sql]",
            "PERSON --opportunity STEP --on DATE", "PERSON (--won VALUE | --lost REASON)",
            "PERSON --recycle REASON --until DATE", "PERSON --back STAGE --reason TEXT", "--rules FILE --backtest",
        ],
        positionals: [Positional("PERSON", "addresses or names", arity: .any, candidates: .named("people"))],
        options: [Option("--review", "who waits for review, and why they fit")] + StageDecision.options
            + EvidenceEntry.options + [
                Option("--from", value: "CODE", "where it was heard: a task's code or a touchpoint's number"),
                Option("--all", "with --accept: everybody who waits and fits"),
                Option("--limit", value: "N", "at most so many", kind: .integer(1...1_000_000)),
                Option("--by", value: "OWNER", "who decides", candidates: .named("owners")),
                Option("--rules", value: "FILE", "other rules, for --backtest", candidates: .files),
                Option("--backtest", "replay the history under them: who would be MQL, which wins they miss"), .json,
            ],
        examples: [
            Example("stoke qualify", "who waits for review"),
            Example("stoke qualify --all --accept", "everybody who fits becomes a prospect"),
            Example("stoke qualify maya --bant need=\"takes weeks\" --from m3qa", "what Maya said in the call"),
            Example("stoke qualify maya --sql --by ana", "Ana has spoken with Maya and vouches for it"),
            Example("stoke qualify maya --recycle timing --until 90d", "not now; nurtured until then"),
            Example("stoke qualify --rules strict.yaml --backtest", "before the rules are changed"),
        ], group: "People")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let invocation = desk.invocation
        if invocation.has("--backtest") || invocation.has("--rules") { return try BacktestTurn.run(desk) }
        let evidence = try EvidenceEntry.all(invocation)
        let office = try Office.reading(desk)
        guard try StageDecision(office) != nil || !evidence.isEmpty else { return try show(office) }
        try decide(Office.writing(desk), evidence)
        return .fine
    }

    // MARK: looking

    private static func show(_ office: Office) throws -> ExitStatus {
        let output = office.desk.output
        let people = try named(office)
        if people.isEmpty {
            let review = try LeadReview(office)
            if office.desk.wantsJSON { output.print(review.json) } else { output.print(review.text) }
            return .fine
        }
        let pages = people.map { GateText($0, office.qualifier, zone: office.zone, now: office.now) }
        if office.desk.wantsJSON {
            output.print(pages.count == 1 ? pages[0].json() : .array(pages.map { $0.json() }))
        } else {
            output.print(pages.map { $0.text(width: output.width, style: output.style) }.joined(separator: "\n"))
        }
        return .fine
    }

    // MARK: deciding

    private static func decide(_ office: Office, _ evidence: [EvidenceEntry]) throws {
        let decision = try StageDecision(office)
        var histories = try people(office, decision)
        if !evidence.isEmpty {
            guard histories.count == 1, let history = histories.first else {
                throw office.desk.invocation.refusal("evidence is one person's: name one")
            }
            try record(evidence, history, office)
            histories = [try office.store.history(of: history.person.id)]
        }
        if let decision {
            try StageChange(office: office).perform(decision, histories)
        } else if let history = histories.first, !office.desk.wantsJSON {
            let page = GateText(history, office.qualifier, zone: office.zone, now: office.now)
            office.desk.output.print(page.next.map { "  next: \($0)" }.joined(separator: "\n"))
        }
    }

    private static func record(_ evidence: [EvidenceEntry], _ history: History, _ office: Office) throws {
        let source = try EvidenceSource(history: history).find(office.desk.invocation.value("--from"))
        let by = office.decider(about: history)
        try office.record(evidence.map { $0.touchpoint(cites: source.id, by: by, of: history.person.id, office) })
        guard !office.desk.wantsJSON else {
            if try StageDecision(office) == nil {
                let fields = evidence.map { ($0.field, JSON.string($0.text)) }
                office.desk.output.print([
                    "person": .string(history.person.key), "by": .string(by), "cites": .integer(source.id),
                    "evidence": .object(JSONObject(fields)),
                ])
            }
            return
        }
        let lines = ["recorded: \(Sink.line(history.person.displayName)), by \(by)"] + evidence.map { $0.line(source) }
        office.desk.output.print(lines.joined(separator: "\n"))
    }

    private static func named(_ office: Office) throws -> [History] {
        try office.desk.invocation.values("PERSON").map { try office.store.history(of: office.person($0).id) }
    }

    private static func people(_ office: Office, _ decision: StageDecision?) throws -> [History] {
        let invocation = office.desk.invocation
        let named = try named(office)
        if !named.isEmpty { return named }
        guard invocation.has("--all") else { throw invocation.refusal("say whom: people, or --all with --accept") }
        guard decision?.stage == .prospect else { throw invocation.refusal("--all goes with --accept only") }
        let fitting = try LeadReview(office).waiting.filter { $0.fit.score ?? 0 > 0 }.map(\.history)
        return Array(fitting.prefix(invocation.integer("--limit") ?? .max))
    }
}
