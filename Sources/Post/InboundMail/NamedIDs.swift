import MIME

/// The message ids a message names, in the order in which they are worth asking for.
enum NamedIDs {
    static func of(_ message: ParsedMessage) -> [String] {
        var ids = message.header.messageIDs("in-reply-to")
        ids += message.header.messageIDs("references").reversed()
        for embedded in message.embedded { ids += embedded.messageIDs("message-id") }
        ids += message.deliveryStatus.flatMap { $0.messageIDs("x-original-message-id") }
        ids += message.feedbackReport?.messageIDs("original-message-id") ?? []
        ids += message.dispositionNotification?.messageIDs("original-message-id") ?? []
        for part in message.parts where part.contentType.isText {
            // Reports in plain words return our header as text.
            ids += MessageIDs.inText(String((part.text ?? "").prefix(65_536))).filter { !isAddress($0) }
        }
        var seen: Set<String> = []
        return ids.filter { seen.insert($0).inserted }.prefix(200).map { $0 }
    }

    /// `<ann@example.com>` in a text is an address as likely as an id; ids of ours are long.
    private static func isAddress(_ id: String) -> Bool { id.localPart.utf8.count < 12 }
}
