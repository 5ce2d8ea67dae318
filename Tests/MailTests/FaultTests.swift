import Foundation
import Mail
import Synchronization
import TestKit
import Testing

@Suite struct `Servers that fail` {
    @Test func `every fault at every phase ends as it must, in time, and no message goes twice`() throws {
        let certificates = try TestCertificates()
        let cases = FaultMatrix.all.map { one in
            var one = one
            let kind = one.scenario.certificate.flatMap(TestCertificates.Kind.init(rawValue:)) ?? .good
            one.scenario.certificate = certificates.path(kind)
            return one
        }
        let server = try ScriptedServer(cases.map(\.scenario))
        let wrong = Mutex<[String]>([])
        Parallel.run(cases.count, threads: 16) { index in
            let result = Result(of: cases[index], at: server, caFile: certificates.caFile)
            guard let complaint = result.complaint(about: cases[index]) else { return }
            wrong.withLock { $0.append(complaint) }
        }
        let complaints = wrong.withLock { $0.sorted() }
        for complaint in complaints { Issue.record("\(complaint)") }
        print("faults: \(cases.count) scenarios, \(cases.count - complaints.count) as expected")
    }
}

/// What came of one scenario.
private struct Result {
    var outcome: String
    var detail = ""
    var mayHaveLeft = false
    var delivered: Int
    var seconds: Double

    init(of one: FaultMatrix.Case, at server: ScriptedServer, caFile: String) {
        let start = ContinuousClock.now
        do throws(TransportError) {
            let account = server.account(one.scenario, caFile: caFile)
            let session = try SMTPTransport().connect(account, deadline: .now + .seconds(20))
            let handover = session.deliver(one.scenario.phase == "body" ? .large : .small) { true }
            session.close()
            outcome = "\(handover.phase) \(handover.ending.word)"
            detail = "\(handover.transcript.lines)"
            mayHaveLeft = handover.mayHaveLeft
        } catch {
            outcome = "\(error.phase) \(error.ending.word)"
            detail = "\(error.ending) \(error.transcript)"
        }
        seconds = start.duration(to: .now) / .seconds(1)
        let isReached = one.scenario.phase != "connect"
        delivered = isReached ? server.records(one.scenario).flatMap(\.delivered).count : 0
    }

    func complaint(about one: FaultMatrix.Case) -> String? {
        // Every phase has two seconds, the body three; the rest is for a machine that is busy with other things.
        let isGood =
            one.outcomes.contains(outcome) && mayHaveLeft == one.mayHaveLeft && delivered == one.delivered
            && seconds < 60
        if isGood { return nil }
        return "\(one.scenario.id): \(outcome), left \(mayHaveLeft), delivered \(delivered), \(seconds) s; "
            + "expected \(one.outcomes), \(one.mayHaveLeft), \(one.delivered); \(detail.prefix(400))"
    }
}
