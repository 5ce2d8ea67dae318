import Arguments
import Delivery
import Diagnostics
import Digest
import Host
import Inbox
import InboundMail
import Interchange
import Ledger
import Outreach
import Planning
import SQLiteLedger

/// Reads what came in, and says what it made of each message.
enum InboxCommand: StokeCommand {
    static let table = Command(
        "inbox", summary: "read what came in: replies, bounces, absences, opt-outs",
        discussion: """
            `stoke run` does this before it sends. Here it is done alone, and each message is listed with what it was \
            taken for and why. No message is marked as read.
            """,
        options: [.json],
        examples: [
            Example("stoke inbox", "read all mailboxes"),
            Example("stoke inbox explain odd.eml", "what one message file is, without a workspace"),
        ],
        exitCodes: [.locked, .refused],
        subcommands: [
            Command(
                "explain", summary: "what message files are, and why; needs no workspace",
                positionals: [Positional("FILE", "messages as they came", arity: .some, candidates: .files)],
                options: [.json], examples: [Example("stoke inbox explain --json *.eml", "one object a line")])
        ], group: "Every day")

    static func run(_ desk: Desk) throws -> ExitStatus {
        if desk.invocation.words.last == "explain" {
            let files = desk.invocation.values("FILE")
            return InboxExplain.run(files: files, json: desk.invocation.has("--json"), desk.output) ? .fine : .failed
        }
        let folder = try WorkspaceFolder.find(desk)
        let lock = try RunLock.take(folder.place(desk), what: "inbox")
        defer { withExtendedLifetime(lock) {} }
        let office = try Office.writing(desk)
        try Home(office).check()
        guard let signer = TokenSigner(key: try office.store.secret()) else {
            throw Failure("the ledger's key is damaged")
        }
        let entry = RunEntry(
            host: ProcessSettings.hostName, pid: Int(ProcessSettings.identifier), version: Version.text)
        let epoch = try office.store.begin(entry, at: office.now)
        let result = try InboxTurn(office: office, epoch: epoch, signer: signer, stop: try StopSignal()).read()
        try office.store.finish(
            epoch, counts: ["read": result.arrivals.count], exit: result.unread.isEmpty ? 0 : 1, at: office.now)
        try print(result, office)
        return result.unread.isEmpty && result.held.isEmpty ? .fine : .failed
    }

    /// `away: an auto-submitted header; words of an absence`.
    private static func words(_ arrival: Arrival) -> String {
        let why = arrival.why.joined(separator: "; ")
        return [arrival.reason, why].filter { !$0.isEmpty }.joined(separator: ": ")
    }

    private static func print(_ result: InboxTurn.Result, _ office: Office) throws {
        let desk = office.desk
        if desk.wantsJSON {
            desk.output.print(
                .array(
                    try result.arrivals.map { mailbox, arrival in
                        [
                            "mailbox": .string(mailbox), "kind": .string(arrival.kind.rawValue),
                            "person": .text(try arrival.person.flatMap { try office.store.person($0)?.email }),
                            "reason": arrival.reason.isEmpty ? .null : .string(arrival.reason),
                            "why": .array(arrival.why.map { .string($0) }),
                        ]
                    }))
        } else if result.arrivals.isEmpty {
            desk.output.print("nothing new")
        } else {
            var table = Table(columns: [
                .init("mailbox"), .init("kind"), .init("person", minimum: 14), .init("why", minimum: 16),
            ])
            for (mailbox, arrival) in result.arrivals {
                let person = try arrival.person.flatMap { try office.store.person($0)?.displayName } ?? "nobody we know"
                table.add([.init(mailbox), .init(arrival.kind.rawValue), .init(person), .init(words(arrival))])
            }
            desk.output.print(table)
        }
        result.warn(desk.output)
    }
}
