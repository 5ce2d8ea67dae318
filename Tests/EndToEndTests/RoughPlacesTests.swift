import Foundation
import TestKit
import Testing

/// Where the command is run badly: wrong words, full disks, closed outputs, folders that are not ours.
@Suite struct `In a rough place` {
    private static let now = "2026-03-02T08:00:00Z"

    private func workspace() throws -> Stoke {
        let stoke = try Stoke(now: Self.now)
        try stoke("init")
        try stoke("apply", "--yes")
        try stoke("import", "prospects/sample.csv")
        return stoke
    }

    @Test func `a word that is nearly right gets the right one suggested`() throws {
        let stoke = try workspace()
        for (arguments, hint, status) in [
            (["chek"], "check", 64), (["check", "--jsn"], "--json", 64), (["tasks", "snoze"], "snooze", 64),
            (["help", "unknown-ky"], "unknown-key", 64), (["help", "chek"], "check", 64),
            (["enroll", "frist", "--all"], "first", 1), (["show", "ann@fathom.exmple"], "ann@fathom.example", 1),
            (["show", "Ann Milller"], "Ann Miller", 1), (["preview", "ann", "helo"], "hello", 1),
            (["preview", "ann", "first/helo"], "first/hello", 1), (["pause", "frst"], "first", 1),
            (["touch", "ann", "--reply", "postive"], "positive", 64), (["touch", "ann", "meting"], "meeting", 64),
            (["export", "peple"], "people", 64), (["report", "--by", "mailbx"], "mailbox", 64),
            (["import", "prospects/sampel.csv"], "prospects/sample.csv", 1), (["doctor", "machin"], "machine", 64),
        ] as [([String], String, Int32)] {
            let output = try stoke.run(arguments)
            #expect(output.status == status && output.text.isEmpty, "\(arguments): \(output)")
            #expect(output.errors.contains("did you mean \"\(hint)\"?"), "\(arguments): \(output)")
        }
    }

    @Test func `what can't be gets an example of what can`() throws {
        let stoke = try workspace()
        for (arguments, hint) in [
            (["plan", "--until", "soon"], "7d"), (["pause", "first", "--until", "2026-13-01"], "2026-04-07"),
            (["explain", "ann", "--at", "never"], "2026-03-12"), (["resolve", "99"], "--resend"),
            (["suppress"], "WHAT"), (["release", "ann"], "--skip"), (["ledger"], "needs a command"),
        ] {
            let output = try stoke.run(arguments)
            #expect(output.status == 64 && output.errors.contains(hint), "\(arguments): \(output)")
        }
        var pretend = stoke
        pretend.now = "yesterday"
        #expect(try pretend("status").errors.contains("2026-03-12T09:00:00Z"))
        let outside = try Stoke()("-C", "/nowhere", "status")
        #expect(outside.status == 1 && outside.errors.contains("stoke init /nowhere"))
        #expect(try Stoke()("status").errors.contains("stoke init makes a workspace"))
    }

    /// A command of the shell, with `$STOKE` and the workspace; its status and what it wrote to its error output.
    private func shell(_ stoke: Stoke, _ script: String, _ environment: [String: String] = [:]) throws
        -> (status: Int32, errors: String)
    {
        var variables = ["STOKE": Stoke.binary, "PATH": "/usr/bin:/bin", "STOKE_STATE": stoke.folder.path("state")]
        variables.merge(environment) { $1 }
        let result = try ChildProcess.run("bash", ["-c", script], environment: variables, folder: stoke.path)
        return (result.status, result.errorText)
    }

    @Test func `results that can't be written are said, and no results are lost quietly`() throws {
        let stoke = try workspace()
        try stoke.folder.write("work/m.eml", text: "From: a@b.example\nSubject: x\n\nx\n")
        for command in ["status", "check", "help", "--version", "tasks --json", "export people", "inbox explain m.eml"]
        {
            let full = try shell(stoke, "$STOKE \(command) >/dev/full")
            #expect(full.status == 1 && full.errors.contains("No space left on device"), "\(command): \(full)")
            let closed = try shell(stoke, "$STOKE \(command) >&-")
            #expect(closed.status == 1 && closed.errors.contains("could not be written"), "\(command): \(closed)")
            let left = try shell(stoke, "set -o pipefail; $STOKE \(command) | true")
            #expect(left.status == 0 && left.errors.isEmpty, "\(command): \(left)")
        }
        // The ledger never becomes the standard output.
        #expect(try shell(stoke, "$STOKE touch ann meeting --now \(Self.now) >&- 2>&- <&-").status == 1)
        #expect(try stoke("ledger", "verify").status == 0)
    }

    @Test func `no HOME, a plain locale and a dumb terminal change nothing`() throws {
        let stoke = try workspace()
        let usual = try stoke("status").text
        for environment in [["HOME": ""], ["LANG": "C", "LC_ALL": "C", "TERM": "dumb"], ["TERM": ""]] {
            #expect(try stoke("status", environment: environment).text == usual)
        }
        let result = try ChildProcess.run(
            "env", ["-i", Stoke.binary, "check"], environment: [:], folder: stoke.path)
        #expect(result.status == 0, "\(result.errorText)")
    }

    @Test(.enabled(if: getuid() == 0, "only root can become somebody else"))
    func `a folder of somebody else is told from one that is empty`() throws {
        let stoke = try workspace()
        for path in [stoke.folder.path, stoke.path] { chmod(path, 0o755) }
        let somebody = ["--reuid=65534", "--regid=65534", "--clear-groups"]
        func run(_ arguments: String...) throws -> ChildProcess.Result {
            try ChildProcess.run(
                "setpriv", somebody + [Stoke.binary] + arguments + ["--now", Self.now],
                environment: ["PATH": "/usr/bin:/bin", "STOKE_STATE": "/nonexistent"], folder: stoke.path)
        }
        for command in ["status", "run", "tasks"] {
            let output = try run(command)
            #expect(output.status == 1 && output.errorText.contains("Permission denied"), "\(output.errorText)")
            #expect(!output.errorText.contains("stoke apply makes it"))
        }
        chmod(stoke.path + "/sequences", 0)
        #expect(try run("check").errorText.contains("uid 65534"))
        chmod(stoke.path + "/sequences", 0o755)
        chmod(stoke.path + "/stoke.yaml", 0)
        #expect(try run("check").errorText.contains("can't read"))
    }

    @Test(.enabled(if: (try? ChildProcess.run("unshare", ["-m", "true"]).status) == 0, "unshare is not permitted"))
    func `without its arguments it fails instead of doing nothing`() throws {
        let script = "mount -t tmpfs none /proc && exec \(Stoke.binary) run"
        let result = try ChildProcess.run("unshare", ["-m", "sh", "-c", script])
        #expect(result.status == 1 && result.errorText.contains("/proc"), "\(result)")
    }

    @Test func `progress lines are for terminals only`() throws {
        let stoke = try workspace()
        let piped = try stoke("doctor")
        #expect(piped.status == 0 && piped.errors.isEmpty)
        let script = """
            import os, pty, sys
            pid, terminal = pty.fork()
            if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
            seen = b""
            while True:
                try: part = os.read(terminal, 65536)
                except OSError: break
                if not part: break
                seen += part
            os.waitpid(pid, 0)
            sys.stdout.buffer.write(seen)
            """
        let typed = try ChildProcess.run(
            "python3", ["-c", script, Stoke.binary, "doctor", "mail", "--now", Self.now],
            environment: ["PATH": "/usr/bin:/bin", "STOKE_STATE": stoke.folder.path("state"), "TERM": "xterm"],
            folder: stoke.path)
        #expect(typed.text.contains("logging in for me") && typed.text.contains("\u{1B}[32mok"), "\(typed.text)")
    }
}
