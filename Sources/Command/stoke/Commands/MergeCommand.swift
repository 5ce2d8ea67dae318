import Arguments
import Interchange
import Ledger
import Outreach
import SQLiteLedger

/// Makes two records of one person one.
enum MergeCommand: StokeCommand {
    static let table = Command(
        "merge", summary: "make two records of one person one",
        discussion: """
            The first one stays: its facts win, the second one's fill what it lacks, and the whole history is the first \
            one's from now on. This can't be undone.
            """,
        positionals: [
            Positional("PERSON", "who stays: an address or a name", candidates: .named("people")),
            Positional("DUPLICATE", "who goes into them", candidates: .named("people")),
        ], options: [.yes, .json],
        examples: [Example("stoke merge ann@fathom.example ann.lee@fathom.example", "both are Ann Lee")],
        group: "People")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.writing(desk)
        let kept = try office.person(desk.invocation.value("PERSON") ?? "")
        let gone = try office.person(desk.invocation.value("DUPLICATE") ?? "")
        guard kept.id != gone.id else { throw Failure("both are \(Sink.line(kept.displayName)) <\(kept.key)> already") }
        let names = [kept, gone].map { "\(Sink.line($0.displayName)) <\(Sink.line($0.key))>" }
        guard try desk.agrees("\(names[1]) becomes a part of \(names[0]), for good?") else { return .failed }
        let outcome = try office.store.commit([.merge(into: kept.id, from: gone.id, at: office.now)], epoch: nil).first
        guard case .row? = outcome else { throw Failure("they can't be merged: one of them is gone") }
        try office.requalify([kept.id])
        if desk.wantsJSON {
            desk.output.print(["person": .string(kept.key), "merged": .string(gone.key)])
        } else {
            desk.output.print("merged: \(names[1]) is a part of \(names[0]) now")
        }
        return .fine
    }
}
