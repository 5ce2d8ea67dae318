import Arguments
import Facts
import Host
import Intake
import Interchange
import Ledger
import Outreach
import SQLiteLedger

/// Erases a person at their wish.
enum ForgetCommand: StokeCommand {
    static let table = Command(
        "forget", summary: "erase a person, and never take them in again",
        discussion: """
            Address, names, facts, notes and subjects are erased from the ledger; what was sent stays counted without a \
            name. A keyed hash is left, by which an import recognises them and leaves them out. This can't be undone. \
            Files of the workspace that still name them are listed, with 65: clean them, and ask again until none is.
            """,
        positionals: [Positional("PERSON", "an address or a name", candidates: .named("people"))],
        options: [.yes, .json],
        examples: [
            Example("stoke forget ann@fathom.example", "Ann asked to be erased; once more: which files name her yet?")
        ],
        exitCodes: [ExitCode(65, "files still name them"), .locked], group: "People")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.writing(desk)
        let text = desk.invocation.value("PERSON") ?? ""
        if try isForgotten(text, office) { return try report(nil, text, PersonTraces(of: text), office) }
        let person = try office.person(text)
        let identities = try office.store.identities(of: person.id)
        guard try desk.agrees("erase \(Sink.line(person.displayName)) <\(Sink.line(person.key))> for good?") else {
            desk.output.print("nothing was changed")
            return .failed
        }
        // Held like a run: nothing may send to them, or read about them, meanwhile.
        let lock = try RunLock.take(office.folder.place(desk), what: "forget")
        defer { withExtendedLifetime(lock) {} }
        try erase(person, identities, office)
        return try report(person.id, text, PersonTraces(of: person, identities), office)
    }

    private static func erase(_ person: Person, _ identities: [Identity], _ office: Office) throws {
        let hashes = KeyedHash.of(identifiers(person, identities), key: try office.store.secret())
        let suppressions = hashes.map {
            Operation.suppress(Suppression(scope: .keyedHash, value: $0, reason: "forgotten", at: office.now))
        }
        let forget = Operation.forget(person.id, keyedHash: hashes.first ?? "", at: office.now)
        guard try office.store.commit(suppressions + [forget], epoch: nil).last == .done else {
            throw Failure("they are gone already")
        }
    }

    /// All that the person is known by: addresses of those who were merged into them among it.
    private static func identifiers(_ person: Person, _ identities: [Identity]) -> [String] {
        let facts = ["linkedin", "phone"].compactMap { person.facts[$0]?.plainText }
        let all = [person.key, person.email].compactMap { $0 } + identities.map(\.value) + facts
        return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Whether a word on the command line is an identifier of somebody who was forgotten.
    private static func isForgotten(_ text: String, _ office: Office) throws -> Bool {
        guard try office.store.people(matching: text, limit: 1).isEmpty else { return false }
        let hash = KeyedHash.of([text.lowercased()], key: try office.store.secret())[0]
        return try !office.store.suppressions(.keyedHash, hash).isEmpty
    }

    // MARK: What is left in files

    private static func report(
        _ row: Person.ID?, _ text: String, _ traces: PersonTraces, _ office: Office
    ) throws -> ExitStatus {
        let search = TraceSearch(folder: office.folder, traces: traces)
        var left = try search.search()
        if search.isApplied(try office.store.snapshot()) { left.named.append("the applied files (stoke apply)") }
        if office.desk.wantsJSON {
            office.desk.output.print([
                "forgotten": .bool(true), "row": row.map { .integer($0.row) } ?? .null,
                "files": .array(left.named.map { .string($0) }), "unread": .array(left.unread.map { .string($0) }),
            ])
        } else {
            let isNew = row != nil
            office.desk.output.print(
                isNew ? "forgotten: what was sent to them stays counted, without a name" : "they are forgotten")
            office.desk.output.print(words(left, text, office))
        }
        return left.named.isEmpty ? .fine : .findings
    }

    private static func words(_ left: TraceSearch.Result, _ text: String, _ office: Office) -> String {
        var lines = left.named.map { "  \(Sink.line($0))" }
        if left.named.isEmpty {
            lines = ["no file of the workspace names them"]
        } else {
            let number = left.named.count == 1 ? "1 file still names them" : "\(left.named.count) files still name them"
            lines.insert("\(number); clean or delete it, then ask again: stoke forget \(Sink.line(text))", at: 0)
        }
        lines += left.unread.map { "  not searched: \(Sink.line($0))" }
        if Files.exists(office.folder.join(".git")) { lines.append("git's own history was not searched") }
        return lines.joined(separator: "\n")
    }
}
