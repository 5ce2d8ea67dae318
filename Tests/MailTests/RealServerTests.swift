import CivilTime
import Foundation
import Host
import MIME
import Mail
import TestKit
import Testing

@Suite(.enabled(if: Programs.exist("smtp-sink", "dovecot"), "needs Postfix's smtp-sink, and Dovecot with submission"))
struct `Real servers on loopback` {
    @Test func `Postfix's smtp-sink takes what Python reads back field by field`() throws {
        let sink = try SMTPSink()
        var account = Account(server: .server(.smtp, host: "127.0.0.1", port: sink.port))
        account.security = .none
        let session = try SMTPTransport().connect(account, deadline: .now + .seconds(10))
        for index in 0..<20 {
            let message = try composed(index)
            #expect(session.deliver(message) { true }.ending.word == "accepted 250")
        }
        session.close()
        try expectArrived(sink.messages(20))
    }

    @Test func `Dovecot's submission takes it over STARTTLS with a password and hands it on`() throws {
        let certificates = try TestCertificates()
        let sink = try SMTPSink()
        let server = try DovecotServer(certificates, relayPort: sink.port)
        let account = Account.ana(.smtp, port: server.submissionPort, certificates)
        let session = try SMTPTransport().connect(account, deadline: .now + .seconds(20))
        for index in 0..<5 {
            let handover = session.deliver(try composed(index)) { true }
            #expect(handover.ending.word == "accepted 250", "\(handover)")
        }
        session.close()
        try expectArrived(sink.messages(5))
    }

    @Test func `Dovecot's submission refuses a wrong password, and we refuse its certificate without our CA`() throws {
        let certificates = try TestCertificates()
        let server = try DovecotServer(certificates, relayPort: 9)
        func failure(_ change: (inout Account) -> Void) -> TransportError? {
            var account = Account.ana(.smtp, port: server.submissionPort, certificates)
            change(&account)
            do throws(TransportError) {
                _ = try SMTPTransport().connect(account, deadline: .now + .seconds(20))
                return nil
            } catch { return error }
        }
        let wrong = failure { $0.secret = { () throws(HostError) in Secret("wrong") } }
        #expect(wrong?.phase == .auth && wrong?.ending.word == "refused 535")
        let untrusted = failure { $0.caFile = nil }
        #expect(untrusted?.phase == .tls && untrusted?.ending.word == "untrusted")
        let noFile = failure { $0.caFile = "/nonexistent/ca.pem" }
        #expect(noFile?.phase == .tls && noFile?.ending.word == "failed")
    }

    private func composed(_ index: Int) throws -> WireMessage {
        let from = NamedAddress(name: "Ana Größe", address: try EmailAddress("ana@acme.example"))
        let to = NamedAddress(name: "Bob \(index)", address: try EmailAddress("bob\(index)@beta.example"))
        var message = OutboundMessage(
            from: from, to: to, subject: "Grüße 🎉 \(index)", text: text, html: "<p>\(text)</p>\n",
            messageID: "m\(index)@acme.example", date: Instant(1_773_130_364), boundary: "b\(index)")
        message.unsubscribe = .init(mailto: "mailto:leave@acme.example")
        return WireMessage(from: from.address, to: to.address, octets: try message.encoded())
    }

    private var text: String {
        ".\n..\n.leading dot\nFrom here\n" + String(repeating: "lang ", count: 500) + "\nÜmläute 日本語 👩‍👩‍👧 \n"
    }

    private func expectArrived(_ messages: [[UInt8]]) throws {
        let script = """
            import email, email.policy, sys, json, base64
            def facts(octets):
                m = email.message_from_bytes(octets, policy=email.policy.default)
                text = lambda kind: m.get_body((kind,)).get_content().replace("\\r\\n", "\\n")
                return [m["subject"], m["to"].addresses[0].addr_spec, m["message-id"], text("plain"), text("html"),
                    m["from"].addresses[0].display_name, m["list-unsubscribe"]]
            print(json.dumps(sorted(facts(base64.b64decode(t)) for t in json.load(sys.stdin))))
            """
        let input = try JSONEncoder().encode(messages.map { Data($0).base64EncodedString() })
        let output = try ChildProcess.python(script, input: Array(input))
        let found = try JSONDecoder().decode([[String]].self, from: Data(output))
        let expected = messages.indices.map { index in
            [
                "Grüße 🎉 \(index)", "bob\(index)@beta.example", "<m\(index)@acme.example>", text, "<p>\(text)</p>\n",
                "Ana Größe", "<mailto:leave@acme.example>",
            ]
        }
        #expect(Set(found) == Set(expected) && found.count == expected.count)
    }
}

extension Account {
    /// The account of Dovecot's one user.
    static func ana(_ scheme: ServerURL.Scheme, port: Int, _ certificates: TestCertificates) -> Account {
        var account = Account(server: .server(scheme, host: "127.0.0.1", port: port), user: DovecotServer.user) {
            () throws(HostError) in Secret(DovecotServer.password)
        }
        account.caFile = certificates.caFile
        account.ehlo = "client.example"
        return account
    }
}
