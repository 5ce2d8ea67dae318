import MIME

/// Read receipts (RFC 8098).
enum Receipt {
    static func read(_ message: ParsedMessage) -> Classification? {
        let type = message.contentType.parameters["report-type"]?.lowercased()
        guard message.dispositionNotification != nil || type == "disposition-notification" else { return nil }
        let disposition = FoldedText(message.dispositionNotification?["disposition"] ?? "")
        let text = String(decoding: disposition.bytes, as: UTF8.self)
        let words = ["displayed", "deleted", "dispatched", "processed", "denied", "failed"]
        let reason = words.first { text.contains($0) } ?? "displayed"
        return Classification(.receipt, reason: reason, why: ["a disposition notification"])
    }
}
