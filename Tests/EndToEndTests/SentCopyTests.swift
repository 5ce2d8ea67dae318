import Foundation
import TestKit
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// `sent_copy: append`, against a real submission server and its IMAP side.
@Suite(.enabled(if: Programs.exist("smtp-sink", "dovecot"), "needs Postfix's smtp-sink, and Dovecot with submission"))
struct `Copies of what was sent` {
    private static let start = "2026-03-02T12:00:00Z"
    private static let people = ["ann", "bob", "eve"]

    private static var host: String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// A workspace whose one mailbox sends by that server, with three people to be mailed.
    private func workspace(_ server: DovecotServer, _ certificates: TestCertificates, imapPort: Int) throws -> Stoke {
        let stoke = try Stoke(now: Self.start)
        try FileManager.default.createDirectory(
            atPath: stoke.path + "/secrets", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try stoke.folder.write("work/certs/ca.pem", authority(certificates))
        try stoke.folder.write("work/secrets/ana", text: DovecotServer.password + "\n")
        chmod(stoke.path + "/secrets/ana", 0o600)
        try stoke.folder.write(
            "work/stoke.yaml",
            text: """
                home: \(Self.host)
                timezone: UTC
                sender: {company: Acme GmbH, postal_address: "Torstr. 1, 10119 Berlin, Germany"}
                people: {ana: {name: Ana Pop, timezone: UTC}}
                calendar: {days: mon-sun, hours: 00:00-24:00}
                mailboxes:
                  ana:
                    owner: ana
                    from: Ana Pop <ana@acme.example>
                    smtp: smtp://127.0.0.1:\(server.submissionPort)
                    imap: imaps://127.0.0.1:\(imapPort)
                    ca_file: certs/ca.pem
                    sent_copy: append
                    user: \(DovecotServer.user)
                    password: {file: secrets/ana}
                    gap: 0s
                new_share: 1
                """)
        try stoke.folder.write("work/qualification.yaml", text: "icps: {}\n")
        try stoke.folder.write(
            "work/sequences/mails.yaml",
            text: """
                audience: any
                mailboxes: [ana]
                steps:
                  - {id: first, email: hello}
                finish: {none: "one mail is all"}
                """)
        try stoke.folder.write(
            "work/templates/hello.md", text: "---\nsubject: Grüße, {{ first_name }}\n---\nHi {{ first_name }} 👋\n")
        let rows = Self.people.map { "\($0),\($0)@\($0).example\n" }.joined()
        try stoke.folder.write("work/people.csv", text: "first_name,email\n\(rows)")
        let applied = try stoke("apply", "--yes")
        #expect(applied.status == 0, "\(applied.text)\(applied.errors)")
        try stoke("import", "people.csv")
        try stoke("enroll", "mails", "--all")
        return stoke
    }

    private func authority(_ certificates: TestCertificates) throws -> Data {
        try Data(contentsOf: URL(filePath: certificates.caFile))
    }

    /// What Python's email package reads in messages: id, recipient, subject and text.
    private func facts(_ messages: [[UInt8]]) throws -> [[String]] {
        let script = """
            import email, email.policy, sys, json, base64
            def facts(octets):
                m = email.message_from_bytes(octets, policy=email.policy.default)
                text = m.get_body(("plain",)).get_content().replace("\\r\\n", "\\n")
                return [m["message-id"], m["to"].addresses[0].addr_spec, m["subject"], text]
            print(json.dumps(sorted(facts(base64.b64decode(t)) for t in json.load(sys.stdin))))
            """
        let input = try JSONEncoder().encode(messages.map { Data($0).base64EncodedString() })
        return try JSONDecoder().decode([[String]].self, from: Data(ChildProcess.python(script, input: Array(input))))
    }

    @Test func `stand in the Sent folder, seen, and equal to what the recipients got`() throws {
        let certificates = try TestCertificates()
        let sink = try SMTPSink()
        let server = try DovecotServer(certificates, relayPort: sink.port)
        let stoke = try workspace(server, certificates, imapPort: server.imapsPort)
        let run = try stoke("run")
        #expect(run.status == 0 && run.text.contains("3 sent"), "\(run.text)\(run.errors)")
        let folder = server.maildir + "/.Sent Items/cur"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.count == 3 && names.allSatisfy { $0.hasSuffix("S") }, "\(names)")
        let copies = try names.map { Array(try Data(contentsOf: URL(filePath: "\(folder)/\($0)"))) }
        let delivered = try facts(sink.messages(3))
        #expect(try facts(copies) == delivered && delivered.count == 3)
        let again = try stoke("run", now: "2026-03-02T13:00:00Z")
        #expect(again.status == 0 && !again.text.contains("sent"), "\(again.text)\(again.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 3)
    }

    @Test func `that can't be stored are told, and no mail goes again for them`() throws {
        let certificates = try TestCertificates()
        let sink = try SMTPSink()
        let server = try DovecotServer(certificates, relayPort: sink.port)
        let stoke = try workspace(server, certificates, imapPort: Loopback.freePort())
        let run = try stoke("run")
        #expect(run.status == 1 && run.text.contains("3 sent"), "\(run.text)\(run.errors)")
        #expect(
            run.errors.contains("3 sent mails have no copy in ana's Sent folder: while connecting"), "\(run.errors)")
        try stoke("run", now: "2026-03-02T13:00:00Z")
        #expect(try sink.messages(3).count == 3 && sink.count == 3)
    }

    @Test func `another machine than home neither sends, reads nor enrolls`() throws {
        let certificates = try TestCertificates()
        let sink = try SMTPSink()
        let server = try DovecotServer(certificates, relayPort: sink.port)
        let stoke = try workspace(server, certificates, imapPort: server.imapsPort)
        try stoke.edit("stoke.yaml") { $0.replacing("home: \(Self.host)", with: "home: another-machine") }
        try stoke("apply", "--yes")
        for command in [["run"], ["inbox"], ["enroll", "mails", "--all", "--again"]] {
            let refused = try stoke.run(command)
            #expect(refused.status == 77 && refused.errors.contains("another-machine"), "\(command) \(refused.errors)")
        }
        #expect(try stoke("enroll", "mails", "--all", "--dry-run").status == 0)
        #expect(try stoke("tasks").status == 0 && stoke("status").status == 0)
        #expect(sink.count == 0)
    }
}
