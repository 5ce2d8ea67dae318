import Arguments
import Host

/// Writes the pages that are made from the program's own tables: for `make docs` and `make install`.
enum PagesCommand: StokeCommand {
    static let table = Command(
        "pages", summary: "write the pages that are made from the program's tables",
        subcommands: [
            Command("findings", summary: "the reference of all findings, in Markdown"),
            Command(
                "manual", summary: "a manual page for each command, into a folder",
                positionals: [Positional("FOLDER", "where", candidates: .folders)],
                options: [Option("--date", value: "DATE", "the date in the pages")]),
        ], needsSubcommand: true, isHidden: true)

    static func run(_ desk: Desk) throws -> ExitStatus {
        guard desk.invocation.words.last == "manual" else {
            desk.output.print(FindingsPage.text)
            return .fine
        }
        let folder = desk.invocation.value("FOLDER") ?? "."
        try Files.createFolder(folder, mode: 0o755)
        let date = desk.invocation.value("--date") ?? ""
        for path in CommandPath(root: Catalogue.root).all {
            let page = path.manualPage(date: date, version: Version.text)
            try Files.write(Array(page.utf8), to: Paths.join(folder, "\(path.manualName).1"), mode: 0o644)
        }
        return .fine
    }
}
