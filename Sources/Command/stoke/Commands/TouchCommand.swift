import Arguments
import CivilTime
import Diagnostics
import Facts
import Interchange
import Ledger
import Outreach
import SQLiteLedger

/// Records by hand what happened between us and a person.
enum TouchCommand: StokeCommand {
    static let table = Command(
        "touch", summary: "record what happened between us and a person",
        discussion: """
            A reply, a meeting or a talk ends all of a person's sequences until somebody records a disposition. Kinds: \
            \(kinds.joined(separator: ", ")), or any name that qualification.yaml scores.
            """,
        usage: ["PERSON (KIND | --reply HOW)"],
        positionals: [
            Positional("PERSON", "an address or a name", candidates: .named("people")),
            Positional("KIND", "what happened", arity: .optional, candidates: .words(kinds)),
        ],
        options: [
            Option("--reply", value: "HOW", "they answered", kind: .choice(["positive", "neutral", "negative"])),
            Option("--at", value: "WHEN", "when it happened, if not now"),
            Option("--note", value: "TEXT", "for the history"),
            Option("--outcome", value: "WHAT", "of a disposition: go_on, nurture, disqualify, ..."),
            Option("--id", value: "ID", "an id of the event, so that it counts once"), .json,
        ],
        examples: [
            Example("stoke touch ann@fathom.example --reply positive", "Ann answered, gladly"),
            Example("stoke touch maya meeting --at 2026-03-12T15:00", "a meeting with Maya"),
        ], subcommands: [TouchImport.table], group: "Every day")

    static let kinds = [
        "reply", "meeting", "call.connected", "linkedin.connected", "reply.linkedin", "auto_reply", "opt_out",
        "bounce.hard",
        "disposition", "form.demo",
    ]

    static func run(_ desk: Desk) throws -> ExitStatus {
        if desk.invocation.words.last == TouchImport.table.name { return try TouchImport.run(desk) }
        let office = try Office.writing(desk)
        let person = try office.person(desk.invocation.value("PERSON") ?? "")
        let touchpoint = try touchpoint(person, office)
        let before = office.standing(try office.store.history(of: person.id))
        let isNew = try office.record([touchpoint]) > 0
        let history = try office.store.history(of: person.id)
        let after = office.standing(history)
        if desk.wantsJSON {
            desk.output.print([
                "person": .string(person.key), "kind": .string(touchpoint.kind.name), "recorded": .bool(isNew),
                "temperature": .string(after.temperature.rawValue), "stage": .string(after.stage.rawValue),
            ])
        } else {
            desk.output.print(isNew ? words(touchpoint, history, before, after) : "that is recorded already")
        }
        return .fine
    }

    private static func touchpoint(_ person: Person, _ office: Office) throws -> Touchpoint {
        let invocation = office.desk.invocation
        guard let name = invocation.value("--reply").map({ "reply.\($0)" }) ?? invocation.value("KIND") else {
            throw invocation.refusal("say what happened: a KIND, or --reply HOW", hint: kinds.joined(separator: ", "))
        }
        let kind = TouchpointKind(name)
        let known = kinds + office.model.qualification.intent.keys.map(\.name)
        guard known.contains(where: { kind.isA(TouchpointKind($0)) || TouchpointKind($0).isA(kind) }) else {
            throw invocation.refusal("\(name) is no kind of touchpoint", hint: NearestName.hint(among: known, to: name))
        }
        var at = office.now
        if let text = invocation.value("--at") {
            guard let parsed = Desk.instant(text, in: office.zone), parsed <= office.now else {
                throw invocation.refusal("--at: \(text) is no time that has come", hint: "2026-03-12T15:00")
            }
            at = parsed
        }
        var detail = Record()
        if let note = invocation.value("--note") { detail["note"] = .text(note) }
        if let outcome = invocation.value("--outcome") { detail["outcome"] = .text(outcome) }
        return Touchpoint(
            person: person.id, kind: kind, at: at, recordedAt: office.now,
            sourceKey: invocation.value("--id").map { "event:\($0)" }, detail: detail)
    }

    private static func words(
        _ touchpoint: Touchpoint, _ history: History, _ before: Standing, _ after: Standing
    ) -> String {
        var lines = ["recorded: \(Sink.line(history.person.displayName)), \(touchpoint.kind)"]
        let ended = history.enrollments.filter { $0.state == .stopped && $0.reason == touchpoint.kind.name }
        lines += ended.map { "  \($0.sequence) has ended for them" }
        lines += history.enrollments.filter { $0.state == .paused }.map {
            "  \($0.sequence) is paused: \($0.reason ?? "")"
        }
        if before.temperature != after.temperature {
            lines.append("  \(before.temperature.rawValue) -> \(after.temperature.rawValue)")
        }
        if before.stage != after.stage { lines.append("  \(before.stage.rawValue) -> \(after.stage.rawValue)") }
        return lines.joined(separator: "\n")
    }
}
