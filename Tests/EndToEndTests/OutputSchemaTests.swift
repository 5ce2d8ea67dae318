import Foundation
import TestKit
import Testing

/// Every command's `--json` against its schema in `Docs/schemas/output`, judged by Python's jsonschema.
@Suite(.enabled(if: OutputSchemas.hasJudge, "Python has no jsonschema: make deps-test installs it"))
struct `The JSON of every command` {
    @Test func `is what its schema says`() throws {
        let folder = try TemporaryFolder()
        let written = try OutputLife(into: folder).play()
        let schemas = Stoke.root.appending(path: "Docs/schemas/output").path
        let verdict = try ChildProcess.run("python3", ["-c", Self.judge, schemas, folder.path])
        #expect(verdict.status == 0, "\(verdict.text)\(verdict.errorText)")
        print("JSON schemas: \(verdict.text.split(separator: "\n").last ?? "nothing")")
        // No schema without a command, no command without a schema.
        let names = try FileManager.default.contentsOfDirectory(atPath: schemas).map {
            $0.replacing(".schema.json", with: "")
        }
        #expect(Set(names) == written)
    }

    @Test func `is asked of every command that has it`() throws {
        let stoke = try Stoke()
        #expect(try stoke("pages", "manual", "man").status == 0)
        let pages = try FileManager.default.contentsOfDirectory(atPath: stoke.path + "/man").filter {
            String(decoding: try stoke.folder.read("work/man/\($0)"), as: UTF8.self).contains("\\-\\-json")
        }
        let commands = Set(pages.map { $0.replacing("stoke-", with: "").replacing(".1", with: "") })
        // Where one command prints in several shapes, each has a schema; where it only settles something, it prints none.
        let shapes = ["plan-diff": "plan", "export-people": "export", "export-tasks": "export"]
            .merging(["export-touchpoints": "export", "export-stages": "export", "check-prospects": "check"]) { $1 }
            .merging(["qualify-person": "qualify", "qualify-evidence": "qualify", "qualify-decision": "qualify"]) { $1 }
            .merging(["qualify-backtest": "qualify", "handoff-decision": "handoff"]) { $1 }
            .merging(["touch-import-connections": "touch-import"]) { $1 }
            .merging(["preview-all": "preview", "preview-variants": "preview"]) { $1 }
        let covered = Set(OutputLife.names.map { shapes[$0] ?? $0 } + ["tasks-list"])
        #expect(covered == commands, "only one side: \(covered.symmetricDifference(commands).sorted())")
    }

    /// Besides: with members changed that the schema names, it must refuse, or it would say nothing.
    private static let judge = """
        import copy, json, os, sys, jsonschema
        schemas, outputs = sys.argv[1:]
        def closed(schema):
            if isinstance(schema, list): return [closed(part) for part in schema]
            if not isinstance(schema, dict): return schema
            schema = {name: closed(part) for name, part in schema.items()}
            if "properties" in schema: schema.setdefault("additionalProperties", False)
            return schema
        documents = wrong = refused = 0
        for file in sorted(os.listdir(outputs)):
            name = file.rsplit(".", 1)[0]
            text = open(os.path.join(outputs, file)).read()
            values = [json.loads(line) for line in text.splitlines()] if file.endswith(".jsonl") else [json.loads(text)]
            schema = json.load(open(os.path.join(schemas, name + ".schema.json")))
            jsonschema.Draft202012Validator.check_schema(schema)
            # Members that are not described are let pass for users, and found here.
            checker = jsonschema.Draft202012Validator(
                closed(schema), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
            if not values or values == [[]]:
                print(name, "is empty: nothing was judged"); wrong += 1
            for value in values:
                documents += 1
                errors = list(checker.iter_errors(value))
                wrong += len(errors)
                for error in errors[:5]: print(name, error.json_path, error.message[:200])
                for member in (list(value) if isinstance(value, dict) else []):
                    less = {key: kept for key, kept in value.items() if key != member}
                    if member in schema.get("required", []): refused += 1 if list(checker.iter_errors(less)) else -10**6
                    bad = [dict(value, **{member: odd}) for odd in ({"no": ["such", None]}, [["no"], None])]
                    if any(list(checker.iter_errors(spoilt)) for spoilt in bad): refused += 1
                    else: print(name, member, "may be anything"); wrong += 1
        print(f"{documents} documents of {len(os.listdir(outputs))} shapes, {refused} spoilt ones refused, {wrong} wrong")
        sys.exit(wrong > 0 or refused < documents)
        """
}

/// A life in which every command has something to say.
struct OutputLife {
    /// The shapes, by the names of their schemas.
    static let names: Set<String> = [
        "check", "doctor", "import", "enroll", "plan", "plan-diff", "run", "status", "tasks", "tasks-show", "show",
        "explain", "touch", "touch-import", "touch-import-connections", "suppress-import", "qualify", "pipeline",
        "report", "handoff", "simulate",
        "inbox", "inbox-explain", "resolve", "forget", "merge", "export-people", "export-tasks", "export-touchpoints",
        "export-stages", "check-prospects", "qualify-person", "qualify-evidence", "qualify-decision",
        "qualify-backtest",
        "handoff-decision", "preview", "preview-all", "preview-variants", "tasks-done", "tasks-sync",
    ]
    private static let morning = "2026-03-02T08:00:00Z"
    private static let next = "2026-03-03T09:00:00Z"
    private static let person = "jonas.weber@nordlicht.example"

    let folder: TemporaryFolder
    private let stoke: Stoke

    init(into folder: TemporaryFolder) throws {
        self.folder = folder
        stoke = try Stoke.sample(now: Self.morning)
    }

    /// The names of what was written into the folder.
    func play() throws -> Set<String> {
        try stoke.edit("stoke.yaml") {
            $0.replacing("imap: none ", with: "imap: maildir:inbox ").replacing(
                "imap: none\n", with: "imap: maildir:inbox\n")
        }
        try firstDay()
        try secondDay()
        try otherTools()
        try unknownMail()
        return Set(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).map { String($0.prefix { $0 != "." }) })
    }

    private func write(_ name: String, _ arguments: [String], now: String = next, lines: Bool = false) throws {
        let output = try stoke.run(arguments + ["--json"], now: now)
        #expect([0, 1, 65].contains(output.status) && !output.text.isEmpty, "\(arguments): \(output)")
        try folder.write("\(name).\(lines ? "jsonl" : "json")", text: output.text)
    }

    private func firstDay() throws {
        let now = Self.morning
        try stoke("apply", "--yes")
        try write("import", ["import", "prospects/sample.csv"], now: now)
        try write("qualify", ["qualify"], now: now)
        try stoke("qualify", "--all", "--accept")
        try write("enroll", ["enroll", "founders", "--all"], now: now)
        try write("plan", ["plan", "--until", "2d"], now: now)
        try write("run", ["run"], now: now)
        for minute in stride(from: 10, to: 50, by: 5) { try stoke("run", now: "2026-03-02T08:\(minute):00Z") }
    }

    private func secondDay() throws {
        try stoke("run", now: Self.next)
        try write("tasks", ["tasks"])
        let listing = try #require(try stoke.json("tasks", now: Self.next) as? [String: Any])
        let code = try #require((listing["tasks"] as? [[String: Any]])?.last?["code"] as? String)
        try write("tasks-show", ["tasks", "show", code])
        try previews()
        try ticks(listing)
        let answer = "From: \(Self.person)\r\nSubject: Re: x\r\nMessage-ID: <a@b.example>\r\n\r\nYes.\r\n"
        try stoke.folder.write("work/inbox/new/1", text: answer)
        for part in ["cur", "tmp"] {
            try FileManager.default.createDirectory(
                atPath: stoke.path + "/inbox/\(part)", withIntermediateDirectories: true)
        }
        try write("inbox", ["inbox"])
        try write("inbox-explain", ["inbox", "explain", "inbox/new/1"], lines: true)
        try write("touch", ["touch", Self.person, "--reply", "positive", "--note", "call me"])
        for name in ["show", "explain"] { try write(name, [name, Self.person]) }
        for name in ["status", "pipeline", "handoff", "doctor"] { try write(name, [name]) }
        try write("report", ["report", "--by", "variant"])
        try decisions()
        try write("simulate", ["simulate", "--days", "3"])
        for name in ["people", "tasks", "touchpoints", "stages"] {
            try write("export-\(name)", ["export", name], lines: true)
        }
        try stoke.edit("sequences/founders.yaml") {
            $0.replacing("after: 1 business day", with: "after: 2 business days")
        }
        try write("plan-diff", ["plan", "--diff"])
        try stoke.edit("templates/intro.md") { $0.replacing("first_name", with: "frist_name") }
        try write("check", ["check"])
    }

    private func previews() throws {
        try write("preview", ["preview", Self.person, "founders/intro"])
        try write("preview-all", ["preview", "--all", "founders/intro"])
        try write("preview-variants", ["preview", Self.person, "founders/intro", "--all-variants"])
    }

    /// A call with what was heard, and a list with one tick that counts and one that does not.
    private func ticks(_ listing: [String: Any]) throws {
        let tasks = try #require(listing["tasks"] as? [[String: Any]])
        let codes = tasks.filter { $0["group"] as? String == "linkedin" }.compactMap { $0["code"] as? String }
        try #require(codes.count > 1)
        try write("tasks-done", ["tasks", "done", codes[0]])
        try stoke.folder.write("work/t.md", text: "- [x] `\(codes[1])` sent\n- [x] `zzzz` sent\n")
        try write("tasks-sync", ["tasks", "sync", "t.md"])
    }

    private func decisions() throws {
        try write("check-prospects", ["check", "--prospects"])
        try write("handoff-decision", ["handoff", Self.person, "--accept", "--by", "ana"])
        try write("qualify-evidence", ["qualify", Self.person, "--bant", "need=slow"])
        try write("qualify-person", ["qualify", Self.person])
        try write("qualify-decision", ["qualify", "priya.menon@banyanworks.example", "--reject", "no_need"])
        try write("qualify-backtest", ["qualify", "--rules", "qualification.yaml", "--backtest"])
    }

    private func otherTools() throws {
        try stoke.folder.write("work/s.csv", text: "x@nobody.example\nco.uk\n")
        try write("suppress-import", ["suppress", "import", "s.csv", "--reason", "customer"])
        try stoke.folder.write(
            "work/e.csv", text: "email,kind,at,id\n\(Self.person),form.demo,2026-03-01T10:00:00Z,1\n")
        try write("touch-import", ["touch", "import", "e.csv"])
        try stoke.folder.write(
            "work/Connections.csv",
            text: "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
                + "Jonas,Weber,https://www.linkedin.com/in/x,\(Self.person),Nordlicht,CTO,02 Mar 2026\n")
        try write("touch-import-connections", ["touch", "import", "Connections.csv"])
        try write("forget", ["forget", Self.person, "--yes"])
        try write("merge", ["merge", "aenne.juergens@nordlicht.example", "eilidh@thistle.example", "--yes"])
    }

    /// A server that hangs up after the final dot leaves a mail of which nobody knows.
    private func unknownMail() throws {
        let stoke = try Stoke.sample(now: Self.morning)
        let seen = try TemporaryFolder()
        let scenario =
            #"[{"id": "dot", "mode": "plain", "phase": "dot", "fault": "drop", "auth": false, "pipelining": true}]"#
        let file = try seen.write("scenarios.json", text: scenario)
        let script = Stoke.root.appending(path: "Tests/Fixtures/scripted_smtp.py").path
        let server = try RunningProgram("python3", [script, file, seen.path])
        let line = try #require(server.readLine())
        let ports = try JSONDecoder().decode([String: Int].self, from: Data(line.utf8))
        let host = try String(decoding: ChildProcess.run("hostname").output, as: UTF8.self).dropLast()
        try stoke.edit("stoke.yaml") {
            $0.replacing("smtp: maildir:outbox", with: "smtp: smtp://127.0.0.1:\(ports["dot"] ?? 0)\n    tls: none")
                .replacing("home: any ", with: "home: \(host) ")
        }
        try stoke("apply", "--yes")
        try stoke("import", "prospects/sample.csv")
        try stoke("qualify", "--all", "--accept")
        try stoke("enroll", "founders", "--all")
        try stoke("run")
        try folder.write("resolve.json", text: stoke("resolve", "--json").text)
    }
}

enum OutputSchemas {
    static let hasYAML = (try? ChildProcess.run("python3", ["-c", "import jsonschema, yaml"]).status) == 0
    static let hasJudge = (try? ChildProcess.run("python3", ["-c", "import jsonschema"]).status) == 0
}
