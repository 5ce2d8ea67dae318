import InboundMail
import MIME
import Testing

/// What a message names, and what each name proves: every rule by which a message finds its person.
struct MatchingRuleTests {
    private func found(_ message: ParsedMessage, _ known: Known = .ana) -> (kind: Classification.Kind, match: String) {
        let understood = known.understand(message)
        return (understood.classification.kind, understood.match.summary)
    }

    @Test func `a message of somebody we wrote to that shows no sign of an answer is a weak one`() {
        let message = Sample.mail(subject: "Tomorrow", [], "See you at nine.")
        #expect(found(message) == (.reply, "weak step 3 by sender"))
    }

    @Test func `of several references the latest is asked first`() {
        let both = "References: <m1.abcdefghijkl@ours.example> <n1.abcdefghijkl@ours.example>"
        let message = Sample.mail(subject: "Re: A question", [both], "Fine.")
        #expect(found(message) == (.reply, "strong other sequence by thread"))
    }

    @Test func `a report names our message in a field of its own`() {
        let group = Sample.group("ann@example.com") + "\nX-Original-Message-ID: <m1.abcdefghijkl@ours.example>"
        let bounce = Sample.report("could not be delivered", groups: [group], returned: "Subject: A question")
        #expect(found(bounce).match.hasPrefix("strong step 1"))
    }

    @Test func `a report in plain words shows our message's id in its text`() {
        let text = """
            Your message could not be delivered.

            <ann@example.com>: 550 5.1.1 User unknown

            --- Below this line is a copy of the message.

            Message-ID: <m1.abcdefghijkl@ours.example>
            To: ann@example.com
            """
        let bounce = Sample.mail(from: "MAILER-DAEMON@mx.example.com", subject: "failure notice", [], text)
        #expect(found(bounce).kind == .bounce && found(bounce).match.hasPrefix("strong step 1"))
        // An address in angle brackets is no id.
        #expect(Sample.classified(bounce).namedMessageIDs == ["m1.abcdefghijkl@ours.example"])
    }

    @Test func `a complaint names our message in a field of its own`() {
        let body = """
            --b
            Content-Type: message/feedback-report

            Feedback-Type: abuse
            Version: 1
            Original-Message-ID: <m1.abcdefghijkl@ours.example>

            --b--
            """
        let header = [
            "From: fbl@provider.example", "Content-Type: multipart/report; report-type=feedback-report; boundary=b",
        ]
        let complaint = ParsedMessage.parse(Sample.octets(header, body))
        #expect(found(complaint).kind == .arf && found(complaint).match.hasPrefix("strong step 1"))
    }

    @Test func `what goes to a list is no colleague's answer`() {
        let header = ["List-Id: <list.lists.example>", "In-Reply-To: <x@elsewhere>"]
        let message = Sample.mail(from: "Carl <carl@example.com>", subject: "Re: News", header, "Fine.")
        #expect(found(message) == (.reply, "nobody"))
    }

    @Test func `a token in the subject is ours, whatever the address`() {
        var known = Known.ana
        known.tokens = ["Tok3nTok3n": "step 3"]
        let message = Sample.mail(from: "x@other.example", subject: "unsubscribe Tok3nTok3n", [], "")
        #expect(found(message, known) == (.unsubscribe, "strong step 3 by token"))
        let forged = Sample.mail(from: "x@other.example", subject: "unsubscribe Tok3nTok3m", [], "")
        #expect(found(forged, known).match == "nobody")
    }
}
