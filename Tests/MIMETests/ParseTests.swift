import MIME
import Testing

/// Joins lines with CR LF, as mail has them.
private func octets(_ lines: String...) -> [UInt8] { Array(lines.joined(separator: "\r\n").utf8) }

struct ParseTests {
    @Test func `a message without a content type is one part of plain text`() {
        let message = ParsedMessage.parse(octets("Subject: Hi", "", "Hello", "there"))
        #expect(message.header["subject"] == "Hi")
        #expect(message.parts.map(\.contentType.name) == ["text/plain"])
        #expect(message.parts.first?.text == "Hello\r\nthere")
    }

    @Test func `folded and encoded fields are unfolded and decoded`() {
        let message = ParsedMessage.parse(
            octets("Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=", " =?iso-8859-1?Q?_aus_K=F6ln?=", "X: a", "\tb", "", ""))
        #expect(message.header["subject"] == "Grüße aus Köln")
        #expect(message.header["x"] == "a b")
    }

    @Test func `ids in folded and comma separated references are all found`() {
        let message = ParsedMessage.parse(octets("References: <a@x>,<b@y>", " <c@z>", "", ""))
        #expect(message.header.messageIDs("references") == ["a@x", "b@y", "c@z"])
    }

    @Test func `a delivery report gives its groups and the header it returns`() {
        let message = ParsedMessage.parse(
            octets(
                "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b1\"", "", "preamble", "--b1",
                "", "Sorry.", "--b1", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx", "",
                "Final-Recipient: rfc822; ann@example.com", "Action: failed", "Status: 5.1.1", "", "--b1",
                "Content-Type: message/rfc822", "", "Message-ID: <m1@ours>",
                "Content-Type: multipart/mixed; boundary=b2",
                "", "--b2", "", "not a part of the report", "--b2--", "--b1--", "epilogue"))
        #expect(message.deliveryStatus.count == 2)
        #expect(message.deliveryStatus.last?["status"] == "5.1.1")
        #expect(message.embedded.map { $0.messageIDs("message-id") } == [["m1@ours"]])
        #expect(message.parts.map(\.container) == Array(repeating: "multipart/report", count: 3))
    }

    @Test(arguments: [
        ("base64", "utf-8", "R3LDvMOfZQ==", "Grüße"), ("quoted-printable;", "iso-8859-1", "Gr=FC=DFe", "Grüße"),
        ("8bit", "", "Grüße", "Grüße"), ("7bit", "", "\u{1b}$B$3$s$K$A$O\u{1b}(B", "こんにちは"),
        ("8bit", "x-nobody-knows", "plain", "plain"), ("quoted-printable", "koi8-r", "=F0=D2=C9=D7=C5=D4", "Привет"),
    ])
    func `bodies of any encoding and charset become text`(
        encoding: String, charset: String, body: String, text: String
    ) {
        let type = charset.isEmpty ? "text/plain" : "text/plain; charset=\"\(charset)\""
        let message = ParsedMessage.parse(
            octets("Content-Type: \(type)", "Content-Transfer-Encoding: \(encoding)", "", body))
        #expect(message.parts.first?.text == text)
    }

    @Test func `a multipart whose boundary never comes is read as text`() {
        let message = ParsedMessage.parse(octets("Content-Type: multipart/mixed; boundary=x", "", "Hello"))
        #expect(message.parts.map(\.text) == ["Hello"])
    }

    @Test func `a calendar answer names its event and who answered what`() {
        let message = ParsedMessage.parse(
            octets(
                "Content-Type: text/calendar; method=REPLY", "", "BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:u1",
                "ORGANIZER:mailto:ana@ours.example", "ATTENDEE;CN=\"Ann: B\";PARTSTAT=ACCEPTED:MAILTO:ann@ex",
                " ample.com", "END:VEVENT", "END:VCALENDAR"))
        let event = message.calendars.first
        #expect(event?.method == "REPLY")
        #expect(event?.uid == "u1")
        #expect(event?.attendees.map(\.address) == ["ann@example.com"])
        #expect(event?.attendees.map(\.participation) == ["ACCEPTED"])
    }
}
