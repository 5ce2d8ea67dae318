import Arguments
import Diagnostics
import Host
import Ledger
import Outreach
import Reports
import SQLiteLedger

/// Completions for the shells, and the answers they ask for.
enum CompletionsCommand: StokeCommand {
    static let table = Command(
        "completions", summary: "print completions for bash, zsh or fish",
        positionals: [
            Positional("SHELL", "which shell", arity: .optional, kind: .choice(Shell.allCases.map(\.rawValue)))
        ],
        examples: [Example("stoke completions bash >~/.local/share/bash-completion/completions/stoke", "for bash")],
        subcommands: [answer], group: "Files")

    private static let answer = Command(
        "answer", summary: "what may stand at the cursor",
        positionals: [Positional("WORD", "the words so far", arity: .any)],
        isHidden: true)

    static func run(_ desk: Desk) throws -> ExitStatus {
        if desk.invocation.words.last == "answer" {
            let words = desk.invocation.values("WORD")
            desk.output.print(Catalogue.root.completion(for: words) { named($0, $1, desk) }.text)
            return .fine
        }
        guard let shell = desk.invocation.choice("SHELL", as: Shell.self) else {
            throw desk.invocation.refusal(
                "say which shell", hint: Shell.allCases.map(\.rawValue).joined(separator: ", "))
        }
        desk.output.print(shell.completionScript(program: "stoke", hook: ["completions", "answer"]))
        return .fine
    }

    /// Things of the workspace; none where it can't be read, because a shell must not see errors.
    private static func named(_ kind: String, _ prefix: String, _ desk: Desk) -> [Candidate] {
        if kind == "topics" { return topics.filter { $0.text.hasPrefix(prefix) } }
        guard let office = try? Office.reading(desk) else { return [] }
        let all: [Candidate] =
            switch kind {
            case "sequences": office.model.sequences.keys.sorted().map { Candidate($0) }
            case "owners": office.model.owners.values.sorted { $0.key < $1.key }.map { Candidate($0.key, $0.name) }
            case "people": people(prefix, office)
            case "codes": codes(office)
            case "pausable":
                (office.model.sequences.keys.sorted() + office.model.mailboxes.keys.sorted()).map { Candidate($0) }
                    + people(prefix, office)
            case "steps":
                office.model.sequences.values.sorted { $0.name < $1.name }
                    .flatMap { sequence in sequence.steps.map { Candidate("\(sequence.name)/\($0.id)") } }
            default: []
            }
        return all.filter { $0.text.hasPrefix(prefix) }
    }

    /// What there is help on: commands and findings.
    private static var topics: [Candidate] {
        Catalogue.root.subcommands.filter { !$0.isHidden }.map { Candidate($0.name, $0.summary) }
            + FindingCode.all.map { Candidate($0.name, $0.summary) }
    }

    private static func people(_ prefix: String, _ office: Office) -> [Candidate] {
        guard !prefix.isEmpty else { return [] }
        let found = (try? office.store.people(matching: prefix, limit: 50)) ?? []
        return found.compactMap { person in person.email.map { Candidate($0, person.displayName) } }
    }

    private static func codes(_ office: Office) -> [Candidate] {
        let items = (try? TaskBoard(office).listing(owner: nil).items) ?? []
        return items.map { Candidate($0.code.description, "\($0.action) \($0.person)") }
    }
}
