import Arguments
import Diagnostics
import Outreach
import Workspace

/// A message as one person would get it; records nothing.
enum PreviewCommand: StokeCommand {
    static let table = Command(
        "preview", summary: "a message as one person would get it",
        discussion: """
            Renders by the files as they are applied, or by those on disk with --draft. Records nothing, also with --to, \
            which sends the message to one of us: marked as a test, in no thread, with no opt-out link that works. With \
            --all, everybody who is in the sequence (or, before anybody is, everybody) is rendered, and who would be held \
            is listed.
            """,
        usage: ["PERSON STEP", "--all STEP"],
        positionals: [
            Positional("PERSON", "an address or a name", candidates: .named("people")),
            Positional("STEP", "a step's id, or SEQUENCE/STEP", arity: .optional, candidates: .named("steps")),
        ],
        options: [
            Option("--html", value: "FILE", "write it as a mail program shows it", candidates: .files),
            Option("--eml", value: "FILE", "write the whole message", candidates: .files),
            Option("--to", value: "ADDRESS", "send it to one of us, marked as a test"),
            Option("--all", "render everybody, and list who would be held"),
            Option("--draft", "by the files on disk, applied or not"),
            Option("--all-variants", "every text that the template can become"), .json,
        ],
        examples: [
            Example("stoke preview jonas intro", "in the terminal"),
            Example("stoke preview jonas founders/bump --html bump.html", "as a mail program shows it"),
            Example("stoke preview jonas intro --to ana@acme.example", "into Ana's own inbox"),
            Example("stoke preview jonas intro --all-variants | less", "all arms, all {a|b}"),
            Example("stoke preview --all founders/intro --draft", "who would be held by the text on disk?"),
            Example("stoke preview jonas intro --json | jq -r .text", "the text alone, for a script"),
        ], exitCodes: [.refused], group: "Every day")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let invocation = desk.invocation
        let office = try invocation.has("--draft") ? Office.drafting(desk) : Office.reading(desk)
        let words = [invocation.value("PERSON"), invocation.value("STEP")].compactMap { $0 }
        if invocation.has("--all") {
            guard words.count == 1, let step = words.first else {
                throw invocation.refusal("--all takes a STEP and nobody's name", hint: "--all founders/intro")
            }
            for option in ["--html", "--eml", "--to", "--all-variants"] where invocation.has(option) {
                throw invocation.refusal("--all and \(option) exclude each other")
            }
            return try PreviewOfAll(office).run(step)
        }
        guard words.count == 2 else {
            throw invocation.refusal("say whose message, and which STEP", hint: "stoke preview jonas founders/intro")
        }
        return try PreviewOfOne(office).run(words[0], words[1])
    }
}

/// Finds the step that a preview means.
enum StepName {
    /// `STEP` of the sequences named first, else of any; `SEQUENCE/STEP` of that one.
    static func find(_ text: String, first: [String] = [], _ office: Office) throws -> (Outreach.Sequence, Step) {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        let id = parts.last ?? text
        let names = parts.count == 2 ? [parts[0]] : first + office.model.sequences.keys.sorted()
        for sequence in names.compactMap({ office.model.sequences[$0] }) {
            if let step = sequence.step(id) { return (sequence, step) }
        }
        let known = office.model.sequences.values.sorted { $0.name < $1.name }.flatMap { sequence in
            sequence.steps.map { parts.count == 2 ? "\(sequence.name)/\($0.id)" : $0.id }
        }
        throw Failure(
            "no sequence has a step \(text)",
            hint: NearestName.hint(among: known, to: text) ?? "SEQUENCE/STEP, as in \(known.first ?? "founders/intro")")
    }
}

extension Office {
    /// The office with the model of the files on disk, applied or not.
    static func drafting(_ desk: Desk) throws -> Office {
        let folder = try WorkspaceFolder.find(desk)
        let check = try WorkspaceCheck(folder, desk)
        guard let model = check.reading.model else {
            desk.output.show(check.findings)
            throw Failure("the files have errors", status: .findings)
        }
        return Office(desk: desk, folder: folder, store: try folder.readLedger(desk), model: model)
    }
}
