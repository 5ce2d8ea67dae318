import Foundation
import TestKit
import Testing

@Suite struct `Status on one screen` {
    private static let start = "2026-03-02T08:00:00Z"

    @Test func `an empty workspace says what comes next`() throws {
        let stoke = try Stoke(now: Self.start)
        try stoke("init")
        try stoke("apply", "--yes")
        let text = try stoke("status").text
        #expect(text.contains("no run yet; stoke cron says how"))
        #expect(text.contains("nobody is imported yet; stoke import FILE.csv"))
        #expect(!text.contains("Waiting for you"))
    }

    @Test func `what waits for a person stands there with its command`() throws {
        var stoke = try Stoke.sample(now: Self.start)
        try stoke("apply", "--yes")
        try stoke("import", "prospects/sample.csv")
        try stoke("enroll", "founders", "--all")
        try stoke("pause", "ben", "--until", "5d")
        for minute in 10..<60 where minute.isMultiple(of: 5) {
            stoke.now = "2026-03-02T08:\(minute):00Z"
            try stoke("run")
        }
        try stoke("touch", "jonas.weber@nordlicht.example", "meeting")
        let text = try stoke("status").text
        #expect(text.contains("44 people · "))
        #expect(text.contains("1 hot"))
        let lines = text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(lines.contains("1 MQL for somebody to take on stoke handoff"), "\(text)")
        #expect(lines.contains("3 leads to review stoke qualify"), "\(text)")
        #expect(lines.contains("1 paused mailbox: ben stoke resume ben"), "\(text)")
        #expect(lines.contains { $0.contains("held: ") && $0.contains("consent stoke tasks") }, "\(text)")
        #expect(text.contains("paused until 7 Mar"))
    }

    @Test func `a mail whose arrival is unknown is never overlooked`() throws {
        let stoke = try Stoke.sample(now: Self.start)
        try stoke("apply", "--yes")
        try stoke("import", "prospects/sample.csv")
        try stoke("enroll", "founders", "--all")
        try stoke("run")
        // What a run leaves that was cut off behind the fence.
        let ledger = stoke.folder.path("work/.stoke/ledger.db")
        _ = try ChildProcess.run("/usr/bin/env", ["sqlite3", ledger, "UPDATE message SET state='unknown'"])
        #expect(try stoke("status").text.contains("may have arrived or not"))
        let json = try #require(try stoke.json("status") as? [String: Any])
        #expect((json["unknown"] as? Int ?? 0) > 0)
        #expect((json["stages"] as? [String: Int])?["lead"] == 3)
    }
}
