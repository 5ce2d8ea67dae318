import Arguments
import Host
import Outreach

/// Prints how to run it every few minutes.
enum CronCommand: StokeCommand {
    static let table = Command(
        "cron", summary: "print the crontab line and the systemd timer",
        discussion: "Prints only; put the line where `crontab -e` edits, or the two units into ~/.config/systemd/user.",
        examples: [Example("stoke cron", "copy what suits you")], group: "Files")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.reading(desk)
        let minutes = max(office.model.settings.every / 60, 1)
        let program = try Files.resolve(Self.program)
        let (folder, log) = (office.folder.path, Paths.join(office.folder.state, "run.log"))
        desk.output.print(
            """
            # crontab -e
            */\(minutes) * * * * '\(program)' -C '\(folder)' run >>'\(log)' 2>&1

            # or: ~/.config/systemd/user/stoke.service
            [Service]
            Type=oneshot
            ExecStart="\(program)" -C "\(folder)" run

            # and: ~/.config/systemd/user/stoke.timer, then: systemctl --user enable --now stoke.timer
            [Timer]
            OnCalendar=*:0/\(minutes)
            Persistent=true
            [Install]
            WantedBy=timers.target
            """)
        return .fine
    }

    private static var program: String {
        #if os(Linux)
            "/proc/self/exe"
        #else
            CommandLine.arguments.first ?? "stoke"
        #endif
    }
}
