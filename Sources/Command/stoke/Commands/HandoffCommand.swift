import Arguments
import CivilTime
import Facts
import Interchange
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
        discussion: """
            An MQL is worth a person's time, and no more: nobody has spoken with them. Each packet says who they are, why \
            now, what was, and what to ask next. Who rejects one says why, and sees by score which rules deserve a change.
            """,
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
            Example("stoke handoff maya --reject \"a student\"", "she goes back to prospect"),
        ], group: "People")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let invocation = desk.invocation
        if invocation.has("--accept"), invocation.has("--reject") {
            throw invocation.refusal("--accept and --reject exclude each other")
        }
        guard invocation.has("--accept") || invocation.has("--reject") else { return try list(desk) }
        let office = try Office.writing(desk)
        let people = try invocation.values("PERSON").map(office.person)
        guard !people.isEmpty else { throw invocation.refusal("say whom: stoke handoff lists who waits") }
        let packets = try people.map { try packet($0, office) }
        let reason = invocation.value("--reject")
        try office.record(packets.map { fact($0, reason, office) })
        if desk.wantsJSON {
            desk.output.print(.array(try packets.map { try json($0, office) }))
        } else {
            for packet in packets { desk.output.print(try words(packet, reason, office).joined(separator: "\n")) }
        }
        return .fine
    }

    /// - Throws: `Failure` for who is no MQL, and for who was taken over already.
    private static func packet(_ person: Person, _ office: Office) throws -> HandoffPacket {
        let history = try office.store.history(of: person.id)
        let name = Sink.line(person.displayName)
        guard let packet = office.qualifier.handoff(history, at: office.now) else {
            let stage = StageText.being(office.standing(history).stage)
            throw Failure("\(name) is \(stage), no MQL: nothing to hand over", hint: "stoke handoff lists who is one")
        }
        if packet.acceptedAt != nil, !office.desk.invocation.has("--reject") {
            throw Failure(
                "\(name) was taken over already, by \(packet.acceptedBy ?? "somebody")",
                hint: "stoke qualify \(person.email ?? person.key) shows what to learn next")
        }
        return packet
    }

    private static func fact(_ packet: HandoffPacket, _ reason: String?, _ office: Office) -> Touchpoint {
        let by = Value.text(office.decider(about: try? office.store.history(of: packet.person.id)))
        return Touchpoint(
            person: packet.person.id, kind: reason == nil ? .handoffAccepted : .handoffRejected, at: office.now,
            recordedAt: office.now,
            detail: reason.map { [DetailKey.by: by, DetailKey.reason: .text($0)] } ?? [DetailKey.by: by])
    }

    private static func json(_ packet: HandoffPacket, _ office: Office) throws -> JSON {
        let history = try office.store.history(of: packet.person.id)
        return [
            "person": .string(packet.person.key), "stage": .string(office.standing(history).stage.rawValue),
            "by": .string(office.decider(about: history)), "waited_seconds": .integer(office.now - packet.since),
            "in_time": office.model.handoffDeadline(packet.since).map { .bool(office.now <= $0) } ?? .null,
        ]
    }

    private static func words(_ packet: HandoffPacket, _ reason: String?, _ office: Office) throws -> [String] {
        let name = Sink.line(packet.person.displayName)
        let history = try office.store.history(of: packet.person.id)
        let by = office.decider(about: history)
        guard reason == nil else {
            return ["\(name): MQL → \(StageText.name(office.standing(history).stage)), rejected by \(by)"]
        }
        var line = "\(name): taken over by \(by) after \(Dates.duration(office.now - packet.since))"
        if let deadline = office.model.handoffDeadline(packet.since) {
            line += office.now <= deadline ? ", in time" : ", late"
        }
        let gates = GateText(history, office.qualifier, zone: office.zone, now: office.now)
        let question = packet.nextField.map { ["  ask next: \(HandoffText.question($0))"] } ?? []
        return [line] + question + gates.next.map { "  next: \($0)" }
    }

    private static func list(_ desk: Desk) throws -> ExitStatus {
        guard desk.invocation.values("PERSON").isEmpty else {
            throw desk.invocation.refusal("say what: --accept or --reject REASON")
        }
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
