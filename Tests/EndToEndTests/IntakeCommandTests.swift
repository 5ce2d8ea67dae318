import Foundation
import TestKit
import Testing

@Suite struct `What comes in and goes out` {
    private static let start = "2026-03-02T08:00:00Z"

    private func applied() throws -> Stoke {
        let stoke = try Stoke.sample(now: Self.start)
        try stoke("apply", "--yes")
        return stoke
    }

    @Test(arguments: [
        ["import"], ["touch", "import"], ["suppress", "import"], ["export"], ["merge"], ["forget"],
    ])
    func `each has help with an example`(words: [String]) throws {
        let output = try Stoke().run(words + ["--help"])
        #expect(output.status == 0)
        #expect(output.text.contains("Examples:") && output.text.contains("stoke \(words.joined(separator: " "))"))
        #expect(output.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func `the sample lands but for its bad row, which is reported and kept`() throws {
        let stoke = try applied()
        let dry = try stoke("import", "prospects/sample.csv", "--dry-run")
        #expect(dry.text.contains("44 would be added") && dry.text.contains("jonas.weber@nordlicht.example"))
        #expect(!FileManager.default.fileExists(atPath: stoke.folder.path("work/prospects/sample.rejected.csv")))
        let output = try stoke("import", "prospects/sample.csv")
        #expect(output.status == 65)
        #expect(output.errors.contains("prospects/sample.csv:18:13: error[import-address]"))
        #expect(output.text.contains("44 added, 0 changed, 0 unchanged"))
        let rejected = String(decoding: try stoke.folder.read("work/prospects/sample.rejected.csv"), as: UTF8.self)
        #expect(rejected.split(separator: "\n").count == 2 && rejected.contains("rowan.ellis@@harbormetrics.example"))
        let again = try #require(try stoke.json("import", "prospects/sample.csv") as? [String: Any])
        #expect(again["unchanged"] as? Int == 44)
        #expect((again["reasons"] as? [String: Int]) == ["import-address": 1])
    }

    @Test func `a wrong header is one finding and nothing done`() throws {
        let stoke = try applied()
        try stoke.folder.write("work/wrong.csv", text: "Vorname,Firma\nAna,Acme\n")
        let output = try stoke("import", "wrong.csv")
        #expect(output.status == 65)
        #expect(output.errors.contains("import-header") && output.errors.contains("nothing was imported"))
        #expect(try stoke("export", "people").text.split(separator: "\n").count == 1)
        #expect(try stoke("import", "wrong.csv", "--map", "Firma").status == 64)
        #expect(try stoke("import", "gone.csv").status == 1)
    }

    @Test func `events are recorded once, and LinkedIn's file as acceptances`() throws {
        let stoke = try applied()
        try stoke("import", "prospects/sample.csv")
        try stoke.folder.write(
            "work/events.csv",
            text: """
                email,kind,at,id,first_name
                maya.chen@fathomdesk.example,form.demo,2026-03-01T10:00:00Z,1,
                nora@startup.example,webinar.attended,2026-03-01 15:00,2,Nora
                maya.chen@fathomdesk.example,stage.sql,2026-03-01T10:00:00Z,3,
                """)
        let output = try stoke("touch", "import", "events.csv", "--source", "web")
        #expect(output.status == 65)
        #expect(output.text.contains("2 recorded, 0 recorded before, 1 new lead\n"))
        #expect(output.errors.contains("events.csv:4:30: error[event-kind]"))
        let again = try #require(try stoke.json("touch", "import", "events.csv", "--source", "web") as? [String: Any])
        #expect(again["recorded"] as? Int == 0 && again["known"] as? Int == 2)
        try stoke.folder.write(
            "work/Connections.csv",
            text: """
                Notes:
                "When exporting your connection data, some addresses are missing."

                First Name,Last Name,URL,Email Address,Company,Position,Connected On
                Maya,Chen,https://www.linkedin.example/in/maya-chen-fat,,Fathom Desk,COO,01 Mar 2026
                """)
        #expect(try stoke("touch", "import", "Connections.csv").text.contains("1 accepted"))
        let history = try stoke("show", "maya.chen@fathomdesk.example").text
        #expect(history.contains("form") && history.contains("LinkedIn"))
    }

    @Test func `another tool's sends count for cool-downs, and its opt-outs suppress`() throws {
        let stoke = try applied()
        try stoke("import", "prospects/sample.csv")
        try stoke("qualify", "--all", "--accept")
        try stoke.folder.write(
            "work/instantly.csv",
            text: """
                email,event_type,timestamp,id
                maya.chen@fathomdesk.example,email_sent,2026-02-20T10:00:00Z,1
                jonas.weber@nordlicht.example,lead_unsubscribed,2026-02-20T10:00:00Z,2
                priya.menon@banyanworks.example,email_sent,2025-06-01T10:00:00Z,3
                """)
        let imported = try stoke("touch", "import", "instantly.csv", "--source", "instantly")
        #expect(imported.text.contains("3 recorded"), "\(imported)")
        let people = [
            "maya.chen@fathomdesk.example", "jonas.weber@nordlicht.example", "priya.menon@banyanworks.example",
        ]
        let entered = try stoke.run(["enroll", "founders"] + people).text
        #expect(entered.contains("1 enters founders"), "\(entered)")
        #expect(entered.contains("1 not: contacted less than 90 days ago: Maya Chen"), "\(entered)")
        #expect(entered.contains("1 not: suppressed"), "\(entered)")
    }

    @Test func `a list of suppressions ends what it names`() throws {
        let stoke = try applied()
        try stoke("import", "prospects/sample.csv")
        try stoke.folder.write("work/customers.csv", text: "fathomdesk.example\nana@acme.example\ngmail.com\n")
        let output = try stoke("suppress", "import", "customers.csv", "--reason", "customer")
        #expect(output.status == 65)
        #expect(output.text.contains("2 suppressed, 1 line left out"))
        #expect(output.errors.contains("customers.csv:3:1: error[suppress-value]"))
        let blocked = try stoke("export", "people", "--columns", "email,suppressed").text
        #expect(blocked.contains("maya.chen@fathomdesk.example,call email linkedin other"))
        #expect(blocked.contains("jonas.weber@nordlicht.example,\n"))
    }

    @Test func `what goes out comes back in`() throws {
        let stoke = try applied()
        try stoke("import", "prospects/sample.csv")
        let people = try stoke("export", "people").text
        try stoke.folder.write("work/people.csv", text: people)
        #expect(try stoke("import", "people.csv").text.contains("0 added, 0 changed, 44 unchanged"))
        let other = try applied()
        try other.folder.write("work/people.csv", text: people)
        #expect(try other("import", "people.csv").status == 0)
        #expect(try other("export", "people").text == people)
        let lines = try stoke("export", "stages", "--json").text.split(separator: "\n")
        let first = try #require(lines.first)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any])
        #expect(object["stage"] as? String == "prospect")
        #expect(try stoke("export", "people", "--columns", "emial").errors.contains("did you mean \"email\"?"))
    }

    @Test func `two records become one, and a forgotten person stays away`() throws {
        let stoke = try applied()
        try stoke.folder.write(
            "work/list.csv", text: "email,linkedin,city\nann@x.example,,Kiel\n,linkedin.com/in/ann,\n")
        try stoke("import", "list.csv")
        try stoke.folder.write("work/both.csv", text: "email,linkedin\nann@x.example,linkedin.com/in/ann\n")
        let conflict = try stoke("import", "both.csv")
        #expect(conflict.status == 65 && conflict.errors.contains("stoke merge ann@x.example"))
        #expect(try stoke("merge", "ann@x.example", "https://www.linkedin.com/in/ann", "--yes").status == 0)
        #expect(try stoke("import", "both.csv").status == 0)
        #expect(try stoke("forget", "ann@x.example", "--yes").status == 65, "the lists still name her")
        #expect(try stoke("show", "ann@x.example").status != 0)
        let back = try stoke("import", "both.csv")
        #expect(back.text.contains("0 added") && back.errors.contains("import-forgotten"))
        let ledger = try stoke.folder.read("work/.stoke/ledger.db")
        #expect(!String(decoding: ledger, as: UTF8.self).contains("ann@x.example"))
    }
}
