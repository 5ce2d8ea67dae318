import CivilTime
import Foundation
import Host
import InboundMail
import Inbox
import Ledger
import Mail
import Outreach
import TestKit
import Testing

/// The reader against a real IMAP server.
@Suite(.enabled(if: Programs.exist("dovecot"), "needs Dovecot with IMAP"))
struct `An inbox on a real server` {
    private func read(_ bed: InboxBed, _ server: DovecotServer, _ certificates: TestCertificates) throws
        -> InboxReader<MemoryStore>.Report
    {
        var account = Account(
            server: .server(.imaps, host: "127.0.0.1", port: server.imapsPort), user: DovecotServer.user
        ) { () throws(HostError) in Secret(DovecotServer.password) }
        account.caFile = certificates.caFile
        let source = try MessageSources.open(account, deadline: .now + .seconds(20))
        defer { source.close() }
        let now = Instant(Int(Date.now.timeIntervalSince1970))
        return try InboxReader(store: bed.store, epoch: nil, model: bed.model, signer: try bed.signer(), at: now)
            .read(try #require(bed.model.mailboxes["ana"]), from: source)
    }

    private func answer(_ id: String) -> String {
        "From: ann@fathom.example\r\nTo: ana@acme.example\r\nSubject: Re: hi\r\nMessage-ID: <\(id)>\r\n"
            + "In-Reply-To: <\(InboxBed.hi)>\r\n\r\nGladly.\r\n"
    }

    @Test func `when every UID changes its meaning, nothing is lost and nothing counts twice`() throws {
        let certificates = try TestCertificates()
        let server = try DovecotServer(certificates)
        let bed = try InboxBed()
        for index in 0..<20 {
            let text =
                "From: s\(index)@else.example\r\nSubject: news \(index)\r\nMessage-ID: <s\(index)@else.example>\r\n\r\nx\r\n"
            try server.deliver(text.utf8, name: "s\(index).x.y")
        }
        try server.deliver(answer("a1@f.example").utf8, name: "t1.x.y")
        #expect(try read(bed, server, certificates).arrivals.count == 21)
        #expect(try read(bed, server, certificates).arrivals.isEmpty)
        for name in try FileManager.default.contentsOfDirectory(atPath: server.maildir) where name.hasPrefix("dovecot")
        {
            try FileManager.default.removeItem(atPath: server.maildir + "/" + name)
        }
        sleep(1)
        // This one's UID is below the mark that was stored.
        try server.deliver(answer("a2@f.example").utf8, name: "a0.x.y")
        let report = try read(bed, server, certificates)
        #expect(report.failure == nil)
        #expect(report.arrivals.count { $0.kind == .reply } == 1)
        #expect(try bed.kinds(of: bed.ann).count { $0 == "reply" } == 2)
        #expect(try read(bed, server, certificates).arrivals.isEmpty)
    }

    @Test func `a message of a hundred megabytes and one of ten thousand parts are read in bounded memory`() throws {
        let certificates = try TestCertificates()
        let server = try DovecotServer(certificates)
        let bed = try InboxBed()
        let line = String(repeating: "a", count: 998) + "\r\n"
        let size = ProcessInfo.processInfo.environment["STOKE_TORTURE"] == "full" ? 100_000 : 20_000
        try server.deliver((answer("big@f.example") + String(repeating: line, count: size)).utf8, name: "1.x.y")
        let parts = String(repeating: "--b\r\n\r\nx\r\n", count: 10_000) + "--b--\r\n"
        let many = answer("parts@f.example").replacingOccurrences(
            of: "\r\n\r\nGladly.\r\n", with: "\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\(parts)")
        try server.deliver(many.utf8, name: "2.x.y")
        let header = answer("lines@f.example").replacingOccurrences(
            of: "\r\n\r\n", with: "\r\n" + String(repeating: "X: y\r\n", count: 1_000_000) + "\r\n")
        try server.deliver(header.utf8, name: "3.x.y")
        let report = try read(bed, server, certificates)
        #expect(report.failure == nil)
        #expect(report.arrivals.map(\.kind) == [.reply, .reply, .reply])
        #expect(try bed.kinds(of: bed.ann).count { $0 == "reply" } == 3)
    }
}
