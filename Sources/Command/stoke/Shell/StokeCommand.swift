import Arguments

/// One command: the table that describes it, and what it does.
protocol StokeCommand: SendableMetatype {
    /// What it takes, and what it says of itself.
    static var table: Command { get }
    /// Does it. Anything thrown is worded in one place, `Words`.
    static func run(_ desk: Desk) throws -> ExitStatus
}

extension Option {
    /// `--json`: results for programs.
    static let json = Option("--json", "print results as JSON")
    static let dryRun = Option("--dry-run", short: "n", "say what would happen, and change nothing")
    static let yes = Option("--yes", short: "y", "don't ask")
}

extension ExitCode {
    static let wouldChange = ExitCode(2, "--detailed-exitcode: something would change")
    static let findings = ExitCode(65, "the files have findings")
    static let locked = ExitCode(75, "another run holds the lock")
    static let refused = ExitCode(77, "refused: not this machine, or a permission is missing")
}
