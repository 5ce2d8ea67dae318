import Foundation
import TestKit
import Testing

/// What goes wrong with leads in practice, and what the user of the command sees of each.
@Suite struct `The five mistakes` {
    static let start = "2026-03-02T08:00:00Z"
    static let jonas = "jonas.weber@nordlicht.example"

    /// The sample with its people imported and reviewed.
    private func workspace() throws -> Stoke {
        let stoke = try Stoke.sample(now: Self.start)
        try stoke("apply", "--yes")
        try stoke("import", "prospects/sample.csv")
        return stoke
    }

    @Test func `an MQL is no SQL, whatever the scores, until somebody spoke and heard all four`() throws {
        let stoke = try workspace()
        let reply = try stoke("touch", Self.jonas, "--reply", "positive")
        #expect(reply.text.contains("prospect → MQL") && reply.text.contains("stoke handoff"))
        for minute in 10...14 { try stoke("touch", Self.jonas, "form.demo", now: "2026-03-02T08:\(minute):00Z") }
        let later = "2026-03-02T09:00:00Z"

        let early = try stoke("qualify", Self.jonas, "--sql", "--by", "ana", now: later)
        #expect(early.status == 1)
        #expect(early.errors.contains("can't become an SQL: missing a talk (an answered call, a meeting)"))
        #expect(early.errors.contains("evidence for timeline"))
        // A written answer is no talk, so it proves nothing alone; handing over changes no stage.
        #expect(try stoke("handoff", Self.jonas, "--accept", "--by", "ana", now: later).status == 0)
        #expect(try stoke("show", Self.jonas, now: later).text.contains("MQL · hot"))

        let call = try stoke("touch", Self.jonas, "call.connected", now: later)
        #expect(call.text.contains("what did you hear on budget, authority, need or timeline?"))
        let half = try stoke("qualify", Self.jonas, "--bant", "need=weeks of onboarding", "--sql", now: later)
        #expect(half.status == 1 && half.text.contains("heard in #"))
        #expect(half.errors.contains("missing evidence for budget; evidence for authority; evidence for timeline"))
        let whole = try stoke(
            "qualify", Self.jonas, "--bant", "budget=20k", "--bant", "authority=signs", "--bant", "timeline=May",
            "--sql",
            now: later)
        #expect(whole.status == 0 && whole.text.contains("Jonas Weber: MQL → SQL, by ana"), "\(whole.errors)")
        // No forged name of a rule passes either.
        let rule = try stoke("qualify", Self.jonas, "--opportunity", "demo", "--on", "3d", "--by", "rule", now: later)
        #expect(rule.status == 1 && rule.errors.contains("the word of a person of ours"))
    }

    @Test func `an ICP that is too broad, too narrow or that the list can't answer is warned about`() throws {
        let stoke = try Stoke.sample(now: Self.start)
        let broad = try stoke("check", "--prospects")
        #expect(broad.status == 0)
        #expect(broad.text.contains("saas-founders: 96 % fit, 42 of 44; 2 don't"))
        #expect(broad.text.contains("warning: saas-founders is too broad for this list"))

        try stoke.edit("qualification.yaml") { $0.replacing("[SaaS, Software, Internet]", with: "[Farming]") }
        let narrow = try stoke("check", "--prospects", "prospects/sample.csv").text
        #expect(narrow.contains("too narrow for this list: 0 % fit"))
        #expect(narrow.contains("excludes most: company.industry is Farming"))

        try stoke.edit("qualification.yaml") {
            $0.replacing("company.industry: [Farming]", with: "company.technologies: [Zendesk, Intercom]")
        }
        try stoke.edit("prospects/sample.csv") { $0.replacing("Zendesk", with: "").replacing("Intercom", with: "") }
        let blind = try stoke("check", "--prospects").text
        #expect(blind.contains("saas-founders cannot be judged from this list"))
        #expect(blind.contains("missing facts: company.technologies of 44"))
        let json = try #require(try stoke.json("check", "--prospects") as? [String: Any])
        #expect((json["prospects"] as? [Any])?.count == 1)
        #expect(try stoke("check", "prospects/sample.csv").status == 64)
    }

    @Test func `the same history scores the same, and every point names its touchpoint`() throws {
        let events = [
            ("form.download", "2026-03-02T09:00:00Z"), ("reply.neutral", "2026-03-03T10:00:00Z"),
            ("page.pricing", "2026-03-04T11:00:00Z"), ("meeting", "2026-03-05T12:00:00Z"),
        ]
        var explained: [[String: Any]] = []
        for order in [events, events.reversed()] {
            let stoke = try workspace()
            for (kind, at) in order {
                #expect(try stoke("touch", Self.jonas, kind, "--at", at, now: "2026-03-06T08:00:00Z").status == 0)
            }
            explained.append(
                try #require(try stoke.json("explain", Self.jonas, now: "2026-03-20T08:00:00Z") as? [String: Any]))
            let text = try stoke("explain", Self.jonas, now: "2026-03-20T08:00:00Z").text
            for kind in events.map(\.0) { #expect(text.contains(kind), "\(kind): \(text)") }
        }
        for one in explained {
            let points = try #require(one["points"] as? [[String: Any]])
            #expect(points.count == 4)
            let sum = points.compactMap { $0["adds"] as? Double }.reduce(0, +)
            #expect(abs(sum - (one["intent"] as? Double ?? -1)) < 1e-9)
        }
        #expect(explained[0]["intent"] as? Double == explained[1]["intent"] as? Double)
        #expect(explained[0]["temperature"] as? String == explained[1]["temperature"] as? String)
    }

    @Test func `nobody is dropped for being early: check asks for a nurture sequence, and people go there`() throws {
        let stoke = try workspace()
        // Somebody who downloads a guide is nurtured, not sold to.
        let download = try stoke("touch", Self.jonas, "form.download")
        #expect(download.text.contains("prospect → IQL"))
        #expect(download.text.contains("enters quarterly-news by its rule"))

        let priya = "priya.menon@banyanworks.example"
        let dayless = try stoke("qualify", priya, "--recycle", "timing")
        #expect(dayless.errors.contains("the day on which they are looked at again"))
        let wrong = try stoke("qualify", priya, "--recycle", "busy", "--until", "90d")
        #expect(wrong.status == 1 && wrong.errors.contains("timing, budget, no_answer"))
        let recycled = try stoke("qualify", priya, "--recycle", "timing", "--until", "90d")
        #expect(recycled.text.contains("prospect → recycled") && recycled.text.contains("enters quarterly-news"))
        #expect(try stoke("qualify", now: "2026-05-30T08:00:00Z").text.contains("to be looked at again") == false)
        let again = try stoke("qualify", now: "2026-06-01T08:00:00Z").text
        #expect(again.contains("1 recycled person is to be looked at again") && again.contains("recycled for timing"))

        try stoke.edit("qualification.yaml") {
            $0.replacing("nurture: {iql: quarterly-news, recycled: quarterly-news}", with: "")
        }
        for name in ["founders", "demo-request"] {
            try stoke.edit("sequences/\(name).yaml") {
                $0.replacing("finish: {nurture: quarterly-news}", with: "finish: {none: \"enough\"}")
            }
        }
        let check = try stoke("check")
        #expect(check.errors.contains("no-nurture"))
        #expect(check.errors.contains("have no sequence that nurtures them"))
    }

    @Test func `a report begins with what matters, with denominators, and ends with volumes`() throws {
        let stoke = try workspace()
        try stoke("enroll", "founders", "--all")
        for turn in 0..<12 { try stoke("run", now: "2026-03-02T\(9 + turn / 6):\(10 + turn % 6 * 8):00Z") }
        let end = "2026-03-02T20:00:00Z"
        let lines = try stoke("export", "touchpoints", "--columns", "kind,email", now: end).text.split(separator: "\n")
        let mailed = lines.filter { $0.hasPrefix("email.sent,") }.map { String($0.dropFirst("email.sent,".count)) }
        try #require(mailed.count >= 3)
        try stoke("touch", mailed[0], "--reply", "positive", now: end)
        try stoke("touch", mailed[1], "auto_reply", now: end)
        try stoke("touch", mailed[2], "bounce.hard", now: end)
        let text = try stoke("report", now: end).text
        let titles = ["Positive replies per", "Meetings per", "SQL per", "MQL per", "Replies per", "Volumes"]
        let places = titles.map { text.range(of: $0)?.lowerBound }
        #expect(places.allSatisfy { $0 != nil } && places.compactMap { $0 } == places.compactMap { $0 }.sorted())
        // Who bounced was not reached, and an automatic reply is none.
        let delivered = mailed.count - 1
        let replies = try #require(text.split(separator: "Replies per delivered person").last)
        #expect(replies.contains("1 of \(delivered)"), "\(text)")
        let line = try #require(
            ((try stoke.json("report", now: end) as? [String: Any])?["lines"] as? [[String: Any]])?.first)
        #expect(line["automatic_replies"] as? Int == 1 && line["bounces"] as? Int == 1)
        #expect((line["replies"] as? [String: Any])?["count"] as? Int == 1)
    }
}
