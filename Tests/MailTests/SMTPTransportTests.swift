import MIME
import Mail
import TestKit
import Testing

@Suite struct `Mail over SMTP` {
    @Test func `a message arrives with its envelope, and QUIT is said`() throws {
        let scenario = Scenario(id: "plain")
        let server = try ScriptedServer([scenario])
        let session = try SMTPTransport().connect(server.account(scenario), deadline: .now + .seconds(10))
        var asked = 0
        let handover = session.deliver(try .sample("a\r\n.b\r\n")) {
            asked += 1
            return true
        }
        session.close()
        guard case .accepted(let reply) = handover.ending else { return #expect(Bool(false), "\(handover)") }
        #expect(reply.code == 250 && reply.enhanced == EnhancedCode(2, 0, 0))
        #expect(handover.phase == .dot && handover.isFenced && handover.mayHaveLeft && asked == 1)
        let record = try #require(server.records(scenario).first)
        #expect(record.commands.map { $0.split(separator: " ")[0] } == ["EHLO", "MAIL", "RCPT", "DATA", "QUIT"])
        #expect(record.commands[0] == "EHLO client.example")
        #expect(record.delivered.map(\.to) == ["bob@beta.example"])
        #expect(record.delivered.map { Array($0.octets) } == [Array("a\r\n.b\r\n".utf8)])
    }
}
