import CivilTime
import Foundation
import MIME
import Mail
import TestKit
import Testing

@Suite struct `A Maildir` {
    @Test func `takes messages, for this user only, and gives them back`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("out/box")
        let session = try MaildirTransport().connect(account(path), deadline: .now + .seconds(1))
        for index in 1...3 {
            let handover = session.deliver(try .sample("Subject: \(index)\r\n\r\n.body\r\n")) { true }
            #expect(handover.phase == .dot && handover.ending.word == "accepted 250" && handover.mayHaveLeft)
        }
        session.close()
        #expect(try names(path, "new").count == 3 && names(path, "tmp").isEmpty)
        for name in try names(path, "new") {
            let facts = try FileManager.default.attributesOfItem(atPath: "\(path)/new/\(name)")
            #expect((facts[.posixPermissions] as? Int) == 0o600)
        }
        let source = try MessageSources.open(account(path), deadline: .now + .seconds(1))
        #expect(try source.open(MailFolder(name: "INBOX")).count == 3)
        #expect(try read(source).map(\.1) == (1...3).map { "Subject: \($0)\n\n.body\n" })
        let python =
            "import mailbox, sys; print(sorted(m['subject'] for m in mailbox.Maildir(sys.argv[1], create=False)))"
        #expect(try ChildProcess.python(python, [path]) == Array("['1', '2', '3']\n".utf8))
    }

    @Test func `keeps nothing when the fence says no or was too slow`() throws {
        let folder = try TemporaryFolder()
        var account = account(folder.path("box"))
        account.timeouts.fence = .milliseconds(20)
        let session = try MaildirTransport().connect(account, deadline: .now + .seconds(1))
        let refused = session.deliver(.small) { false }
        #expect(refused.ending == .fenceRefused && !refused.isFenced && !refused.mayHaveLeft)
        let slow = session.deliver(.small) {
            usleep(40_000)
            return true
        }
        #expect(slow.ending == .fenceExpired && slow.isFenced && !slow.mayHaveLeft && session.isOpen)
        #expect(try names(folder.path("box"), "new").isEmpty && names(folder.path("box"), "tmp").isEmpty)
    }

    @Test func `that can't be written says why, and nothing has left`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("file", text: "")
        let error = #expect(throws: TransportError.self) {
            _ = try MaildirTransport().connect(account(file), deadline: .now + .seconds(1))
        }
        #expect(error?.ending.word == "failed")
        let session = try MaildirTransport().connect(account(folder.path("box")), deadline: .now + .seconds(1))
        try FileManager.default.removeItem(atPath: folder.path("box/tmp"))
        let handover = session.deliver(.small) { true }
        #expect(handover.phase == .body && handover.ending.word == "failed" && !handover.isFenced)
    }

    @Test func `with subfolders is read by what their names say, and cut where a message is long`() throws {
        let folder = try TemporaryFolder()
        for (name, text) in [
            ("new/1.a.h", "one"), ("cur/2.b.h:2,S", "two"), (".Sent/cur/3.c.h:2,", "three"),
            (".Sent/new/4.d.h", "four"),
            (".Junk/cur/5.e.h:2,", "five"), ("tmp/6.f.h", "six"), (".Junk/new/.hidden", ""),
        ] { try folder.write(name, text: text) }
        let source = MaildirSource(path: folder.path)
        #expect(
            try source.folders() == [
                MailFolder(name: "INBOX", use: .inbox), MailFolder(name: ".Junk", use: .junk),
                MailFolder(name: ".Sent", use: .sent),
            ])
        #expect(try source.open(MailFolder(name: "INBOX")).count == 2)
        #expect(try read(source).map(\.0) == ["1.a.h", "2.b.h"] && read(source).map(\.1) == ["one", "two"])
        #expect(try source.open(MailFolder(name: ".Sent", use: .sent)).count == 2)
        var cut: [SourceMessage] = []
        try source.read(try source.entries(after: 0), limit: 2) {
            cut.append($0)
            return cut.count < 1
        }
        #expect(cut.map(\.octets) == [Array("th".utf8)] && cut[0].isCut && cut[0].size == 5)
        #expect(throws: SourceError.self) { try source.open(MailFolder(name: ".None")) }
        #expect(throws: SourceError.self) { try source.open(MailFolder(name: "../x")) }
    }

    @Test func `that another program marks meanwhile is read all the same`() throws {
        let folder = try TemporaryFolder()
        try folder.write("new/1.a.h", text: "one")
        try folder.write("cur/2.b.h:2,", text: "two")
        let source = MaildirSource(path: folder.path)
        _ = try source.open(MailFolder(name: "INBOX"))
        let entries = try source.entries(after: 0)
        var texts: [String] = []
        try source.read(entries + [MessageEntry(key: "gone", mark: 1)], limit: 100) { message in
            texts.append(String(decoding: message.octets, as: UTF8.self))
            try? FileManager.default.moveItem(
                atPath: folder.path("cur/2.b.h:2,"), toPath: folder.path("cur/2.b.h:2,S"))
            return true
        }
        #expect(texts == ["one", "two"])
    }

    private func account(_ path: String) -> Account { Account(server: .maildir(path: path)) }

    private func names(_ path: String, _ part: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(part)").sorted()
    }

    private func read(_ source: any MessageSource) throws -> [(String, String)] {
        var messages: [(String, String)] = []
        try source.read(try source.entries(after: 0), limit: 1 << 20) {
            messages.append(($0.entry.key, String(decoding: $0.octets, as: UTF8.self)))
            return true
        }
        return messages
    }
}
