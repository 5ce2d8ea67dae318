import Arguments

/// A program's tables, for the tests: no command of ours.
enum Sample {
    static let root = Command(
        "demo", summary: "water plants",
        shared: [
            Option("--json", "print JSON"),
            Option("--folder", short: "C", value: "DIR", "the garden's folder", candidates: .folders),
        ],
        exitCodes: [ExitCode(0, "fine"), ExitCode(64, "the command line was not understood")],
        subcommands: [water, jobs, Command("secret", summary: "hidden", isHidden: true)], needsSubcommand: true)

    static let water = Command(
        "water", summary: "water some plants",
        discussion: """
            Waters the plants named, in their order, and says what each of them got. A plant that is wet already is
            passed over.

            Nothing is watered twice.
            """,
        positionals: [
            Positional("BED", "the bed", candidates: .named("beds")),
            Positional("PLANT", "a plant of it", arity: .any, candidates: .named("plants")),
        ],
        options: [
            Option("--litres", short: "l", value: "N", "so many litres each", kind: .integer(1...20)),
            Option("--format", value: "FORMAT", "how to print", kind: .choice(["table", "csv"])),
            Option("--map", value: "COLUMN=FIELD", "what a column is", isRepeated: true),
            Option("--from", value: "FILE", "read the names from a file", candidates: .files),
            Option("--quiet", short: "q", "say nothing"),
            Option("--verbose", short: "v", "say more"),
            Option("--trace", "for us", isHidden: true),
        ],
        examples: [Example("demo water roses --litres 2", "every rose gets two litres")], group: "Every day")

    static let jobs = Command(
        "jobs", summary: "list what is to do",
        positionals: [Positional("DAY", "a day", arity: .optional, kind: .checked { $0 == "mon" ? nil : "is no day" })],
        subcommands: [
            Command(
                "done", summary: "finish jobs", positionals: [Positional("CODE", "a job's code", arity: .some)],
                options: [Option("--reason", value: "WORD", "why", isRequired: true)])
        ], group: "Now and then")

    static func named(_ kind: String, _ prefix: String) -> [Candidate] {
        switch kind {
        case "beds": [Candidate("roses", "12 plants: south"), Candidate("herbs"), Candidate("wild bed", "shade")]
        case "plants": [Candidate("ann@x.example", "Ann"), Candidate("anton"), Candidate("bad\u{1B}[2J")]
        default: []
        }
    }
}
