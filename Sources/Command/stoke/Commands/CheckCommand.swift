import Arguments

/// Reads every file and says everything that is wrong.
enum CheckCommand: StokeCommand {
    static let table = Command(
        "check", summary: "read all files, and say everything that is wrong",
        discussion:
            "Changes nothing and needs no ledger. Findings come with file, line, column and a way to mend them.",
        options: [.json],
        examples: [Example("stoke check", "before a commit, or in a pull request's checks")],
        exitCodes: [ExitCode(0, "no errors"), .findings], group: "Files")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let folder = try WorkspaceFolder.find(desk)
        let check = try WorkspaceCheck(folder, desk)
        if desk.wantsJSON {
            desk.output.print(check.json)
        } else {
            desk.output.show(check.findings)
            desk.output.print(check.summary)
        }
        return check.hasErrors ? .findings : .fine
    }
}
