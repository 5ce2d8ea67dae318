import Arguments
import Facts
import Ledger
import Outreach
import Planning
import Qualification
import Reports
import SQLiteLedger

/// MQLs that wait for a person, with what that person needs; accepted, or rejected with a reason.
enum HandoffCommand: StokeCommand {
    static let table = Command(
        "handoff", summary: "MQLs that wait for a person, with what that person needs",
        usage: ["", "PERSON... --accept", "PERSON... --reject REASON"],
        positionals: [Positional("PERSON", "addresses or names", arity: .any, candidates: .named("people"))],
        options: [
            Option("--accept", "somebody takes them on"),
            Option("--reject", value: "REASON", "they go back to prospect; the reason is counted by score"),
            Option("--by", value: "OWNER", "who decides", candidates: .named("owners")), .json,
        ],
        examples: [
            Example("stoke handoff", "who waits, why now, and what to ask next"),
            Example("stoke handoff maya --accept --by ana", "Ana takes Maya on"),
        ], group: "People")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let invocation = desk.invocation
        guard invocation.has("--accept") || invocation.has("--reject") else { return try list(desk) }
        if invocation.has("--accept"), invocation.has("--reject") {
            throw invocation.refusal("--accept and --reject exclude each other")
        }
        let office = try Office.writing(desk)
        let people = try invocation.values("PERSON").map(office.person)
        guard !people.isEmpty else { throw invocation.refusal("say whom") }
        let by = invocation.value("--by") ?? office.model.owners.keys.sorted().first ?? "somebody"
        let reason = invocation.value("--reject")
        for person in people {
            let stage = office.standing(try office.store.history(of: person.id)).stage
            guard stage == .mql else { throw Failure("\(person.displayName) is no MQL but \(stage.rawValue)") }
        }
        let facts = people.map { person in
            Touchpoint(
                person: person.id, kind: TouchpointKind(reason == nil ? "handoff.accepted" : "handoff.rejected"),
                at: office.now, recordedAt: office.now,
                detail: reason.map { ["by": .text(by), "reason": .text($0)] } ?? ["by": .text(by)])
        }
        try office.record(facts)
        desk.output.print("\(people.count) \(reason == nil ? "accepted" : "rejected") by \(by)")
        return .fine
    }

    private static func list(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.reading(desk)
        let list = try HandoffText(office.store, office.model, now: office.now)
        if desk.wantsJSON {
            desk.output.print(list.json())
        } else {
            desk.output.print(list.text(width: desk.output.width, style: desk.output.style))
        }
        return .fine
    }
}
