import Foundation
import TestKit
import Testing

@Suite struct `The command` {
    private static let start = "2026-03-02T08:00:00Z"

    @Test(arguments: [
        "init", "check", "apply", "status", "import", "enroll", "plan", "run", "tasks", "touch", "pause", "resume",
        "release", "show", "explain", "preview", "suppress", "qualify", "cron", "pipeline", "report", "handoff",
        "inbox",
        "resolve", "ledger", "export", "simulate", "forget", "merge", "completions", "help",
    ])
    func `every command has help with an example`(name: String) throws {
        let output = try Stoke()(name, "--help")
        #expect(output.status == 0)
        #expect(output.text.contains("Examples:") && output.text.contains("stoke \(name)"))
        #expect(output.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func `an unknown command gets a suggestion and 64`() throws {
        let output = try Stoke()("enrol")
        #expect(output.status == 64)
        #expect(output.errors.contains("enroll"))
    }

    @Test func `the version is printed`() throws {
        let output = try Stoke()("--version")
        #expect(output.status == 0 && output.text.hasPrefix("stoke 0."))
    }

    @Test func `init writes a workspace that checks clean and keeps what is there`() throws {
        let stoke = try Stoke()
        #expect(try stoke("init").status == 0)
        #expect(try stoke("check").status == 0)
        try stoke.edit("stoke.yaml") { $0 + "# mine\n" }
        #expect(try stoke("init").text.contains("nothing was written"))
        #expect(String(decoding: try stoke.folder.read("work/stoke.yaml"), as: UTF8.self).hasSuffix("# mine\n"))
    }

    @Test func `findings come all at once, with places, and apply refuses`() throws {
        let stoke = try Stoke.sample()
        try stoke.edit("sequences/founders.yaml") { $0.replacing("thread: intro  ", with: "thread: visit  ") }
        try stoke.edit("templates/intro.md") { $0.replacing("first_name", with: "frist_name") }
        try stoke.edit("stoke.yaml") { $0.replacing("timezone: Europe/Berlin", with: "timezon: Europe/Berlin") }
        let check = try stoke("check")
        #expect(check.status == 65)
        for part in ["sequences/founders.yaml:", "templates/intro.md:", "stoke.yaml:", "hint:", "^"] {
            #expect(check.errors.contains(part), "no \(part) in \(check.errors)")
        }
        let apply = try stoke("apply", "--yes")
        #expect(apply.status == 65 && apply.errors.contains("nothing was applied"))
        #expect(try stoke("run").status != 0)
    }

    @Test(arguments: [
        ("stoke.yaml", "    gap: 90s", "   gap: 90s", "yaml-syntax", ""),
        ("stoke.yaml", "\nmailboxes:", "\nmailboxs:", "missing-key unknown-key", "did you mean \"mailboxes\"?"),
        (
            "stoke.yaml", "smtp: maildir:outbox", "smtp: mx.acme.example:587", "bad-server",
            "write smtp://mx.acme.example:587"
        ),
        (
            "sequences/founders.yaml", "{linkedin.connected: false}", "linkedin.connected == false", "wrong-value",
            "write {linkedin.connected: false}"
        ),
        ("sequences/demo-request.yaml", "- id: nudge", "- nudge:", "missing-key unknown-key", "known keys: id"),
    ])
    func `a slip is told in its place, and nothing that only follows from it`(
        file: String, before: String, after: String, codes: String, hint: String
    ) throws {
        let stoke = try Stoke.sample()
        try stoke.edit(file) { text in
            guard let place = text.firstRange(of: before) else { return text }
            return text.replacingCharacters(in: place, with: after)
        }
        let check = try #require(try stoke.json("check") as? [String: Any])
        let found = try #require(check["findings"] as? [[String: Any]])
        #expect(Set(found.compactMap { $0["code"] as? String }) == Set(codes.split(separator: " ").map(String.init)))
        #expect(found.allSatisfy { $0["file"] as? String == file }, "\(found)")
        #expect(hint.isEmpty || found.contains { ($0["hint"] as? String)?.hasPrefix(hint) == true }, "\(found)")
    }

    @Test func `a folder that is a link is read, and a link that is not followed is told`() throws {
        let stoke = try Stoke.sample()
        let files = FileManager.default
        let templates = stoke.path + "/templates"
        try files.moveItem(atPath: templates, toPath: stoke.folder.path("shared"))
        try files.createSymbolicLink(atPath: templates, withDestinationPath: "../shared")
        #expect(try stoke("check").text.contains("nothing wrong"))
        try stoke.folder.write("secret.md", text: "---\nsubject: x\n---\nhush\n")
        for (name, target) in [("out.md", "../secret.md"), ("gone.txt", "nowhere"), ("more", "..")] {
            try files.createSymbolicLink(atPath: templates + "/" + name, withDestinationPath: target)
        }
        let check = try stoke("check")
        #expect(check.status == 0 && check.text.contains("3 warnings"), "\(check)")
        for part in [
            "templates/out.md is a link that leads out of templates/",
            "templates/gone.txt is a link that leads nowhere",
            "templates/more is a link to a folder",
        ] {
            #expect(check.errors.contains(part), "no \(part) in \(check.errors)")
        }
        try files.removeItem(atPath: templates)
        try files.createSymbolicLink(atPath: templates, withDestinationPath: "../nowhere")
        try files.removeItem(atPath: stoke.path + "/prospects")
        try stoke.folder.write("work/prospects", text: "")
        let missing = try stoke("check")
        #expect(missing.status == 65 && missing.errors.contains("templates is a link that leads nowhere"))
        #expect(missing.errors.contains("prospects is no folder"))
    }

    @Test func `run goes on with the applied files and says that they have moved on`() throws {
        let stoke = try Stoke.sample(now: Self.start)
        try stoke("apply", "--yes")
        try stoke.edit("stoke.yaml") { $0 + "\nnonsense: [\n" }
        #expect(try stoke("run").status == 0)
        #expect(try stoke("status").text.contains("changed since they were applied"))
    }

    @Test func `the morning goes from import to a ticked task`() throws {
        let stoke = try Stoke.sample(now: Self.start)
        try stoke("apply", "--yes")
        let imported = try stoke("import", "prospects/sample.csv")
        #expect(imported.text.contains("added"))
        try stoke("qualify", "--all", "--accept")
        try stoke("enroll", "founders", "--all")
        #expect(try stoke("plan", "--until", "1d").text.contains("founders/intro"))
        for minute in stride(from: 0, to: 50, by: 5) {
            try stoke("run", now: "2026-03-02T08:\(minute < 10 ? "0" : "")\(minute):00Z")
        }
        try stoke("run", now: "2026-03-03T09:00:00Z")
        let listing = try #require(try stoke.json("tasks", now: "2026-03-03T09:05:00Z") as? [String: Any])
        let tasks = try #require(listing["tasks"] as? [[String: Any]])
        let code = try #require(tasks.first { $0["action"] as? String == "connect" }?["code"] as? String)
        let shown = try stoke("tasks", "show", code, now: "2026-03-03T09:05:00Z")
        #expect(shown.text.contains("linkedin"))
        let done = try stoke("tasks", "done", code, "--outcome", "sent", now: "2026-03-03T09:06:00Z")
        #expect(done.status == 0, "\(done.errors)")
        #expect(try stoke("tasks", "done", code, now: "2026-03-03T09:07:00Z").status == 1)
    }

    @Test func `a real ledger refuses a pretend clock, and a pretend one the real clock`() throws {
        let real = try Stoke.sample()
        #expect(try real("apply", "--yes").status == 0)
        #expect(try real("run", now: Self.start).status == 77)
        let pretend = try Stoke.sample(now: Self.start)
        #expect(try pretend("apply", "--yes").status == 0)
        var without = pretend
        without.now = nil
        #expect(try without("run").status == 77)
    }

    @Test func `output has no colour in a pipe and stays within 80 columns`() throws {
        let stoke = try Stoke.sample(now: Self.start)
        try stoke("apply", "--yes")
        try stoke("import", "prospects/sample.csv")
        for arguments in [["status"], ["qualify"], ["plan"], ["tasks"], ["show", "aenne.juergens@nordlicht.example"]] {
            let text = try stoke.run(arguments).text
            #expect(!text.contains("\u{1B}"), "\(arguments)")
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(arguments): \(text)")
        }
    }

    @Test func `pause, resume and suppress say what they did`() throws {
        let stoke = try Stoke.sample(now: Self.start)
        try stoke("apply", "--yes")
        try stoke("import", "prospects/sample.csv")
        try stoke("qualify", "--all", "--accept")
        try stoke("enroll", "founders", "--all")
        #expect(try stoke("pause", "founders", "--until", "5d").text.contains("paused: founders"))
        #expect(try stoke("run").text.isEmpty)
        #expect(try stoke("resume", "founders").text.contains("goes on"))
        #expect(try stoke("run").text.contains("sent"))
        #expect(try stoke("suppress", "nordlicht.example", "--reason", "customer").status == 0)
        #expect(try stoke("show", "aenne.juergens@nordlicht.example").text.contains("stopped"))
    }

    @Test func `tasks are skipped and snoozed, a held person is released, and explain says why`() throws {
        let stoke = try Stoke.sample(now: Self.start)
        try stoke("apply", "--yes")
        try stoke("import", "prospects/sample.csv")
        try stoke("qualify", "--all", "--accept")
        try stoke.edit("stoke.yaml") { $0.replacing("gap: 90s", with: "gap: 0s") }
        try stoke("apply", "--yes")
        try stoke("enroll", "founders", "--all")
        try stoke("run")
        let next = "2026-03-03T09:00:00Z"
        try stoke("run", now: next)
        let listing = try #require(try stoke.json("tasks", now: next) as? [String: Any])
        let codes = try #require(listing["tasks"] as? [[String: Any]])
            .filter { $0["action"] as? String == "view" }.compactMap { $0["code"] as? String }
        #expect(codes.count > 2)
        #expect(try stoke("tasks", "skip", codes[0], now: next).text.contains("skipped"))
        #expect(try stoke("tasks", "snooze", codes[1], "--until", "1d", now: next).text.contains("until"))
        #expect(try stoke("tasks", "snooze", codes[2], "--until", "yesterday", now: next).status == 64)
        let left = try stoke("tasks", now: next).text
        #expect(!left.contains("  \(codes[0].prefix(4))  ") && !left.contains("  \(codes[1].prefix(4))  "))

        // A country that wants consent holds a person who has no basis.
        let held = "bjoern.gross@nordlicht.example"
        #expect(try stoke("explain", held, now: next).text.contains("consent"))
        #expect(try stoke("release", held, "--stop", now: next).text.contains("released"))
        #expect(try stoke("show", held, now: next).text.contains("stopped"))
        #expect(try stoke("release", held, "--send", now: next).status == 1)
        #expect(try stoke("status", now: next).text.contains("founders"))
    }

    @Test func `UTC is a zone like any other`() throws {
        let stoke = try Stoke.sample()
        try stoke.edit("stoke.yaml") { $0.replacing("timezone: Europe/Berlin", with: "timezone: UTC") }
        #expect(try stoke("check").status == 0)
    }

    @Test func `cron prints a line with the binary and the workspace`() throws {
        let stoke = try Stoke.sample(now: Self.start)
        try stoke("apply", "--yes")
        let text = try stoke("cron").text
        #expect(text.contains("*/5 * * * * '") && text.contains("run >>'") && text.contains("OnCalendar="))
    }

    @Test func `a reply and a meeting show on the board, in the report and in the hand-over`() throws {
        let stoke = try Stoke.sample(now: Self.start)
        try stoke("apply", "--yes")
        try stoke("import", "prospects/sample.csv")
        try stoke("qualify", "--all", "--accept")
        try stoke("enroll", "founders", "--all")
        try stoke("run")
        try stoke("touch", "jonas.weber@nordlicht.example", "--reply", "positive")
        #expect(try stoke("pipeline").text.contains("Jonas Weber"))
        #expect(try stoke("report", "--by", "mailbox").text.contains("Positive replies"))
        #expect(try stoke("handoff").text.contains("Jonas Weber"))
        #expect(try stoke("handoff", "jonas.weber@nordlicht.example", "--accept").text.contains("taken over"))
        #expect(try stoke("handoff", "jonas.weber@nordlicht.example", "--reject", "busy", "--accept").status == 64)
        #expect(try stoke("report", "--html", "report.html").status == 0)
        #expect(String(decoding: try stoke.folder.read("work/report.html"), as: UTF8.self).contains("<svg"))
    }

    @Test func `preview writes a message that Python reads`() throws {
        let stoke = try Stoke.sample(now: Self.start)
        try stoke("apply", "--yes")
        try stoke("import", "prospects/sample.csv")
        let person = "aenne.juergens@nordlicht.example"
        #expect(try stoke("preview", person, "founders/intro", "--eml", "m.eml").status == 0)
        let script = """
            import email, email.policy, sys
            m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
            print(m['to']); print(m['list-unsubscribe']); print(len(list(m.iter_parts())))
            print(m.get_body(('plain',)).get_content())
            """
        let text = String(
            decoding: try ChildProcess.python(script, input: try stoke.folder.read("work/m.eml")), as: UTF8.self)
        #expect(text.contains("Änne Jürgens") && text.contains("acme.example/u/"))
        #expect(text.contains("Torstr. 1") && text.contains("Unsubscribe"))
    }
}
