import Foundation
import TestKit
import Testing

@Suite struct `Tasks one after the other` {
    typealias Step = TerminalSession.Step

    /// Three invitations with a note, then three other tasks.
    private func desk() throws -> Stoke {
        try Stoke.reviewed(
            steps: """
                  - {id: connect, linkedin: {connect: connect-note}, parallel: true}
                  - {id: find, task: research}
                """)
    }

    @Test func `keys copy, note, decide, take back, snooze and skip, and the end says what was done`() throws {
        let stoke = try desk()
        let session = try stoke.terminal(
            ["tasks", "work"],
            [
                Step("1 of 6.*> ", "c"), Step("copied the text.*> ", "n"), Step("note: ", "warm lead\r"),
                Step("noted.*> ", "1"), Step("2 of 6.*> ", "u"), Step("1 of 6.*> ", "1"), Step("2 of 6.*> ", "z"),
                Step("until.*: ", "2d\r"), Step("3 of 6.*> ", "s"), Step("4 of 6.*> ", "7"),
                Step("means nothing here.*> ", "?"), Step("takes the last decision back.*> ", " "),
                Step("5 of 6.*> ", "q"),
            ])
        #expect(session.missed == nil, "\(session.text)")
        #expect(session.status == 0 && session.isHidden && session.isRestored)
        #expect(session.text.contains("1 sent, 1 snoozed, 1 skipped; 3 left"))
        #expect(session.copied.count == 1 && session.copied[0].hasPrefix("Hi "))
        let facts = try stoke("export", "touchpoints", "--columns", "kind,note").text
        #expect(facts.contains("linkedin.sent,warm lead"))
        #expect(facts.components(separatedBy: "linkedin.sent").count == 2)
        #expect(try stoke.tasks().count == 3)
    }

    @Test func `a page opens in the browser that is set, else its address is copied`() throws {
        let stoke = try desk()
        try stoke.folder.write("browser", text: "#!/bin/sh\nprintf %s \"$1\" > \(stoke.folder.path("opened"))\n")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: stoke.folder.path("browser"))
        let local = try stoke.terminal(
            ["tasks", "work"], environment: ["BROWSER": stoke.folder.path("browser")],
            [Step("> ", "o"), Step("opened.*> ", "q")])
        #expect(local.missed == nil)
        let opened = String(decoding: try stoke.folder.read("opened"), as: UTF8.self)
        #expect(opened.hasPrefix("https://www.linkedin.com/in/"))
        let far = try stoke.terminal(
            ["tasks", "work"], environment: ["SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22", "DISPLAY": ":0"],
            [Step("> ", "o"), Step("no browser here.*copied its address.*> ", "q")])
        #expect(far.missed == nil && far.copied == [opened])
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func `a signal ends it with the terminal as it was and nothing lost`(signal: Int32) throws {
        let stoke = try desk()
        let session = try stoke.terminal(
            ["tasks", "work"], [Step("1 of 6.*> ", "1"), Step("2 of 6.*> ", signal: signal)])
        #expect(session.missed == nil && session.isHidden)
        #expect(session.isRestored && session.status == -Int(signal), "\(session.status)")
        #expect(session.text.contains("5 left"))
        #expect(try stoke.tasks().count == 5)
    }

    @Test(arguments: [SIGQUIT, SIGABRT, SIGSEGV])
    func `even a crash gives the terminal back`(signal: Int32) throws {
        let stoke = try desk()
        let session = try stoke.terminal(["tasks", "work"], [Step("1 of 6.*> ", signal: signal)])
        #expect(session.isHidden && session.isRestored && session.status == -Int(signal))
    }

    @Test func `Ctrl-C ends it, Ctrl-Z stops it with the terminal as it was, and it goes on`() throws {
        let stoke = try desk()
        let session = try stoke.terminal(
            ["tasks", "work"],
            [Step("1 of 6.*> ", "\u{1A}", stops: true), Step("1 of 6.*> ", "1"), Step("2 of 6.*> ", "\u{3}")])
        #expect(session.missed == nil, "\(session.text)")
        #expect(session.wasRestoredWhileStopped && session.isRestored && session.status == 0)
        #expect(session.text.contains("5 left"))
    }

    @Test func `an editor has the terminal, and its text is kept`() throws {
        let stoke = try desk()
        try stoke.folder.write(
            "editor", text: "#!/bin/sh\nstty -a | grep -q ' echo ' && echo 'Short and new.' > \"$1\"\n")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: stoke.folder.path("editor"))
        let session = try stoke.terminal(
            ["tasks", "work"], environment: ["EDITOR": stoke.folder.path("editor")],
            [Step("1 of 6.*> ", "e"), Step("Short and new.*> ", "c"), Step("copied.*> ", "1"), Step("2 of 6.*> ", "q")])
        #expect(session.missed == nil, "\(session.text)")
        #expect(session.copied == ["Short and new."])
    }

    @Test func `without a terminal or on a dumb one, it is a dialogue of lines`() throws {
        let stoke = try desk()
        let dumb = try stoke.terminal(
            ["tasks", "work"], environment: ["TERM": "dumb"],
            [
                Step("1 of 6.*> ", "sent\n"), Step("2 of 6.*> ", "note said hello\n"), Step("noted.*> ", "1\n"),
                Step("3 of 6.*> ", "snooze 2d\n"), Step("4 of 6.*> ", "quit\n"),
            ])
        #expect(dumb.missed == nil && !dumb.isHidden && dumb.isRestored)
        #expect(!dumb.output.contains("\u{1B}"))
        #expect(dumb.text.contains("2 sent, 1 snoozed; 3 left"))
        let script = try TemporaryFolder()
        try script.write("lines", text: "done\nskip\nwhat\n")
        let piped = try ChildProcess.run(
            "sh", ["-c", "\(Stoke.binary) tasks work --now \(stoke.now ?? "") < \(script.path("lines"))"],
            environment: [
                "PATH": "/usr/bin:/bin", "HOME": stoke.folder.path, "STOKE_STATE": stoke.folder.path("state"),
            ],
            folder: stoke.path)
        #expect(piped.text.contains("means nothing here") && piped.text.contains("1 done, 1 skipped; 1 left"))
        #expect(try stoke.tasks().count == 1)
    }

    @Test func `cards fit the terminal, however narrow, and keep hostile texts from it`() throws {
        let stoke = try desk()
        try stoke.folder.write(
            "work/more.csv",
            text:
                "email,first_name,company,linkedin\nx@evil.example,\"Mal\u{1B}]0;own\u{7}ory \u{202E}x\",\"\(String(repeating: "漢字", count: 40))\",linkedin.com/in/mal\n"
        )
        try stoke("import", "more.csv")
        try stoke("enroll", "reviewed", "--all")
        try stoke("run", now: "2026-03-03T15:45:00Z")
        let session = try stoke.terminal(
            ["tasks", "work"], now: "2026-03-03T15:45:00Z", environment: ["NO_COLOR": "1"], columns: 60,
            (1...7).map { Step("\($0) of 8.*> ", " ") } + [Step("8 of 8.*> ", "q")])
        #expect(session.missed == nil, "\(session.text)")
        #expect(!session.output.contains("\u{1B}"))
        #expect(!session.output.unicodeScalars.contains("\u{202E}"))
    }
}

@Suite(.enabled(if: Programs.exist("tmux"), "tmux is not installed"))
struct `Tasks one after the other, in tmux` {
    @Test func `the text is copied through tmux, and the card stands whole on its screen`() throws {
        let stoke = try Stoke.reviewed(steps: "  - {id: connect, linkedin: {connect: connect-note}}")
        // Driven from Python: the server must not keep open what a test waits for.
        let script = """
            import subprocess, sys, time
            socket, command = sys.argv[1:]
            def tmux(*words):
                return subprocess.run(
                    ["tmux", "-S", socket, "-f", "/dev/null", *words], stdin=subprocess.DEVNULL, capture_output=True,
                    text=True).stdout
            def wait(text):
                for _ in range(600):
                    screen = tmux("capture-pane", "-p")
                    if text in screen: return screen
                    time.sleep(0.05)
                sys.exit(f"{text} never came: {screen}")
            tmux("new-session", "-d", "-x", "80", "-y", "30", command)
            try:
                print(wait("? help"))
                tmux("send-keys", "c")
                wait("copied the text")
                print("buffer:", tmux("show-buffer"))
            finally:
                tmux("kill-server")
            """
        let variables = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": stoke.folder.path,
            "STOKE_STATE": stoke.folder.path("state"), "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
        ]
        let result = try ChildProcess.run(
            "python3",
            ["-c", script, stoke.folder.path("tmux"), "\(Stoke.binary) tasks work --now \(stoke.now ?? "")"],
            environment: variables, folder: stoke.path)
        #expect(result.status == 0, "\(result.errorText)")
        #expect(result.text.contains("1 of 3") && result.text.contains("https://www.linkedin.com/in/"))
        #expect(result.text.contains("buffer: Hi "))
    }
}
