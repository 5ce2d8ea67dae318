import Foundation
import InboundMail
import MIME
import Testing

/// What real programs sent, kept in `Fixtures/real`; its `make` folder says how it was made.
struct RealSoftwareTests {
    private static func read(_ name: String) throws -> Classification {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/real")
        return classify(ParsedMessage.parse(Array(try Data(contentsOf: folder.appending(path: "\(name).eml")))))
    }

    struct Report: Sendable, CustomStringConvertible {
        var name: String
        var recipient: String
        var status: String
        var reason: String
        var isHard: Bool?
        var description: String { name }
    }

    private static let reports = [
        Report(
            name: "exim-unknown", recipient: "unknown@their.example", status: "5.1.1", reason: "unknown-user",
            isHard: true),
        Report(
            name: "exim-full", recipient: "full@their.example", status: "5.2.2", reason: "mailbox-full", isHard: false),
        Report(
            name: "exim-blocked", recipient: "blocked@their.example", status: "5.7.1", reason: "blocked", isHard: false),
        Report(
            name: "exim-content", recipient: "content@their.example", status: "5.7.1", reason: "content", isHard: false),
        Report(
            name: "exim-alias", recipient: "someone@alias.example", status: "5.1.1", reason: "unknown-user",
            isHard: true),
        Report(
            name: "exim-unroutable", recipient: "someone@unroutable.their2.example", status: "5.0.0",
            reason: "unknown-user",
            isHard: false),
        Report(name: "exim-later", recipient: "later@their.example", status: "4.3.0", reason: "expired", isHard: false),
        Report(
            name: "opensmtpd-unknown", recipient: "unknown@their.example", status: "5.1.1", reason: "unknown-user",
            isHard: true),
        Report(
            name: "opensmtpd-full", recipient: "full@their.example", status: "5.2.2", reason: "mailbox-full",
            isHard: false),
        Report(
            name: "opensmtpd-blocked", recipient: "blocked@their.example", status: "5.7.1", reason: "blocked",
            isHard: false),
        Report(
            name: "opensmtpd-content", recipient: "content@their.example", status: "5.7.1", reason: "content",
            isHard: false),
        Report(
            name: "opensmtpd-expired", recipient: "later@their.example", status: "4.4.7", reason: "expired",
            isHard: false),
    ]

    @Test(arguments: reports) func `a report of exim or OpenSMTPD is understood`(report: Report) throws {
        let found = try Self.read(report.name)
        #expect(found.kind == .bounce)
        #expect(found.recipients == [report.recipient])
        #expect(found.statuses == [report.status])
        #expect(found.failures.first?.reason.rawValue == report.reason)
        #expect(found.isHard == report.isHard)
        #expect(found.namedMessageIDs.contains("m1.abcdefghijkl@ours.example"))
    }

    @Test func `a delay of OpenSMTPD is none`() throws {
        let found = try Self.read("opensmtpd-delayed")
        #expect(found.kind == .other && found.reason == "delayed" && found.recipients == ["later@their.example"])
    }

    @Test(arguments: [
        ("nmh-bare", "Gladly, call me on Thursday."), ("nmh-quoting", "Gladly, call me on Thursday."),
        ("s-nail-tabs", "Gladly, call me on Thursday."), ("s-nail-bars", "No thanks."),
    ])
    func `a reply of nmh or s-nail is one, with its new words alone`(name: String, text: String) throws {
        let found = try Self.read(name)
        #expect(found.kind == .reply)
        #expect(found.newText == text)
        #expect(found.namedMessageIDs.first == "m1.abcdefghijkl@ours.example")
    }
}
