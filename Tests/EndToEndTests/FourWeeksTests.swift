import Foundation
import TestKit
import Testing

/// The sample workspace for four weeks against Postfix's smtp-sink, by the built command.
@Suite(.serialized) struct `Four weeks by the binary` {
    @Test func `everybody gets each step once, stops are obeyed, and the server's count is the ledger's`() throws {
        let sink = try SMTPSink()
        let stoke = try live(sink)
        let start = "2026-03-02T07:00:00Z"
        #expect(try stoke("apply", "--yes", now: start).status == 0)
        #expect(try stoke("import", "prospects/sample.csv", now: start).text.contains("added"))
        #expect(try stoke("qualify", "--all", "--accept", now: start).status == 0)
        let enrolled = try #require(try stoke.json("enroll", "founders", "--all", now: start) as? [String: Any])
        let people = try #require(enrolled["entered"] as? [String])
        #expect(people.count >= 20)

        let answers = people[0]
        let leaves = people[1]
        var sentBefore: [String: Int] = [:]
        for turn in 0..<(28 * 6) {
            let now = instant(start, hours: 4 * turn)
            let run = try stoke("run", now: now)
            #expect(run.status == 0, "\(now): \(run.text)\(run.errors)")
            if turn == 30 {
                #expect(try stoke("touch", answers, "--reply", "positive", now: now).text.contains("warm"))
                #expect(try stoke("suppress", leaves, "--reason", "asked", now: now).status == 0)
                sentBefore = [answers: try sent(stoke, answers, now), leaves: try sent(stoke, leaves, now)]
            }
        }
        let end = instant(start, hours: 4 * 28 * 6)
        for (person, count) in sentBefore { #expect(try sent(stoke, person, end) == count, "mailed after the stop") }

        var total = 0
        for person in people {
            let page = try #require(try stoke.json("show", person, now: end) as? [String: Any])
            let touchpoints = try #require(page["touchpoints"] as? [[String: Any]])
            let mails = touchpoints.filter { $0["kind"] as? String == "email.sent" }
            let steps = mails.compactMap { $0["step"] as? String }
            #expect(Set(steps).count == steps.count, "\(person) got a step twice: \(steps)")
            total += mails.count
        }
        #expect(total > 60)
        #expect(sink.count == total, "the server has \(sink.count), the ledger \(total)")
        #expect(try stoke("ledger", "verify", now: end).status == 0)
        print("four weeks: \(people.count) people, \(total) mails, 168 turns")
    }

    /// The sample with a server on this machine, no gap, and no ramp.
    private func live(_ sink: SMTPSink) throws -> Stoke {
        let stoke = try Stoke.sample()
        try stoke.edit("stoke.yaml") { text in
            text.replacing("smtp: maildir:outbox", with: "smtp: smtp://127.0.0.1:\(sink.port)\n    tls: none")
                .replacing("gap: 90s", with: "gap: 0s").replacing("home: any ", with: "home: \(host) ")
        }
        return stoke
    }

    private var host: String { ProcessInfo.processInfo.hostName }

    private func sent(_ stoke: Stoke, _ person: String, _ now: String) throws -> Int {
        let page = try #require(try stoke.json("show", person, now: now) as? [String: Any])
        let touchpoints = try #require(page["touchpoints"] as? [[String: Any]])
        return touchpoints.count { $0["kind"] as? String == "email.sent" }
    }

    private func instant(_ start: String, hours: Int) -> String {
        let format = ISO8601DateFormatter()
        return format.string(from: (format.date(from: start) ?? Date()).addingTimeInterval(Double(hours) * 3600))
    }
}
