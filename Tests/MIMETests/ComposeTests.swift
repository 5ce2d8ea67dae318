import CivilTime
import MIME
import TestKit
import Testing

@Suite struct `Messages we compose` {
    @Test func `every field comes back from an independent parser`() throws {
        var message = try sample()
        message.subject = "Grüße aus Köln 🎉: läuft das Onboarding bei Nordlicht schon? Eine Frage, die länger ist"
        message.from.name = "Ana Größe, Pop (Acme) \"A\" \\ 🎈"
        message.to.name = "Weber, Jonas"
        message.inReplyTo = "first@acme.example"
        message.references = (1...40).map { "message-number-\($0).of-a-long-thread@acme.example" }
        message.unsubscribe = .init(
            mailto: "mailto:leave@acme.example?subject=stop", url: "https://acme.example/u/" + token(300))
        message.fields = [.init(name: "X-Campaign", value: "spring – Frühling")]
        let octets = try message.encoded()
        let parsed = try #require(try PythonMessage.parse([octets]).first)
        #expect(parsed.subject == message.subject)
        #expect(parsed.from == .init(name: message.from.name ?? "", address: "ana@acme.example"))
        #expect(parsed.to == .init(name: "Weber, Jonas", address: "jonas@nordlicht.example"))
        #expect(parsed.date == "2026-03-10T09:12:44+01:00")
        #expect(parsed.messageID == "<abc.123@acme.example>")
        #expect(parsed.inReplyTo == "<first@acme.example>")
        #expect(parsed.references == message.references.map { "<\($0)>" })
        #expect(
            parsed.listUnsubscribe
                == "<mailto:leave@acme.example?subject=stop>, <https://acme.example/u/\(token(300))>")
        #expect(parsed.listUnsubscribePost == "List-Unsubscribe=One-Click")
        #expect(parsed.custom == "spring – Frühling")
        #expect(parsed.types == ["multipart/alternative", "text/plain", "text/html"])
        #expect(parsed.charsets == ["utf-8", "utf-8"] && parsed.mimeVersion == "1.0")
        #expect(parsed.encodings == ["quoted-printable", "quoted-printable"])
        #expect(parsed.text == message.text && parsed.html == message.html)
        #expect(parsed.defects == [] && !parsed.hasBareEnds && parsed.isASCII)
        expectNoEncodedWords(octets)
    }

    @Test func `without HTML it is one part, and without an https address there is no one-click header`() throws {
        var message = try sample()
        message.html = nil
        message.unsubscribe = .init(mailto: "mailto:leave@acme.example")
        let parsed = try #require(try PythonMessage.parse([message.encoded()]).first)
        #expect(parsed.types == ["text/plain"] && parsed.html == nil && parsed.text == message.text)
        #expect(parsed.listUnsubscribe == "<mailto:leave@acme.example>" && parsed.listUnsubscribePost == nil)
    }

    @Test func `the same value gives the same octets`() throws {
        #expect(try sample().encoded() == sample().encoded())
        var other = try sample()
        other.boundary = "other"
        #expect(try other.encoded() != sample().encoded())
    }

    /// 20 batches of 500: 10,000 messages.
    @Test(arguments: UInt64(1)...20)
    func `texts of any kind come back, and no line is too long`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let messages = try (0..<500).map { _ in
            var message = try sample()
            message.subject = random.line(0...120)
            message.from.name = random.line(0...60)
            message.to.name = random.oneIn(4) ? nil : random.line(1...90)
            message.text = random.body()
            message.html = random.oneIn(3) ? nil : random.body()
            message.fields = [.init(name: "X-Campaign", value: random.line(0...90))]
            return message
        }
        let report = try MessageReport.of(
            messages.map { message in
                .init(
                    meant: .init(
                        subject: message.subject, fromName: message.from.name ?? "", toName: message.to.name ?? "",
                        from: message.from.address.text, to: message.to.address.text,
                        text: normal(message.text), html: message.html.map(normal)),
                    octets: try message.encoded())
            })
        #expect(report.different == [], "seed \(seed)")
        #expect(report.count == 500)
        print(
            "10,000 messages by Python's email, batch \(seed) of 20: \(report.count) read, \(report.differences) differ"
        )
    }

    @Test func `quoted-printable lines are 76 octets at most, encoded words 75`() throws {
        var message = try sample()
        message.subject = String(repeating: "ä🎉 ", count: 100)
        message.text = String(repeating: "ü=", count: 3000)
        let lines = String(decoding: try message.encoded(), as: UTF8.self).split(separator: "\r\n")
        #expect(lines.map(\.utf8.count).max() == 76)
        let words = lines.filter { $0.contains("=?UTF-8") }.map { $0.drop { $0 != "=" } }
        #expect(words.count > 5 && words.allSatisfy { $0.utf8.count <= 75 })
    }

    @Test func `a header value with any control is refused, all of them at once`() throws {
        for value in (0...0x1F).map({ UInt32($0) }) + [0x7F, 0x85, 0x9F, 0x2028, 0x2029] {
            let bad = "a" + String(Character(try #require(Unicode.Scalar(value)))) + "b"
            var message = try sample()
            message.subject = bad
            message.from.name = bad
            message.to.name = bad
            message.fields = [.init(name: "X-Campaign", value: bad), .init(name: "X-\(bad)", value: "x")]
            message.messageID = bad + "@acme.example"
            message.inReplyTo = bad + "@acme.example"
            message.references = [bad + "@acme.example"]
            message.unsubscribe = .init(mailto: "mailto:" + bad, url: "https://" + bad)
            let error = #expect(throws: CompositionError.self) { try message.encoded() }
            #expect(error?.problems.count == 9, "U+\(String(value, radix: 16))")
        }
    }

    @Test(
        arguments: [
            "", "a", "a@", "@b", "a@b@c", "a b@c", "<a@b>", "a@b>", "ä@b.example", "a@b\u{0}",
        ])
    func `an id that is no id is refused`(id: String) throws {
        var message = try sample()
        message.messageID = id
        #expect(throws: CompositionError(problems: [.messageID(header: "Message-ID")])) { try message.encoded() }
    }

    @Test(arguments: ["Subject", "from", "DKIM Signature", "Content-Type", "Bcc", "", "X:Y", "X-Ü", "MIME-Version"])
    func `a header that is ours, or no name, can't be added`(name: String) throws {
        var message = try sample()
        message.fields = [.init(name: name, value: "x")]
        #expect(throws: CompositionError.self) { try message.encoded() }
    }

    @Test func `ways out are one mailto and one https address`() throws {
        let bad: [OutboundMessage.Unsubscribe] = [
            .init(), .init(mailto: "leave@acme.example"), .init(url: "http://acme.example"), .init(url: "https://"),
            .init(url: "https://a,b"), .init(url: "https://a>b"), .init(mailto: "mailto:ä@acme.example"),
        ]
        for unsubscribe in bad {
            var message = try sample()
            message.unsubscribe = unsubscribe
            #expect(throws: CompositionError(problems: [.uri])) { try message.encoded() }
        }
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00+00:00"), (-1, "1969-12-31T23:59:59+00:00"), (951_826_500, "2000-02-29T12:15:00+00:00"),
    ])
    func `dates are written as RFC 5322 has them`(seconds: Int, expected: String) throws {
        var message = try sample()
        (message.date, message.utcOffset) = (Instant(seconds), 0)
        #expect(try PythonMessage.parse([message.encoded()]).first?.date == expected)
    }

    @Test func `offsets west, odd and out of range`() throws {
        var message = try sample()
        message.utcOffset = -(9 * 3600 + 30 * 60)
        #expect(try PythonMessage.parse([message.encoded()]).first?.date == "2026-03-09T22:42:44-09:30")
        for offset in [30, 86_400, -90_000] {
            message.utcOffset = offset
            #expect(throws: CompositionError(problems: [.date])) { try message.encoded() }
        }
    }

    private func sample() throws -> OutboundMessage {
        OutboundMessage(
            from: NamedAddress(name: "Ana Pop", address: try EmailAddress("ana@acme.example")),
            to: NamedAddress(address: try EmailAddress("jonas@nordlicht.example")), subject: "hello",
            text: "Hallo Jürgen,\n\n.dot\n..dots\n.\nFrom here\n" + String(repeating: "long ", count: 400) + "\nend \n",
            html: "<p>Grüße 🎉</p>\n<p>" + String(repeating: "ä", count: 2000) + "</p>\n",
            messageID: "abc.123@acme.example", date: Instant(1_773_130_364), utcOffset: 3600, boundary: "b1.2-3_x")
    }

    private func token(_ count: Int) -> String { String(repeating: "aB3-_", count: count / 5) }

    /// Where RFC 2047 forbids encoded words, there are none.
    private func expectNoEncodedWords(_ octets: [UInt8]) {
        let lines = String(decoding: octets, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
        var name = ""
        for line in lines.prefix(while: { !$0.isEmpty }) {
            if !line.hasPrefix(" ") { name = String(line.prefix { $0 != ":" }) }
            if name.hasPrefix("List-") || ["Message-ID", "References", "In-Reply-To"].contains(name) {
                #expect(!line.contains("=?"))
            }
        }
    }

    /// One LF a line end, and one at the end.
    private func normal(_ text: String) -> String {
        String(decoding: CanonicalLines.lf(Array(text.utf8)), as: UTF8.self)
    }
}

extension SeededRandom {
    private static let words = [
        "hello", "Grüße", "🎉", "naïve", ".", "..", "From", "=?utf-8?q?x?=", "=41", "日本語", "a,b", "(x)", "\"q\"", "\\",
        "<a@b.example>", "e\u{301}", "👩‍👩‍👧", ":", ";", "@", "=?", "?=", "x=y",
    ]

    /// Words in one line.
    fileprivate mutating func line(_ length: ClosedRange<Int>) -> String {
        let limit = int(length)
        var line = ""
        while line.utf8.count < limit { line += (line.isEmpty ? "" : " ") + pick(SeededRandom.words) }
        return line
    }

    /// Lines with every kind of end, long ones and blanks among them.
    fileprivate mutating func body() -> String {
        (0..<int(0...8)).reduce(into: "") { text, _ in
            text += oneIn(12) ? String(repeating: pick(["x", "ä", " "]), count: int(0...1500)) : line(0...100)
            text += pick(["\n", "\r\n", "\n\n", " \n", "\t\r\n", "\r"])
        }
    }
}
