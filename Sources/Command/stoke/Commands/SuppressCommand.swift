import Arguments
import Intake
import Interchange
import Ledger
import Outreach
import SQLiteLedger

/// Never contact an address, a domain, a LinkedIn page or a number again.
enum SuppressCommand: StokeCommand {
    static let table = Command(
        "suppress", summary: "never contact somebody again",
        discussion:
            "Ends every sequence of whoever it names at once, during a run too: what is not past its final dot stays.",
        positionals: [Positional("WHAT", "addresses, domains, LinkedIn addresses or phone numbers", arity: .some)],
        options: [
            Option("--reason", value: "TEXT", "why: customer, asked, competitor, ..."),
            Option("--channel", value: "CHANNEL", "only this channel", kind: .choice(Channel.allCases.map(\.rawValue))),
        ],
        examples: [
            Example("stoke suppress ann@fathom.example --reason asked", "one person, on every channel"),
            Example("stoke suppress fathom.example --reason customer", "a whole company"),
        ], subcommands: [SuppressImport.table], group: "People")

    static func run(_ desk: Desk) throws -> ExitStatus {
        if desk.invocation.words.last == SuppressImport.table.name { return try SuppressImport.run(desk) }
        let office = try Office.writing(desk)
        let reason = desk.invocation.value("--reason") ?? "by hand"
        let channel = desk.invocation.choice("--channel", as: Channel.self)
        let operations = try desk.invocation.values("WHAT").map { text -> Operation in
            let (scope, value) = try subject(text)
            return .suppress(
                Suppression(scope: scope, value: value, reason: reason, channel: channel, at: office.now))
        }
        _ = try office.store.commit(operations, epoch: nil)
        for text in desk.invocation.values("WHAT") {
            desk.output.print("suppressed: \(Sink.line(text)) (\(Sink.line(reason)))")
        }
        return .fine
    }

    private static func subject(_ text: String) throws -> (Suppression.Scope, String) {
        guard let (scope, value) = SuppressionValue.read(text) else {
            throw Failure("\(text) is no address, domain, LinkedIn address or number of one person or company")
        }
        return (scope, value)
    }
}
