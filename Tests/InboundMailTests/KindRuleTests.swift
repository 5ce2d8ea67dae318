import InboundMail
import MIME
import Testing

/// What each rule keeps from being mistaken: a case a rule, which falls to another kind where the rule is gone.
struct KindRuleTests {
    private let thread = ["In-Reply-To: <m1.abcdefghijkl@ours.example>"]
    private let daemon = "MAILER-DAEMON@mx.example.com"
    private let notice =
        "Thank you for your email. I am out of the office until 20 November. Please contact bob@example.com."

    private func kind(
        _ subject: String, _ header: [String] = [], _ text: String, from: String = "Ann <ann@example.com>"
    ) -> Classification.Kind {
        Sample.classified(Sample.mail(from: from, subject: subject, header, text)).kind
    }

    private func found(_ message: ParsedMessage) -> (kind: Classification.Kind, match: String) {
        let understood = Known.ana.understand(message)
        return (understood.classification.kind, understood.match.summary)
    }

    // MARK: reports

    @Test func `groups of recipients may follow each other without an empty line`() {
        let both = Sample.group("ann@example.com") + "\n" + Sample.group("bob@example.com")
        let bounce = Sample.classified(Sample.report("could not be delivered", groups: [both]))
        #expect(bounce.recipients == ["ann@example.com", "bob@example.com"])
    }

    @Test func `a recipient who is named twice is one, with the more precise status`() {
        let groups = ["5.0.0", "5.1.1"].map { Sample.group("ann@example.com", status: $0) }
        let bounce = Sample.classified(Sample.report("could not be delivered", groups: groups))
        #expect(bounce.recipients == ["ann@example.com"] && bounce.statuses == ["5.1.1"])
    }

    @Test func `what calls itself a delay and has given up is a failure`() {
        let group = Sample.group("ann@example.com", action: "delayed", status: "4.4.7")
        #expect(Sample.classified(Sample.report("Envelope expired", groups: [group])).kind == .bounce)
    }

    @Test func `an odd action is judged by its status`() {
        let group = Sample.group("ann@example.com", action: "odd", status: "2.0.0")
        #expect(Sample.classified(Sample.report("done", groups: [group])).kind == .other)
    }

    @Test func `a refusal that speaks of a challenge is a bounce`() {
        let group = Sample.group("ann@example.com", status: "5.7.1", diagnostic: "550 5.7.1 challenge failed")
        let text = "Please confirm your message. It could not be delivered."
        #expect(Sample.classified(Sample.report(text, groups: [group])).kind == .bounce)
    }

    @Test func `a full mailbox takes the status of an unknown one back`() {
        let group = Sample.group("ann@example.com", diagnostic: "550 5.1.1 mailbox is full")
        #expect(Sample.classified(Sample.report("could not be delivered", groups: [group])).isHard == false)
    }

    @Test func `a precise status that says something else is believed more than words`() {
        let group = Sample.group("ann@example.com", status: "5.2.1", diagnostic: "550 5.2.1 User unknown")
        let report = Sample.report("550 User unknown (in reply to RCPT TO command)", groups: [group])
        #expect(Sample.classified(report).isHard == false)
    }

    @Test func `a report that a person pastes is an answer`() {
        let fields = "Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n"
        #expect(kind("Re: A question", thread, "This came back, what now?\n\n\(fields)") == .reply)
    }

    @Test func `a person who speaks of a failed delivery in the thread sends no report`() {
        #expect(kind("Mail could not be delivered", thread, "It said: 550 5.1.1 user unknown") == .reply)
        let quoting = "What now?\n\n> could not be delivered\n> <bob@example.com>: 550 5.1.1 User unknown\n"
        #expect(kind("Re: Undelivered Mail Returned to Sender", [], quoting) != .bounce)
    }

    @Test func `a machine's name and one phrase make no report`() {
        #expect(kind("Hello", [], "It could not be delivered.", from: "postmaster@example.com") != .bounce)
        let shop = "Your parcel could not be delivered. Call 550 12."
        #expect(kind("Your parcel", [], shop, from: "noreply@shop.example") != .bounce)
    }

    @Test func `a report in plain words may be of a success or ask for a confirmation`() {
        let success = Sample.mail(
            from: daemon, subject: "Delivered: A question", [], "Your message was successfully delivered to Ann.")
        #expect(Sample.classified(success).reason == "delivered")
        let challenge = Sample.mail(
            from: daemon, subject: "Returned mail", [], "Please confirm your message: reply to this message to confirm."
        )
        #expect(Sample.classified(challenge).reason == "challenge")
    }

    @Test func `a delay of ours stays what it is`() {
        let group = Sample.group("ann@example.com", action: "delayed", status: "4.4.1")
        #expect(found(Sample.report("has not yet been delivered", groups: [group])).kind == .other)
    }

    @Test func `a complaint that bears our own address is no copy of ours`() {
        let body =
            "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n--b\n"
            + "Content-Type: message/rfc822\n\nMessage-ID: <m1.abcdefghijkl@ours.example>\n\n--b--\n"
        let header = [
            "From: ana@ours.example", "Content-Type: multipart/report; report-type=feedback-report; boundary=b",
        ]
        #expect(found(ParsedMessage.parse(Sample.octets(header, body))).match == "strong step 1 by embedded")
    }

    @Test func `fields of a complaint in an answer complain of nothing`() {
        let fields = "Look:\n\nFeedback-Type: abuse\nUser-Agent: x/1\nVersion: 1\n"
        #expect(kind("Re: A question", thread, fields) == .reply)
    }

    // MARK: automatic answers

    @Test func `a machine that says so needs no words, one that says no is a person`() {
        #expect(kind("Hello", ["Auto-Submitted: auto-replied"], "Bye.") == .autoReply)
        #expect(kind("Weekly numbers", ["Auto-Submitted: auto-generated"], "Up by four.") == .other)
        #expect(kind("Automatic reply: A question", ["Auto-Submitted: no"] + thread, "Typed by hand.") == .reply)
    }

    @Test func `a subject that only begins like an absence is none`() {
        #expect(kind("Out of office space for rent", [], "Two rooms in Berlin.") == .other)
    }

    @Test func `a ticket system's news are no answer`() {
        #expect(kind("Our newsletter", ["X-OTRS-Loop: yes"], "What is new in spring.") == .other)
    }

    @Test func `the field that suppresses answers counts with a machine's words only`() {
        let header = ["X-Auto-Response-Suppress: All"] + thread
        #expect(kind("Re: A question", header, "Ann is no longer with the company.") == .autoReply)
        #expect(kind("Re: A question", header, "I am on holiday until the 20th, then gladly.") == .reply)
    }

    @Test func `an absence in words is a notice in bulk, and none on a list or with a question`() {
        #expect(kind("Hello", ["Precedence: bulk"], "I am out of the office until 20 November.") == .autoReply)
        #expect(kind("Hello", [], notice) == .autoReply)
        #expect(kind("Hello", ["List-Id: <l.lists.example>"], notice) != .autoReply)
        #expect(kind("Re: A question", thread, notice + " Could we talk after that?") == .reply)
    }

    @Test func `what is quoted was not said`() {
        let quote = "\n\nOn Mon, Nov 9, 2026 at 9:00 AM Ana Pop <ana@ours.example> wrote:\n> I am out of the office.\n"
        #expect(kind("Re: A question", ["Precedence: bulk"] + thread, "Fine." + quote) == .reply)
    }

    // MARK: people

    @Test func `what is passed on, and what a service threads, is no answer by itself`() {
        #expect(kind("Fwd: A question", thread, "See below.") == .other)
        let service = kind(
            "Re: [tracker] 12", ["List-Id: <l.tracker.example>"] + thread, "Closed.",
            from: "notifications@tracker.example")
        #expect(service == .other)
    }

    @Test func `a newsletter of somebody we wrote to is no answer`() {
        let news = Sample.mail(subject: "News", ["List-Unsubscribe: <https://example.com/u>"], "What is new.")
        #expect(found(news).kind == .other)
    }

    @Test func `a token proves whose it is, not what is wanted`() {
        let message = Sample.mail(to: "ana+Tok3n@ours.example", subject: "Re: A question", thread, "Fine.")
        #expect(found(message) == (.reply, "strong step 3 by token"))
    }

    @Test func `an opt-out is asked for, not spoken of`() {
        #expect(kind("Re: A question", thread, "Please do not unsubscribe me, I like them.") == .reply)
        #expect(kind("Re: A question", thread, "Could you please unsubscribe me?") == .unsubscribe)
        let about = "We had many people opt out of our own webinar last week, so yes, show me how you do it."
        #expect(kind("Re: A question", thread, about) == .reply)
    }

    @Test func `a message without an id is the same however its lines end`() {
        let lines = ["From: ann@example.com", "Subject: Re: a long", " subject", "", "Hi", ""]
        let keys = ["\r\n", "\n"].map {
            ParsedMessage.parse(Array(lines.joined(separator: $0).utf8)).sourceKey
        }
        #expect(keys[0] == keys[1] && keys[0].hasPrefix("hash:"))
    }
}
