import Foundation
import TestKit
import Testing

/// A turn with nothing due reads no model, and one with something due always does.
@Suite(.enabled(if: Programs.exist("sqlite3"), "needs sqlite3")) struct `Turns with nothing due` {
    private let saturday = "2026-02-28T12:00:00Z"
    private let later = "2026-02-28T12:05:00Z"
    private let monday = "2026-03-02T09:00:00Z"

    /// People are enrolled; a first turn at the weekend has put them to sleep until Monday.
    private func asleep() throws -> Stoke {
        let stoke = try Stoke.sample()
        #expect(try stoke("apply", "--yes", now: saturday).status == 0)
        try stoke("import", "prospects/sample.csv", now: saturday)
        try stoke("qualify", "--all", "--accept", now: saturday)
        try stoke("enroll", "founders", "--all", now: saturday)
        #expect(try stoke("run", now: saturday).status == 0)
        return stoke
    }

    private func sqlite(_ stoke: Stoke, _ statement: String) throws -> String {
        let path = Programs.path("sqlite3") ?? "sqlite3"
        return try ChildProcess.run(path, [stoke.path + "/.stoke/ledger.db", statement]).text
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func `the applied files are not read for it, and are for the next one that has work`() throws {
        let stoke = try asleep()
        let runs = try sqlite(stoke, "SELECT count(*) FROM run")
        let octets = try sqlite(stoke, "SELECT hex(octets) FROM snapshot_file WHERE path='stoke.yaml'")
        // Whoever reads the model now can't.
        _ = try sqlite(stoke, "UPDATE snapshot_file SET octets=x'7B' WHERE path='stoke.yaml'")
        let idle = try stoke("run", now: later)
        #expect(idle.status == 0, "\(idle.errors)")
        #expect(idle.text.isEmpty)
        #expect(try stoke.run(["run", "--json"], now: later).text == "{}\n")
        #expect(try stoke("run", now: monday).status == 65, "something is due: the model is needed")

        _ = try sqlite(stoke, "UPDATE snapshot_file SET octets=x'\(octets)' WHERE path='stoke.yaml'")
        #expect(try stoke("run", now: monday).text.contains("sent"))
        let finished = try sqlite(
            stoke, "SELECT count(*) FROM run WHERE ended IS NOT NULL AND epoch>\(runs)")
        #expect(finished == "3", "two idle turns and the last one")
        #expect(try stoke("ledger", "verify", now: monday).status == 0)
    }

    @Test(arguments: [false, true])
    func `the day's first turn looks at everybody only where a rule of entry asks for it`(asks: Bool) throws {
        let stoke = try Stoke.sample()
        try stoke.folder.write("work/stoke.yaml", text: Self.smallWorkspace)
        try stoke.folder.write("work/qualification.yaml", text: "icps: {any: {require: {email: present}}}\n")
        for folder in ["sequences", "templates"] {
            for file in try FileManager.default.contentsOfDirectory(atPath: "\(stoke.path)/\(folder)") {
                try FileManager.default.removeItem(atPath: "\(stoke.path)/\(folder)/\(file)")
            }
        }
        let rule = asks ? "enroll_when: {touchpoints.reply.days_ago: {to: 7}}\n" : ""
        try stoke.folder.write(
            "work/sequences/one.yaml",
            text: """
                mailboxes: [ana]
                steps: [{id: intro, email: intro}]
                audience: any
                finish: {none: "one mail"}
                \(rule)
                """)
        try stoke.folder.write(
            "work/templates/intro.md", text: "---\nsubject: A question\n---\nHow is it done today?\n")
        let applied = try stoke("apply", "--yes", now: saturday)
        #expect(applied.status == 0, "\(applied.errors)")
        try stoke("import", "prospects/sample.csv", now: saturday)
        // Nobody is in a sequence; whoever is read is known by a fault.
        _ = try sqlite(stoke, "UPDATE person SET facts='{'")
        let turn = try stoke("run", now: monday)
        #expect((turn.status == 0) == !asks, "\(turn.errors)")
        if asks { #expect(turn.errors.contains("facts are no JSON"), "\(turn.errors)") }
    }

    private static let smallWorkspace = """
        timezone: UTC
        sender: {company: Acme GmbH, postal_address: "Torstr. 1, 10119 Berlin, Germany"}
        unsubscribe: {mailto: true}
        people: {ana: {name: Ana Pop, timezone: UTC}}
        mailboxes:
          ana: {owner: ana, from: Ana Pop <ana@acme.example>, smtp: "maildir:outbox", imap: none, sent_copy: none}
        """

    @Test func `an outline that is damaged, of another version or of other files is not gone by`() throws {
        let stoke = try asleep()
        let outline = String(decoding: try stoke.folder.read("work/.stoke/outline"), as: UTF8.self)
        let broken = [
            "", "{", "[]", String(outline.prefix(outline.count / 2)), outline.replacing("\"version\":", with: "\"v\":"),
            outline.replacing("\"hash\":\"", with: "\"hash\":\"0"),
            outline.replacing("\"lanes\":[[", with: "\"lanes\":[[],["),
        ]
        _ = try sqlite(stoke, "UPDATE snapshot_file SET octets=x'7B' WHERE path='stoke.yaml'")
        for text in broken {
            try stoke.folder.write("work/.stoke/outline", text: text)
            #expect(try stoke("run", now: later).status == 65, "went by \(text)")
        }
        try stoke.folder.write("work/.stoke/outline", text: outline)
        #expect(try stoke("run", now: later).status == 0)
    }

    @Test func `on another machine it is refused as any other`() throws {
        let stoke = try asleep()
        let outline = String(decoding: try stoke.folder.read("work/.stoke/outline"), as: UTF8.self)
        try stoke.folder.write(
            "work/.stoke/outline", text: outline.replacing("\"home\":null", with: "\"home\":\"elsewhere\""))
        _ = try sqlite(stoke, "UPDATE snapshot_file SET octets=x'7B' WHERE path='stoke.yaml'")
        #expect(try stoke("run", now: later).status == 65, "the model decides where this is")
    }

    @Test func `what is applied or happens in between is seen`() throws {
        let stoke = try asleep()
        #expect(try stoke("run", now: later).status == 0)
        try stoke.edit("stoke.yaml") { $0 + "\n" }
        #expect(try stoke("apply", "--yes", now: later).status == 0)
        #expect(try stoke("run", now: later).status == 0)
        let hash = try sqlite(stoke, "SELECT hash FROM snapshot ORDER BY id DESC LIMIT 1")
        let outline = String(decoding: try stoke.folder.read("work/.stoke/outline"), as: UTF8.self)
        #expect(outline.contains(hash))
    }
}
