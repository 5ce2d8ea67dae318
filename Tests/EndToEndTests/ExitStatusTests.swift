import Foundation
import TestKit
import Testing

/// What a script sees: the statuses of sysexits that the pages promise.
@Suite struct `The exit status` {
    private static let now = "2026-03-02T08:00:00Z"

    private func workspace(home: String = "any") throws -> Stoke {
        let stoke = try Stoke(now: Self.now)
        try stoke("init")
        if home != "any" {
            try stoke.edit("stoke.yaml") {
                $0.replacing("home: any ", with: "home: \(home) ")
                    .replacing("smtp: maildir:outbox", with: "smtp: smtp://127.0.0.1:9\n    tls: none")
            }
        }
        try stoke("apply", "--yes")
        try stoke("import", "prospects/sample.csv")
        return stoke
    }

    @Test func `is 0, 1 and 64 as all is well, something failed, or the line was not understood`() throws {
        let stoke = try workspace()
        for line in [
            [], ["--help"], ["help"], ["--version"], ["status"], ["check"], ["doctor"], ["enroll", "first", "--all"],
        ] {
            #expect(try stoke.run(line).status == 0, "\(line)")
        }
        for line in [
            ["show", "nobody"], ["tasks", "done", "zzzz"], ["import", "nofile.csv"], ["enroll", "nosuch", "--all"],
        ] {
            #expect(try stoke.run(line).status == 1, "\(line)")
        }
        for line in [
            ["nosuch"], ["status", "--nosuch"], ["show"], ["tasks", "nosuch"], ["show", "a", "b"], ["help", "nosuch"],
        ] {
            #expect(try stoke.run(line).status == 64, "\(line)")
        }
        #expect(try stoke("forget", "ann").status == 64, "asks, and nobody is there")
    }

    @Test func `is 1 when an inbox could not be read, and what to do is said`() throws {
        let stoke = try workspace()
        try stoke.edit("stoke.yaml") {
            $0.replacing("imap: none ", with: "imap: maildir:inbox ")
        }
        try stoke.folder.write("work/inbox", text: "no folder\n")
        let applied = try stoke("apply", "--yes")
        #expect(applied.status == 0, "\(applied.errors)")
        let run = try stoke("run")
        #expect(run.status == 1, "\(run)")
        #expect(run.errors.contains("mailbox me could not be read") && run.errors.contains("stoke doctor"))
        let status = try #require(try stoke.json("status") as? [String: Any])
        #expect((status["last_run"] as? [String: Any])?["exit"] as? Int == 1, "\(status)")
    }

    @Test func `is 1 for a copy that is not there, before anything is asked`() throws {
        let stoke = try workspace()
        let restored = try stoke("ledger", "restore", "nofile.db")
        #expect(restored.status == 1 && restored.errors.contains("there is no file nofile.db"), "\(restored)")
    }

    @Test func `is 0 for what the first apply would change, which is said to be the first`() throws {
        let stoke = try Stoke(now: Self.now)
        try stoke("init")
        let diff = try stoke("plan", "--diff")
        #expect(diff.status == 0)
        #expect(diff.text == "nothing is live yet; applying makes live:\n+ sequence first\n")
    }

    @Test func `is 2 when files would change something, and 65 when they have findings`() throws {
        let stoke = try workspace()
        #expect(try stoke("plan", "--diff", "--detailed-exitcode").status == 0)
        try stoke.edit("sequences/first.yaml") {
            $0.replacing("after: 3 business days", with: "after: 4 business days")
        }
        #expect(try stoke("plan", "--diff").status == 0)
        #expect(try stoke("plan", "--diff", "--detailed-exitcode").status == 2)
        try stoke.edit("sequences/first.yaml") { $0.replacing("email: hello", with: "email: nosuch") }
        #expect(try stoke("check").status == 65)
        #expect(try stoke("apply", "--yes").status == 65)
        #expect(try stoke("plan", "--diff").status == 65)
        try stoke.folder.write("work/bad.csv", text: "email\nnone\n")
        #expect(try stoke("import", "bad.csv").status == 65)
        #expect(try stoke("suppress", "import", "bad.csv", "--reason", "x").status == 65)
    }

    @Test func `is 75 while another run holds the lock`() throws {
        let stoke = try workspace()
        let script = """
            import fcntl, os, sys
            folder = os.open(sys.argv[1], os.O_RDONLY)
            fcntl.flock(folder, fcntl.LOCK_EX)
            print(1, flush=True)
            sys.stdin.read()
            """
        let holder = try RunningProgram("python3", ["-c", script, stoke.path + "/.stoke"])
        #expect(holder.readLine() == "1")
        for line in [["run"], ["inbox"], ["adopt", "--yes"], ["forget", "ann", "--yes"]] {
            #expect(try stoke.run(line).status == 75, "\(line)")
        }
        #expect(try stoke("status").status == 0)
        holder.stop()
        #expect(try stoke("run").status == 0)
    }

    @Test func `is 77 on another machine, for a restored ledger and on the wrong clock`() throws {
        let elsewhere = try workspace(home: "another-machine")
        for line in [["run"], ["inbox"], ["enroll", "first", "--all"]] {
            let output = try elsewhere.run(line)
            #expect(output.status == 77 && output.errors.contains("only another-machine sends"), "\(line): \(output)")
        }
        #expect(try elsewhere("enroll", "first", "--all", "--dry-run").status == 0)

        var stoke = try workspace()
        stoke.now = nil
        #expect(try stoke("run").status == 77)
        stoke.now = Self.now
        #expect(try stoke("run", environment: ["STOKE_STATE": stoke.folder.path("other")]).status == 77)
    }
}

/// The schemas that `stoke init` writes, for editors.
@Suite(.enabled(if: OutputSchemas.hasYAML, "Python lacks yaml or jsonschema: make deps-test installs them"))
struct `The schemas of a new workspace` {
    /// Each file by the schema that its first line names.
    private static let judge = """
        import json, os, sys, yaml, jsonschema
        root, wrong, count = sys.argv[1], 0, 0
        for folder in ["", "sequences"]:
            for name in sorted(os.listdir(os.path.join(root, folder))):
                if not name.endswith(".yaml"): continue
                text = open(os.path.join(root, folder, name)).read()
                mark = "# yaml-language-server: $schema="
                assert text.startswith(mark), name + " names no schema"
                place = os.path.join(root, folder, text.split("\\n")[0][len(mark):])
                errors = list(jsonschema.Draft202012Validator(json.load(open(place))).iter_errors(
                    yaml.load(text, yaml.SafeLoader)))
                for error in errors: print(name, error.json_path, error.message[:200])
                wrong += len(errors); count += 1
        print(count, "files", wrong, "wrong")
        """

    private func judged(_ path: String) throws -> String {
        String(decoding: try ChildProcess.python(Self.judge, [path]), as: UTF8.self)
    }

    @Test func `take its samples and this package's, and refuse a misspelt key`() throws {
        let stoke = try Stoke()
        try stoke("init")
        #expect(try judged(stoke.path) == "3 files 0 wrong\n")
        #expect(try judged(Stoke.root.path) == "5 files 0 wrong\n")
        try stoke.edit("sequences/first.yaml") { $0.replacing("audience:", with: "audeince:") }
        #expect(try judged(stoke.path).contains("audeince"))
    }

    @Test func `are renewed by init, and nothing else is`() throws {
        let stoke = try Stoke()
        try stoke("init")
        try stoke.edit("schemas/stoke.schema.json") { _ in "{}" }
        try stoke.edit("stoke.yaml") { $0 + "# mine\n" }
        let again = try stoke("init")
        #expect(again.text.contains("schemas/stoke.schema.json") && !again.text.contains("  stoke.yaml"))
        #expect(String(decoding: try stoke.folder.read("work/stoke.yaml"), as: UTF8.self).hasSuffix("# mine\n"))
        #expect(try stoke.folder.read("work/schemas/stoke.schema.json").count > 1000)
        #expect(try stoke("init").text.contains("nothing was written"))
    }
}
