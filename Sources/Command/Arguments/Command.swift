/// A command as a table: what it takes, what it says of itself, and the commands under it.
///
/// One table makes the parser, the help, the completions and the manual page. What the command does stands elsewhere,
/// and is found by `Invocation.path`.
///
///     Command(
///         "enroll", summary: "add people to a sequence",
///         positionals: [Positional("SEQUENCE", "the sequence's name", candidates: .named("sequences"))],
///         options: [Option("--limit", value: "N", "at most so many", kind: .integer(1...100_000))],
///         examples: [Example("stoke enroll saas --all", "everybody who fits")])
package struct Command: Sendable {
    /// The word that calls it.
    package var name: String
    /// One line, in lower case, without a full stop.
    package var summary: String
    /// Paragraphs for the help, parted by blank lines.
    package var discussion: String
    /// Usage lines without the program's name, where the table alone would not say it: `SEQUENCE (--all | PERSON...)`.
    package var usage: [String]
    /// The words that it takes, in order.
    package var positionals: [Positional]
    /// Options of this command alone.
    package var options: [Option]
    /// Options of this command and of all under it.
    package var shared: [Option]
    /// Command lines for the end of its help.
    package var examples: [Example]
    /// The exit statuses that it has besides the usual ones.
    package var exitCodes: [ExitCode]
    /// The commands under it, in the order of the help.
    package var subcommands: [Command]
    /// Whether it does nothing without one of its subcommands.
    package var needsSubcommand: Bool
    /// The heading under which its parent's help lists it.
    package var group: String
    /// Whether help and completions pass over it.
    package var isHidden: Bool

    package init(
        _ name: String, summary: String, discussion: String = "", usage: [String] = [],
        positionals: [Positional] = [], options: [Option] = [], shared: [Option] = [], examples: [Example] = [],
        exitCodes: [ExitCode] = [], subcommands: [Command] = [], needsSubcommand: Bool = false, group: String = "",
        isHidden: Bool = false
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.usage = usage
        self.positionals = positionals
        self.options = options
        self.shared = shared
        self.examples = examples
        self.exitCodes = exitCodes
        self.subcommands = subcommands
        self.needsSubcommand = needsSubcommand
        self.group = group
        self.isHidden = isHidden
    }

    /// The subcommand called `name`.
    package func subcommand(_ name: String) -> Command? { subcommands.first { $0.name == name } }
}

/// A command line to show, and what it does.
package struct Example: Sendable {
    /// As one types it, the program's name included.
    package var line: String
    /// In lower case, without a full stop.
    package var meaning: String

    package init(_ line: String, _ meaning: String) {
        self.line = line
        self.meaning = meaning
    }
}

/// An exit status and what it tells a script.
package struct ExitCode: Sendable {
    /// The status, 0-255.
    package var code: Int32
    /// What a script may conclude from it; in lower case, without a full stop.
    package var meaning: String

    package init(_ code: Int32, _ meaning: String) {
        self.code = code
        self.meaning = meaning
    }
}

/// A command with the commands above it: what help, completions and manual pages speak of.
package struct CommandPath: Sendable {
    /// The root first, the command itself last.
    package let commands: [Command]

    /// The path of a program itself.
    package init(root: Command) { commands = [root] }

    private init(commands: [Command]) { self.commands = commands }

    /// The command itself; a path has one always.
    package var command: Command { commands[commands.count - 1] }
    /// `["stoke", "tasks", "done"]`.
    package var names: [String] { commands.map(\.name) }
    /// Options that the commands above share with it, the outermost first.
    package var inherited: [Option] { commands.dropLast().flatMap(\.shared) }
    /// Every option it takes.
    package var options: [Option] { command.options + command.shared + inherited }

    /// The subcommand `name`, with its way; `nil` where there is none.
    package func appending(_ name: String) -> CommandPath? {
        command.subcommand(name).map { CommandPath(commands: commands + [$0]) }
    }

    /// This command and all under it, hidden ones left out.
    package var all: [CommandPath] {
        [self]
            + command.subcommands.filter { !$0.isHidden }.flatMap { CommandPath(commands: commands + [$0]).all }
    }
}
