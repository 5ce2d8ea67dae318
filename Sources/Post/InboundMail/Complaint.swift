import MIME

/// Reads complaints of feedback loops (RFC 5965) and the forms that some providers use instead.
enum Complaint {
    static func read(_ message: ParsedMessage) -> Classification? {
        if let report = message.feedbackReport { return read(report) }
        if message.contentType.parameters["report-type"]?.lowercased() == "feedback-report" {
            return Classification(.arf, reason: "abuse", why: ["report-type=feedback-report"])
        }
        return asText(message) ?? byProvider(message)
    }

    private static func read(_ report: HeaderFields) -> Classification {
        let type = (report["feedback-type"] ?? "abuse").lowercased()
        var complaint = Classification(.arf, reason: type, why: ["a feedback report of type \(type)"])
        if !complaint.isComplaint { complaint.why.append("nobody complained") }
        return complaint
    }

    /// Reports whose fields stand in the text, because a gateway or a script lost the parts; never in an answer.
    private static func asText(_ message: ParsedMessage) -> Classification? {
        if message.header.has("x-xarf") || message.header["x-arf"]?.lowercased() == "yes" {
            return Classification(.arf, reason: "abuse", why: ["the field X-XARF"])
        }
        let text = ReportOrigin.text(of: message).prefix(8_192)
        guard !message.header.has("in-reply-to"), PhraseTable<Bool>.feedbackFields.first(in: FoldedText(text)) != nil
        else { return nil }
        let fields = FieldGroups.read(String(text)).first { $0.has("feedback-type") }
        return fields.flatMap { $0.has("user-agent") || $0.has("version") ? read($0) : nil }
    }

    /// Providers' own forms: Hotmail's loop returns the message with a subject of its own, Apple's button writes alone.
    private static func byProvider(_ message: ParsedMessage) -> Classification? {
        if message.header.has("x-apple-unsubscribe") {
            return Classification(.arf, reason: "opt-out", why: ["the unsubscribe button of Apple's mail programs"])
        }
        let subject = FoldedText(message.header["subject"] ?? "")
        let isLoop = subject.bytes.starts(with: "complaint about message".utf8) && !message.embedded.isEmpty
        if isLoop || message.embedded.contains(where: { $0.has("x-hmxmroriginalrecipient") }) {
            return Classification(.arf, reason: "abuse", why: ["a complaint of Hotmail's feedback loop"])
        }
        return nil
    }
}

extension PhraseTable<Bool> {
    fileprivate static let feedbackFields = PhraseTable<Bool>([("feedback-type:", true)])
}
