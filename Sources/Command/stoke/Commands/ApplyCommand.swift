import Arguments
import CivilTime
import Ledger
import Outreach
import Qualification
import Reports
import SQLiteLedger
import Workspace

/// Makes the files live: stores them as the snapshot that `run` works by.
enum ApplyCommand: StokeCommand {
    static let table = Command(
        "apply", summary: "make the files live",
        discussion: """
            Checks everything, shows who in flight is affected, asks, and stores the files in the ledger. `stoke run` \
            uses only what was applied last, so a half-saved template mails nobody.
            """,
        options: [
            .yes, Option("--dry-run", "only show what it would change, for whom; as stoke plan --diff"),
            Option("--detailed-exitcode", "exit with 2 when the files differ from what was live"),
        ],
        examples: [
            Example("stoke apply --yes", "without asking, for scripts"),
            Example("stoke apply --dry-run --detailed-exitcode", "in a pull request: would it change anything?"),
        ],
        exitCodes: [.findings, .wouldChange], group: "Files")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let folder = try WorkspaceFolder.find(desk)
        let check = try WorkspaceCheck(folder, desk)
        desk.output.show(check.findings)
        guard !check.hasErrors, let model = check.reading.model else {
            throw Failure("nothing was applied", hint: "mend the findings above, then run it again", status: .findings)
        }
        if desk.invocation.has("--dry-run") { return try show(model, folder, desk) }
        let store = try folder.openLedger(desk)
        let snapshot = Snapshot(check.files)
        let before = try store.snapshot()
        guard before?.hash != snapshot.hash else {
            desk.output.print("nothing to apply: the files are those that are live")
            return .fine
        }
        let changes = try AppliedChanges(before == nil ? nil : Office.appliedModel(store, desk), model, store)
        try changes.show(desk)
        guard try desk.agrees("apply this?") else { return .failed }
        try apply(snapshot, model, to: store, at: desk.now)
        let count = model.sequences.count
        try judgeAgain(Office(desk: desk, folder: folder, store: store, model: model))
        desk.output.print("applied \(snapshot.hash.prefix(10)): \(count) sequence\(count == 1 ? " is" : "s are") live")
        return status(changes, desk)
    }

    /// What it would change, and nothing more: neither a question nor a byte of the ledger.
    private static func show(_ model: Model, _ folder: WorkspaceFolder, _ desk: Desk) throws -> ExitStatus {
        let changes = try AppliedChanges(applying: model, to: folder, desk)
        try changes.show(desk)
        return status(changes, desk)
    }

    private static func status(_ changes: AppliedChanges, _ desk: Desk) -> ExitStatus {
        desk.invocation.has("--detailed-exitcode") && !changes.isEmpty ? .wouldChange : .fine
    }

    /// Other rules, or other rules of entry, mean another standing for everybody who was judged by the old ones.
    private static func judgeAgain(_ office: Office) throws {
        var entered: [String: Int] = [:]
        var moved: [Stage: Int] = [:]
        try office.store.pages { (page) throws(StoreError) in
            let people = page.filter { !$0.isForgotten }
            let before = try people.map { (person) throws(StoreError) in
                try office.store.standing(of: person.id)?.standing.stage ?? .lead
            }
            entered.merge(try office.requalify(Set(people.map(\.id))), uniquingKeysWith: +)
            for (person, before) in zip(people, before) {
                let stage = try office.store.standing(of: person.id)?.standing.stage ?? .lead
                if stage != before { moved[stage, default: 0] += 1 }
            }
        }
        let stages = moved.sorted { $0.key.rawValue < $1.key.rawValue }
        if !stages.isEmpty {
            let words = stages.map { "\($0.value) \(StageText.name($0.key))" }.joined(separator: ", ")
            office.desk.output.print("by these rules are now: \(words)")
        }
        if !entered.isEmpty { office.desk.output.print("entered by rule: \(RuleEntry.words(entered))") }
    }

    /// Settings, mailboxes and rules can move anybody's next moment, so every sequence's people are judged again, once.
    private static func apply(
        _ snapshot: Snapshot, _ model: Model, to store: SQLiteStore, at now: Instant
    ) throws {
        let versions = model.sequences.values.sorted { $0.name < $1.name }.map {
            SequenceVersion(version: $0.version, sequence: $0.name, stepOrder: $0.steps.map(\.id))
        }
        let wakes = versions.map { Operation.wakeSequence($0.sequence, at: now) }
        _ = try store.commit([.apply(snapshot, versions: versions, at: now)] + wakes, epoch: nil)
    }
}
