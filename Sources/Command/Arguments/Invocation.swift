/// A command line that was understood: which command, with which values.
///
/// Names are those of the tables (`--limit`, `PERSON`); asking for a name that the command does not have is a mistake
/// in the program, which debug builds stop at.
package struct Invocation: Sendable {
    /// The command that was called, with those above it.
    package let path: CommandPath
    var values: [String: [String]] = [:]

    init(path: CommandPath) { self.path = path }

    /// The words that called the command, without the program's own name: `["tasks", "done"]`.
    package var words: [String] { Array(path.names.dropFirst()) }

    /// Whether the flag, or an option or positional with a value, was given.
    package func has(_ name: String) -> Bool { !values(name).isEmpty }

    /// The value given; `nil` for none.
    package func value(_ name: String) -> String? { values(name).first }

    /// All values given, in their order.
    package func values(_ name: String) -> [String] {
        assert(isDeclared(name), "\(path.names.joined(separator: " ")) has no \(name)")
        return values[name] ?? []
    }

    /// The value of an option or positional that is `.integer`.
    package func integer(_ name: String) -> Int? { value(name).flatMap { Int($0) } }

    /// The value of an option or positional that is `.choice` of the type's raw values.
    package func choice<Choice: RawRepresentable<String>>(_ name: String, as type: Choice.Type) -> Choice? {
        value(name).flatMap { Choice(rawValue: $0) }
    }

    /// The error for what the tables cannot know: values that exclude each other, names that do not exist.
    package func refusal(_ message: String, hint: String? = nil) -> UsageError {
        UsageError(path: path, problems: [.refused(message, hint: hint)])
    }

    private func isDeclared(_ name: String) -> Bool {
        path.options.contains { $0.name == name } || path.command.positionals.contains { $0.name == name }
    }
}
