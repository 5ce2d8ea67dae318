import Foundation
import TestKit
import Testing

/// The built command killed in the middle of reading an inbox, at one system call after the other.
@Suite(.enabled(if: Programs.exist("strace"), "needs strace")) struct `An inbox whose reader is killed` {
    /// A system call with how often it is let through before the kill.
    private static let points: [(call: String, count: Int)] =
        (1...8).map { ("pwrite64", $0) } + (1...4).map { ("fdatasync", $0) }
        + [8, 20, 32, 44, 56, 68].map { ("openat", $0) } + (1...4).map { ("read", $0 * 9) }

    @Test func `no message is lost or counted twice, wherever it is killed`() throws {
        let stoke = try AnsweredWorkspace.sent(now: "2026-03-02T08:00:00Z")
        let mailed = try AnsweredWorkspace.mailed(stoke)
        try #require(mailed.count >= 2)
        var kills = 0
        for (index, point) in Self.points.enumerated() {
            let mail = mailed[index % mailed.count]
            try AnsweredWorkspace.deliver(
                """
                From: \(mail.address)
                To: ana@acme.example
                Subject: Re: onboarding
                Message-ID: <answer-\(index)@their.example>
                In-Reply-To: \(mail.messageID)

                Answer \(index).
                """, "answer-\(index)", to: stoke)
            let inject = "inject=\(point.call):signal=SIGKILL:when=\(point.count)"
            let result = try ChildProcess.run(
                "strace",
                ["-f", "-qq", "-o", "/dev/null", "-e", "trace=\(point.call)", "-e", inject, Stoke.binary, "inbox"]
                    + ["--now", "2026-03-02T10:00:00Z"],
                environment: [
                    "PATH": "/usr/bin:/bin", "HOME": stoke.folder.path, "STOKE_STATE": stoke.folder.path("state"),
                ], folder: stoke.path)
            if result.status != 0 { kills += 1 }
        }
        let last = try stoke("inbox", now: "2026-03-02T10:01:00Z")
        #expect(last.status == 0, "\(last.errors)")
        var counted: [String] = []
        for mail in mailed {
            let page = try #require(try stoke.json("show", mail.address, now: "2026-03-02T10:02:00Z") as? [String: Any])
            let facts = try #require(page["touchpoints"] as? [[String: Any]])
            for fact in facts where fact["kind"] as? String == "reply" {
                counted.append((fact["detail"] as? [String: Any])?["text"] as? String ?? "\(fact)")
            }
        }
        let expected = Self.points.indices.map { "Answer \($0)." }
        #expect(counted.sorted() == expected.sorted())
        #expect(try stoke("ledger", "verify", now: "2026-03-02T10:03:00Z").status == 0)
        print(
            "killed while reading: \(kills) of \(Self.points.count) times, \(counted.count) answers counted once each")
        #expect(kills > Self.points.count / 2)
    }
}
