import Arguments
import CivilTime
import Diagnostics
import Host
import Interchange
import Ledger
import Messages
import Outreach
import Planning
import Reports
import SQLiteLedger

/// The list of what is to be done by hand: read, shown, ticked.
enum TasksCommand: StokeCommand {
    static let table = Command(
        "tasks", summary: "what is to be done by hand today",
        discussion: """
            One line a task, grouped; a code of four letters names each. `tasks work` goes through them one by one; \
            `tasks show` has a text ready to copy; `tasks done` records what came of it.
            """,
        options: listOptions,
        examples: [
            Example("stoke tasks --owner ana", "Ana's list"),
            Example("stoke tasks work --owner ana", "one after the other, a key each"),
            Example("stoke tasks done k7f2 --outcome sent", "the note was sent"),
        ],
        subcommands: [list, work, show, done, skip, snooze, edit, sync], group: "Every day")

    private static let listOptions = [
        Option("--owner", value: "OWNER", "only this person's", candidates: .named("owners")),
        Option("--by", value: "WHAT", "group by", kind: .choice(["kind", "person"])),
        Option(
            "--format", value: "FORMAT", "how to write it",
            kind: .choice(["table", "markdown", "csv", "json", "ics", "html"])), .json,
    ]
    private static let code = Positional("CODE", "the task's code", arity: .some, candidates: .named("codes"))

    private static let list = Command(
        "list", summary: "the list", options: listOptions,
        examples: [Example("stoke tasks list --by person", "by person")])
    private static let work = Command(
        "work", summary: "go through the list, one task after the other",
        discussion: """
            Shows each task with its text and waits for a key: c copies, o opens the page, a number sets the outcome, n \
            writes a note, z snoozes, s skips, u takes the last decision back, ? explains all. A decision is written \
            down with the next one, or at the end. Without a terminal, wishes are read line by line.
            """,
        options: [
            Option("--owner", value: "OWNER", "only this person's", candidates: .named("owners")),
            Option("--by", value: "WHAT", "in the order of", kind: .choice(["kind", "person"])),
        ],
        examples: [Example("stoke tasks work --owner ana", "Ana's morning")])
    private static let show = Command(
        "show", summary: "one task with its text, links, clocks and history", positionals: [code], options: [.json],
        examples: [Example("stoke tasks show k7f2", "the note, ready to copy")])
    private static let done = Command(
        "done", summary: "record what came of tasks", positionals: [code],
        options: [
            Option(
                "--outcome", value: "OUTCOME",
                "what came of it; LinkedIn tasks and approvals know a usual one, calls and answers don't"),
            Option("--note", value: "TEXT", "for the history"),
            Option("--on", value: "DATE", "when it was done, if not now"), .json,
        ] + EvidenceEntry.options,
        examples: [Example("stoke tasks done m3qa --outcome voicemail --note \"try Thursday\"", "a call")])
    private static let skip = Command(
        "skip", summary: "leave tasks out; their sequences go on", positionals: [code],
        options: [Option("--note", value: "TEXT", "why")],
        examples: [Example("stoke tasks skip k7f2", "not this one")])
    private static let snooze = Command(
        "snooze", summary: "hide tasks for a while", positionals: [code],
        options: [Option("--until", value: "WHEN", "a date, or how long: 2d", isRequired: true)],
        examples: [Example("stoke tasks snooze m3qa --until 2d", "not before the day after tomorrow")])
    private static let edit = Command(
        "edit", summary: "change a task's text for this person, in $EDITOR",
        positionals: [Positional("CODE", "the task's code", candidates: .named("codes"))],
        options: [Option("--text", value: "TEXT", "the new text, without an editor")],
        examples: [Example("stoke tasks edit k7f2", "opens the note")])
    private static let sync = Command(
        "sync", summary: "read ticks back from a Markdown or CSV list",
        positionals: [Positional("FILE", "a list that `tasks --format markdown|csv` wrote", candidates: .files)],
        options: [.json], examples: [Example("stoke tasks sync tasks.md", "records what was ticked")],
        exitCodes: [.findings])

    static func run(_ desk: Desk) throws -> ExitStatus {
        switch desk.invocation.words.dropFirst().first {
        case nil, "list": return try print(desk)
        case "show": return try TaskDetail.run(desk)
        case "work":
            var work = try TaskWork(Office.writing(desk))
            return try work.run()
        default: return try TaskChanges(Office.writing(desk)).run()
        }
    }

    private static func print(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.reading(desk)
        let board = TaskBoard(office)
        let listing = try board.listing(owner: desk.invocation.value("--owner"))
        let grouping = desk.grouping
        let output = desk.output
        switch desk.wantsJSON ? "json" : desk.invocation.value("--format") ?? "table" {
        case "markdown": output.print(listing.markdown(by: grouping))
        case "csv": output.print(listing.csv())
        case "json": output.print(listing.json())
        case "ics": output.print(listing.calendar())
        case "html": output.print(listing.page(by: grouping))
        default: output.print(listing.text(by: grouping, width: output.width, style: output.style))
        }
        return .fine
    }
}
