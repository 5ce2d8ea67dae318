import Diagnostics
import Foundation
import TestKit
import Testing
import Workspace

/// A file with «marks» where findings must stand, and the command that finds them.
struct Provocation: Sendable, CustomTestStringConvertible {
    var code: String
    var file: String
    var marked: String
    /// The arguments; the file's name is put in for `FILE`.
    var command: [String]
    /// Octets that no text has, in the place of `ÿ`.
    var isLatin1 = false

    var testDescription: String { "\(code): \(marked.prefix(60).replacing("\n", with: "⏎"))" }

    static func template(_ code: String, _ body: String) -> Provocation {
        whole(code, "---\nsubject: Hello\n---\n\(body)\n")
    }

    static func whole(_ code: String, _ text: String) -> Provocation {
        Provocation(code: code, file: "templates/hello.md", marked: text, command: ["check"])
    }

    static func calendar(_ code: String, _ text: String) -> Provocation {
        Provocation(code: code, file: "calendars/c.ics", marked: text.replacing("\n", with: "\r\n"), command: ["check"])
    }

    static func people(_ code: String, _ text: String, _ options: String...) -> Provocation {
        Provocation(code: code, file: "people.csv", marked: text, command: ["import", "FILE", "--dry-run"] + options)
    }

    static func events(_ code: String, _ text: String, file: String = "events.csv") -> Provocation {
        Provocation(code: code, file: file, marked: text, command: ["touch", "import", "FILE"])
    }

    static func tasks(_ code: String, _ text: String, file: String = "tasks.csv") -> Provocation {
        Provocation(code: code, file: file, marked: text, command: ["tasks", "sync", "FILE"])
    }
}

extension Provocation {
    static let all = templates + calendars + lists + eventFiles + taskLists

    private static let deep =
        String(repeating: "{% if first_name %}", count: 99) + "«{% if first_name %}»"
        + String(repeating: "{% endif %}", count: 100)

    private static let templates: [Provocation] = [
        .template("liquid-syntax", "{{ first_name «b» }}"),
        .template("unclosed-tag", "«{{» first_name"),
        .template("unclosed-block", "«{% if first_name %}»x"),
        .template("stray-tag", "{% «endif» %}"),
        .template("unknown-tag", "{% «fro» x %}{% «form» %}"),
        .template("unknown-filter", "{{ first_name | «captialize» }}"),
        .template("filter-arguments", "{{ first_name | «plus» }}"),
        .template("unknown-variable", "{{ «frist_name» }} {{ «company.nmae» }}"),
        .template("unknown-template", "{% render «'nope'» %}"),
        .template("spin-options", "«{% spin %}»a{% endspin %}"),
        .template("spin-same", "{a|b|«a»}"),
        .template("spin-in-link", "https://x.example/«{a|b}»"),
        .template("foreign-syntax", "Hi «{first_name}»"),
        .template("raw-value", "{{ first_name | «raw» }}"),
        .template("raw-html", "a «<br>» b"),
        .template("spin-in-opt-out", "Hi. «{Reply|Answer}» \"unsubscribe\" to stop."),
        .template("bad-link", "[x](«javascript:alert»)"),
        .template("link-without-text", "[](«https://a.example»)"),
        .whole("unclosed-front-matter", "«-»--\nsubject: x\n"),
        .whole("bad-front-matter", "---\nsubject: x\n«nothing to see\n»---\nHi\n"),
        .whole("unknown-front-matter", "---\nsubject: x\n«perheader»: y\n---\nHi\n"),
        .whole("missing-subject", "«H»i\n"),
        .whole("re-in-first-subject", "---\nsubject: «Re: hello»\n---\nHi\n"),
        .template("nesting", deep),
    ]

    private static let calendars: [Provocation] = [
        .calendar("ics-syntax", "BEGIN:VCALENDAR\nVERSION:2.0\n«nonsense»\nEND:VCALENDAR\n"),
        .calendar(
            "ics-rule",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20261225\n«RRULE:FREQ=SECONDLY»\nEND:VEVENT\nEND:VCALENDAR\n"
        ),
        .calendar(
            "ics-timed-event",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n«DTSTART:20261225T100000Z»\nEND:VEVENT\nEND:VCALENDAR\n"),
    ]

    private static let lists: [Provocation] = [
        .people("import-header", "«n»ame,title\nx,y\n"),
        .people("import-map", "«e»mail\na@x.example\n", "--map", "Foo=email"),
        .people("import-column-twice", "email,«email»\na@x.example,b@x.example\n"),
        .people("import-nobody", "email,first_name\n«,Ann»\n"),
        .people("import-address", "email\n«a@@x.example»\n"),
        .people("import-profile", "email,linkedin\na@x.example,«https://www.linkedin.com/company/x»\n"),
        .people("import-phone", "email,phone\na@x.example,«12»\n"),
        .people("import-basis", "email,basis\na@x.example,«hope»\n"),
        .people("import-extra-cells", "email\na@x.example,«b»\n"),
        .people("import-duplicate", "email\na@x.example\n«a@x.example»\n"),
        .people("import-zone", "email,timezone\na@x.example,«Mars/Base»\n"),
        .people("import-country", "email,country\na@x.example,«Atlantis»\n"),
        .people("import-number", "email,company.employees\na@x.example,«many»\n"),
        .people("import-conflict", "email,linkedin\n«ann@known.example,https://www.linkedin.com/in/bee-b»\n"),
        Provocation(
            code: "import-forgotten", file: "people.csv", marked: "email\n«gone@known.example»\n",
            command: ["import", "FILE"]),
        .people("csv-quote", "email,title\na@x.example,«\"x\"y»\n"),
        Provocation(
            code: "csv-encoding", file: "people.csv", marked: "email,title\na@x.example,«ÿ»\n",
            command: ["import", "FILE", "--dry-run"], isLatin1: true),
        .people("csv-row-size", "email,title\n«a@x.example,\(String(repeating: "x", count: 1_100_000))»\n"),
        Provocation(
            code: "suppress-value", file: "out.txt", marked: "«co.uk»\n",
            command: ["suppress", "import", "FILE", "--reason", "customer"]),
    ]

    private static let eventFiles: [Provocation] = [
        .events("event-columns", "«f»oo,bar\n1,2\n"),
        .events("event-kind", "email,kind,at,id\n«ann@known.example,,2026-03-01,1»\n"),
        .events("event-time", "email,kind,at,id\nann@known.example,form.demo,«soon»,1\n"),
        .events("event-token", "token,kind,at,id\n«abc,opt_out,2026-03-01,1»\n"),
        .events("json-syntax", "{\"email\": \"ann@known.example\",«}»\n", file: "events.jsonl"),
    ]

    /// CODE is an open task's; the codes of two people begin with `d5xm`.
    private static let taskLists: [Provocation] = [
        .tasks("task-sheet-columns", "«w»ho,what\nx,y\n"),
        .tasks("task-outcome", "code,outcome\nCODE,«flown»\n"),
        .tasks("task-gone", "code,outcome\nzzzz,«connected»\n"),
        .tasks("task-ambiguous", "code,outcome\nd5xm,«connected»\n"),
        .tasks("task-two-ticks", "code,outcome\nCODE,connected\nCODE,«voicemail»\n"),
        .tasks("task-text-changed", "code,outcome,mark\nMAIL,«approve»,ffffffff\n"),
    ]
}

@Suite struct `Every finding` {
    private static let now = "2026-03-02T09:00:00Z"

    /// A workspace with known people, one who is forgotten, and open calls.
    private static let workspace = Result {
        let stoke = try Stoke(now: now)
        try stoke("init")
        try stoke.edit("sequences/first.yaml") {
            $0.replacing("- id: hello", with: "- {id: ring, call: call, parallel: true}\n  - id: hello")
        }
        try stoke.folder.write(
            "work/sequences/second.yaml",
            text: """
                audience: any
                mailboxes: [me]
                exclusive: false
                timezone: workspace
                steps: [{id: letter, email: letter, review: true}]
                finish: {none: "a test"}

                """)
        try stoke.folder.write("work/templates/letter.md", text: "---\nsubject: A letter\n---\nHello.\n")
        try stoke("apply", "--yes")
        // In no other sequence and before all others, so that no gap and no cap keeps the letter from being looked at.
        try stoke.folder.write("work/mel.csv", text: "email,timezone\nmel@known.example,Europe/Berlin\n")
        try stoke("import", "mel.csv")
        try stoke("enroll", "second", "mel@known.example", now: "2026-03-02T09:00:00Z")
        try stoke("run", now: "2026-03-02T13:00:00Z")
        let called = ["p1196", "p328", "p1"].map { "\($0)@known.example,,+1 512 555 0142,America/New_York\n" }.joined()
        try stoke.folder.write(
            "work/known.csv",
            text: "email,linkedin,phone,timezone\nann@known.example,,,\n"
                + "bee@known.example,https://www.linkedin.com/in/bee-b,,\ngone@known.example,,,\n" + called)
        try stoke("import", "known.csv")
        try stoke("forget", "gone@known.example", "--yes")
        try stoke("enroll", "first", "--all", now: "2026-03-02T09:00:00Z")
        for hour in 14..<17 { try stoke("run", now: "2026-03-02T\(hour):00:00Z") }
        return stoke
    }

    @Test func `has a page, and is provoked by marked text`() throws {
        let page = try Stoke()("pages", "findings").text
        let all = Set(page.split(separator: "\n").filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) })
        let readers = Set(FindingCode.workspace.map(\.name))
        let here = Set(Provocation.all.map(\.code))
        // The readers' own are provoked beside them, by the same kind of marks: WorkspaceTests fails where one is not.
        // What only a render meets is a hold, provoked beside the language.
        let rendering: Set = ["missing-value", "render-error", "render-limit"]
        print(
            "findings: \(all.count) codes, \(here.count) provoked by the command, \(readers.count) beside the readers")
        #expect(all.subtracting(readers).subtracting(rendering).subtracting(here).sorted() == [])
        #expect(here.union(readers).union(rendering).subtracting(all).sorted() == [])
    }

    @Test(arguments: Provocation.all) func `points at what is wrong`(wrong: Provocation) throws {
        let stoke = try Self.workspace.get()
        let marked = MarkedText(try Self.filled(wrong, stoke))
        let own = try Stoke(now: stoke.now)
        _ = try ChildProcess.run("cp", ["-a", stoke.path, own.path])
        _ = try ChildProcess.run("cp", ["-a", stoke.folder.path("state"), own.folder.path("state")])
        if wrong.file.hasSuffix(".ics") {
            try own.edit("stoke.yaml") { $0.replacing("17:00}", with: "17:00, holidays: [{ics: calendars/c.ics}]}") }
        }
        try own.folder.write(
            "work/\(wrong.file)",
            wrong.isLatin1 ? marked.text.unicodeScalars.map { UInt8($0.value & 0xFF) } : Array(marked.text.utf8))
        let output = try own.run(wrong.command.map { $0 == "FILE" ? wrong.file : $0 }, now: "2026-03-02T17:00:00Z")
        let found = output.errors.split(separator: "\n").filter { $0.contains("[\(wrong.code)]:") }
        let wanted = marked.marks.map { "\(wrong.file):\($0.line):\($0.column): " }
        #expect(found.count == wanted.count && zip(found, wanted).allSatisfy { $0.hasPrefix($1) }, "\(output)")
        let page = try own("help", wrong.code)
        #expect(page.status == 0 && page.text.hasPrefix(wrong.code))
    }

    private static func filled(_ wrong: Provocation, _ stoke: Stoke) throws -> String {
        guard wrong.command.first == "tasks" else { return wrong.marked }
        let listing = try #require(try stoke.json("tasks", now: "2026-03-02T17:00:00Z") as? [String: Any])
        let tasks = listing["tasks"] as? [[String: Any]] ?? []
        func codes(_ action: String) -> [String] {
            tasks.filter { $0["action"] as? String == action }.compactMap { $0["code"] as? String }
        }
        let code = try #require(codes("call").first { !$0.hasPrefix("d5xm") }, "\(listing)")
        let mail = try #require(codes("approve").first, "\(listing)")
        return wrong.marked.replacing("CODE", with: code).replacing("MAIL", with: mail)
    }
}

@Suite struct `The reference of findings` {
    @Test func `is current`() throws {
        let page = try String(contentsOf: Stoke.root.appending(path: "Docs/findings.md"), encoding: .utf8)
        #expect(try Stoke()("pages", "findings").text == page, "run: make docs")
    }
}
