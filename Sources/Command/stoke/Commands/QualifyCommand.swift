import Arguments
import CivilTime
import Facts
import Interchange
import Ledger
import Outreach
import Qualification
import SQLiteLedger

/// Decides about leads: who becomes a prospect, who does not, and what is known of them.
enum QualifyCommand: StokeCommand {
    static let table = Command(
        "qualify", summary: "review leads, and record what is known of them",
        discussion: """
            Without a decision it lists the leads that wait for review, best fit first. A person's word is recorded as a \
            fact with the rules' hash; no rule skips a gate.
            """,
        usage: ["[--review]", "PERSON... --accept", "PERSON... --reject REASON"],
        positionals: [Positional("PERSON", "addresses or names", arity: .any, candidates: .named("people"))],
        options: [
            Option("--review", "who waits for review, and why they fit"),
            Option("--accept", "they become prospects"),
            Option("--reject", value: "REASON", "they are disqualified, with a reason of qualification.yaml"),
            Option("--all", "with --accept: everybody who waits and fits"),
            Option("--limit", value: "N", "at most so many", kind: .integer(1...1_000_000)),
            Option("--by", value: "OWNER", "who decides", candidates: .named("owners")), .json,
        ],
        examples: [
            Example("stoke qualify", "who waits for review"),
            Example("stoke qualify --all --accept", "everybody who fits becomes a prospect"),
        ], group: "People")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let isDecision = desk.invocation.has("--accept") || desk.invocation.has("--reject")
        let office = try isDecision ? Office.writing(desk) : Office.reading(desk)
        let review = try LeadReview(office)
        guard isDecision else {
            if desk.wantsJSON { desk.output.print(review.json) } else { desk.output.print(review.text) }
            return .fine
        }
        if desk.invocation.has("--accept"), desk.invocation.has("--reject") {
            throw desk.invocation.refusal("--accept and --reject exclude each other")
        }
        let named = try desk.invocation.values("PERSON").map { try office.store.history(of: office.person($0).id) }
        guard !named.isEmpty || desk.invocation.has("--all") else {
            throw desk.invocation.refusal("say whom: people, or --all")
        }
        let limit = desk.invocation.integer("--limit") ?? .max
        let chosen = named.isEmpty ? review.waiting.filter { $0.fit.score ?? 0 > 0 }.map(\.history) : named
        try decide(Array(chosen.prefix(limit)), office)
        return .fine
    }

    private static func decide(_ histories: [History], _ office: Office) throws {
        let invocation = office.desk.invocation
        let stage: Stage = invocation.has("--accept") ? .prospect : .disqualified
        var detail = Record()
        if let reason = invocation.value("--reject") {
            let known = office.model.qualification.reasons["disqualified"] ?? []
            guard known.isEmpty || known.contains(reason) else {
                throw invocation.refusal("--reject: \(reason) is no reason", hint: known.joined(separator: ", "))
            }
            detail["reason"] = .text(reason)
        }
        let by = invocation.value("--by") ?? office.model.owners.keys.sorted().first ?? "somebody"
        for history in histories {
            do {
                let fact = try office.qualifier.decision(
                    stage, by: by, detail: detail, of: history, at: office.now)
                _ = try office.store.commit(
                    [.record(fact, stage == .disqualified ? .stopAll(reason: "disqualified") : .none)], epoch: nil)
            } catch let refusal as GateRefusal {
                let missing = refusal.missing.map { "\($0)" }.joined(separator: ", ")
                throw Failure("\(Sink.line(history.person.displayName)) can't be \(stage.rawValue): missing \(missing)")
            }
        }
        try office.requalify(Set(histories.map(\.person.id)))
        let count = histories.count
        office.desk.output.print("\(count) \(count == 1 ? "person is" : "people are") \(stage.rawValue) now")
    }
}
