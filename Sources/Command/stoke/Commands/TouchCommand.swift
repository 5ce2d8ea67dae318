import Arguments
import CivilTime
import Diagnostics
import Facts
import Interchange
import Ledger
import Outreach
import Reports
import SQLiteLedger

/// Records by hand what happened between us and a person.
enum TouchCommand: StokeCommand {
    static let table = Command(
        "touch", summary: "record what happened between us and a person",
        discussion: """
            A reply, a meeting or a talk ends all of a person's sequences until somebody records a disposition: \
            \(TaskDesk.dispositions.joined(separator: ", ")). Kinds: \(kinds.joined(separator: ", ")), or any name that \
            qualification.yaml scores.
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
            Option(
                "--outcome", value: "WHAT", "of a disposition", kind: .choice(TaskDesk.dispositions)),
            Option("--id", value: "ID", "an id of the event, so that it counts once"), .json,
        ],
        examples: [
            Example("stoke touch ann@fathom.example --reply positive", "Ann answered, gladly"),
            Example("stoke touch maya meeting --at 2026-03-12T15:00", "a meeting with Maya"),
            Example("stoke touch ann disposition --outcome go_on", "Ann's answer is dealt with"),
        ], subcommands: [TouchImport.table], group: "Every day")

    static let kinds = [
        "reply", "reply.linkedin", "meeting", "meeting.held", "call.connected", "conversation", "linkedin.connected",
        "auto_reply", "opt_out", "bounce.hard", "left_company", "email.by_hand", "disposition", "form.demo",
        "form.download", "page", "content", "ad", "event", "webinar", "direct_mail",
    ]

    static func run(_ desk: Desk) throws -> ExitStatus {
        if desk.invocation.words.last == TouchImport.table.name { return try TouchImport.run(desk) }
        let office = try Office.writing(desk)
        let person = try office.person(desk.invocation.value("PERSON") ?? "")
        let touchpoint = try touchpoint(person, office)
        let before = try office.store.history(of: person.id)
        let isNew = try office.record([touchpoint]) > 0
        let after = try office.store.history(of: person.id)
        if desk.wantsJSON {
            let standing = office.standing(after)
            desk.output.print([
                "person": .string(person.key), "kind": .string(touchpoint.kind.name), "recorded": .bool(isNew),
                "temperature": .string(standing.temperature.rawValue), "stage": .string(standing.stage.rawValue),
            ])
        } else if isNew {
            try TouchEffect(office: office, touchpoint: touchpoint, before: before, after: after).print()
        } else {
            desk.output.print("that is recorded already")
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
        guard kind != .disposition || invocation.has("--outcome") else {
            throw invocation.refusal(
                "a disposition needs --outcome: what was decided",
                hint: TaskDesk.dispositions.joined(separator: ", "))
        }
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
}
