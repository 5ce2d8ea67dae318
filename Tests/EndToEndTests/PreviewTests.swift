import Foundation
import TestKit
import Testing

@Suite struct `A preview` {
    /// Every octet that the ledger and its mark are made of.
    private func ledger(_ stoke: Stoke) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for folder in ["work/.stoke", "state"] {
            for name in try FileManager.default.subpathsOfDirectory(atPath: stoke.folder.path(folder)) {
                // What readers share in memory is no part of the ledger.
                if name.hasSuffix("-shm") { continue }
                let bytes = try? stoke.folder.read("\(folder)/\(name)")
                // A reader makes an empty log where there is none.
                if name.hasSuffix("-wal"), bytes?.isEmpty ?? true { continue }
                files[name] = bytes
            }
        }
        return files
    }

    @Test func `goes to one of us, marked, in no thread and without an opt-out that works, and nothing is recorded`()
        throws
    {
        let stoke = try Stoke.reviewed()
        let before = try ledger(stoke)
        #expect(before.contains { $0.value.count > 10_000 })
        let output = try stoke("preview", "zoe@kubler.example", "first", "--to", "me@acme.example")
        #expect(output.status == 0 && output.text.contains("recorded nowhere"), "\(output.errors)")
        #expect(try ledger(stoke) == before)
        let mail = try #require(try stoke.outbox().first)
        let real = try stoke("preview", "zoe@kubler.example", "first", "--eml", "real.eml")
        #expect(real.status == 0)
        let whole = String(decoding: try stoke.folder.read("work/real.eml"), as: UTF8.self)
        let token = try #require(whole.firstMatch(of: /unsubscribe%20([A-Za-z0-9._-]+)/)?.1)
        #expect(!mail.contains(token) && !mail.lowercased().contains("list-unsubscribe"))
        #expect(mail.contains("acme.example/u/test"))
        #expect(mail.contains("To: <me@acme.example>") && mail.contains("X-Stoke-Test: reviewed/first"))
        #expect(mail.contains("Subject: =?") || mail.contains("Subject: [test]"))
        #expect(!mail.contains("In-Reply-To"))
        let id = try #require(whole.firstMatch(of: /Message-ID: *\r?\n? *<([^>]+)>/)?.1)
        #expect(!mail.contains(id))
        #expect(try ledger(stoke) == before)
    }

    @Test func `is refused to people of the ledger`() throws {
        let stoke = try Stoke.reviewed()
        let output = try stoke("preview", "zoe@kubler.example", "first", "--to", "Maya@fathom.example")
        #expect(output.status == 77 && output.errors.contains("nothing was sent"))
        #expect(try stoke.outbox().isEmpty)
    }

    @Test func `of everybody lists who would be held, by reason`() throws {
        let stoke = try Stoke.reviewed()
        try stoke.folder.write(
            "work/templates/personal-note.md", text: "---\nsubject: Hi\n---\nHi {{ first_name }}, {{ icebreaker }}\n")
        try stoke.folder.write("work/more.csv", text: "email,icebreaker\nzoe@kubler.example,Nice talk.\n")
        try stoke("import", "more.csv")
        let output = try stoke("preview", "--all", "reviewed/first", "--draft")
        #expect(output.status == 1)
        #expect(output.text.contains("reviewed/first: 3 people, 1 would get it"), "\(output.text)\(output.errors)")
        #expect(output.text.contains("2 held: a fact is missing: icebreaker"))
        #expect(output.text.contains("  Maya Chen <maya@fathom.example>"))
        #expect(try stoke("preview", "--all", "reviewed/first").status == 0)
        #expect(try stoke("preview", "--all", "reviewed/connect").text.contains("3 people, 3 would get it"))
        #expect(try stoke("preview", "--all", "maya", "first").status == 64)
        #expect(try stoke("preview", "first").status == 64)
    }

    @Test(.enabled(if: Programs.exist("chromium"), "chromium is not installed: make deps-test installs it"))
    func `as a mail program shows it has the headers and the message, and runs nothing`() throws {
        let stoke = try Stoke.reviewed()
        #expect(try stoke("preview", "zoe@kubler.example", "first", "--html", "mail.html").status == 0)
        let script = Stoke.root.appending(path: "Tests/Fixtures/browser.py").path(percentEncoded: false)
        let expression = """
            ({text: document.body.innerText, frame: document.querySelector("iframe").srcdoc,
              rights: document.querySelector("iframe").sandbox.length, wide: document.documentElement.scrollWidth})
            """
        let result = try ChildProcess.run(
            "python3",
            [script, stoke.folder.path("work/mail.html"), "375", "dark", stoke.folder.path("mail.png"), expression])
        try #require(result.status == 0, "\(result.errorText)")
        let said = try #require(try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any])
        let value = try #require(said["value"] as? [String: Any])
        let text = value["text"] as? String ?? ""
        #expect(
            text.contains("Zoë, a thought on Kübler & Söhne *Cloud*") && text.contains("Ana Pop <ana@acme.example>"))
        #expect((value["frame"] as? String ?? "").contains("<li>How many customers start each month?</li>"))
        #expect(value["rights"] as? Int == 0 && value["wide"] as? Int == 375)
        let requests = (said["requests"] as? [String] ?? []).filter {
            !$0.hasPrefix("file:") && !$0.hasPrefix("about:")
        }
        #expect(requests.isEmpty)
    }
}
