import Arguments
import Host
import Interchange

/// Makes a workspace that mails nobody yet.
enum InitCommand: StokeCommand {
    static let table = Command(
        "init", summary: "make a workspace in a folder",
        discussion:
            "Writes sample files that explain themselves and mail nobody; files that are there stay as they are.",
        positionals: [Positional("FOLDER", "where; this folder without it", arity: .optional, candidates: .folders)],
        examples: [Example("stoke init outreach", "then: cd outreach; stoke check")], group: "Files")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let folder = desk.invocation.value("FOLDER") ?? "."
        try Files.createFolder(folder, mode: 0o755)
        var written: [String] = []
        for file in Samples.files {
            let path = Paths.join(folder, file.path)
            guard !Files.exists(path) else { continue }
            try Files.createFolder(Paths.parent(path), mode: 0o755)
            try Files.create(Array(file.text.utf8), at: path, mode: 0o644)
            written.append(file.path)
        }
        let kept = Samples.files.count - written.count
        if written.isEmpty {
            desk.output.print("everything is there already; nothing was written")
        } else {
            desk.output.print((["wrote"] + written.map { "  \($0)" }).joined(separator: "\n"))
            if kept > 0 { desk.output.print("kept \(kept) that were there") }
            desk.output.print("next: stoke check")
        }
        return .fine
    }
}
