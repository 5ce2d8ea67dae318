import CivilTime
import InboundMail
import MIME
import Testing

/// Forty ways in which inboxes mislead, each with what must come of it. Here: whose message it is.
struct MatchingTrapTests {
    private let quote = "\n\nOn Mon, Nov 9, 2026 at 9:00 AM Ana Pop <ana@ours.example> wrote:\n> Hello Ann\n"

    private func reply(_ header: [String], _ text: String = "Fine.", from: String = "Ann <ann@example.com>")
        -> ParsedMessage
    {
        Sample.mail(from: from, subject: "Re: A question", header, text + quote)
    }

    private func found(_ message: ParsedMessage) -> (kind: Classification.Kind, match: String) {
        let understood = Known.ana.understand(message)
        return (understood.classification.kind, understood.match.summary)
    }

    @Test func `no threading headers`() {
        #expect(found(reply([])) == (.reply, "strong step 3 by sender"))
    }

    @Test func `References only`() {
        let header = ["References: <x@elsewhere> <m1.abcdefghijkl@ours.example>"]
        #expect(found(reply(header)) == (.reply, "strong step 1 by thread"))
    }

    @Test func `folded and comma-separated ids`() {
        let header = ["References: <x@elsewhere>,<y@elsewhere>\n ,\n\t<m1.abcdefghijkl@ours.example>"]
        #expect(found(reply(header)) == (.reply, "strong step 1 by thread"))
    }

    @Test func `an id rewritten by the provider`() {
        let header = ["In-Reply-To: <0100018f-5d2e-000000@email.amazonses.com>"]
        #expect(found(reply(header)) == (.reply, "strong step 1 by provider-id"))
    }

    @Test func `an alias`() {
        let message = reply([], from: "Ann <ann.private@mail.example>")
        #expect(found(message) == (.reply, "strong step 3 by sender"))
    }

    @Test func `a colleague`() {
        #expect(found(reply([], from: "Carl <carl@mail.example.com>")) == (.reply, "colleague step 3 at example.com"))
        #expect(found(reply([], from: "Someone <someone@gmail.com>")).match == "nobody")
    }

    @Test func `a forwarded thread`() {
        let message = Sample.mail(
            from: "Dora <dora@partner.example>", subject: "Fwd: A question",
            ["References: <m1.abcdefghijkl@ours.example>"],
            "Ann asked me to answer.\n\n---------- Forwarded message ---------\nFrom: Ana\nSubject: A question\n\nHello"
        )
        #expect(found(message) == (.reply, "strong step 1 by thread"))
    }

    @Test func `two sequences`() {
        let message = reply(["In-Reply-To: <n1.abcdefghijkl@ours.example>"])
        #expect(found(message).match == "strong other sequence by thread")
    }

    @Test func `a reply to step 1 after step 3`() {
        let message = reply([
            "In-Reply-To: <m1.abcdefghijkl@ours.example>", "References: <m1.abcdefghijkl@ours.example>",
        ])
        #expect(found(message).match == "strong step 1 by thread")
    }

    @Test func `the same message by IMAP and Maildir`() {
        let text = "From: ann@example.com\r\nSubject: Re: Hi\r\nMessage-ID: <r1@example.com>\r\n\r\nHi\r\n"
        let stored = "Return-Path: <ann@example.com>\n" + text.split(separator: "\r\n").joined(separator: "\n")
        let keys = [text, stored].map { ParsedMessage.parse(Array($0.utf8)).sourceKey }
        #expect(keys == ["<r1@example.com>", "<r1@example.com>"])
    }

    @Test func `no Message-ID`() {
        let header = "From: ann@example.com\r\nDate: Tue, 10 Nov 2026 09:00:00 +0100\r\nSubject: Re: Hi\r\n"
        let once = ParsedMessage.parse(Array((header + "\r\nHi\r\n").utf8)).sourceKey
        let delivered = "Return-Path: <ann@example.com>\n" + (header + "\r\nHi\r\n").split(separator: "\r").joined()
        #expect(ParsedMessage.parse(Array(delivered.utf8)).sourceKey == once)
        #expect(ParsedMessage.parse(Array((header + "\r\nHo\r\n").utf8)).sourceKey != once)
    }

    @Test func `a forged token`() {
        let good = Sample.mail(to: "ana+Tok3n@ours.example", subject: "unsubscribe", [], "")
        #expect(found(good) == (.unsubscribe, "strong step 3 by token"))
        let bare = Sample.mail(to: "ana+unsubscribe+Tok3n@ours.example", subject: "", [], "")
        #expect(found(bare) == (.unsubscribe, "strong step 3 by token"))
        let forged = Sample.mail(
            from: "x@evil.example", to: "ana+Tok3m@ours.example", subject: "unsubscribe", [], "")
        #expect(found(forged).match == "nobody")
    }

    @Test func `a Sent copy`() {
        let message = Sample.mail(from: "Ana <ana@ours.example>", to: "ann@example.com", subject: "Hi", [], "By hand.")
        #expect(found(message).match == "ours to ann@example.com")
    }

    @Test func `a Bcc of ours`() {
        let message = ParsedMessage.parse(
            Sample.octets(
                [
                    "From: Ana via CRM <crm@tool.example>", "To: ann@example.com",
                    "Message-ID: <m3.abcdefghijkl@ours.example>",
                ],
                "Hello Ann"))
        #expect(found(message).match == "ours to ann@example.com")
    }

    @Test func `list mail`() {
        let ours = Sample.mail(
            from: "Ana <ana@ours.example>", to: "list@lists.example", subject: "Hi", ["List-Id: <list.lists.example>"],
            "Hi")
        #expect(found(ours).match == "ours to list@lists.example")
        let theirs = Sample.mail(
            from: "Carl <carl@example.com>", to: "list@lists.example", subject: "News",
            ["List-Id: <list.lists.example>"],
            "To unsubscribe me, click.")
        #expect(found(theirs) == (.other, "nobody"))
    }

    @Test func `backscatter`() {
        let bounce = Sample.report(
            "could not be delivered", groups: [Sample.group("stranger@example.net")],
            returned: "Message-ID: <spam@evil>")
        #expect(found(bounce) == (.bounce, "nobody"))
        let forged = Sample.report(
            "could not be delivered", groups: [Sample.group("ann@example.com")],
            returned: "Message-ID: <guess@ours.example>")
        #expect(found(forged) == (.bounce, "weak step 3 by recipient"))
    }

    @Test func `a late bounce`() {
        let late = Sample.report(
            "could not be delivered", groups: [Sample.group("ann@example.com")],
            header: ["Date: Tue, 29 Dec 2026 09:00:00 +0100"])
        #expect(found(late) == (.bounce, "strong step 1 by embedded"))
    }

    @Test func `an alias without original`() {
        let bounce = Sample.report("could not be delivered", groups: [Sample.group("a.smith@internal.example.com")])
        let understood = Known.ana.understand(bounce)
        #expect(understood.classification.recipients == ["a.smith@internal.example.com"])
        #expect(understood.match.summary == "strong step 1 by embedded")
    }

    @Test func `a redacted recipient`() {
        let bounce = Sample.report(
            "could not be delivered", groups: ["Final-Recipient: rfc822; [redacted]\nAction: failed\nStatus: 5.1.1"])
        #expect(found(bounce) == (.bounce, "strong step 1 by embedded"))
    }

    @Test func `away and then a real reply`() {
        let thread = ["In-Reply-To: <m1.abcdefghijkl@ours.example>"]
        let away = reply(["Auto-Submitted: auto-replied"] + thread, "I am out of the office until 20 November.")
        let answer = reply(thread, "Back again, and yes: call me.")
        #expect(found(away) == (.autoReply, "strong step 1 by thread"))
        #expect(found(answer) == (.reply, "strong step 1 by thread"))
    }
}

/// The other traps: what a message is.
struct KindTrapTests {
    private func kind(_ subject: String, _ header: [String], _ text: String) -> Classification {
        Sample.classified(Sample.mail(subject: subject, header, text))
    }

    private let thread = ["In-Reply-To: <m1.abcdefghijkl@ours.example>"]

    @Test func `a delay DSN`() {
        let delay = Sample.group(
            "ann@example.com", action: "delayed", status: "4.4.1", diagnostic: "450 4.4.1 timed out")
        let found = Sample.classified(Sample.report("has not yet been delivered", groups: [delay]))
        #expect(found.kind == .other)
        #expect(found.reason == "delayed")
        #expect(found.isHard == nil)
    }

    @Test(arguments: ["delivered", "relayed", "expanded"]) func `a success DSN`(action: String) {
        let success = Sample.group("ann@example.com", action: action, status: "2.0.0")
        let found = Sample.classified(Sample.report("was successfully delivered", groups: [success]))
        #expect(found.kind == .other)
        #expect(found.reason == "delivered")
    }

    @Test func `an MDN`() {
        let body = """
            --b

            Your message was displayed.
            --b
            Content-Type: message/disposition-notification

            Final-Recipient: rfc822; ann@example.com
            Original-Message-ID: <m1.abcdefghijkl@ours.example>
            Disposition: manual-action/MDN-sent-manually; displayed
            --b--
            """
        let message = ParsedMessage.parse(
            Sample.octets(
                [
                    "From: ann@example.com", "Subject: Read: A question",
                    "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
                ], body))
        let found = Sample.classified(message)
        #expect(found.kind == .receipt)
        #expect(found.reason == "displayed")
        #expect(Known.ana.understand(message).match.sent == "step 1")
    }

    @Test(arguments: [
        ("REQUEST", "NEEDS-ACTION", true), ("REPLY", "ACCEPTED", true), ("REPLY", "DECLINED", false),
        ("COUNTER", "TENTATIVE", false),
    ])
    func `calendar REPLY and COUNTER`(method: String, answer: String, isOn: Bool) {
        let body = """
            BEGIN:VCALENDAR
            METHOD:\(method)
            BEGIN:VEVENT
            UID:u1
            ORGANIZER:mailto:ana@ours.example
            ATTENDEE;PARTSTAT=\(answer):mailto:ann@example.com
            END:VEVENT
            END:VCALENDAR
            """
        let header = ["From: ann@example.com", "Subject: A call", "Content-Type: text/calendar; method=\(method)"]
        let found = Sample.classified(ParsedMessage.parse(Sample.octets(header, body)))
        #expect(found.kind == .calendar)
        #expect(found.meeting?.isOn == isOn)
        #expect(found.meeting?.uid == "u1")
    }

    @Test func `a ticket acknowledgement`() {
        let found = kind(
            "[#4711] A question", ["X-OTRS-Loop: yes"] + thread,
            "We have received your request. Your ticket number is 4711. We will get back to you.")
        #expect(found.kind == .autoReply)
        #expect(found.reason == "ticket")
    }

    @Test func `a challenge-response as multipart/report`() {
        let held = "Final-Recipient: rfc822; ann@example.com\nAction: failed\nStatus: 5.7.1"
        let found = Sample.classified(
            Sample.report(
                "Please confirm your message: reply to this message to confirm that you are human.", groups: [held]))
        #expect(found.kind == .autoReply)
        #expect(found.reason == "challenge")
    }

    @Test func `mixed recipients`() {
        let found = Sample.classified(
            Sample.report(
                "could not be delivered",
                groups: [
                    Sample.group("ann@example.com"),
                    Sample.group("bob@example.com", action: "delivered", status: "2.0.0"),
                    Sample.group("eve@example.com", action: "delayed", status: "4.2.2"),
                ]))
        #expect(found.kind == .bounce)
        #expect(found.recipients == ["ann@example.com"])
        #expect(found.isHard == true)
    }

    @Test func `Final differs from Original recipient`() {
        let group = Sample.group("asmith@mbx.internal", original: "ann@example.com")
        let found = Sample.classified(Sample.report("could not be delivered", groups: [group]))
        #expect(found.recipients == ["ann@example.com"])
        #expect(found.failures.first?.finalRecipient == "asmith@mbx.internal")
    }

    @Test func `a status 5.0.0 with a precise diagnostic`() {
        let code = Sample.group("ann@example.com", status: "5.0.0", diagnostic: "550 5.1.1 <ann@example.com> unknown")
        let found = Sample.classified(Sample.report("could not be delivered", groups: [code]))
        #expect(found.statuses == ["5.1.1"])
        #expect(found.isHard == true)
        let words = Sample.group("ann@example.com", status: "5.0.0", diagnostic: "550 User unknown")
        let atRecipient = Sample.report("550 User unknown (in reply to RCPT TO command)", groups: [words])
        #expect(Sample.classified(atRecipient).isHard == true)
        let atData = Sample.report("550 User unknown (in reply to end of DATA command)", groups: [words])
        #expect(Sample.classified(atData).isHard == false)
    }

    @Test(arguments: ["5.7.1", "5.7.26", "5.2.2", "4.1.1", "4.2.2", "4.4.7"])
    func `5.7.x, 5.2.2 and 4.x.x are not hard`(status: String) {
        let group = Sample.group("ann@example.com", status: status, diagnostic: "550 \(status) User unknown")
        let found = Sample.classified(Sample.report("could not be delivered", groups: [group]))
        #expect(found.kind == .bounce)
        #expect(found.isHard == false)
    }

    @Test func `a person quoting a bounce`() {
        let found = kind(
            "Re: Undelivered Mail Returned to Sender", thread,
            "I got this, what now?\n\n> could not be delivered\n> <bob@example.com>: 550 5.1.1 User unknown\n")
        #expect(found.kind == .reply)
    }

    @Test func `a null sender`() {
        let away = kind("Re: A question", ["Return-Path: <>"] + thread, "I am out of the office until 20 November.")
        #expect(away.kind == .autoReply)
        #expect(away.returnsOn?.day == LocalDate(year: 2026, month: 11, day: 20))
        #expect(kind("A parcel for you", ["Return-Path: <>"], "It lies at the door.").kind == .other)
    }

    @Test(arguments: [
        "auto-replied (vacation)", "(by a rule) auto-replied", "Auto-Replied; owner-email=\"x@y.example\"",
    ])
    func `Auto-Submitted with comments`(value: String) {
        #expect(kind("Re: A question", ["Auto-Submitted: \(value)"] + thread, "Bye.").kind == .autoReply)
    }

    @Test(arguments: ["no", "No", "no (typed)"]) func `Auto-Submitted no is a person`(value: String) {
        #expect(kind("Re: A question", ["Auto-Submitted: \(value)"] + thread, "Call me.").kind == .reply)
    }

    @Test(arguments: [
        "Automatic reply: A question", "Automatische Antwort: A question", "Réponse automatique : A question",
        "Out of Office", "Autosvar: A question", "自動返信: A question",
    ])
    func `a subject-only auto-reply`(subject: String) { #expect(kind(subject, thread, "").kind == .autoReply) }

    @Test func `Precedence list on a human reply`() {
        #expect(kind("Re: A question", ["Precedence: list"] + thread, "Call me.").kind == .reply)
        #expect(kind("Re: A question", ["Precedence: bulk"] + thread, "Call me.").kind == .reply)
    }

    @Test(arguments: [
        "I am on holiday until the 20th, could we talk after that?", "Just back from vacation. Yes, let's talk.",
        "We are closed in August, so September suits us. What does it cost?",
        "Ich bin im Urlaub bis Montag, danach gern!",
    ])
    func `a person mentioning holidays`(text: String) { #expect(kind("Re: A question", thread, text).kind == .reply) }

    @Test func `unsubscribe only in our footer`() {
        let quoted =
            "Yes, call me.\n\nOn 9 Nov 2026, Ana <ana@ours.example> wrote:\n> Hi\n> Unsubscribe: https://ours.example/u\n"
        #expect(kind("Re: A question", thread, quoted).kind == .reply)
    }

    @Test func `don't stop`() { #expect(kind("Re: A question", thread, "Please don't stop!").kind == .reply) }

    @Test(arguments: ["abuse", "not-spam", "auth-failure", "opt-out"]) func `ARF not-spam and auth-failure`(
        type: String
    ) {
        let body = """
            --b

            A report.
            --b
            Content-Type: message/feedback-report

            Feedback-Type: \(type)
            User-Agent: loop/1.0
            Version: 1
            --b
            Content-Type: message/rfc822

            Message-ID: <m1.abcdefghijkl@ours.example>
            To: redacted@example.com

            --b--
            """
        let message = ParsedMessage.parse(
            Sample.octets(
                [
                    "From: fbl@provider.example",
                    "Content-Type: multipart/report; report-type=feedback-report; boundary=b",
                ],
                body))
        let found = Known.ana.understand(message)
        #expect(found.classification.kind == .arf)
        #expect(found.classification.reason == type)
        #expect(found.classification.isComplaint == (type == "abuse" || type == "opt-out"))
        #expect(found.match.summary == "strong step 1 by embedded")
    }
}
