import CivilTime
import Foundation
import Host
import Mail
import TestKit
import Testing

@Suite struct `A real IMAP server` {
    @Test func `folders, messages and dates come as they are, and nothing is marked as seen`() throws {
        let certificates = try TestCertificates()
        let server = try DovecotServer(certificates)
        let messages = (1...5).map { "Subject: message \($0)\r\n\r\nbody \($0)\r\n.\r\n* 1 FETCH (UID 9)\r\n)\r\n" }
        for (index, message) in messages.enumerated() { try server.deliver(message.utf8, name: "m\(index).x.y") }
        for scheme in [ServerURL.Scheme.imap, .imaps] {
            let source = try MessageSources.open(account(server, scheme, certificates), deadline: .now + .seconds(20))
            let folders = try source.folders()
            #expect(folders.first { $0.name == "INBOX" }?.use == .inbox)
            #expect(folders.first { $0.name == "Sent Items" }?.use == .sent)
            #expect(folders.first { $0.name == "Junk" }?.use == .junk)
            let state = try source.open(MailFolder(name: "INBOX"))
            #expect(state.count == 5 && state.uidNext == 6 && state.uidValidity > 0)
            let entries = try source.entries(from: 1)
            #expect(entries.map(\.uid) == [1, 2, 3, 4, 5] && entries.map(\.key) == ["1", "2", "3", "4", "5"])
            #expect(try source.entries(from: 4).map(\.uid) == [4, 5] && source.entries(from: 6) == [])
            var read: [SourceMessage] = []
            try source.read(entries, limit: 1 << 20) {
                read.append($0)
                return true
            }
            #expect(Set(read.map { String(decoding: $0.octets, as: UTF8.self) }) == Set(messages))
            #expect(read.allSatisfy { !$0.isCut && $0.size == $0.octets.count })
            #expect(read.allSatisfy { abs($0.received.seconds - Int(Date.now.timeIntervalSince1970)) < 300 })
            source.close()
        }
        let marked = try FileManager.default.contentsOfDirectory(atPath: server.maildir + "/cur")
        #expect(marked.allSatisfy { !$0.split(separator: ":").dropFirst().joined().contains("S") })
    }

    private func account(
        _ server: DovecotServer, _ scheme: ServerURL.Scheme, _ certificates: TestCertificates
    ) -> Account {
        let port = scheme == .imap ? server.imapPort : server.imapsPort
        var account = Account(server: .server(scheme, host: "127.0.0.1", port: port), user: DovecotServer.user) {
            () throws(HostError) in Secret(DovecotServer.password)
        }
        account.caFile = certificates.caFile
        account.timeouts = .short
        account.timeouts.command = .seconds(10)
        account.timeouts.handshake = .seconds(10)
        return account
    }
}
