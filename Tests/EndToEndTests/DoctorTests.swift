import Foundation
import TestKit
import Testing

/// `stoke doctor` against a name server, Dovecot and an SMTP sink on loopback.
@Suite struct `The doctor` {
    struct Check: Decodable, Equatable {
        var area: String
        var subject: String
        var verdict: String
        var message: String
        var remedy: String?
    }

    struct Checkup: Decodable {
        var checks: [Check]
        var wrong: Int
        var look: Int

        func verdicts(_ subject: String) -> [String] { checks.filter { $0.subject == subject }.map(\.verdict) }
        func message(_ subject: String) -> String { checks.first { $0.subject == subject }?.message ?? "" }
    }

    /// A workspace of one mailbox that names a server.
    private func workspace(_ mailbox: String, home: String? = nil) throws -> Stoke {
        let stoke = try Stoke()
        let host = try String(decoding: ChildProcess.run("hostname").output, as: UTF8.self).dropLast()
        try stoke.folder.write(
            "work/stoke.yaml",
            text: """
                home: \(home ?? String(host))
                timezone: Europe/Berlin
                sender: {company: Acme, postal_address: "Street 1, Berlin"}
                people: {ana: {name: Ana Pop}}
                mailboxes:
                  ana:
                    owner: ana
                    from: Ana Pop <ana@acme.example>
                \(mailbox.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))

                """)
        return stoke
    }

    private func checkup(_ stoke: Stoke, _ arguments: String..., environment: [String: String] = [:]) throws
        -> (checkup: Checkup, status: Int32)
    {
        let output = try stoke.run(["doctor", "--json"] + arguments, environment: environment)
        return (try JSONDecoder().decode(Checkup.self, from: Data(output.text.utf8)), output.status)
    }

    // MARK: DNS

    private static func zone(_ changes: [String: String] = [:]) -> String {
        var zone = [
            "acme.example": """
            {"TXT": ["v=spf1 include:spf.host.example mx -all"], "MX": [[10, "mx.acme.example"]]}
            """,
            "spf.host.example": #"{"TXT": ["v=spf1 ip4:192.0.2.0/24 -all"]}"#,
            "mx.acme.example": #"{"A": ["198.51.100.4"]}"#,
            "mail.acme.example": #"{"A": ["192.0.2.7"]}"#,
            "7.2.0.192.in-addr.arpa": #"{"PTR": ["mail.acme.example"]}"#,
            "_dmarc.acme.example": #"{"TXT": ["v=DMARC1; p=quarantine; rua=mailto:d@acme.example"]}"#,
            "default._domainkey.acme.example": """
            {"TXT": ["v=DKIM1; k=ed25519; p=\(Data(repeating: 7, count: 32).base64EncodedString())"]}
            """,
        ]
        zone.merge(changes) { $1 }
        return "{" + zone.map { "\"\($0)\": \($1)" }.joined(separator: ",\n") + "}"
    }

    private static let live = "smtp: smtp://mail.acme.example:587\nimap: none"

    private func dns(
        _ changes: [String: String], mailbox: String = "", _ arguments: String...
    ) throws -> (checkup: Checkup, status: Int32) {
        let server = try NameServer(Self.zone(changes))
        let output = try workspace(Self.live + mailbox).run(
            ["doctor", "dns", "--json"] + arguments, environment: ["STOKE_RESOLVER": "127.0.0.1:\(server.port)"])
        return (try JSONDecoder().decode(Checkup.self, from: Data(output.text.utf8)), output.status)
    }

    @Test func `finds a domain well`() throws {
        let (checkup, status) = try dns([:])
        #expect(status == 0 && checkup.wrong == 0 && checkup.look == 0, "\(checkup)")
        #expect(checkup.checks.map(\.subject) == ["SPF", "DKIM", "DMARC", "MX", "PTR"])
        #expect(checkup.message("SPF") == "2 of 10 lookups, ends with -all")
        #expect(checkup.message("DKIM") == "default, Ed25519")
    }

    @Test(
        arguments: [
            (["acme.example": #"{"MX": [[10, "mx.acme.example"]]}"#], "SPF", "wrong", "no record"),
            (
                ["acme.example": #"{"TXT": ["v=spf1 a:mx.acme.example ~all"]}"#], "SPF", "look",
                "does not name mail.acme.example"
            ),
            (["acme.example": #"{"TXT": ["v=spf1 +all"]}"#], "SPF", "wrong", "anybody"),
            (["spf.host.example": #"{"TXT": ["other"]}"#], "SPF", "wrong", "includes spf.host.example"),
            (["spf.host.example": "\"SERVFAIL\""], "SPF", "look", "could not be asked"),
            (
                ["acme.example": "{\"TXT\": [\"v=spf1 \(String(repeating: "mx ", count: 11))-all\"]}"], "SPF", "wrong",
                "11 lookups"
            ),
            (["default._domainkey.acme.example": #"{"TXT": ["v=DKIM1; p="]}"#], "DKIM", "wrong", "revoked"),
            (["default._domainkey.acme.example": "{}"], "DKIM", "look", "none of the usual"),
            (["_dmarc.acme.example": "{}"], "DMARC", "look", "there is none"),
            (
                ["_dmarc.acme.example": #"{"TXT": ["v=DMARC1; p=none", "v=DMARC1; p=none"]}"#], "DMARC", "wrong",
                "2 records"
            ),
            (["_dmarc.acme.example": #"{"TXT": ["v=DMARC1; p=none"]}"#], "DMARC", "look", "without reports"),
            (["acme.example": #"{"TXT": ["v=spf1 include:spf.host.example -all"]}"#], "MX", "wrong", "there is none"),
            (["acme.example": #"{"MX": [[0, ""]]}"#], "MX", "wrong", "null MX"),
            (["mx.acme.example": "{}"], "MX", "wrong", "mx.acme.example has no address"),
            (["7.2.0.192.in-addr.arpa": "{}"], "PTR", "look", "has no name"),
            (["7.2.0.192.in-addr.arpa": #"{"PTR": ["vps.host.example"]}"#], "PTR", "look", "does not lead back"),
            (["mail.acme.example": "{}"], "PTR", "look", "does not know it"),
        ] as [([String: String], String, String, String)])
    func `says what is wrong in DNS, and what to do`(
        changes: [String: String], subject: String, verdict: String, message: String
    ) throws {
        let (checkup, status) = try dns(changes)
        let check = try #require(checkup.checks.first { $0.subject == subject })
        #expect(check.verdict == verdict && check.message.contains(message), "\(check)")
        #expect(check.remedy?.isEmpty == false)
        #expect((status == 1) == (checkup.wrong > 0))
    }

    @Test func `asks for the selector it is given`() throws {
        let (found, fine) = try dns([:], "--selector", "default")
        #expect(fine == 0 && found.verdicts("DKIM") == ["ok"])
        let (missing, status) = try dns([:], "--selector", "default", "--selector", "s9")
        #expect(status == 1 && missing.verdicts("DKIM") == ["ok", "wrong"])
    }

    @Test func `asks for the selector that the mailbox names, unless another is given`() throws {
        let (found, fine) = try dns([:], mailbox: "\ndkim: default")
        #expect(fine == 0 && found.verdicts("DKIM") == ["ok"])
        let (missing, status) = try dns([:], mailbox: "\ndkim: s2026")
        #expect(status == 1 && missing.verdicts("DKIM") == ["wrong"])
        #expect(missing.message("DKIM").contains("s2026._domainkey.acme.example"))
        let (given, over) = try dns([:], mailbox: "\ndkim: s2026", "--selector", "default")
        #expect(over == 0 && given.verdicts("DKIM") == ["ok"])
    }

    @Test func `refuses a resolver that is none, and a part that is none`() throws {
        let stoke = try workspace(Self.live)
        let resolver = try stoke("doctor", environment: ["STOKE_RESOLVER": "dns.example"])
        #expect(resolver.status == 64 && resolver.errors.contains("127.0.0.1:5353"))
        let part = try stoke("doctor", "dn")
        #expect(part.status == 64 && part.errors.contains("machine, dns, mail"))
    }

    @Test func `asks nobody for a workspace that mails nobody, and reads well`() throws {
        let stoke = try Stoke.sample()
        let before = try stoke("doctor")
        #expect(before.text.contains("stoke apply makes it"), "\(before)")
        try stoke("apply", "--yes")
        try stoke("run")
        let output = try stoke("doctor")
        #expect(output.status == 0, "\(output)")
        #expect(output.text.contains("so nobody is asked") && output.text.contains("nobody is mailed"))
        #expect(output.text.contains("  ok    clock") && output.text.contains("  ok    cron"))
        #expect(output.text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(output.text)")
    }

    // MARK: The machine

    @Test func `finds open permissions, another home, a missing and a tracked secret`() throws {
        let stoke = try workspace(
            "smtp: smtp://127.0.0.1:9\ntls: none\nimap: none\nuser: ana\npassword: {file: secrets/ana}",
            home: "elsewhere")
        let (missing, status) = try checkup(stoke, "machine")
        #expect(status == 1 && missing.verdicts("secrets/ana") == ["wrong"])
        #expect(missing.verdicts("home") == ["look"] && missing.verdicts("files") == ["wrong"])

        try stoke.folder.write("work/secrets/ana", text: "hush\n")
        chmod(stoke.path + "/secrets/ana", 0o644)
        #expect(try checkup(stoke, "machine").checkup.message("secrets/ana").contains("mode 644"))
        chmod(stoke.path + "/secrets/ana", 0o600)
        #expect(try checkup(stoke, "machine").checkup.verdicts("secrets/ana") == ["ok"])

        try stoke("apply", "--yes")
        chmod(stoke.path + "/.stoke", 0o755)
        let (open, _) = try checkup(stoke, "machine")
        #expect(open.verdicts(".stoke") == ["wrong"] && open.message(".stoke").contains("mode 755"), "\(open)")
        chmod(stoke.path + "/.stoke", 0o700)

        for arguments in [["init", "-q"], ["add", "-f", "secrets/ana"]] {
            #expect(try ChildProcess.run("git", arguments, folder: stoke.path).status == 0)
        }
        let (tracked, tells) = try checkup(stoke, "machine")
        #expect(tells == 1 && tracked.verdicts("secrets/ana") == ["wrong"], "\(tracked)")
        #expect(tracked.message("git").contains("secrets/ana"))
    }

    @Test func `says when the clock is behind, cron is late, a run failed or holds the lock`() throws {
        let stoke = try Stoke.sample(now: "2026-03-02T08:00:00Z")
        try stoke("apply", "--yes")
        #expect(try stoke("doctor", "machine").text.contains("no run yet"))
        try stoke("run")
        let late = try stoke("doctor", "machine", now: "2026-03-02T12:00:00Z")
        #expect(late.status == 0 && late.text.contains("it is to come every 5m"), "\(late)")
        let behind = try stoke("doctor", "machine", now: "2026-03-01T08:00:00Z")
        #expect(behind.status == 1 && behind.text.contains("last fact is of"), "\(behind)")
        #expect(try stoke("doctor", "machine").text.contains("nobody holds one"))
        let holder = try RunningProgram(
            "python3",
            [
                "-c",
                "import fcntl,os,sys; f=os.open(sys.argv[1],os.O_RDONLY); fcntl.flock(f,fcntl.LOCK_EX); print(1,flush=True); sys.stdin.read()",
                stoke.path + "/.stoke",
            ])
        #expect(holder.readLine() == "1")
        #expect(try stoke("doctor", "machine").text.contains("held by process \(holder.pid)"))
    }

    @Test func `knows a ledger that was put back`() throws {
        let stoke = try Stoke.sample()
        try stoke("apply", "--yes")
        #expect(try ChildProcess.run("cp", ["-a", stoke.path + "/.stoke", stoke.folder.path("old")]).status == 0)
        try stoke("import", "prospects/sample.csv")
        for arguments in [["-rf", stoke.path + "/.stoke"]] { _ = try ChildProcess.run("rm", arguments) }
        #expect(try ChildProcess.run("cp", ["-a", stoke.folder.path("old"), stoke.path + "/.stoke"]).status == 0)
        let output = try stoke("doctor", "machine")
        #expect(output.status == 1 && output.text.contains("stoke adopt"), "\(output)")
    }

    // MARK: Servers

    @Test(
        .enabled(
            if: Programs.path("dovecot") != nil && Programs.path("smtp-sink") != nil,
            "Dovecot or smtp-sink is not installed"))
    func `logs in to real servers, sends nothing and shows no secret`() throws {
        let certificates = try TestCertificates()
        let sink = try SMTPSink()
        let dovecot = try DovecotServer(certificates, relayPort: sink.port)
        defer { dovecot.stop() }
        func mailbox(ca: String = "ca_file: ca.pem", imap: Int) -> String {
            """
            smtp: smtp://localhost:\(dovecot.submissionPort)
            imap: imaps://localhost:\(imap)
            \(ca)
            user: ana
            password: {file: secrets/ana}
            """
        }
        func stoke(_ mailbox: String, secret: String) throws -> Stoke {
            let stoke = try workspace(mailbox)
            try stoke.folder.write("work/secrets/ana", text: secret + "\n")
            try stoke.folder.write("work/ca.pem", Array(try Data(contentsOf: URL(filePath: certificates.caFile))))
            chmod(stoke.path + "/secrets/ana", 0o600)
            return stoke
        }
        try dovecot.deliver(Array("Subject: x\r\n\r\nx\r\n".utf8), name: "1")
        let good = try stoke(mailbox(imap: dovecot.imapsPort), secret: DovecotServer.password)
        let (fine, status) = try checkup(good, "mail")
        #expect(status == 0 && fine.checks.map(\.verdict) == ["ok", "ok"], "\(fine)")
        #expect(fine.message("SMTP").contains("logged in as ana"))
        #expect(fine.message("IMAP").contains("1 in the inbox"))

        let wrong = try stoke(mailbox(imap: dovecot.imapsPort), secret: "wrong horse")
        let output = try wrong("doctor", "mail")
        #expect(output.status == 1 && output.text.contains("logging in:"), "\(output)")
        #expect(output.text.contains("secrets/ana") && !(output.text + output.errors).contains("horse"))
        #expect(output.text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(output.text)")

        let untrusted = try stoke(mailbox(ca: "", imap: dovecot.imapsPort), secret: DovecotServer.password)
        let (distrust, _) = try checkup(untrusted, "mail")
        #expect(distrust.verdicts("SMTP") == ["wrong"] && distrust.checks[0].remedy?.contains("ca_file") == true)

        let closed = try stoke(mailbox(imap: Loopback.freePort()), secret: DovecotServer.password)
        let (shut, _) = try checkup(closed, "mail", "--timeout", "5")
        #expect(shut.verdicts("SMTP") == ["ok"] && shut.message("IMAP").contains("connecting"), "\(shut)")
        #expect(sink.count == 0)
    }
}
