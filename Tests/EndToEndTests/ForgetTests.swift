import Foundation
import TestKit
import Testing

/// Erasing a person: nothing of them in what Stoke keeps, a list of what people keep, and no way back in.
@Suite struct `To forget somebody` {
    private static let start = "2026-03-02T08:00:00Z"
    /// All that says who they are, in any case.
    private static let strings = [
        "quellwasser", "zacharias", "zq-profile", "5550142", "erste.adresse", "zweite.adresse", "met at the fair",
        "prefers mornings", "wants a quote", "harvest robots",
    ]

    /// A person with everything that can be known of one, two records merged into one, mailed, answered, with a task.
    private func known() throws -> Stoke {
        let stoke = try Stoke.sample(now: Self.start)
        try stoke.edit("qualification.yaml") { $0.replacing("auto_accept: 70", with: "auto_accept: 0") }
        try stoke("apply", "--yes")
        let header =
            "email,first_name,last_name,title,linkedin,phone,company_name,industry,employees,company_domain,memo\n"
        try stoke.folder.write(
            "work/prospects/list.csv",
            text: header + "erste.adresse@zachariasq.example,Zacharias,Quellwasser,Founder,linkedin.com/in/zq-profile,"
                + "+1 512 555 0142,Quellwasser Ltd,SaaS,20,zachariasq.example,met at the fair\n")
        try stoke.folder.write(
            "work/prospects/other.csv",
            text: "email,last_name,topic\nzweite.adresse@elsewhere.example,Quellwasser,harvest robots\n")
        for file in ["list", "other"] { #expect(try stoke("import", "prospects/\(file).csv").status == 0) }
        try stoke("merge", "erste.adresse@zachariasq.example", "zweite.adresse@elsewhere.example", "--yes")
        try stoke("qualify", "--all", "--accept")
        let enrolled = try stoke("enroll", "founders", "erste.adresse@zachariasq.example")
        #expect(enrolled.text.contains("1 enter"), "\(enrolled.text)\(enrolled.errors)")
        let run = try stoke("run")
        #expect(run.text.contains("1 sent"), "\(run.text)\(run.errors)")
        try stoke("touch", "erste.adresse@zachariasq.example", "--meeting", "--note", "prefers mornings")
        try stoke(
            "touch", "erste.adresse@zachariasq.example", "--reply", "positive", "--note", "wants a quote",
            now: "2026-03-02T09:00:00Z")
        return stoke
    }

    /// Files below a folder in which one of the strings stands.
    private func named(_ stoke: Stoke, _ folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: stoke.folder.path(folder)).filter { path in
            guard let octets = try? stoke.folder.read("\(folder)/\(path)") else { return false }
            let text = String(decoding: octets, as: UTF8.self).lowercased()
            return Self.strings.contains { text.contains($0) }
        }.sorted()
    }

    /// How many messages the ledger has as sent, as another program reads it.
    private func sent(_ stoke: Stoke) throws -> String {
        let script = """
            import sqlite3, sys
            ledger = sqlite3.connect(f"file:{sys.stdin.read()}?mode=ro", uri=True)
            print(ledger.execute("SELECT count(*) FROM message WHERE state = 'sent'").fetchone()[0])
            """
        let path = Array((stoke.path + "/.stoke/ledger.db").utf8)
        return String(decoding: try ChildProcess.python(script, input: path), as: UTF8.self)
    }

    @Test func `erases every byte, lists the files that still name them, and keeps them out`() throws {
        let stoke = try known()
        let later = "2026-03-02T10:00:00Z"
        #expect(try named(stoke, "work/.stoke").contains("ledger.db"), "the test's own eyes work")
        #expect(try sent(stoke) == "1\n")
        let forgot = try stoke("forget", "erste.adresse@zachariasq.example", "--yes", now: later)
        #expect(forgot.status == 65)
        #expect(try named(stoke, "work/.stoke") == [] && named(stoke, "state") == [])
        #expect(try sent(stoke) == "1\n", "what was sent stays counted")
        let listed = Set(forgot.text.split(separator: "\n").filter { $0.hasPrefix("  ") }.map { $0.dropFirst(2) })
        let expected = try named(stoke, "work").filter { !$0.hasPrefix(".stoke/ledger") }
        #expect(listed == Set(expected.map { Substring($0) }) && expected.count == 3, "\(forgot.text)")

        for file in ["list", "other"] {
            let back = try stoke("import", "prospects/\(file).csv", now: later)
            #expect(back.text.contains("0 added") && back.errors.contains("import-forgotten"), "\(back.text)")
        }
        #expect(try named(stoke, "work/.stoke") == [])
        let rejected = try named(stoke, "work")
        #expect(rejected.filter { $0.hasSuffix(".rejected.csv") }.count == 2, "rows that were left out are kept")
        for path in rejected { try FileManager.default.removeItem(atPath: stoke.path + "/" + path) }
        let again = try stoke("forget", "erste.adresse@zachariasq.example", now: later)
        #expect(again.status == 0 && again.text.contains("no file of the workspace names them"), "\(again.text)")
        #expect(try stoke("ledger", "verify", now: later).status == 0)
        print("forget: \(Self.strings.count) strings, in no file of the ledger; \(expected.count) other files listed")
    }

    @Test func `applied files that name them are told, and are gone with the next apply`() throws {
        let stoke = try known()
        let later = "2026-03-02T10:00:00Z"
        try stoke.edit("templates/intro.md") { $0 + "\nZacharias Quellwasser says it works.\n" }
        try stoke("apply", "--yes", now: later)
        try stoke.edit("templates/intro.md") { $0.replacing("Zacharias Quellwasser says it works.", with: "It works.") }
        let forgot = try stoke("forget", "erste.adresse@zachariasq.example", "--yes", now: later)
        #expect(forgot.text.contains("the applied files (stoke apply)") && !forgot.text.contains("intro.md"))
        try stoke("apply", "--yes", now: later)
        #expect(try named(stoke, "work/.stoke") == [])
    }

    @Test func `links lead the search nowhere else, and a file in several spellings is found`() throws {
        let stoke = try known()
        let later = "2026-03-02T10:00:00Z"
        let spellings = [
            "a.txt": "Quellwasser, Zacharias", "b.csv": "\"ZACHARIAS\",\"QUELLWASSER\"\n",
            "c.txt": "call 512-555-0142 now",
            "d.txt": "see https://www.linkedin.com/in/zq-profile/", "e.eml": "To: <Zweite.Adresse@elsewhere.example>\n",
        ]
        let innocent = [
            "f.txt": "Quellwasser is a nice word", "g.txt": "5120550142", "h.txt": "in/zq-profile-two",
            "i.txt": "not.zweite.adresse@elsewhere.example", "j.txt": "zweite.adresse@elsewhere.example.org",
        ]
        for (name, text) in spellings.merging(innocent, uniquingKeysWith: { $1 }) {
            try stoke.folder.write("work/notes/\(name)", text: text)
        }
        try FileManager.default.createSymbolicLink(atPath: stoke.path + "/notes/loop", withDestinationPath: stoke.path)
        let forgot = try stoke("forget", "erste.adresse@zachariasq.example", "--yes", "--json", now: later)
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(forgot.text.utf8)) as? [String: Any])
        let files = try #require(report["files"] as? [String]).filter { $0.hasPrefix("notes/") }
        #expect(files == spellings.keys.sorted().map { "notes/\($0)" })
    }
}
