import Arguments
import Interchange
import Outreach
import Workspace

/// Reads every file and says everything that is wrong.
enum CheckCommand: StokeCommand {
    static let table = Command(
        "check", summary: "read all files, and say everything that is wrong",
        discussion:
            """
            Changes nothing and needs no ledger. Findings come with file, line, column and a way to mend them. With \
            --prospects it also says what share of a list each ICP and each of its criteria admits, which excludes most, \
            which facts are missing, and warns of an ICP that is too broad, too narrow or can't be judged from the list; then \
            for each variable of the templates how many of those who are enrolled have it (of the list, where nobody is), \
            and the first five whose messages would be held.
            """,
        usage: ["", "--prospects [LIST...]"],
        positionals: [
            Positional("LIST", "with --prospects: CSV files; else those in prospects/", arity: .any, candidates: .files)
        ],
        options: [Option("--prospects", "judge the ICPs and the templates by people"), .json],
        examples: [
            Example("stoke check", "before a commit, or in a pull request's checks"),
            Example("stoke check --prospects prospects/april.csv", "does the list fit the ICPs?"),
        ],
        exitCodes: [ExitCode(0, "no errors"), .findings], group: "Files")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let folder = try WorkspaceFolder.find(desk)
        let check = try WorkspaceCheck(folder, desk)
        let wantsShare = desk.invocation.has("--prospects")
        guard wantsShare || desk.invocation.values("LIST").isEmpty else {
            throw desk.invocation.refusal("a list is judged with --prospects")
        }
        let model = wantsShare ? check.reading.model : nil
        let people = try model.map { _ in try ListedPeople(folder, desk) }
        let share = try model.flatMap { model in try people.map { try ProspectShare($0, model) } }
        let templates = try model.flatMap { model in try people.map { try TemplateShare($0, folder, model, desk) } }
        if desk.wantsJSON {
            var object = check.json.object ?? [:]
            if let share { object["prospects"] = share.json }
            if let templates { object["templates"] = templates.json }
            desk.output.print(.object(object))
        } else {
            desk.output.show(check.findings)
            desk.output.print(check.summary)
            if let share { desk.output.print("\n" + share.text(desk.output)) }
            if let templates { desk.output.print("\n" + templates.text(desk.output)) }
        }
        return check.hasErrors ? .findings : .fine
    }
}
