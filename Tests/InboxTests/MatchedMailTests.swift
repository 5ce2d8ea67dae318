import CivilTime
import Digest
import Foundation
import InboundMail
import Inbox
import Ledger
import Mail
import Outreach
import Planning
import TestKit
import Testing

/// What comes of a message by how well it is known whose it is.
@Suite struct `Mail that is matched` {
    private let thread = "Message-ID: <a@f.example>\nIn-Reply-To: <\(InboxBed.hi)>"

    @Test func `what was read is not listed again, and a task that was done stays done`() throws {
        let bed = try InboxBed()
        try bed.deliver("1", from: "ann@fathom.example", thread, "Gladly.")
        #expect(try bed.read().arrivals.count == 1)
        let task = try #require(try bed.store.openTasks(owner: "ana").first)
        _ = try bed.store.commit(
            [.close(task: task.id, state: .done, result: nil, touchpoint: nil, at: InboxBed.now + 70)], epoch: nil)
        // Another program marks it as seen, which renames the file.
        try FileManager.default.moveItem(
            atPath: bed.maildir.path("new/1"), toPath: bed.maildir.path("cur/1:2,S"))
        #expect(try bed.read().arrivals.isEmpty)
        #expect(try bed.answers() == 0)
        #expect(try bed.kinds(of: bed.ann).count { $0 == "reply" } == 1)
    }

    @Test func `a message in two folders counts once`() throws {
        let bed = try InboxBed()
        try bed.deliver("1", from: "ann@fathom.example", thread, "Gladly.")
        try bed.deliver("2", from: "ann@fathom.example", thread, "Gladly.", folder: ".Sent/new")
        #expect(try bed.read().arrivals.count == 1)
        #expect(try bed.answers() == 1)
    }

    @Test func `a fresh mail of somebody in a sequence pauses and asks`() throws {
        let bed = try InboxBed()
        try bed.deliver(
            "1", from: "ann@fathom.example", "Message-ID: <f@f.example>", "About your offer: call me.",
            subject: "Your offer")
        #expect(try bed.read().arrivals.map(\.kind) == [.reply])
        #expect(try bed.kinds(of: bed.ann).contains("note.likely_reply"))
        #expect(try bed.kinds(of: bed.ann).allSatisfy { $0 != "reply" })
        #expect(try bed.state(of: bed.ann) == .paused)
        #expect(try bed.answers() == 1)
    }

    @Test func `mail that came before ours answers nothing`() throws {
        let bed = try InboxBed()
        try bed.deliver(
            "1", from: "ann@fathom.example", "Message-ID: <f@f.example>", "Let us meet at the fair.", subject: "Fair",
            at: InboxBed.now - 30 * .day)
        try bed.read()
        #expect(try bed.state(of: bed.ann) == .active)
        #expect(try bed.answers() == 0)
    }

    @Test func `a bounce that names no mail of ours pauses and asks, but suppresses nobody`() throws {
        let bed = try InboxBed()
        let report = """
            --b

            could not be delivered
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; x

            Final-Recipient: rfc822; ann@fathom.example
            Action: failed
            Status: 5.1.1
            --b--
            """
        try bed.deliver(
            "1", from: "MAILER-DAEMON@x.example",
            "Message-ID: <b@x.example>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b",
            report,
            subject: "Undelivered Mail")
        try bed.read()
        #expect(try bed.store.suppressions().isEmpty)
        #expect(try bed.kinds(of: bed.ann).contains("note.likely_bounce"))
        #expect(try bed.kinds(of: bed.ann).allSatisfy { !$0.hasPrefix("bounce") })
        #expect(try bed.state(of: bed.ann) == .paused)
        #expect(try bed.answers() == 1)
    }

    @Test func `the id that a provider gave finds our mail`() throws {
        let settlement = Settlement(
            state: .sent, reply: "250 Ok 0100018f-5d2e-000000", providerID: "0100018f-5d2e-000000")
        let bed = try InboxBed(settlement: settlement)
        try bed.deliver(
            "1", from: "Ann <ann@private.example>",
            "Message-ID: <p@p.example>\nIn-Reply-To: <0100018f-5d2e-000000@email.amazonses.com>", "Yes.")
        try bed.read()
        #expect(try bed.kinds(of: bed.ann).contains("reply"))
        #expect(try bed.state(of: bed.ann) == .stopped)
    }

    @Test func `a colleague's answer pauses everybody of the company and asks once`() throws {
        let bed = try InboxBed()
        try bed.deliver(
            "1", from: "dora@fathom.example",
            "Message-ID: <d@f.example>\nIn-Reply-To: <somewhere@fathom.example>", "Ann asked me to answer.")
        try bed.read()
        #expect(try bed.state(of: bed.ann) == .paused && bed.state(of: bed.carl) == .paused)
        #expect(try bed.kinds(of: bed.ann).contains("company_reply"))
        #expect(try bed.kinds(of: bed.carl).contains("company_reply"))
        #expect(try bed.answers() == 1)
    }

    @Test func `who writes by the opt-out link is suppressed, from whatever address; a forged token is not`() throws {
        let bed = try InboxBed()
        let token = try bed.signer().sign(Array(String(bed.ann.row).utf8), purpose: "opt-out")
        let forged = token.dropLast() + (token.hasSuffix("A") ? "B" : "A")
        try bed.deliver(
            "1", from: "x@evil.example", "Message-ID: <e@evil.example>", "", subject: "unsubscribe \(forged)")
        try bed.read()
        #expect(try bed.store.suppressions().isEmpty)
        try bed.deliver(
            "2", from: "Ann <ann@private.example>", "Message-ID: <u@p.example>", "", subject: "unsubscribe \(token)")
        #expect(try bed.read().arrivals.contains { $0.kind == .unsubscribe })
        #expect(try bed.store.suppressions().map(\.value) == ["ann@fathom.example"])
        #expect(try bed.state(of: bed.ann) == .stopped)
    }

    @Test(arguments: [
        ("REPLY", "ACCEPTED", "meeting", Enrollment.State.stopped), ("REPLY", "DECLINED", "note.calendar", .paused),
    ])
    func `an accepted meeting ends the sequence, a declined one pauses and asks`(
        method: String, answer: String, kind: String, state: Enrollment.State
    ) throws {
        let bed = try InboxBed()
        let event = """
            BEGIN:VCALENDAR
            METHOD:\(method)
            BEGIN:VEVENT
            UID:1
            ATTENDEE;PARTSTAT=\(answer):mailto:ann@fathom.example
            END:VEVENT
            END:VCALENDAR
            """
        try bed.deliver(
            "1", from: "ann@fathom.example", "Message-ID: <c@f.example>\nContent-Type: text/calendar; method=\(method)",
            event,
            subject: "Call")
        #expect(try bed.read().arrivals.map(\.kind) == [.calendar])
        #expect(try bed.kinds(of: bed.ann).contains(kind))
        #expect(try bed.state(of: bed.ann) == state)
    }

    @Test func `an absence pauses until the business day after the return, 14 days without a date; gone ends it`()
        throws
    {
        func paused(_ text: String) throws -> Enrollment? {
            let bed = try InboxBed()
            try bed.deliver(
                "1", from: "ann@fathom.example", "\(thread)\nAuto-Submitted: auto-replied", text,
                subject: "Automatic reply: hi")
            try bed.read()
            #expect(try bed.kinds(of: bed.ann).allSatisfy { $0 != "reply" })
            return try bed.store.history(of: bed.ann).enrollments.first
        }
        // 2 March 2026 is a Monday; 13 March a Friday.
        let dated = try paused("I am out of the office and back on 13 March 2026.")
        #expect(dated?.state == .paused)
        #expect(dated?.pausedUntil.map { Zone.utc.date(at: $0) } == LocalDate(year: 2026, month: 3, day: 16))
        let undated = try paused("I am out of the office.")
        #expect(undated?.pausedUntil == InboxBed.now + 30 + 14 * .day)
        let gone = try paused("Ann is no longer with the company.")
        #expect(gone?.state == .stopped && gone?.reason == "left_company")
    }
}

/// Our own mail, seen in folders.
@Suite struct `Copies of our own mail` {
    private let unknown = Settlement(state: .unknown, reply: "the connection broke behind the last dot")

    private func copy(_ bed: InboxBed, id: String = InboxBed.hi, to: String = "ann@fathom.example") throws {
        try bed.deliver(
            "9", from: "Ana <ana@acme.example>", "Message-ID: <\(id)>", "Hi Ann", subject: "hi", folder: ".Sent/new",
            to: to)
    }

    @Test func `the server's own copy in Sent settles an unknown delivery`() throws {
        let bed = try InboxBed(settlement: unknown)
        #expect(try bed.message()?.state == .unknown)
        try copy(bed)
        try bed.read()
        #expect(try bed.message()?.state == .sent)
        #expect(try bed.message()?.reply == ".Sent of ana has a copy")
        #expect(try bed.kinds(of: bed.ann) == ["email.sent"])
        #expect(try bed.state(of: bed.ann) == .active)
    }

    @Test func `a copy that Stoke may have put there settles nothing`() throws {
        for keeper in [Mailbox.SentCopy.append, .none] {
            let bed = try InboxBed(settlement: unknown, sentCopy: keeper)
            try copy(bed)
            try bed.read()
            #expect(try bed.message()?.state == .unknown)
        }
    }

    @Test(arguments: ["reply", "bounce"]) func `whatever names an unknown delivery settles it`(kind: String) throws {
        let bed = try InboxBed(settlement: unknown)
        let answer = "Message-ID: <a@f.example>\nIn-Reply-To: <\(InboxBed.hi)>"
        if kind == "reply" {
            try bed.deliver("1", from: "ann@fathom.example", answer, "Gladly.")
        } else {
            let report =
                "--b\n\nfailed\n--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; ann@fathom.example\nAction: failed\nStatus: 5.2.2\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <\(InboxBed.hi)>\n--b--"
            try bed.deliver(
                "1", from: "MAILER-DAEMON@f.example",
                "Message-ID: <a@f.example>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b",
                report)
        }
        try bed.read()
        #expect(try bed.message()?.state == .sent)
        #expect(try bed.message()?.reply == "a \(kind) names it")
        #expect(try bed.kinds(of: bed.ann) == ["email.sent", kind == "reply" ? "reply" : "bounce.soft"])
    }

    @Test func `a mail of Stoke's in Sent that the ledger lacks holds the mailbox`() throws {
        let bed = try InboxBed()
        try copy(bed, id: "AAAAAAAAAAAAAAAAAAAAAA.stoke@acme.example")
        let report = try bed.read()
        let pause = try #require(try bed.store.pauses().first)
        #expect(pause.subject == .mailbox("ana") && pause.until == nil)
        #expect(ForeignMail.isReason(pause.reason) && pause.reason.contains("AAAAAAAAAAAAAAAAAAAAAA"))
        #expect(report.arrivals.compactMap(\.hold).count == 1)
        // It is not taken for a mail by hand, and no other domain's id is ours.
        #expect(try bed.kinds(of: bed.ann).allSatisfy { $0 != "email.by_hand" })
        let other = try InboxBed()
        try copy(other, id: "AAAAAAAAAAAAAAAAAAAAAA.stoke@else.example", to: "x@else.example")
        try other.read()
        #expect(try other.store.pauses().isEmpty)
    }

    @Test func `our own automatic answers are no mail by hand`() throws {
        let bed = try InboxBed()
        try bed.deliver(
            "9", from: "Ana <ana@acme.example>", "Message-ID: <o@acme.example>\nAuto-Submitted: auto-replied",
            "I am away.", subject: "Out of office", folder: ".Sent/new", to: "ann@fathom.example")
        try bed.read()
        #expect(try bed.state(of: bed.ann) == .active)
    }

    @Test func `mail by hand from before the sequence pauses nothing`() throws {
        let bed = try InboxBed()
        try bed.deliver(
            "9", from: "Ana <ana@acme.example>", "Message-ID: <o@acme.example>", "Hello.", subject: "Fair",
            folder: ".Sent/new", to: "ann@fathom.example", at: InboxBed.now - 9 * .day)
        try bed.read()
        #expect(try bed.state(of: bed.ann) == .active)
    }
}
