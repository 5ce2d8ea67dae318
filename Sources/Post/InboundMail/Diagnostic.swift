/// What in a server's words tells the cause, and whether it is final.
enum Diagnostic {
    /// The lines with a reply code or a status and what follows each, for a text that has any; else all of it.
    static func telling(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
        guard lines.count > 3 else { return text }
        var kept: [Substring] = []
        for (index, line) in lines.enumerated() {
            let octets = Array(line.utf8)
            guard !StatusCode.replies(in: octets).isEmpty || !StatusCode.enhanced(in: octets).isEmpty else { continue }
            kept += lines[index..<min(index + 3, lines.count)]
        }
        return kept.isEmpty ? text : kept.joined(separator: "\n")
    }

    /// Whether a failure that is about the address is for good.
    ///
    /// A status that says so is believed. Words alone are believed only as an answer to RCPT: many servers answer
    /// "user unknown" to a message they merely filter, after its end.
    static func isFinal(status: String?, _ text: String) -> Bool {
        if let status, finalStatuses.contains(status) { return true }
        guard status.map(StatusCode.isGeneric) ?? true, status?.hasPrefix("4") != true else { return false }
        let folded = FoldedText(text)
        if directories.first(in: folded) != nil { return true }
        let stages = Set(stages.hits(in: folded).map(\.meaning))
        let codes = StatusCode.replies(in: Array(text.utf8)).map(\.code)
        return stages == [.recipient] && codes.contains { $0 >= 550 && $0 <= 553 } && !codes.contains { $0 < 500 }
    }

    /// What servers say that looked into their own directory; nothing was filtered there.
    private static let directories = PhraseTable<Bool>(
        [
            "recipient name is not recognized", "not listed in domino directory", "not listed in public name",
            "invalid final delivery userid",
        ].map { ($0, true) })

    private static let finalStatuses: Set<String> = ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"]

    private enum Stage: Sendable, Hashable { case recipient, other }

    private static let stages = PhraseTable<Stage>([
        ("reply to rcpt to", .recipient), (">>> rcpt to", .recipient), ("after rcpt to", .recipient),
        ("after rcpt command", .recipient), ("for rcpt to", .recipient), ("in reply to rcpt", .recipient),
        ("following rcpt", .recipient), ("our rcpt to", .recipient),
        ("does not like recipient", .recipient), ("end of data", .other), (">>> data", .other),
        ("data command", .other),
        ("after data", .other), ("final data", .other), ("after i sent the message", .other), ("mail from", .other),
    ])
}
