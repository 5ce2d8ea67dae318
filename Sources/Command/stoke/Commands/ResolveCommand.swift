import Arguments
import CivilTime
import Interchange
import Ledger
import Outreach
import Reports
import SQLiteLedger

/// Settles mails of which nobody knows whether they arrived.
enum ResolveCommand: StokeCommand {
    static let table = Command(
        "resolve", summary: "settle mails whose arrival is not known",
        discussion: """
            When a connection breaks after a mail's last dot, the server may have it or not. Stoke never sends it again \
            by itself; it holds that person and lists the mail here. Look into the mailbox's Sent folder, or ask the \
            server's log for the Message-ID.
            """,
        usage: ["", "ID... (--sent | --resend)"],
        positionals: [Positional("ID", "the numbers of the list", arity: .any)],
        options: [
            Option("--sent", "it arrived: the sequence goes on"),
            Option("--resend", "it did not: it is sent again, under the same Message-ID"),
            Option("--evidence", value: "TEXT", "how you know"), .json,
        ],
        examples: [Example("stoke resolve 41 --sent --evidence \"Sent folder\"", "number 41 arrived")],
        group: "Every day")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let isDecision = desk.invocation.has("--sent") || desk.invocation.has("--resend")
        guard isDecision else {
            guard desk.invocation.values("ID").isEmpty else {
                throw desk.invocation.refusal("say what became of it: --sent or --resend")
            }
            return try list(desk)
        }
        if desk.invocation.has("--sent"), desk.invocation.has("--resend") {
            throw desk.invocation.refusal("--sent and --resend exclude each other")
        }
        let office = try Office.writing(desk)
        let evidence = desk.invocation.value("--evidence") ?? "by hand"
        for text in desk.invocation.values("ID") {
            guard let id = Int(text) else { throw desk.invocation.refusal("\(text) is no number of the list") }
            let outcome = try office.store.commit(
                [.resolve(message: id, sent: desk.invocation.has("--sent"), evidence: evidence, at: office.now)],
                epoch: nil)
            if case .refused? = outcome.first {
                throw Failure("no mail \(id) is unknown", hint: "stoke resolve lists them")
            }
            desk.output.print("\(id) settled")
        }
        return .fine
    }

    private static func list(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.reading(desk)
        let unknown = try office.store.messages(in: .unknown, limit: 1000)
        if desk.wantsJSON {
            desk.output.print(
                .array(
                    unknown.map {
                        [
                            "id": .integer($0.id), "message_id": .string($0.messageID), "mailbox": .string($0.mailbox),
                            "step": .string($0.step), "fenced_at": .text($0.fencedAt?.description),
                            "reply": .text($0.reply),
                        ]
                    }))
            return .fine
        }
        guard !unknown.isEmpty else {
            desk.output.print("nothing is unknown")
            return .fine
        }
        var table = Table(columns: [
            .init("id", alignment: .right), .init("when"), .init("mailbox"), .init("person", minimum: 14),
            .init("step"),
            .init("what happened", minimum: 12),
        ])
        for message in unknown {
            guard let enrollment = try office.store.enrollment(message.enrollment) else { continue }
            let person = try office.store.history(of: enrollment.person).person
            table.add([
                .init("\(message.id)"), .init(message.fencedAt.map { Dates.moment($0, in: office.zone) } ?? ""),
                .init(message.mailbox),
                .init(person.displayName), .init(message.step), .init(message.reply ?? "cut off"),
            ])
            table.add(note: "Message-ID: <\(message.messageID)>")
        }
        desk.output.print(table)
        desk.output.print("it arrived: stoke resolve ID --sent · it did not: stoke resolve ID --resend")
        return .fine
    }
}
