import Foundation
import TestKit
import Testing

/// What comes in stops, pauses and moves people, read from a Maildir by the built command.
@Suite struct `The inbox` {
    private static let start = "2026-03-02T08:00:00Z"

    @Test func `an answer ends the sequence, asks for an answer and counts once`() throws {
        let stoke = try AnsweredWorkspace.sent(now: Self.start)
        let mail = try #require(try AnsweredWorkspace.mailed(stoke).first)
        try AnsweredWorkspace.deliver(
            """
            From: \(mail.address)
            To: ana@acme.example
            Subject: Re: onboarding
            Message-ID: <answer-1@their.example>
            In-Reply-To: \(mail.messageID)
            Date: Mon, 2 Mar 2026 09:30:00 +0000

            Yes, that is a problem here. Call me on Thursday.
            """, "answer", to: stoke)
        let later = "2026-03-02T10:00:00Z"
        let run = try stoke("run", now: later)
        #expect(run.text.contains("came in"), "\(run)")
        let page = try #require(try stoke.json("show", mail.address, now: later) as? [String: Any])
        let states = try #require(page["enrollments"] as? [[String: Any]]).compactMap { $0["state"] as? String }
        #expect(states == ["stopped"])
        let kinds = try #require(page["touchpoints"] as? [[String: Any]]).compactMap { $0["kind"] as? String }
        #expect(kinds.count { $0 == "reply" } == 1)
        #expect(try stoke("tasks", now: later).text.contains("Replies to answer"))
        #expect(try stoke("inbox", now: "2026-03-02T10:05:00Z").status == 0)
        let again = try #require(try stoke.json("show", mail.address, now: "2026-03-02T10:06:00Z") as? [String: Any])
        let repeated = try #require(again["touchpoints"] as? [[String: Any]]).compactMap { $0["kind"] as? String }
        #expect(repeated.count { $0 == "reply" } == 1)
    }

    @Test func `an absence pauses until the day after, and is no reply`() throws {
        let stoke = try AnsweredWorkspace.sent(now: Self.start)
        let mail = try #require(try AnsweredWorkspace.mailed(stoke).first)
        try AnsweredWorkspace.deliver(
            """
            From: \(mail.address)
            To: ana@acme.example
            Subject: Out of office: onboarding
            Message-ID: <away-1@their.example>
            In-Reply-To: \(mail.messageID)
            Auto-Submitted: auto-replied
            Date: Mon, 2 Mar 2026 09:30:00 +0000

            I am out of the office and will be back on 16 March 2026.
            """, "away", to: stoke)
        try stoke("run", now: "2026-03-02T10:00:00Z")
        let text = try stoke("show", mail.address, now: "2026-03-02T10:01:00Z").text
        #expect(text.contains("paused"))
        let explained = try stoke("explain", mail.address, now: "2026-03-02T10:01:00Z").text
        #expect(explained.contains("17 Mar"), "\(explained)")
    }

    @Test func `each arrival is listed with its reason and why it was taken for that`() throws {
        let stoke = try AnsweredWorkspace.sent(now: Self.start)
        let mails = try AnsweredWorkspace.mailed(stoke)
        func away(_ mail: AnsweredWorkspace.Mailed, _ name: String) throws {
            try AnsweredWorkspace.deliver(
                """
                From: \(mail.address)
                To: ana@acme.example
                Subject: Out of office: onboarding
                Message-ID: <\(name)@their.example>
                In-Reply-To: \(mail.messageID)
                Auto-Submitted: auto-replied
                Date: Mon, 2 Mar 2026 09:30:00 +0000

                I am out of the office and will be back on 16 March 2026.
                """, name, to: stoke)
        }
        try away(try #require(mails.first), "away-1")
        let text = try stoke("inbox", now: "2026-03-02T10:00:00Z").text
        #expect(text.contains("  away: "), "\(text)")
        try away(try #require(mails.last), "away-2")
        let list = try #require(try stoke.json("inbox", now: "2026-03-02T10:05:00Z") as? [[String: Any]])
        #expect(list.first?["reason"] as? String == "away", "\(list)")
        #expect((list.first?["why"] as? [String])?.isEmpty == false)
    }

    @Test func `a hard bounce that names our mail stops and suppresses`() throws {
        let stoke = try AnsweredWorkspace.sent(now: Self.start)
        let mail = try #require(try AnsweredWorkspace.mailed(stoke).first)
        try AnsweredWorkspace.deliver(
            """
            From: MAILER-DAEMON@mx.example
            To: ana@acme.example
            Subject: Undelivered Mail Returned to Sender
            Message-ID: <bounce-1@mx.example>
            Date: Mon, 2 Mar 2026 09:30:00 +0000
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: text/plain

            This is the mail system at host mx.example. <\(mail.address)>: user unknown

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            Final-Recipient: rfc822; \(mail.address)
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 user unknown

            --b
            Content-Type: text/rfc822-headers

            Message-ID: \(mail.messageID)
            To: \(mail.address)

            --b--
            """, "bounce", to: stoke)
        try stoke("run", now: "2026-03-02T10:00:00Z")
        let text = try stoke("show", mail.address, now: "2026-03-02T10:01:00Z").text
        #expect(text.contains("stopped"))
        let again = try stoke("enroll", "founders", mail.address, "--again", now: "2026-03-02T10:02:00Z").text
        #expect(again.contains("suppressed"), "\(again)")
    }

    @Test func `an inbox that can't be read holds the mailbox's follow-ups and says so`() throws {
        let stoke = try AnsweredWorkspace.sent(now: Self.start)
        try FileManager.default.removeItem(atPath: stoke.path + "/inbox")
        let mailed = try AnsweredWorkspace.mailed(stoke).map(\.address)
        let run = try stoke("run", now: "2026-03-04T10:00:00Z")
        #expect(run.errors.contains("could not be read"))
        for address in mailed {
            let page = try #require(try stoke.json("show", address, now: "2026-03-04T10:01:00Z") as? [String: Any])
            let kinds = try #require(page["touchpoints"] as? [[String: Any]]).compactMap { $0["kind"] as? String }
            #expect(kinds.count { $0 == "email.sent" } == 1, "\(address) got a follow-up")
        }
    }
}
