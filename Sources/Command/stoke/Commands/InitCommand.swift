import Arguments
import Host
import Interchange

/// Makes a workspace that mails nobody yet.
enum InitCommand: StokeCommand {
    static let table = Command(
        "init", summary: "make a workspace in a folder",
        discussion:
            """
            Writes sample files that explain themselves and mail nobody; files that are there stay as they are. Only \
            schemas/, by which editors check the files as you write, is brought up to this version of stoke.
            """,
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
        written += try renewSchemas(in: folder)
        if written.isEmpty {
            desk.output.print("everything is there already; nothing was written")
        } else {
            desk.output.print((["wrote"] + written.map { "  \($0)" }).joined(separator: "\n"))
            if kept > 0 { desk.output.print("kept \(kept) that were there") }
            desk.output.print("next: \(folder == "." ? "" : "cd \(folder); ")stoke check")
        }
        return .fine
    }

    /// The schemas that were missing or of another version.
    private static func renewSchemas(in folder: String) throws -> [String] {
        try Samples.schemas.filter { file in
            let path = Paths.join(folder, file.path)
            let bytes = Array(file.text.utf8)
            guard (try? Files.read(path, limit: 1 << 22)) != bytes else { return false }
            try Files.createFolder(Paths.parent(path), mode: 0o755)
            try Files.write(bytes, to: path, mode: 0o644)
            return true
        }.map(\.path)
    }
}
