import CivilTime
import Foundation
import Host
import Mail
import TestKit
import Testing

@Suite(.enabled(if: Programs.exist("dovecot"), "needs Dovecot with IMAP"))
struct `A real IMAP server` {
    @Test func `folders, messages and dates come as they are, and nothing is marked as seen`() throws {
        let certificates = try TestCertificates()
        let server = try DovecotServer(certificates)
        let messages = (1...5).map { "Subject: message \($0)\r\n\r\nbody \($0)\r\n.\r\n* 1 FETCH (UID 9)\r\n)\r\n" }
        for (index, message) in messages.enumerated() { try server.deliver(message.utf8, name: "m\(index).x.y") }
        for (scheme, port) in [(ServerURL.Scheme.imap, server.imapPort), (.imaps, server.imapsPort)] {
            let source = try open(.ana(scheme, port: port, certificates))
            let folders = try source.folders()
            #expect(folders.first { $0.name == "INBOX" }?.use == .inbox)
            #expect(folders.first { $0.name == "Sent Items" }?.use == .sent)
            #expect(folders.first { $0.name == "Junk" }?.use == .junk)
            let state = try source.open(MailFolder(name: "INBOX"))
            #expect(state.count == 5 && state.uidNext == 6 && state.uidValidity > 0)
            let entries = try source.entries(after: 0)
            #expect(entries.map(\.uid) == [1, 2, 3, 4, 5] && entries.map(\.key) == ["1", "2", "3", "4", "5"])
            #expect(try source.entries(after: 3).map(\.uid) == [4, 5] && source.entries(after: 5) == [])
            let read = try read(source)
            #expect(Set(read.map { String(decoding: $0.octets, as: UTF8.self) }) == Set(messages))
            #expect(read.allSatisfy { !$0.isCut && $0.size == $0.octets.count })
            #expect(read.allSatisfy { abs($0.received.seconds - Int(Date.now.timeIntervalSince1970)) < 300 })
            source.close()
        }
        let marked = try FileManager.default.contentsOfDirectory(atPath: server.maildir + "/cur")
        #expect(marked.allSatisfy { !$0.split(separator: ":").dropFirst().joined().contains("S") })
    }

    @Test func `a password goes over TLS or not at all`() throws {
        let certificates = try TestCertificates()
        let server = try DovecotServer(certificates)
        func error(_ change: (inout Account) -> Void) -> SourceError? {
            var account = Account.ana(.imap, port: server.imapPort, certificates)
            change(&account)
            do throws(SourceError) {
                _ = try MessageSources.open(account, deadline: .now + .seconds(20))
                return nil
            } catch { return error }
        }
        #expect(error { _ in } == nil)
        let plain = error {
            $0.server = .server(.imap, host: DovecotServer.distantHost, port: server.imapPort)
            $0.security = .none
        }
        #expect(plain?.word == "transport auth unsupported AUTH")
        #expect(error { $0.caFile = nil }?.word == "transport tls untrusted")
        #expect(error { $0.secret = { () throws(HostError) in Secret("wrong") } }?.word == "refused")
    }

    @Test func `another UIDVALIDITY is told, so that nobody trusts old UIDs`() throws {
        let certificates = try TestCertificates()
        let server = try DovecotServer(certificates)
        try server.deliver("Subject: x\r\n\r\n".utf8, name: "m1.x.y")
        let account = Account.ana(.imaps, port: server.imapsPort, certificates)
        let first = try open(account)
        let before = try first.open(MailFolder(name: "INBOX"))
        first.close()
        for name in try FileManager.default.contentsOfDirectory(atPath: server.maildir) where name.hasPrefix("dovecot")
        {
            try FileManager.default.removeItem(atPath: server.maildir + "/" + name)
        }
        sleep(1)
        let after = try open(account).open(MailFolder(name: "INBOX"))
        #expect(after.uidValidity != before.uidValidity && after.count == 1)
    }

    @Test func `a sent copy is stored as seen, and found by its Message-ID`() throws {
        let certificates = try TestCertificates()
        let server = try DovecotServer(certificates)
        let account = Account.ana(.imap, port: server.imapPort, certificates)
        let source = try IMAPSource(account, deadline: .now + .seconds(20))
        let sent = MailFolder(name: "Sent Items", use: .sent)
        let message = "Message-ID: <a.1@acme.example>\r\nSubject: x\r\n\r\nGrüße {5}\r\n"
        try source.append(Array(message.utf8), to: sent, received: Instant(1_773_130_364))
        _ = try source.open(sent)
        #expect(try source.entries(withMessageID: "a.1@acme.example").count == 1)
        #expect(try source.entries(withMessageID: "a.2@acme.example").isEmpty)
        let read = try read(source)
        #expect(read.map { String(decoding: $0.octets, as: UTF8.self) } == [message])
        #expect(read.map(\.received) == [Instant(1_773_130_364)])
        source.close()
    }

    @Test func `many messages and a large one come whole, or cut where asked`() throws {
        let certificates = try TestCertificates()
        let server = try DovecotServer(certificates)
        for index in 0..<450 { try server.add("Subject: \(index)\r\n\r\nx\r\n".utf8, name: "m\(index).x.y") }
        let large =
            "Subject: large\r\n\r\n" + String(repeating: String(repeating: "a", count: 998) + "\r\n", count: 20_000)
        try server.deliver(large.utf8, name: "z.x.y")
        let source = try open(.ana(.imaps, port: server.imapsPort, certificates))
        #expect(try source.open(MailFolder(name: "INBOX")).count == 451)
        let entries = try source.entries(after: 0)
        var sizes: [Int] = []
        var cut = 0
        try source.read(entries, limit: 1 << 20) { message in
            sizes.append(message.size)
            if message.isCut { cut += message.octets.count }
            return true
        }
        #expect(sizes.count == 451 && sizes.max() == large.utf8.count && cut == 1 << 20)
        var count = 0
        try source.read(entries, limit: 100) { _ in
            count += 1
            return count < 10
        }
        #expect(count == 10)
        #expect(try source.open(MailFolder(name: "Junk")).count == 0)
        source.close()
    }

    private func open(_ account: Account) throws -> any MessageSource {
        try MessageSources.open(account, deadline: .now + .seconds(20))
    }

    private func read(_ source: any MessageSource) throws -> [SourceMessage] {
        var read: [SourceMessage] = []
        try source.read(try source.entries(after: 0), limit: 1 << 20) {
            read.append($0)
            return true
        }
        return read
    }
}
