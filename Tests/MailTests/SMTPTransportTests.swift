import Foundation
import Host
import MIME
import Mail
import Synchronization
import TestKit
import Testing

@Suite struct `Mail over SMTP` {
    @Test func `a message arrives with its envelope, and QUIT is said`() throws {
        let scenario = Scenario(id: "plain")
        let server = try ScriptedServer([scenario])
        let session = try server.connect(scenario)
        var asked = 0
        let handover = session.deliver(try .sample("a\r\n.b\r\n")) {
            asked += 1
            return true
        }
        session.close()
        let reply = try #require(handover.reply)
        #expect(handover.ending == .accepted(reply) && reply.code == 250 && reply.enhanced == EnhancedCode(2, 0, 0))
        #expect(handover.phase == .dot && handover.isFenced && handover.mayHaveLeft && asked == 1)
        let record = try #require(server.records(scenario).first)
        #expect(record.verbs == ["EHLO", "MAIL", "RCPT", "DATA", "QUIT"])
        #expect(record.commands[0] == "EHLO client.example")
        #expect(record.delivered.map(\.to) == ["bob@beta.example"])
        #expect(record.delivered.map { Array($0.octets) } == [Array("a\r\n.b\r\n".utf8)])
    }

    @Test(arguments: [true, false])
    func `after a refusal RSET keeps the connection`(pipelining: Bool) throws {
        for phase in ["mail", "rcpt", "data", "dot"] {
            let scenario = Scenario(id: phase, phase: phase, fault: "5xx", pipelining: pipelining, times: 1)
            let server = try ScriptedServer([scenario])
            let session = try server.connect(scenario)
            #expect(session.deliver(.small) { true }.ending.word == "refused 550", "\(phase)")
            #expect(session.isOpen, "\(phase)")
            #expect(session.deliver(.small) { true }.ending.word == "accepted 250", "\(phase)")
            session.close()
            let record = try #require(server.records(scenario).first)
            #expect(record.delivered.count == 1 && record.verbs.count(where: { $0 == "RSET" }) == 1, "\(phase)")
        }
    }

    @Test(arguments: ["mail", "rcpt", "data", "dot"])
    func `one bad message in 200 leaves 199 sent once, over one connection`(phase: String) throws {
        let scenario = Scenario(id: phase, phase: phase, fault: "4xx", times: 1, after: 99)
        let server = try ScriptedServer([scenario])
        var account = server.account(scenario)
        account.messagesPerConnection = 200
        let session = try SMTPTransport().connect(account, deadline: .now + .seconds(10))
        let words = (0..<200).map { _ in session.deliver(.small) { true }.ending.word }
        #expect(words.indices.filter { words[$0] != "accepted 250" } == [99] && words[99] == "refused 451")
        #expect(!session.isOpen)
        session.close()
        #expect(server.records(scenario).first?.delivered.count == 199)
    }

    @Test func `a session is over after so many messages`() throws {
        let scenario = Scenario(id: "limit")
        let server = try ScriptedServer([scenario])
        var account = server.account(scenario)
        account.messagesPerConnection = 2
        let session = try SMTPTransport().connect(account, deadline: .now + .seconds(10))
        _ = session.deliver(.small) { true }
        #expect(session.isOpen)
        _ = session.deliver(.small) { true }
        #expect(!session.isOpen)
        session.close()
        #expect(server.records(scenario).first?.verbs.last == "QUIT")
    }

    @Test func `when the fence says no, no dot leaves`() throws {
        let scenario = Scenario(id: "fence")
        let server = try ScriptedServer([scenario])
        let session = try server.connect(scenario)
        let handover = session.deliver(.small) { false }
        #expect(handover.ending == .fenceRefused && handover.phase == .fence)
        #expect(!handover.isFenced && !handover.mayHaveLeft && !session.isOpen)
        #expect(server.records(scenario).first?.delivered.isEmpty == true)
    }

    @Test func `when the fence takes longer than its limit, it is taken back and no dot leaves`() throws {
        let scenario = Scenario(id: "slow fence")
        let server = try ScriptedServer([scenario])
        var account = server.account(scenario)
        account.timeouts.fence = .milliseconds(50)
        let session = try SMTPTransport().connect(account, deadline: .now + .seconds(10))
        let handover = session.deliver(.small) {
            usleep(80_000)
            return true
        }
        #expect(handover.ending == .fenceExpired && handover.isFenced && !handover.mayHaveLeft && !session.isOpen)
        #expect(server.records(scenario).first?.delivered.isEmpty == true)
    }

    @Test(arguments: ["mail", "data", "ehlo"])
    func `a wish to stop ends whatever has not passed its fence`(phase: String) throws {
        let scenario = Scenario(id: "stop", phase: phase, fault: "hang", pipelining: false)
        let server = try ScriptedServer([scenario])
        var account = server.account(scenario)
        account.timeouts = Timeouts()
        let isStopped = Atomic<Bool>(false)
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.3) { isStopped.store(true, ordering: .relaxed) }
        let transport = SMTPTransport { isStopped.load(ordering: .relaxed) }
        do throws(TransportError) {
            let session = try transport.connect(account, deadline: .now + .seconds(60))
            let handover = session.deliver(.small) { true }
            #expect(handover.ending == .cancelled && !handover.mayHaveLeft)
        } catch {
            #expect(error.ending == .cancelled && phase == "ehlo")
        }
    }

    @Test func `what the server does not offer is not asked of it`() throws {
        var scenario = Scenario(id: "features")
        scenario.smtputf8 = true
        let plain = Scenario(id: "none")
        let server = try ScriptedServer([scenario, plain])
        var message = WireMessage.small
        message.to = try EmailAddress("jürgen@bücher.example")
        let refused = try server.connect(plain)
        #expect(refused.deliver(message) { true }.ending == .unsupported("SMTPUTF8"))
        #expect(refused.isOpen && refused.deliver(.small) { true }.ending.word == "accepted 250")
        refused.close()
        #expect(server.records(plain).first?.commands.contains { $0.contains("rgen") } == false)
        let session = try server.connect(scenario)
        #expect(session.deliver(message) { true }.ending.word == "accepted 250")
        session.close()
        let record = try #require(server.records(scenario).first)
        let size = message.octets.count
        #expect(record.commands.contains("MAIL FROM:<ana@acme.example> SIZE=\(size) SMTPUTF8"))
        #expect(record.commands.contains("RCPT TO:<jürgen@xn--bcher-kva.example>"))
    }

    @Test func `who can't prove who he is does not get in, and the secret stays secret`() throws {
        var open = Scenario(id: "no auth")
        open.auth = false
        var closed = Scenario(id: "auth")
        closed.auth = true
        let server = try ScriptedServer([open, closed])
        func failure(_ scenario: Scenario, _ secret: String?) -> TransportError? {
            var account = server.account(scenario)
            account.user = "ana"
            account.secret = { () throws(HostError) in
                guard let secret else { throw HostError(.readSecret, "secrets/ana", .empty) }
                return Secret(secret)
            }
            do throws(TransportError) {
                _ = try SMTPTransport().connect(account, deadline: .now + .seconds(10))
                return nil
            } catch { return error }
        }
        #expect(failure(open, "open sesame")?.ending == .unsupported("AUTH"))
        let wrong = try #require(failure(closed, "wrong"))
        #expect(wrong.phase == .auth && wrong.ending.word == "refused 535")
        #expect(wrong.transcript.contains("AUTH PLAIN ***"))
        #expect(!"\(wrong)".contains(Data("\0ana\0wrong".utf8).base64EncodedString()))
        #expect(failure(closed, nil)?.ending == .failed("can't read the secret secrets/ana: it is empty"))
        #expect(failure(closed, "open sesame") == nil)
    }

    @Test(arguments: ["PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"])
    func `each mechanism proves who we are as its specification says`(mechanism: String) throws {
        let scenario = Scenario(id: mechanism, auth: true, mechanisms: mechanism)
        let other = Scenario(id: "others", auth: true, mechanisms: "GSSAPI NTLM CRAM-MD5")
        let server = try ScriptedServer([scenario, other])
        func account(_ scenario: Scenario) -> Account {
            var account = server.account(scenario)
            account.authentication = Account.Authentication(rawValue: mechanism.lowercased()) ?? .password
            return account
        }
        let session = try SMTPTransport().connect(account(scenario), deadline: .now + .seconds(10))
        #expect(session.deliver(.small) { true }.ending.word == "accepted 250")
        session.close()
        let error = #expect(throws: TransportError.self) {
            try SMTPTransport().connect(account(other), deadline: .now + .seconds(10))
        }
        #expect(error?.ending == .unsupported("AUTH"))
    }

    @Test func `without TLS only this machine is asked`() {
        var account = Account(server: .server(.smtp, host: "mail.acme.example", port: 25))
        account.security = .none
        let error = #expect(throws: TransportError.self) {
            _ = try SMTPTransport().connect(account, deadline: .now + .seconds(1))
        }
        #expect(error?.ending.word == "failed" && error?.phase == .connect)
    }

    @Test(arguments: ["", "a b", "a\r\nRSET", "a/b", "a%0d%0aRSET", "a?b", "bücher"])
    func `an EHLO name that is no host name is not sent`(name: String) throws {
        let scenario = Scenario(id: "ehlo")
        let server = try ScriptedServer([scenario])
        var account = server.account(scenario)
        account.ehlo = name
        let error = #expect(throws: TransportError.self) {
            try SMTPTransport().connect(account, deadline: .now + .seconds(10))
        }
        #expect(error?.ending == .failed("the EHLO name is no host name"))
        account.ehlo = "[127.0.0.1]"
        try SMTPTransport().connect(account, deadline: .now + .seconds(10)).close()
        #expect(server.records(scenario).first?.commands.first == "EHLO [127.0.0.1]")
    }

    @Test func `all bodies up to 5 long over CR, LF, dot and a arrive equal, with one MAIL and one RCPT each`() throws {
        let scenario = Scenario(id: "bytes")
        let server = try ScriptedServer([scenario])
        var account = server.account(scenario)
        account.messagesPerConnection = 2000
        let session = try SMTPTransport().connect(account, deadline: .now + .seconds(10))
        var bodies: [[UInt8]] = [[]]
        var last = bodies
        for _ in 0..<5 {
            last = last.flatMap { start in [13, 10, 46, 97].map { start + [$0] } }
            bodies += last
        }
        for body in bodies {
            var message = WireMessage.small
            message.octets = body
            #expect(session.deliver(message) { true }.ending.word == "accepted 250", "\(body)")
        }
        session.close()
        let record = try #require(server.records(scenario).first)
        #expect(record.delivered.map { Array($0.octets) } == bodies.map(CanonicalLines.crlf))
        #expect(record.verbs.count(where: { $0 == "MAIL" }) == bodies.count)
        #expect(record.verbs.count(where: { $0 == "RCPT" }) == bodies.count)
        #expect(Set(record.verbs) == ["EHLO", "MAIL", "RCPT", "DATA", "QUIT"])
        print("bytes: \(bodies.count) bodies, \(record.delivered.count) arrived equal")
    }
}

extension ScriptedServer {
    /// A session at the scenario's port.
    func connect(_ scenario: Scenario) throws -> any Session {
        try SMTPTransport().connect(account(scenario), deadline: .now + .seconds(10))
    }
}

extension ScriptedServer.Record {
    /// The commands' names.
    var verbs: [String] { commands.map { String($0.prefix { $0 != " " }) } }
}
