import Foundation
import TestKit
import Testing

@Suite struct `Tasks on the command line` {
    static let later = "2026-03-03T15:45:00Z"

    @Test func `an approved mail goes out as it was edited, with its footer, and no other does`() throws {
        let stoke = try Stoke.reviewed()
        #expect(try stoke("tasks").text.contains("Approvals"))
        let code = try stoke.code("approve", of: "Zoë O'Neill")
        let shown = try stoke("tasks", "show", code).text
        #expect(shown.contains("Subject: Zoë, a thought on Kübler & Söhne *Cloud*") && shown.contains("Torstr. 1"))
        // The editor gets the template's own format, without the footer.
        try stoke.folder.write(
            "editor",
            text:
                "#!/bin/sh\ncp \"$1\" \"$1.seen\" && mv \"$1.seen\" \(stoke.folder.path("seen"))\nsed -i 's/^thank you.*/**Edited** for O'\\''Neill:/' \"$1\"\n"
        )
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: stoke.folder.path("editor"))
        let edited = try stoke("tasks", "edit", code, environment: ["EDITOR": stoke.folder.path("editor")])
        #expect(edited.text.contains("edited for") && edited.status == 0, "\(edited.errors)")
        let seen = String(decoding: try stoke.folder.read("seen"), as: UTF8.self)
        #expect(seen.hasPrefix("Subject: Zoë, a thought on Kübler & Söhne *Cloud*\n\nHi Zoë,\n"))
        #expect(!seen.contains("Torstr.") && seen.contains("[my calendar]"))
        #expect(try stoke("tasks", "show", code).text.contains("Edited for O'Neill:"))
        #expect(try stoke("tasks", "done", code).text.contains("approve"))
        #expect(try stoke("run", now: Self.later).text.contains("1 sent"))
        let mails = try stoke.outbox()
        let mail = try #require(mails.first)
        #expect(mails.count == 1)
        #expect(mail.contains("Edited for O'Neill:") && mail.contains("<strong>Edited</strong>"))
        #expect(mail.contains("Torstr. 1") && mail.lowercased().contains("list-unsubscribe:"))
        #expect(!mail.contains("thank you for your interest"))
        #expect(try stoke.tasks("approve", now: Self.later).count == 2)
    }

    @Test func `a text that changed after its approval is held, not sent`() throws {
        let stoke = try Stoke.reviewed()
        try stoke("tasks", "done", try stoke.code("approve", of: "Maya Chen"))
        try stoke.edit("templates/personal-note.md") { $0 + "\nAnd one more thing.\n" }
        try stoke("apply", "--yes")
        try stoke("run", now: Self.later)
        #expect(try stoke.outbox().isEmpty)
        #expect(try stoke("tasks", now: Self.later).text.contains("the text changed after approval"))
    }

    @Test func `a tick approves only the text that the list shows, and counts once`() throws {
        let stoke = try Stoke.reviewed()
        let code = try stoke.code("approve", of: "Maya Chen")
        func tick() throws -> String {
            let list = try stoke("tasks", "--format", "markdown").text
            let line = try #require(
                list.split(separator: "\n").first { $0.contains("`\(code)") && $0.contains(" approve `") })
            return list.replacing(line, with: line.replacing("- [ ]", with: "- [x]"))
        }
        try stoke.folder.write("work/today.md", text: try tick())
        try stoke("tasks", "edit", code, "--text", "Something else.")
        let refused = try stoke("tasks", "sync", "today.md")
        #expect(refused.status == 65 && refused.text.contains("0 recorded"))
        #expect(refused.errors.contains("error[task-text-changed]") && refused.errors.contains("today.md:"))
        try stoke.folder.write("work/today.md", text: try tick())
        #expect(try stoke("tasks", "sync", "today.md").text.contains("1 recorded, 0 recorded before"))
        let again = try stoke("tasks", "sync", "today.md")
        #expect(again.status == 0 && again.text.contains("0 recorded, 1 recorded before") && again.errors.isEmpty)
    }

    @Test func `ticks in Markdown and CSV are read once, and what ended otherwise is said at its place`() throws {
        let stoke = try Stoke.reviewed()
        let list = try stoke("tasks", "--format", "markdown").text
        let call = try #require(try stoke.tasks("call").first?["id"] as? String)
        let view = try #require(try stoke.tasks("view").first?["id"] as? String)
        let connect = try #require(try stoke.tasks("connect").first?["id"] as? String)
        try stoke.folder.write(
            "work/today.md",
            text: list.replacing("- [ ] `\(call)` voicemail", with: "- [x] `\(call)` voicemail: try: Thursday")
                .replacing("- [ ] `\(view)` done", with: "- [X] `\(view)` done"))
        #expect(try stoke("tasks", "sync", "today.md").text.contains("2 recorded, 0 recorded before"))
        let facts = try stoke("export", "touchpoints", "--columns", "kind,outcome,note").text
        #expect(facts.contains("call.made,voicemail,try: Thursday") && facts.contains("task.done,done,"))
        #expect(try stoke("tasks", "sync", "today.md").text.contains("0 recorded, 2 recorded before"))
        #expect(try stoke("export", "touchpoints", "--columns", "kind,outcome,note").text == facts)

        try stoke.folder.write("work/list.csv", text: "code,outcome\n\(connect),sent\n\(view),not_found\nabcd,sent\n")
        let csv = try stoke("tasks", "sync", "list.csv")
        #expect(csv.status == 0 && csv.text.contains("1 recorded"))
        #expect(csv.errors.contains("list.csv:3:14: warning[task-gone]"), "\(csv.errors)")
        #expect(csv.errors.contains("ended as done on 3 Mar, not as not_found"))
        #expect(csv.errors.contains("list.csv:4:6: warning[task-gone]"))
        #expect(try stoke("export", "touchpoints", "--columns", "kind").text.contains("linkedin.sent"))

        try stoke.folder.write(
            "work/two.md", text: "- [x] `\(call)` voicemail\n- [x] `\(call)` meeting\n")
        let two = try stoke("tasks", "sync", "two.md")
        #expect(two.status == 65 && two.errors.contains("two.md:2:1: error[task-two-ticks]"))
    }

    @Test func `done in bulk records all or nothing, and calls are never done by default`() throws {
        let stoke = try Stoke.reviewed()
        let views = try stoke.tasks("view").compactMap { $0["code"] as? String }
        let call = try stoke.code("call", of: "Maya Chen")
        #expect(try stoke.run(["tasks", "done"] + views + ["zzzz"]).status == 1)
        let silent = try stoke.run(["tasks", "done", call])
        #expect(silent.status == 64 && silent.errors.contains("connected|voicemail"))
        #expect(try stoke.run(["tasks", "done"] + views + ["--outcome", "voicemail"]).status == 1)
        #expect(try stoke.tasks("view").count == 3)
        let done = try stoke.run(["tasks", "done"] + views + [views[0], "--note", "looked"])
        #expect(done.text.split(separator: "\n").count == 3 && done.status == 0)
        #expect(try stoke.tasks("view").isEmpty)
        #expect(try stoke("tasks", "done", call, "--outcome", "voicemail", "--on", "2026-03-02").status == 64)
        #expect(try stoke("tasks", "done", call, "--outcome", "voicemail", "--on", "2026-03-04").status == 64)
        #expect(
            try stoke("tasks", "done", call, "--outcome", "voicemail", "--on", "2026-03-03", now: Self.later).status
                == 0
        )
        let facts = try stoke("export", "touchpoints", "--columns", "kind,at,note").text
        #expect(facts.contains("call.made,2026-03-03T15:30:00Z,"))
        #expect(facts.contains("task.done,2026-03-03T15:30:00Z,looked"))
    }

    @Test func `a skip keeps its reason`() throws {
        let stoke = try Stoke.reviewed()
        let code = try stoke.code("connect", of: "Maya Chen")
        #expect(try stoke("tasks", "skip", code, "--note", "knows us").status == 0)
        #expect(try stoke("show", "maya@fathom.example").text.contains("knows us"))
    }
}
