import Arguments

/// All commands, by the words that call them; the one place that knows them all.
enum Catalogue {
    static let commands: [any StokeCommand.Type] = [
        InitCommand.self, CheckCommand.self, ApplyCommand.self, CronCommand.self, ImportCommand.self,
        EnrollCommand.self, PlanCommand.self, SimulateCommand.self, RunCommand.self, InboxCommand.self,
        TasksCommand.self, TouchCommand.self, StatusCommand.self, PreviewCommand.self, PauseCommand.self,
        ResumeCommand.self, ReleaseCommand.self,
        ShowCommand.self, ExplainCommand.self, QualifyCommand.self, HandoffCommand.self, PipelineCommand.self,
        ReportCommand.self, SuppressCommand.self, MergeCommand.self,
        ForgetCommand.self, ExportCommand.self,
        ResolveCommand.self, LedgerCommand.self, AdoptCommand.self, DoctorCommand.self, CompletionsCommand.self,
        HelpCommand.self,
        TemplateServerCommand.self, PagesCommand.self,
    ]

    static let root = Command(
        "stoke", summary: "multichannel outreach from plain files",
        discussion: """
            Sequences, templates and rules are files in git; mails go out from cron; LinkedIn and call steps come as \
            task lists; every touchpoint is recorded, and from touchpoints alone people advance.
            """,
        options: [Option("--version", "print the version")],
        shared: [
            Option("--workspace", short: "C", value: "DIR", "the workspace's folder", candidates: .folders),
            Option("--now", value: "INSTANT", "rehearse on a pretend clock"),
        ],
        examples: [
            Example("stoke check", "read all files, and say everything that is wrong"),
            Example("stoke plan", "what would go out, and when"),
            Example("stoke tasks", "what is to be done by hand today"),
        ],
        exitCodes: [
            ExitCode(0, "fine"), ExitCode(1, "something failed, and the output says which"), .wouldChange,
            ExitCode(64, "the command line was not understood"), .findings, .locked, .refused,
        ],
        subcommands: commands.map { $0.table })

    /// The command for the words; `nil` for none.
    static func command(_ words: [String]) -> (any StokeCommand.Type)? {
        words.first.flatMap { word in commands.first { $0.table.name == word } }
    }
}
