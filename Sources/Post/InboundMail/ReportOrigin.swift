import MIME

/// Who sent a report, as far as its header tells.
struct ReportOrigin {
    /// The sender is a mail system by address, name, or the null sender (RFC 5321, section 4.5.5).
    let isMachine: Bool
    /// It is the one that only reports.
    let isDaemon: Bool
    /// It is one by its name alone, and machines of that name send much else: `noreply`.
    let isOfMuchElse: Bool
    /// Which of them told.
    let evidence: String
    /// What the subject announces.
    let subject: BounceMarks.Announcement?
    /// The subject begins as an answer or a forwarded message does.
    let isAnswer: Bool

    init(_ message: ParsedMessage) {
        let from = message.header["from"] ?? ""
        let local = Addresses.first(in: from).map { String($0.localPart) }
        let evidence: String? =
            if let local, BounceMarks.machines.contains(local) {
                "from \(local)"
            } else if from.utf8.contains(UInt8(ascii: "<")) && from.filter({ $0 != " " }).hasSuffix("<>") {
                "from the null sender"
            } else if BounceMarks.machineNames.first(in: FoldedText(from)) != nil {
                "from a mail system by name"
            } else if message.header.has("x-list-administrivia") {
                "from a list server"
            } else if message.header.has("x-mlserver") || message.header.has("x-mlname") {
                "from a list server"
            } else if (message.header["return-path"] ?? "").filter({ $0 != " " }) == "<>" {
                "returned to the null sender"
            } else if let path = Addresses.first(in: message.header["return-path"] ?? ""),
                BounceMarks.machines.contains(String(path.localPart))
            {
                "returned to \(path.localPart)"
            } else if let local, BounceMarks.silent.contains(local), !message.header.has("list-unsubscribe") {
                "from \(local)"
            } else {
                nil
            }
        self.isMachine = evidence != nil
        self.isDaemon = local.map(BounceMarks.daemons.contains) ?? false
        self.isOfMuchElse = local.map { evidence == "from \($0)" && BounceMarks.silent.contains($0) } ?? false
        self.evidence = evidence ?? ""
        let subject = FoldedText(message.header["subject"] ?? "")
        self.subject = BounceMarks.subjects.hits(in: subject).map(\.meaning).max { $0 == .failed && $1 != .failed }
        self.isAnswer = ReplySubject.isAnswer(message.header["subject"] ?? "")
    }

    /// The first text a message has for people, HTML made plain.
    static func text(of message: ParsedMessage) -> String {
        for part in message.parts where part.contentType.isText && part.disposition != "attachment" {
            guard let text = part.text, text.utf8.contains(where: { $0 > 32 }) else { continue }
            return part.contentType.name == "text/html" ? HTMLText.plain(text) : text
        }
        return ""
    }
}
