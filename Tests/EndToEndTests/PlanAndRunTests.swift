import Foundation
import TestKit
import Testing

/// What `plan` says in the morning is what a day of cron does, person by person, step by step, turn by turn.
@Suite struct `A day of cron by the binary` {
    @Test(arguments: [(every: 10, gap: "90s"), (every: 20, gap: "0s"), (every: 30, gap: "25m")])
    func `does what plan said`(_ rhythm: (every: Int, gap: String)) throws {
        let stoke = try Stoke.sample()
        try stoke.edit("stoke.yaml") {
            $0.replacing("every: 5m", with: "every: \(rhythm.every)m").replacing("gap: 90s", with: "gap: \(rhythm.gap)")
        }
        let start = try #require(ISO8601DateFormatter().date(from: "2026-03-02T07:00:00Z"))
        let words = ISO8601DateFormatter()
        let morning = words.string(from: start)
        #expect(try stoke("apply", "--yes", now: morning).status == 0)
        try stoke("import", "prospects/sample.csv", now: morning)
        try stoke("qualify", "--all", "--accept", now: morning)
        try stoke("enroll", "founders", "--all", now: morning)

        let end = start.addingTimeInterval(86_400)
        let plan = try #require(
            try stoke.json("plan", "--until", words.string(from: end), now: morning) as? [String: Any])
        let planned = Set(
            try #require(plan["emails"] as? [[String: Any]]).map {
                "\($0["person"] ?? "") \($0["step"] ?? "") \($0["at"] ?? "")"
            })
        for turn in stride(from: 0, to: 86_400, by: rhythm.every * 60) {
            let now = words.string(from: start.addingTimeInterval(Double(turn)))
            let run = try stoke("run", now: now)
            #expect(run.status == 0, "\(now): \(run.errors)")
        }
        let lines = try stoke("export", "touchpoints", "--json", now: words.string(from: end)).text.split(
            separator: "\n")
        let events = try lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:] }
        let ran = Set(
            events.filter { $0["kind"] as? String == "email.sent" }
                .map { "\($0["person"] ?? "") \($0["step"] ?? "") \($0["at"] ?? "")" })
        #expect(planned == ran, "\(planned.symmetricDifference(ran).sorted().prefix(4))")
        #expect(ran.count > 10)
        print("every \(rhythm.every) min, gap \(rhythm.gap): \(ran.count) mails as planned")
    }

    @Test func `lets in by rule whom plan foresaw`() throws {
        let morning = "2026-03-02T09:00:00Z"
        let stoke = try Stoke.sample(now: morning)
        try stoke.edit("stoke.yaml") { $0.replacing("every: 5m", with: "every: 60m") }
        try stoke.edit("sequences/demo-request.yaml") {
            $0.replacing("days_ago: {to: 7}", with: "days_ago: {from: 2, to: 7}")
        }
        try stoke("apply", "--yes")
        try stoke("import", "prospects/sample.csv")
        try stoke("touch", "eilidh@thistle.example", "form.demo")
        try stoke("run")
        let end = "2026-03-06T18:00:00Z"
        let plan = try #require(try stoke.json("plan", "--until", end) as? [String: Any])
        let planned = try #require(plan["emails"] as? [[String: Any]])
        #expect(planned.count == 1 && planned.first?["sequence"] as? String == "demo-request", "\(plan)")
        #expect(plan["entering"] as? [String: Int] == ["demo-request": 1])
        #expect(try stoke("plan", "--until", end).text.contains("entering by rule: demo-request 1"))
        #expect(try stoke("simulate", "--days", "4", "--reply-rate", "0").text.contains("1 mail"))
        let words = ISO8601DateFormatter()
        let start = try #require(words.date(from: morning))
        for hour in 1..<105 { try stoke("run", now: words.string(from: start.addingTimeInterval(Double(hour) * 3600))) }
        let sent = try stoke("export", "touchpoints", "--json", now: end).text.split(separator: "\n")
            .map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:] }
            .filter { $0["kind"] as? String == "email.sent" }
        #expect(sent.map { "\($0["at"] ?? "")" } == planned.map { "\($0["at"] ?? "")" })
    }
}
