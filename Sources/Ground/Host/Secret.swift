/// A text that is never shown: not by printing, dumping, reflection or in an error.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    package init(_ text: String) { self.text = text }

    /// The text itself, for the protocol that needs it.
    package func reveal() -> String { text }

    package var description: String { "(secret)" }
    package var debugDescription: String { "(secret)" }
    /// Empty: a secret must not appear where a value is printed.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Where a secret is kept. It is read when it is needed, so that a changed one needs no restart.
package enum SecretSource: Sendable, Hashable {
    /// A file that only this user owns and reads.
    case file(String)
    /// A program's standard output: `["pass", "show", "ana"]`.
    case command([String])
    /// A credential that systemd passes (systemd.exec(5), LoadCredential).
    case credential(String)
    /// A variable of the environment, which other programs of the user can see.
    case environment(String)

    /// Reads the secret: the first line of what is there, without its line end.
    ///
    /// - Parameters:
    ///   - environment: of this process; a command gets it too.
    ///   - folder: what relative paths start from, and where commands run.
    ///   - timeLimit: of a command.
    ///   - isCancelled: asked while a command runs; `true` kills it.
    /// - Throws: `HostError`, with where it looked, never with what it found.
    package func read(
        _ environment: Environment, folder: String = ".", timeLimit: Duration = .seconds(30),
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws(HostError) -> Secret {
        switch self {
        case .file(let path):
            return try secret(
                reading(path) { () throws(HostError) in
                    try Files.readPrivate(Paths.join(folder, path), limit: SecretSource.limit)
                }, path)
        case .command(let command):
            var child = ChildProcess(command, environment: environment)
            (child.folder, child.timeLimit, child.isCancelled) = (folder, timeLimit, isCancelled)
            return try secret(output(of: child), command.first ?? "")
        case .credential(let name):
            return try secret(credential(name, environment), name)
        case .environment(let name):
            guard let value = environment[name] else { throw HostError(.readSecret, name, .noVariable(name: name)) }
            return try secret(Array(value.utf8), name)
        }
    }

    private static let limit = 65_536

    private func output(of child: ChildProcess) throws(HostError) -> [UInt8] {
        let name = child.command.first ?? "(no command)"
        var child = child
        child.outputLimit = SecretSource.limit
        let ending = try reading(name) { () throws(HostError) in try child.run() }
        switch ending.status {
        case .exited(0): return ending.output
        case .exited(let status):
            let complaint = String(decoding: firstLine(ending.errors).prefix(200), as: UTF8.self)
            throw HostError(.readSecret, name, .exited(status: status, complaint: complaint))
        case .signalled(let signal): throw HostError(.readSecret, name, .signalled(signal))
        }
    }

    private func credential(_ name: String, _ environment: Environment) throws(HostError) -> [UInt8] {
        guard let folder = environment.text("CREDENTIALS_DIRECTORY") else {
            throw HostError(.readSecret, name, .noVariable(name: "CREDENTIALS_DIRECTORY"))
        }
        guard !name.isEmpty, name != ".", name != "..", !name.utf8.contains(UInt8(ascii: "/")) else {
            throw HostError(.readSecret, name, .badName)
        }
        // systemd guards the folder itself; its files may belong to root, with access given to us.
        return try reading(name) { () throws(HostError) in
            try Files.read(Paths.join(folder, name), limit: SecretSource.limit)
        }
    }

    private func secret(_ bytes: [UInt8], _ subject: String) throws(HostError) -> Secret {
        let line = firstLine(bytes)
        guard !line.isEmpty else { throw HostError(.readSecret, subject, .empty) }
        return Secret(String(decoding: line, as: UTF8.self))
    }

    private func firstLine(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    }

    /// What `body` gives; its error as one of reading the secret.
    private func reading<Result>(
        _ subject: String, _ body: () throws(HostError) -> Result
    ) throws(HostError) -> Result {
        do throws(HostError) {
            return try body()
        } catch {
            throw HostError(.readSecret, subject, error.reason)
        }
    }
}
