import CivilTime
import Foundation
import InboundMail
import MIME
import TestKit
import Testing

/// Away notices that Dovecot's own Sieve interpreter answers with, where it is installed.
struct PigeonholeTests {
    private static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/sieve-test")

    /// Runs a vacation script on a message of ours; the answer it sends.
    private func answer(_ text: String, subject: String) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let isRoot = getuid() == 0
        if isRoot { try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path) }
        try folder.write(
            "dovecot.conf",
            text: """
                mail_uid = \(isRoot ? 65_534 : getuid())
                mail_gid = \(isRoot ? 65_534 : getgid())
                first_valid_uid = 1
                mail_location = maildir:\(folder.path("mail"))
                base_dir = \(folder.path("base"))
                state_dir = \(folder.path("state"))
                hostname = example.com
                log_path = /dev/stderr
                ssl = no

                """)
        try folder.write(
            "away.sieve",
            text: """
                require ["vacation"];
                vacation :subject "\(subject)" :addresses ["ann@example.com"] text:
                \(text)
                .
                ;
                """)
        try folder.write(
            "message",
            Sample.octets(
                [
                    "From: Ana <ana@ours.example>", "To: ann@example.com", "Subject: A question",
                    "Message-ID: <m1.abcdefghijkl@ours.example>",
                ], "Hello Ann"))
        let run = try ChildProcess.run(
            "sieve-test",
            [
                "-c", folder.path("dovecot.conf"), "-e", "-a", "ann@example.com", "-f", "ana@ours.example",
                folder.path("away.sieve"), folder.path("message"),
            ])
        // It prints the message it would send, then to whom.
        let sent = run.text.components(separatedBy: "\nRECIPIENT:")
        try #require(sent.count == 2, "\(run.errorText)")
        return Array(sent[0].utf8)
    }

    @Test(.enabled(if: isInstalled, "Dovecot's sieve-test is not installed"))
    func
        `answers of Pigeonhole in every language are known, with their day`() throws
    {
        let day = try #require(LocalDate(year: 2026, month: 8, day: 14))
        let rows = try Fixture.rows("auto-replies.tsv").filter { ["back", "through"].contains($0[1]) }
        var seen: Set<String> = []
        for row in rows where seen.insert(row[0]).inserted {
            let form = try #require(DateForm.forms(row[0]).first)
            let text = row[3].replacingOccurrences(of: "{on}", with: form.text(day, row[0]))
                .replacingOccurrences(of: "{from}", with: form.text(day - 11, row[0]))
            let message = ParsedMessage.parse(try answer(text, subject: row[2]))
            let found = classify(message, received: day - 12)
            #expect(found.kind == .autoReply, "\(row[0]): \(found.why)")
            #expect(found.returnsOn?.day == (row[1] == "back" ? day : day + 1), "\(row[0])")
            #expect(Known.ana.understand(message).match.summary == "strong step 1 by thread")
        }
        print("answers of Pigeonhole: \(seen.count) languages")
    }
}
