import Foundation
import Mail
import Synchronization
import TestKit
import Testing

/// A message whose commands leave with the final dot of the one before it.
@Suite struct `The next message` {
    @Test(arguments: [true, false])
    func `a hundred announced messages arrive once each, in order, over one connection`(pipelining: Bool) throws {
        let scenario = Scenario(id: "hundred", pipelining: pipelining)
        let server = try ScriptedServer([scenario])
        let session = try server.connect(scenario)
        let messages = try (0..<100).map { try WireMessage.sample("\($0)\r\n.\r\n") }
        for (index, message) in messages.enumerated() {
            let next = index + 1 < messages.count ? messages[index + 1] : nil
            #expect(session.deliver(message, before: next) { true }.ending.word == "accepted 250", "\(index)")
        }
        session.close()
        let record = try #require(server.records(scenario).first)
        #expect(record.delivered.map { Array($0.octets) } == messages.map(\.octets))
        #expect(record.verbs == ["EHLO"] + Array(repeating: ["MAIL", "RCPT", "DATA"], count: 100).joined() + ["QUIT"])
    }

    @Test func `its commands have left with the dot; who closes then says nothing more`() throws {
        let scenario = Scenario(id: "closed")
        let server = try ScriptedServer([scenario])
        let session = try server.connect(scenario)
        #expect(session.deliver(.small, before: try .sample("2\r\n")) { true }.ending.word == "accepted 250")
        session.close()
        let record = try #require(server.records(scenario).first)
        // How much of it the server reads before it sees that we are gone is its own affair.
        #expect(record.verbs.starts(with: ["EHLO", "MAIL", "RCPT", "DATA", "MAIL"]) && !record.verbs.contains("QUIT"))
        #expect(record.delivered.count == 1)
    }

    @Test func `another one than was announced is not sent`() throws {
        let scenario = Scenario(id: "other")
        let server = try ScriptedServer([scenario])
        let session = try server.connect(scenario)
        _ = session.deliver(.small, before: try .sample("2\r\n")) { true }
        let handover = session.deliver(try .sample("3\r\n")) { true }
        #expect(handover.ending.word == "dropped" && !handover.isFenced && !handover.mayHaveLeft && !session.isOpen)
        session.close()
        #expect(server.records(scenario).first?.delivered.count == 1)
    }

    @Test func `a refused fence keeps both from leaving`() throws {
        let scenario = Scenario(id: "fence")
        let server = try ScriptedServer([scenario])
        let session = try server.connect(scenario)
        #expect(session.deliver(.small, before: .small) { false }.ending == .fenceRefused)
        #expect(!session.isOpen)
        let record = try #require(server.records(scenario).first)
        #expect(record.verbs == ["EHLO", "MAIL", "RCPT", "DATA"] && record.delivered.isEmpty)
    }

    @Test func `the last message of a connection announces nobody`() throws {
        let scenario = Scenario(id: "limit")
        let server = try ScriptedServer([scenario])
        var account = server.account(scenario)
        account.messagesPerConnection = 2
        let session = try SMTPTransport().connect(account, deadline: .now + .seconds(10))
        _ = session.deliver(.small, before: .small) { true }
        _ = session.deliver(.small, before: .small) { true }
        #expect(!session.isOpen)
        session.close()
        #expect(
            server.records(scenario).first?.verbs == ["EHLO", "MAIL", "RCPT", "DATA", "MAIL", "RCPT", "DATA", "QUIT"])
    }

    @Test func `a refused recipient leaves the others, whoever was announced`() throws {
        let scenario = Scenario(id: "rcpt", phase: "rcpt", fault: "5xx", times: 1, after: 49)
        let server = try ScriptedServer([scenario])
        let session = try server.connect(scenario)
        let words = (0..<100).map { _ in session.deliver(.small, before: .small) { true }.ending.word }
        #expect(words.indices.filter { words[$0] != "accepted 250" } == [49] && words[49] == "refused 550")
        session.close()
        #expect(server.records(scenario).first?.delivered.count == 99)
    }

    @Test(arguments: ["4xx", "5xx"])
    func `after a refused dot the next goes on, on the same connection`(fault: String) throws {
        let scenario = Scenario(id: "dot \(fault)", phase: "dot", fault: fault, times: 1)
        let server = try ScriptedServer([scenario])
        let session = try server.connect(scenario)
        #expect(
            session.deliver(.small, before: .small) { true }.ending.word
                == (fault == "4xx" ? "refused 451" : "refused 550"))
        #expect(session.isOpen)
        #expect(session.deliver(.small) { true }.ending.word == "accepted 250")
        session.close()
        let record = try #require(server.records(scenario).first)
        #expect(record.delivered.count == 1 && !record.verbs.contains("RSET"))
    }

    @Test func `a server that still stands in what it refused is asked once more, after RSET`() throws {
        let scenario = Scenario(id: "stuck", phase: "dot", fault: "4xx", stuck: true, times: 1)
        let server = try ScriptedServer([scenario])
        let session = try server.connect(scenario)
        #expect(session.deliver(.small, before: .small) { true }.ending.word == "refused 451")
        let second = session.deliver(.small, before: .small) { true }
        #expect(second.ending.word == "accepted 250", "\(second.transcript.lines)")
        #expect(session.deliver(.small) { true }.ending.word == "accepted 250")
        session.close()
        let record = try #require(server.records(scenario).first)
        #expect(record.delivered.count == 2 && record.verbs.count(where: { $0 == "RSET" }) == 1)
    }

    @Test func `one that then waits for a message all the same gets none`() throws {
        let scenario = Scenario(id: "stuck 354", phase: "dot", fault: "4xx", stuck: true, always354: true, times: 1)
        let server = try ScriptedServer([scenario])
        let session = try server.connect(scenario)
        #expect(session.deliver(.small, before: .small) { true }.ending.word == "refused 451")
        let second = session.deliver(.small) { true }
        #expect(second.ending.word == "outOfStep" && !second.mayHaveLeft && !session.isOpen)
        session.close()
        #expect(server.records(scenario).first?.delivered.isEmpty == true)
    }

    @Test func `every fault at every phase ends as it does without one, and neither goes twice`() throws {
        let certificates = try TestCertificates()
        let cases = FaultMatrix.all.filter { $0.scenario.phase != "connect" }.map { one in
            var one = one
            let kind = one.scenario.certificate.flatMap(TestCertificates.Kind.init(rawValue:)) ?? .good
            one.scenario.certificate = certificates.path(kind)
            return one
        }
        let server = try ScriptedServer(cases.map(\.scenario))
        let wrong = Mutex<[String]>([])
        let seconds = Mutex(0)
        Parallel.run(cases.count, threads: 16) { index in
            let pair = Pair(cases[index].scenario, at: server, caFile: certificates.caFile)
            if pair.second != nil { seconds.withLock { $0 += 1 } }
            guard let complaint = pair.complaint(about: cases[index]) else { return }
            wrong.withLock { $0.append(complaint) }
        }
        let complaints = wrong.withLock { $0.sorted() }
        for complaint in complaints { Issue.record("\(complaint)") }
        print(
            "announced: \(cases.count) scenarios, \(seconds.withLock { $0 }) went on, \(complaints.count) not as expected"
        )
    }
}

/// Two messages, the second announced with the first, over one connection while it stands.
private struct Pair {
    var first = ""
    var second: Handover?
    var mayHaveLeft = false
    var deliveredFirst = 0
    var deliveredSecond = 0

    init(_ scenario: Scenario, at server: ScriptedServer, caFile: String) {
        guard let next = try? WireMessage.sample("the second\r\n") else { return }
        do throws(TransportError) {
            let account = server.account(scenario, caFile: caFile)
            let session = try SMTPTransport().connect(account, deadline: .now + .seconds(20))
            let handover = session.deliver(scenario.phase == "body" ? .large : .small, before: next) { true }
            first = "\(handover.phase) \(handover.ending.word)"
            mayHaveLeft = handover.mayHaveLeft
            if session.isOpen { second = session.deliver(next) { true } }
            session.close()
        } catch { first = "\(error.phase) \(error.ending.word)" }
        let delivered = server.records(scenario).flatMap(\.delivered)
        deliveredSecond = delivered.count { Array($0.octets) == next.octets }
        deliveredFirst = delivered.count - deliveredSecond
    }

    func complaint(about one: FaultMatrix.Case) -> String? {
        var wrong: [String] = []
        if !one.outcomes.contains(first) { wrong.append("the first: \(first), expected \(one.outcomes)") }
        if mayHaveLeft != one.mayHaveLeft { wrong.append("the first may have left: \(mayHaveLeft)") }
        if deliveredFirst != one.delivered { wrong.append("the first arrived \(deliveredFirst) times") }
        if deliveredSecond > 1 { wrong.append("the second arrived \(deliveredSecond) times") }
        if let second {
            let isAccepted = second.ending.word == "accepted 250"
            if isAccepted, deliveredSecond != 1 { wrong.append("the second was accepted and did not arrive") }
            if !second.mayHaveLeft, deliveredSecond > 0 { wrong.append("the second arrived without its dot") }
        } else if deliveredSecond > 0 {
            wrong.append("the second was not handed over, and arrived")
        }
        return wrong.isEmpty ? nil : "\(one.scenario.id): \(wrong.joined(separator: "; "))"
    }
}
