import InboundMail
import MIME
import TestKit
import Testing

/// Sixty messages made to mislead or to hurt: each is understood without a crash, and none gains by it.
struct HostileTests {
    private static let report = """
        Final-Recipient: rfc822; victim@example.com
        Action: failed
        Status: 5.1.1
        """

    /// Messages by what they try, with what they must not become.
    private static let lies: [(String, ParsedMessage, Classification.Kind)] = [
        ("a person quotes a report", quoting("> Final-Recipient: rfc822; a@b.example\n> Action: failed"), .bounce),
        ("a person pastes a report into a reply", quoting("I got this:\n\n\(report)\nWhat now?"), .bounce),
        ("report fields in a subject", mail("Final-Recipient: rfc822; a@b.example", "Hi"), .bounce),
        ("a subject of failure alone", mail("Undelivered Mail Returned to Sender", "Hello Ana"), .bounce),
        ("a daemon's name alone", mail("Hello", "Hi Ana", "MAILER-DAEMON <m@example.com>"), .bounce),
        ("a status in a person's text", quoting("We got 550 5.1.1 for bob@example.com"), .bounce),
        ("a delay that looks failed", Sample.report("Not delivered yet", groups: [delayed]), .bounce),
        ("a success that looks failed", Sample.report("could not be delivered", groups: [delivered]), .bounce),
        ("an away notice quoted", quoting("> I am out of the office until Monday"), .autoReply),
        ("a subject about vacations", mail("Vacation plans?", "Shall we talk about it?"), .autoReply),
        ("holidays mentioned", quoting("I am on holiday until Monday. Can we talk on Tuesday?"), .autoReply),
        ("unsubscribe in our footer", quoting("Fine.\n\n> unsubscribe: https://ours.example/u"), .unsubscribe),
        ("don't stop", quoting("Please don't stop, this is useful."), .unsubscribe),
        ("never unsubscribe", quoting("I will never unsubscribe me from this."), .unsubscribe),
        ("a newsletter with a footer", newsletter, .unsubscribe),
        ("a newsletter with a footer is no reply", newsletter, .reply),
        ("a calendar published", calendar("PUBLISH"), .calendar),
        ("a calendar without an event", mail("x", "BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR"), .calendar),
    ]

    private static var delayed: String { Sample.group("a@example.com", action: "delayed", status: "4.4.1") }
    private static var delivered: String { Sample.group("a@example.com", action: "delivered", status: "2.0.0") }

    private static func quoting(_ text: String) -> ParsedMessage {
        Sample.mail(subject: "Re: A question", ["In-Reply-To: <m1@ours.example>"], text)
    }

    private static func mail(_ subject: String, _ text: String, _ from: String = "Ann <ann@example.com>")
        -> ParsedMessage
    {
        Sample.mail(from: from, subject: subject, [], text)
    }

    private static var newsletter: ParsedMessage {
        Sample.mail(
            subject: "News", ["List-Unsubscribe: <https://news.example/u>", "Precedence: bulk"],
            "Hello!\n\nTo unsubscribe me from this list, click here. Do not contact me again.")
    }

    private static func calendar(_ method: String) -> ParsedMessage {
        ParsedMessage.parse(
            Sample.octets(
                ["From: ann@example.com", "Subject: x", "Content-Type: text/calendar; method=\(method)"],
                "BEGIN:VCALENDAR\nMETHOD:\(method)\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR"))
    }

    @Test(arguments: lies.indices) func `a lie is not believed`(index: Int) {
        let (attempt, message, kind) = Self.lies[index]
        #expect(Sample.classified(message).kind != kind, "\(attempt)")
    }

    /// Texts that stress one place each.
    private static let floods: [(String, String)] = [
        ("one long line", String(repeating: "a", count: 333_333)),
        ("empty lines", String(repeating: "\n", count: 333_333)),
        ("thousands of addresses", String(repeating: "a@b.example ", count: 3_333)),
        ("signs without addresses", String(repeating: "@", count: 10_000)),
        ("quote marks", String(repeating: ">", count: 10_000)),
        (
            "quotes within quotes",
            (0..<5_000).map { String(repeating: ">", count: $0 % 200) + " x" }.joined(separator: "\n")
        ),
        ("attributions", String(repeating: "On 1.1.2026 a@b.example wrote:\n", count: 1_333)),
        ("colons", String(repeating: "a:\n", count: 3_333)),
        ("header blocks", String(repeating: "From: a\nSubject: b\n", count: 2_000)),
        ("statuses", String(repeating: "5.1.1 ", count: 3_333)),
        ("reply codes", String(repeating: "550 ", count: 3_333)),
        ("dates", String(repeating: "until 1.1.2026 ", count: 3_333)),
        ("months", String(repeating: "january ", count: 5_333)),
        ("report fields", String(repeating: "Final-Recipient: rfc822; a@b.example\n", count: 1_333)),
        ("angle brackets", String(repeating: "<", count: 10_000)),
        ("entities", String(repeating: "&#x10FFFF;&amp", count: 2_000)),
        ("tags without ends", String(repeating: "<div", count: 3_333)),
        ("open scripts", String(repeating: "<script>", count: 3_333)),
        ("comments without ends", String(repeating: "<!--", count: 3_333)),
        ("combining marks", String(repeating: "e\u{301}", count: 3_333)),
        ("nulls", String(repeating: "\0", count: 3_333)),
        ("right-to-left marks", String(repeating: "\u{202E}away", count: 3_333)),
        ("braces of notices", "{" + String(repeating: "\"emailAddress\":", count: 2_000)),
    ]

    @Test(arguments: floods.indices) func `a flood is read in time`(index: Int) {
        let (_, body) = Self.floods[index]
        for type in ["text/plain", "text/html", "message/delivery-status"] {
            let message = ParsedMessage.parse(
                Sample.octets(
                    ["From: MAILER-DAEMON@example.com", "Subject: failure notice", "Content-Type: \(type)"], body))
            #expect(Sample.classified(message).why.isEmpty == false)
        }
    }

    @Test(arguments: 0..<20) func `random mixtures of everything that steers are understood`(round: Int) {
        let seed = UInt64(round) &+ UInt64.random(in: 0..<UInt64.max / 2)
        var random = SeededRandom(seed: seed)
        let pieces = [
            "From: ", "To: ", "Subject: Re: ", "Content-Type: multipart/report; boundary=b", "--b", "--b--", "\n",
            "\n\n",
            "Final-Recipient: rfc822; ", "Action: failed", "Status: 5.1.1", "a@b.example", "<a@b.example>",
            "550 5.1.1 ",
            "Auto-Submitted: (", "auto-replied)", "until ", "1.1.", "January ", "> ", "On ", "wrote:", "=?utf-8?Q?",
            "?=",
            "BEGIN:VEVENT\n", "END:VEVENT\n", "Content-Type: text/calendar; method=REPLY\n\n", "\u{1b}$B", "\0", "é",
            "Content-Transfer-Encoding: base64\n", "unsubscribe ", "{\"notificationType\":\"Bounce\"",
        ]
        for _ in 0..<15 {
            let text = (0..<60).map { _ in random.pick(pieces) }.joined()
            let found = Sample.classified(ParsedMessage.parse(Array(text.utf8)))
            #expect(found.statuses.allSatisfy { !$0.isEmpty }, "seed \(seed)")
        }
    }
}
