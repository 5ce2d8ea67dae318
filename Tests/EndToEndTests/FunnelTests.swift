import Foundation
import TestKit
import Testing

/// From a lead to an opportunity, by the built command on a pretend clock.
@Suite struct `The funnel by the binary` {
    static let start = "2026-03-02T08:00:00Z"
    static let jonas = "jonas.weber@nordlicht.example"

    private func workspace() throws -> Stoke {
        let stoke = try Stoke.sample(now: Self.start)
        try stoke("apply", "--yes")
        try stoke("import", "prospects/sample.csv")
        return stoke
    }

    /// Jonas as an SQL on the morning of 4 March.
    private func sql() throws -> Stoke {
        let stoke = try workspace()
        try stoke("touch", Self.jonas, "--reply", "positive")
        let day = "2026-03-04T09:00:00Z"
        try stoke("touch", Self.jonas, "call.connected", now: day)
        let fields = ["budget=20k", "authority=signs", "need=weeks", "timeline=May"].flatMap { ["--bant", $0] }
        let decided = try stoke.run(["qualify", Self.jonas] + fields + ["--sql", "--by", "ana"], now: day)
        #expect(decided.status == 0, "\(decided.errors)")
        return stoke
    }

    @Test func `an SQL becomes an opportunity with a dated step, is won with a value, and is left alone`() throws {
        let stoke = try sql()
        let day = "2026-03-04T10:00:00Z"
        let undated = try stoke("qualify", Self.jonas, "--opportunity", "demo", now: day)
        #expect(undated.status == 1 && undated.errors.contains("missing a next step with its day"))
        #expect(try stoke("qualify", Self.jonas, "--opportunity", "demo", "--on", "2026-03-01", now: day).status == 64)
        let early = try stoke("qualify", Self.jonas, "--won", "9000", now: day)
        #expect(early.errors.contains("being an opportunity first"))
        let opportunity = try stoke("qualify", Self.jonas, "--opportunity", "demo", "--on", "5 business days", now: day)
        #expect(opportunity.text.contains("SQL → opportunity, by ana"), "\(opportunity.errors)")
        let page = try stoke("qualify", Self.jonas, now: day).text
        #expect(page.contains("Known of the opportunity: 0 of 8") && page.contains("economic buyer"))
        try stoke("qualify", Self.jonas, "--meddic", "champion=himself", now: day)
        #expect(try stoke("qualify", Self.jonas, now: day).text.contains("Known of the opportunity: 1 of 8"))

        let close = "2026-03-12T10:00:00Z"
        #expect(try stoke("qualify", Self.jonas, "--won", "much", now: close).status == 64)
        #expect(try stoke("qualify", Self.jonas, "--won", "9000", now: close).text.contains("opportunity → won"))
        let enrolled = try stoke("enroll", "founders", Self.jonas, now: close)
        #expect(enrolled.text.contains("suppressed (won)"))
        let board = try stoke("pipeline", now: close).text
        let conversion = board.split(separator: "\n").first { $0.contains("opportunity → won") }
        #expect(conversion?.contains("1 of 1") == true, "\(board)")
        #expect(try stoke("show", Self.jonas, now: close).text.contains("9000"))
    }

    @Test func `lost takes a reason that the file knows, and the way back a reason of one's own`() throws {
        let stoke = try sql()
        let day = "2026-03-04T10:00:00Z"
        try stoke("qualify", Self.jonas, "--opportunity", "demo", "--on", "5d", now: day)
        #expect(try stoke("qualify", Self.jonas, "--back", "sql", now: day).errors.contains("missing a reason"))
        let sql = try stoke("qualify", Self.jonas, "--back", "sql", "--reason", "demo called off", now: day)
        #expect(sql.text.contains("opportunity → SQL"), "\(sql.errors)")
        try stoke("qualify", Self.jonas, "--opportunity", "demo", "--on", "5d", now: day)
        let mood = try stoke("qualify", Self.jonas, "--lost", "mood", now: day)
        #expect(mood.errors.contains("price, feature, status_quo"))
        #expect(try stoke("qualify", Self.jonas, "--lost", "price", now: day).text.contains("opportunity → lost"))
        #expect(try stoke("qualify", Self.jonas, "--back", "prospect", now: day).errors.contains("missing a reason"))
        let back = try stoke("qualify", Self.jonas, "--back", "prospect", "--reason", "new budget", now: day)
        #expect(back.text.contains("lost → prospect"), "\(back.errors)")
        #expect(try stoke("qualify", Self.jonas, "--accept", "--won", "1", now: day).status == 64)
    }

    @Test func `evidence cites the call's task, and what is ours proves nothing`() throws {
        let stoke = try workspace()
        try stoke.edit("stoke.yaml") { $0.replacing("gap: 90s", with: "gap: 0s") }
        try stoke("apply", "--yes")
        let form = try stoke("touch", "aenne.juergens@nordlicht.example", "form.demo")
        #expect(form.status == 0, "\(form.errors)")
        #expect(form.text.contains("enters demo-request by its rule"), "\(form.text)")
        var now = Self.start
        var code: String?
        for turn in 0..<20 where code == nil {
            now = "2026-03-0\(2 + turn / 8)T\(10 + turn % 8):15:00Z"
            try stoke("run", now: now)
            let listing = try #require(try stoke.json("tasks", now: now) as? [String: Any])
            let tasks = try #require(listing["tasks"] as? [[String: Any]])
            code = tasks.first { $0["action"] as? String == "call" }?["code"] as? String
        }
        let call = try #require(code, "no call was opened")
        let done = try stoke("tasks", "done", call, "--outcome", "connected", now: now)
        #expect(done.text.contains("what did you hear on"))
        #expect(done.text.contains("--from \(call.prefix(4))"))
        let aenne = "aenne.juergens@nordlicht.example"
        let cited = try stoke("qualify", aenne, "--bant", "need=slow", "--from", call, now: now)
        #expect(cited.status == 0 && cited.text.contains("spoke on the phone"), "\(cited.errors)")
        let page = try #require(try stoke.json("show", aenne, now: now) as? [String: Any])
        let touchpoints = try #require(page["touchpoints"] as? [[String: Any]])
        let mail = try #require(touchpoints.first { $0["kind"] as? String == "email.sent" }?["id"] as? Int)
        let ours = try stoke("qualify", aenne, "--bant", "budget=much", "--from", "#\(mail)", now: now)
        #expect(ours.status == 1 && ours.errors.contains("evidence is what we heard from them"))
        #expect(try stoke("qualify", aenne, "--bant", "mood=good", now: now).status == 64)
        #expect(try stoke("qualify", aenne, "--bant", "need", now: now).status == 64)
    }

    @Test func `a hand-over is accepted against its target or rejected with a reason that is counted by score`() throws
    {
        let stoke = try workspace()
        try stoke("touch", Self.jonas, "--reply", "positive")
        let aenne = "aenne.juergens@nordlicht.example"
        try stoke("touch", aenne, "--reply", "positive")
        let friday = "2026-03-04T09:00:00Z"
        let list = try stoke("handoff", now: friday).text
        #expect(list.contains("2 MQLs wait for a person, to be taken over within 1 business day; 2 are late"))
        #expect(list.contains("why now") && list.contains("ask next  budget"))
        let accepted = try stoke("handoff", Self.jonas, "--accept", "--by", "ana", now: friday).text
        #expect(accepted.contains("taken over by ana after 2d 1h, late"))
        #expect(try stoke("handoff", Self.jonas, "--accept", now: friday).errors.contains("already, by ana"))
        let rejected = try stoke("handoff", aenne, "--reject", "a student", "--by", "ben", now: friday).text
        #expect(rejected.contains("MQL → prospect, rejected by ben"))
        let record = try stoke("handoff", now: friday).text
        #expect(record.contains("No MQL waits") && record.contains("Taken over, not yet SQL: 1"))
        #expect(record.contains("Hand-overs so far: 2, 1 rejected") && record.contains("rejected for: a student 1"))
        #expect(record.contains("within 1 business day: 0 of 1"))
        #expect(try stoke("handoff", aenne, "--accept", now: friday).errors.contains("is a prospect, no MQL"))
    }

    @Test func `events count once, make leads with a source, and match companies by domain`() throws {
        let stoke = try workspace()
        let events = """
            email,kind,at,id,first_name
            jonas.weber@nordlicht.example,page.pricing,2026-03-01T10:00:00Z,e1,Jonas
            new.person@eu.nordlicht.example,form.demo,2026-03-01T11:00:00Z,e2,Nia
            new.person@eu.nordlicht.example,webinar.attended,2026-03-01T12:00:00Z,e3,Nia

            """
        try stoke.folder.write("work/events.csv", text: events)
        let first = try stoke("touch", "import", "events.csv", "--source", "webinar")
        #expect(
            first.status == 0 && first.text.contains("3 recorded, 0 recorded before, 1 new lead\n"), "\(first.text)")
        let again = try stoke("touch", "import", "events.csv", "--source", "webinar")
        #expect(again.text.contains("0 recorded, 3 recorded before"))
        let page = try #require(try stoke.json("show", "new.person@eu.nordlicht.example") as? [String: Any])
        let facts = try #require(page["facts"] as? [String: Any])
        #expect(facts["source"] as? String == "webinar")
        #expect(facts["company.name"] as? String == "Nordlicht Software GmbH")
        #expect(try stoke("pipeline").text.contains("Inbound: they came to us · 1 person"))
    }

    @Test func `a backtest says who would be an MQL and which wins the other rules would have missed`() throws {
        let stoke = try sql()
        try stoke("qualify", Self.jonas, "--opportunity", "demo", "--on", "5d", now: "2026-03-04T10:00:00Z")
        try stoke("qualify", Self.jonas, "--won", "9000", now: "2026-03-04T11:00:00Z")
        let rules = String(decoding: try stoke.folder.read("work/qualification.yaml"), as: UTF8.self)
        try stoke.folder.write("work/strict.yaml", text: rules.replacing("intent: 30", with: "intent: 500"))
        let now = "2026-03-05T08:00:00Z"
        let text = try stoke("qualify", "--rules", "strict.yaml", "--backtest", now: now).text
        #expect(text.contains("wins: 1, missed by the other rules: 1") && text.contains("Jonas Weber"), "\(text)")
        try stoke.folder.write("work/bad.yaml", text: "gates: {mql: {fit: many}}\n")
        let bad = try stoke("qualify", "--rules", "bad.yaml", "--backtest", now: now)
        #expect(bad.status == 65 && bad.errors.contains("qualification.yaml:1:"), "\(bad.errors)")
        #expect(try stoke("qualify", "--rules", "strict.yaml", now: now).status == 64)
    }

    @Test func `new rules judge everybody again when they are applied`() throws {
        let stoke = try workspace()
        try stoke("touch", Self.jonas, "page.pricing")
        try stoke.edit("qualification.yaml") { $0.replacing("intent: 30, sla", with: "intent: 5, sla") }
        let applied = try stoke("apply", "--yes", now: "2026-03-02T09:00:00Z")
        #expect(applied.text.contains("by these rules are now: 1 MQL"), "\(applied.text)\(applied.errors)")
        #expect(try stoke("handoff", now: "2026-03-02T09:00:00Z").text.contains("Jonas Weber"))
    }

    @Test func `explain tells any day, with the stage and the points of then`() throws {
        let stoke = try sql()
        let now = "2026-04-01T08:00:00Z"
        let then = try stoke("explain", Self.jonas, "--at", "2026-03-03", now: now).text
        #expect(then.contains("Stage: MQL") && then.contains("Intent: 49.") && !then.contains("call.connected"))
        #expect(try stoke("explain", Self.jonas, now: now).text.contains("Stage: SQL"))
        #expect(try stoke("explain", Self.jonas, "--at", "soon", now: now).status == 64)
    }

    @Test func `a step may be for hot people only`() throws {
        let stoke = try workspace()
        try stoke.folder.write(
            "work/sequences/hot-only.yaml",
            text: """
                audience: any
                mailboxes: [ana]
                timezone: workspace
                exclusive: false
                steps:
                  - {id: hot, email: intro, when: {temperature: hot}}
                finish: {none: "one mail"}

                """)
        try stoke.edit("stoke.yaml") { $0.replacing("gap: 90s", with: "gap: 0s") }
        try stoke("apply", "--yes")
        try stoke("touch", Self.jonas, "form.demo")
        let eilidh = "eilidh@thistle.example"
        try stoke("enroll", "hot-only", Self.jonas, eilidh)
        try stoke("run", now: "2026-03-02T10:00:00Z")
        func mails(_ person: String) throws -> Int {
            let page = try #require(try stoke.json("show", person, now: "2026-03-02T11:00:00Z") as? [String: Any])
            let touchpoints = try #require(page["touchpoints"] as? [[String: Any]])
            return touchpoints.count { $0["kind"] as? String == "email.sent" && $0["step"] as? String == "hot" }
        }
        #expect(try mails(Self.jonas) == 1 && mails(eilidh) == 0)
        #expect(try stoke("show", eilidh, now: "2026-03-02T11:00:00Z").text.contains("hot skipped"))
    }

    @Test func `decisions are told to programs, too`() throws {
        let stoke = try workspace()
        try stoke("touch", Self.jonas, "--reply", "positive")
        let taken = try #require(try stoke.json("handoff", Self.jonas, "--accept", "--by", "ana") as? [[String: Any]])
        #expect(taken.first?["stage"] as? String == "mql" && taken.first?["in_time"] as? Bool == true)
        let heard = try #require(try stoke.json("qualify", Self.jonas, "--bant", "need=much") as? [String: Any])
        #expect((heard["evidence"] as? [String: Any])?["need"] as? String == "much")
        let out = try #require(try stoke.json("qualify", Self.jonas, "--reject", "no_need") as? [[String: Any]])
        #expect(out.first?["from"] as? String == "mql" && out.first?["to"] as? String == "disqualified")
        let gates = try #require(try stoke.json("qualify", "eilidh@thistle.example") as? [String: Any])
        #expect((gates["gates"] as? [[String: Any]])?.first?["stage"] as? String == "sql")
    }

    @Test func `whoever may enter later enters on the first turn of a day, idle turns before it or not`() throws {
        let stoke = try workspace()
        try stoke("enroll", "founders", Self.jonas)
        try stoke("run", now: "2026-03-02T09:00:00Z")
        let recycled = try stoke(
            "qualify", Self.jonas, "--recycle", "timing", "--until", "90d", now: "2026-03-03T09:00:00Z")
        #expect(recycled.text.contains("enters quarterly-news later: contacted less than 21 days ago"))
        func isIn(_ now: String) throws -> Bool {
            try stoke("show", Self.jonas, now: now).text.contains("quarterly-news  active")
        }
        for day in ["03", "10", "20", "22"] {
            for hour in ["10", "11", "23"] { try stoke("run", now: "2026-03-\(day)T\(hour):00:00Z") }
            #expect(try !isIn("2026-03-\(day)T23:30:00Z"))
        }
        let run = try stoke("run", now: "2026-03-24T09:00:00Z")
        #expect(run.text.contains("1 entered by rule"), "\(run.text)\(run.errors)")
        #expect(try isIn("2026-03-24T09:30:00Z"))
    }
}
