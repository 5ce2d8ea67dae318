import Host

/// The person's editor on a text.
struct Editor {
    private let desk: Desk

    init(_ desk: Desk) { self.desk = desk }

    /// The text as the person left it.
    ///
    /// - Throws: `Failure` without an editor, or when it fails.
    func edit(_ text: String, name: String) throws -> String {
        guard let editor = desk.environment.text("VISUAL") ?? desk.environment.text("EDITOR") else {
            throw Failure("no editor is known", hint: "set EDITOR, or use --text")
        }
        let folder = desk.environment.text("TMPDIR") ?? "/tmp"
        let path = Paths.join(folder, "stoke-\(name)-\(ProcessSettings.identifier).txt")
        try Files.create(Array(text.utf8), at: path)
        defer { try? Files.remove(path) }
        let child = ChildProcess(
            editor.split(separator: " ").map(String.init) + [path], environment: desk.environment)
        guard try child.runOnTerminal() == .exited(0) else { throw Failure("the editor failed; nothing was changed") }
        var edited = String(decoding: try Files.read(path, limit: 1 << 20), as: UTF8.self)
        while edited.hasSuffix("\n") { edited.removeLast() }
        return edited
    }
}
