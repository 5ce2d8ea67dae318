import Foundation
import InboundMail
import MIME
import Testing

/// Delivery reports that a real Postfix 3.7 made on loopback: `Fixtures/postfix/make.sh` makes them anew.
struct PostfixTests {
    struct Report: Sendable {
        var name: String
        var kind: Classification.Kind
        var recipient: String
        var status: String?
        var isHard: Bool?
        var reason: String
    }

    private static let reports = [
        Report(
            name: "unknown-user", kind: .bounce, recipient: "nobody.there@local.example.com", status: "5.1.1",
            isHard: true,
            reason: "unknown-user"),
        Report(
            name: "alias", kind: .bounce, recipient: "alias@local.example.com", status: "5.1.1", isHard: true,
            reason: "unknown-user"),
        Report(
            name: "mailbox-full", kind: .bounce, recipient: "ann@full.example.com", status: "5.2.2", isHard: false,
            reason: "mailbox-full"),
        Report(
            name: "moved", kind: .bounce, recipient: "ann@moved.example.com", status: "5.1.6", isHard: true,
            reason: "moved"),
        Report(
            name: "too-big", kind: .bounce, recipient: "ann@big.example.com", status: "5.3.4", isHard: false,
            reason: "too-big"),
        Report(
            name: "blocked", kind: .bounce, recipient: "ann@blocked.example.com", status: "5.7.1", isHard: false,
            reason: "blocked"),
        Report(
            name: "no-host", kind: .bounce, recipient: "ann@no-such-host.invalid", status: "5.4.4", isHard: false,
            reason: "unknown-host"),
        Report(
            name: "delay", kind: .other, recipient: "ann@slow.example.com", status: "4.3.2", isHard: nil,
            reason: "delayed"),
        Report(
            name: "success", kind: .other, recipient: "ana@ours.example", status: nil, isHard: nil, reason: "delivered"),
    ]

    @Test(arguments: reports) func `a report of Postfix is understood`(report: Report) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/postfix")
        let message = ParsedMessage.parse(Array(try Data(contentsOf: folder.appending(path: "\(report.name).eml"))))
        let found = Sample.classified(message)
        #expect(found.kind == report.kind)
        #expect(found.recipients == [report.recipient])
        #expect(found.statuses == [report.status].compactMap { $0 })
        #expect(found.isHard == report.isHard)
        #expect((found.failures.first?.reason.rawValue ?? "") == report.reason || found.reason == report.reason)
        #expect(Known.ana.understand(message).match.summary == "strong step 1 by embedded")
    }
}
