import CivilTime
import Foundation
import MIME
import Mail
import TestKit
import Testing

/// Hostile octets, from the value to the wire: what is accepted is one transaction and one whole header.
@Suite struct `Every octet on the wire` {
    private static let headers = ["From", "To", "Subject", "X-Campaign"]

    @Test func `at each position of an address, and in each header value, leaves one MAIL and one RCPT`() throws {
        let messages = try addressed() + headed()
        let scenario = Scenario(id: "octets")
        let server = try ScriptedServer([scenario])
        var account = server.account(scenario)
        account.messagesPerConnection = messages.count + 1
        let session = try SMTPTransport().connect(account, deadline: .now + .seconds(10))
        for message in messages {
            #expect(session.deliver(message) { true }.ending.word == "accepted 250", "\(message.to.text)")
        }
        session.close()
        let record = try #require(server.records(scenario).first)
        #expect(
            record.verbs == ["EHLO"] + Array(repeating: ["MAIL", "RCPT", "DATA"], count: messages.count).joined() + [
                "QUIT"
            ])
        #expect(record.delivered.map(\.to) == messages.map(\.to.text))
        for (sent, arrived) in zip(messages, record.delivered) {
            let octets = Array(arrived.octets)
            #expect(octets == CanonicalLines.crlf(sent.octets))
            let lines = String(decoding: octets, as: UTF8.self).unicodeScalars.split(separator: "\n")
            #expect(lines.allSatisfy { $0.dropLast().allSatisfy { $0 != "\r" } && ($0.last == "\r" || $0.isEmpty) })
        }
        try expectWhole(record.delivered.suffix(messages.count - addressed().count).map { Array($0.octets) })
        print("octets: \(messages.count) messages with one odd octet, each one MAIL and one RCPT")
    }

    /// A short message to every address with one octet changed or added that is accepted.
    private func addressed() throws -> [WireMessage] {
        let template = Array("ab@cd.example".utf8)
        return (0...template.count).flatMap { position in
            (UInt8.min...UInt8.max).flatMap { octet -> [WireMessage] in
                var changed = template
                if position < template.count { changed[position] = octet }
                var added = template
                added.insert(octet, at: position)
                return [changed, added].compactMap { octets in
                    guard let to = try? EmailAddress(String(decoding: octets, as: UTF8.self)), !to.needsSMTPUTF8 else {
                        return nil
                    }
                    var message = WireMessage.small
                    message.to = to
                    return message
                }
            }
        }
    }

    /// A message for every octet and header value that can be written.
    private func headed() throws -> [WireMessage] {
        let (from, to) = (try EmailAddress("ana@acme.example"), try EmailAddress("bob@beta.example"))
        return (UInt8.min...UInt8.max).flatMap { octet in
            Self.headers.compactMap { header in
                let odd = "x" + String(Character(Unicode.Scalar(octet))) + "y"
                func value(_ name: String) -> String { name == header ? odd : "plain" }
                var message = OutboundMessage(
                    from: NamedAddress(name: value("From"), address: from),
                    to: NamedAddress(name: value("To"), address: to),
                    subject: value("Subject"), text: "Hi\n", html: nil, messageID: "m@acme.example",
                    date: Instant(1_773_130_364), boundary: "b")
                message.fields = [.init(name: "X-Campaign", value: value("X-Campaign"))]
                guard let octets = try? message.encoded() else { return nil }
                return WireMessage(from: from, to: to, octets: octets)
            }
        }
    }

    /// Python finds the same fields in each, and nothing but the odd value differs.
    private func expectWhole(_ messages: [[UInt8]]) throws {
        let script = """
            import email, email.policy, sys, json, base64
            def facts(octets):
                m = email.message_from_bytes(octets, policy=email.policy.default)
                name = lambda h: m[h].addresses[0].display_name
                values = [name("From"), name("To"), m["Subject"], m["X-Campaign"]]
                return [m.keys(), [v for v in values if v != "plain"], m["To"].addresses[0].addr_spec, m.get_content()]
            print(json.dumps([facts(base64.b64decode(t)) for t in json.load(sys.stdin)]))
            """
        let input = try JSONEncoder().encode(messages.map { Data($0).base64EncodedString() })
        let output = try ChildProcess.python(script, input: Array(input))
        let found = try #require(try JSONSerialization.jsonObject(with: Data(output)) as? [[Any]])
        #expect(found.count == messages.count && messages.count > 700)
        let keys = try #require(found.first?[0] as? [String])
        for facts in found {
            #expect(facts[0] as? [String] == keys && facts[2] as? String == "bob@beta.example")
            let odd = facts[1] as? [String] ?? []
            #expect(odd.count == 1 && odd[0].hasPrefix("x") && odd[0].hasSuffix("y"), "\(odd)")
        }
    }
}
