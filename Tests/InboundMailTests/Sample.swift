import CivilTime
import Foundation
import InboundMail
import MIME

/// Messages written in tests.
enum Sample {
    /// A message of header lines and a body, with CR LF ends.
    static func octets(_ header: [String], _ body: String) -> [UInt8] {
        let text = header.joined(separator: "\n") + "\n\n" + body
        return Array(text.replacingOccurrences(of: "\n", with: "\r\n").utf8)
    }

    /// A message of UTF-8 text, with what every message has.
    static func mail(
        from: String = "Ann <ann@example.com>", to: String = "Ana <ana@ours.example>", subject: String,
        _ header: [String] = [], _ body: String
    ) -> ParsedMessage {
        let all =
            ["From: \(from)", "To: \(to)", "Subject: \(subject)", "Date: Tue, 10 Nov 2026 09:00:00 +0100"]
            + ["Message-ID: <theirs@example.com>", "Content-Type: text/plain; charset=utf-8"] + header
        return ParsedMessage.parse(octets(all, body))
    }

    /// What a message is when it came on 10 November 2026.
    static func classified(_ message: ParsedMessage) -> Classification {
        classify(message, received: LocalDate(year: 2026, month: 11, day: 10))
    }

    /// A delivery report: the text, the recipient groups, and the header it returns.
    static func report(
        _ text: String, groups: [String], returned: String = "Message-ID: <m1.abcdefghijkl@ours.example>",
        header: [String] = []
    ) -> ParsedMessage {
        let all =
            [
                "From: Mail Delivery System <MAILER-DAEMON@mx.example.com>", "To: ana@ours.example",
                "Subject: Undelivered Mail Returned to Sender", "Message-ID: <report@mx.example.com>",
                "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
            ] + header
        let status = (["Reporting-MTA: dns; mx.example.com"] + groups).joined(separator: "\n\n")
        let body = """
            --b
            Content-Type: text/plain

            \(text)
            --b
            Content-Type: message/delivery-status

            \(status)

            --b
            Content-Type: text/rfc822-headers

            \(returned)
            --b--
            """
        return ParsedMessage.parse(octets(all, body))
    }

    /// One recipient's group.
    static func group(
        _ recipient: String, original: String? = nil, action: String = "failed", status: String = "5.1.1",
        diagnostic: String? = nil
    ) -> String {
        var lines = ["Final-Recipient: rfc822; \(recipient)", "Action: \(action)", "Status: \(status)"]
        if let original { lines.insert("Original-Recipient: rfc822;\(original)", at: 0) }
        if let diagnostic { lines.append("Diagnostic-Code: smtp; \(diagnostic)") }
        return lines.joined(separator: "\n")
    }
}

/// Tables in files beside the tests.
enum Fixture {
    /// The rows of a tab-separated file, comments and empty lines left out.
    static func rows(_ name: String) throws -> [[String]] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    }
}
