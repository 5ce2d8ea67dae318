import Foundation
import TestKit
import Testing

/// A comparison of two texts by the built command: no winner before the test may name one, and kept only then.
@Suite struct `An experiment by the binary` {
    static let start = "2026-03-02T08:00:00Z"
    static let later = "2026-03-20T08:00:00Z"

    /// One sequence with two texts, a mailbox without limits, and `count` people who all fit.
    private func workspace(count: Int) throws -> Stoke {
        let stoke = try Stoke.sample(now: Self.start)
        try stoke.edit("stoke.yaml") { text in
            let limits = [
                "daily_cap: 50": "daily_cap: none", "daily_cap: 40": "daily_cap: none",
                "hourly_cap: 20": "hourly_cap: none",
                "gap: 90s": "gap: 0s", "ramp: {start: 20, add: 10}": "ramp: {start: 5000, add: 10}",
                "company_cap: 3/day": "company_cap: none",
                "new_share: 0.4": "new_share: 1",
            ]
            return limits.reduce(text) { $0.replacing($1.key, with: $1.value) }
        }
        for name in ["founders", "demo-request"] {
            try FileManager.default.removeItem(at: stoke.folder.url.appending(path: "work/sequences/\(name).yaml"))
        }
        try stoke.folder.write(
            "work/sequences/test.yaml",
            text: """
                audience: any
                mailboxes: [ana]
                timezone: workspace
                experiment: {metric: reply.positive, minimum_effect: 10%, winner: keep}
                steps:
                  - id: intro
                    email: {a: intro, b: intro-short}
                finish: {none: "one mail"}

                """)
        try people(0..<count, stoke, now: Self.start)
        return stoke
    }

    private func people(_ range: Range<Int>, _ stoke: Stoke, now: String) throws {
        let header = "first_name,last_name,email,title,company.name,company.domain,company.industry,timezone,trigger\n"
        let rows = range.map {
            "A\($0),B\($0),p\($0)@c\($0).example,CTO,C\($0),c\($0).example,SaaS,Europe/Berlin,news\n"
        }
        try stoke.folder.write("work/prospects/sample.csv", text: header + rows.joined())
        if now == Self.start { #expect(try stoke("apply", "--yes", now: now).status == 0) }
        #expect(try stoke("import", "prospects/sample.csv", now: now).status == 0)
        #expect(try stoke("enroll", "test", "--all", now: now).text.contains("\(range.count) enter"))
    }

    /// The arm that each person's mail had.
    private func arms(_ stoke: Stoke, now: String) throws -> [String: String] {
        var arms: [String: String] = [:]
        for line in try stoke("export", "touchpoints", "--json", now: now).text.split(separator: "\n") {
            let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            guard event?["kind"] as? String == "email.sent", let email = event?["email"] as? String else { continue }
            arms[email] = (event?["detail"] as? [String: Any])?["variant"] as? String
        }
        return arms
    }

    @Test func `a winner is named after the test says so, and everybody after that gets it`() throws {
        let stoke = try workspace(count: 120)
        let run = try stoke("run", now: "2026-03-02T09:00:00Z")
        #expect(run.text.contains("120 sent"), "\(run.text)\(run.errors)")
        let first = try arms(stoke, now: "2026-03-02T10:00:00Z")
        #expect(Set(first.values) == ["a", "b"])

        // Nobody has had their two weeks: nothing may be said, however good one looks.
        let answers = first.filter { $0.value == "b" }.keys.sorted().enumerated().filter { $0.offset % 4 != 0 }
        let events = answers.map { "\($0.element),reply.positive,2026-03-03T10:00:00Z,r\($0.offset)\n" }
        try stoke.folder.write("work/answers.csv", text: "email,kind,at,id\n" + events.joined())
        #expect(try stoke("touch", "import", "answers.csv", now: "2026-03-04T09:00:00Z").status == 0)
        let early = try stoke("report", "--by", "variant", now: "2026-03-04T10:00:00Z").text
        #expect(early.contains("cannot conclude; about") && early.contains("120 were mailed too lately"), "\(early)")

        let concluding = try stoke("run", now: Self.later)
        #expect(concluding.errors.contains("experiment test/intro: b is better"), "\(concluding.errors)")
        #expect(try stoke("run", now: "2026-03-21T08:00:00Z").errors.contains("is better") == false)
        let report = try stoke("report", "--by", "variant", now: "2026-03-21T09:00:00Z").text
        #expect(report.contains("b is better; this holds however often one looks"), "\(report)")

        let monday = "2026-03-23T09:00:00Z"
        try people(200..<220, stoke, now: monday)
        #expect(try stoke("run", now: monday).text.contains("20 sent"))
        let kept = try arms(stoke, now: "2026-03-23T10:00:00Z").filter { first[$0.key] == nil }
        #expect(kept.count == 20 && Set(kept.values) == ["b"])

        // Who writes the loser anew is told that nobody gets it, and how to have it compared.
        try stoke.edit("templates/intro.md") { $0 + "\nOne more line.\n" }
        let edit = try stoke("plan", "--diff", now: Self.later)
        #expect(
            edit.text.contains(
                "! intro lost to b in test/intro and is not sent; under another name it is compared anew"),
            "\(edit.text)\(edit.errors)")
        try stoke.edit("templates/intro-short.md") { $0 + "\nOne more line.\n" }
        #expect(try !stoke("plan", "--diff", now: Self.later).text.contains("! intro-short"))

        // Another text under the same letter is another experiment.
        try stoke.edit("sequences/test.yaml") { $0.replacing("b: intro-short", with: "b: news-guide") }
        #expect(try stoke("apply", "--yes", now: "2026-03-24T08:00:00Z").status == 0)
        try people(300..<330, stoke, now: "2026-03-24T09:00:00Z")
        try stoke("run", now: "2026-03-24T09:30:00Z")
        let anew = try arms(stoke, now: "2026-03-24T10:00:00Z").filter { first[$0.key] == nil && kept[$0.key] == nil }
        #expect(anew.count == 30 && Set(anew.values) == ["a", "b"])
        // What was seen of the text before says nothing about the new one.
        let dayAfter = "2026-03-25T09:00:00Z"
        #expect(try !stoke("run", now: dayAfter).errors.contains("is better"))
        #expect(try stoke("report", "--by", "variant", now: dayAfter).text.contains("cannot conclude"))
        try people(400..<430, stoke, now: dayAfter)
        try stoke("run", now: dayAfter)
        let later = try arms(stoke, now: dayAfter).filter { first[$0.key] == nil && $0.key.hasPrefix("p4") }
        #expect(later.count == 30 && Set(later.values) == ["a", "b"])
    }

    @Test func `equal texts stay undecided`() throws {
        let stoke = try workspace(count: 40)
        try stoke("run", now: "2026-03-02T09:00:00Z")
        let later = try stoke("run", now: Self.later)
        #expect(!later.errors.contains("is better"))
        let json = try #require(try stoke.json("report", "--by", "variant", now: Self.later) as? [String: Any])
        let experiment = try #require((json["experiments"] as? [[String: Any]])?.first)
        #expect(experiment["better"] == nil && (experiment["more"] as? Int ?? 0) > 0)
    }
}
