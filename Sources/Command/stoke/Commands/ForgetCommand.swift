import Arguments
import Facts
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
            Address, names, facts, notes and subjects are erased; what was sent stays counted without a name. A keyed hash \
            is left, by which an import recognises them and leaves them out. This can't be undone. Files that you keep \
            (prospects/, outbox/, backups) are yours to clean.
            """,
        positionals: [Positional("PERSON", "an address or a name", candidates: .named("people"))],
        options: [.yes, .json],
        examples: [Example("stoke forget ann@fathom.example", "Ann asked to be erased")], group: "People")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.writing(desk)
        let person = try office.person(desk.invocation.value("PERSON") ?? "")
        guard try desk.agrees("erase \(Sink.line(person.displayName)) <\(Sink.line(person.key))> for good?") else {
            return .failed
        }
        // Held like a run: nothing may send to them, or read about them, meanwhile.
        let lock = try RunLock.take(office.folder.place(desk), what: "forget")
        defer { withExtendedLifetime(lock) {} }
        let hashes = KeyedHash.of(identifiers(person), key: try office.store.secret())
        let suppressions = hashes.map {
            Operation.suppress(Suppression(scope: .keyedHash, value: $0, reason: "forgotten", at: office.now))
        }
        let forget = Operation.forget(person.id, keyedHash: hashes.first ?? "", at: office.now)
        guard try office.store.commit(suppressions + [forget], epoch: nil).last == .done else {
            throw Failure("they are gone already")
        }
        if desk.wantsJSON {
            desk.output.print(["forgotten": .bool(true), "row": .integer(person.id.row)])
        } else {
            desk.output.print("forgotten: what was sent to them stays counted, without a name")
        }
        return .fine
    }

    /// All that the person is known by.
    private static func identifiers(_ person: Person) -> [String] {
        var identifiers = [person.key, person.email].compactMap { $0 }
        identifiers += ["linkedin", "phone"].compactMap { person.facts[$0]?.plainText }
        return identifiers.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
