/// A message's header, checked and folded: names with the octets that follow the colon.
struct HeaderSection {
    private(set) var fields: [(name: String, raw: String)] = []
    private(set) var problems: [CompositionError.Problem] = []

    init(_ message: OutboundMessage) {
        address("From", message.from)
        address("To", message.to)
        text("Subject", message.subject)
        date(message)
        ids("Message-ID", [message.messageID])
        if let id = message.inReplyTo { ids("In-Reply-To", [id]) }
        if !message.references.isEmpty { ids("References", message.references) }
        if let unsubscribe = message.unsubscribe { waysOut(unsubscribe) }
        for field in message.fields { own(field) }
        if message.html != nil, !HeaderSection.isBoundary(message.boundary) { problems.append(.boundary) }
    }

    private static let ownNames: Set<String> = [
        "from", "to", "subject", "date", "message-id", "in-reply-to", "references", "list-unsubscribe",
        "list-unsubscribe-post", "mime-version", "sender", "cc", "bcc", "received", "return-path",
    ]

    private static func isBoundary(_ text: String) -> Bool {
        (1...60).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    private mutating func address(_ name: String, _ value: NamedAddress) {
        let angle = "<\(value.address.text)>"
        guard let display = value.name, !display.isEmpty else { return append(name, words: [angle]) }
        guard HeaderText.isClean(display) else { return problems.append(.control(header: name)) }
        append(name, words: HeaderText.phrase(display, after: name) + [angle])
    }

    private mutating func text(_ name: String, _ value: String) {
        guard HeaderText.isClean(value) else { return problems.append(.control(header: name)) }
        append(name, words: HeaderText.unstructured(value, name: name))
    }

    private mutating func date(_ message: OutboundMessage) {
        guard let text = HeaderDate.text(of: message.date, utcOffset: message.utcOffset) else {
            return problems.append(.date)
        }
        append("Date", words: [text])
    }

    private mutating func ids(_ name: String, _ ids: [String]) {
        guard ids.allSatisfy(HeaderText.isMessageID) else { return problems.append(.messageID(header: name)) }
        append(name, words: ids.map { "<\($0)>" })
    }

    /// List-Unsubscribe (RFC 2369 3.2); the one-click header only beside an https URI (RFC 8058 3.1).
    private mutating func waysOut(_ unsubscribe: OutboundMessage.Unsubscribe) {
        let ways = [(unsubscribe.mailto, "mailto:"), (unsubscribe.url, "https://")].compactMap { uri, scheme in
            uri.map { (uri: $0, isGood: HeaderText.isURI($0, scheme: scheme)) }
        }
        guard !ways.isEmpty, ways.allSatisfy(\.isGood) else { return problems.append(.uri) }
        let words = ways.enumerated().map { $0 < ways.count - 1 ? "<\($1.uri)>," : "<\($1.uri)>" }
        append("List-Unsubscribe", words: words)
        if unsubscribe.url != nil { append("List-Unsubscribe-Post", words: ["List-Unsubscribe=One-Click"]) }
    }

    private mutating func own(_ field: OutboundMessage.Field) {
        let isName = !field.name.isEmpty && field.name.utf8.allSatisfy { (33...126).contains($0) && $0 != 58 }
        let name = field.name.lowercased()
        guard isName, !HeaderSection.ownNames.contains(name), !name.hasPrefix("content-") else {
            return problems.append(.name(isName ? field.name : "this name"))
        }
        text(field.name, field.value)
    }

    private mutating func append(_ name: String, words: [String]) {
        guard let raw = HeaderText.folded(name: name, words: words) else {
            return problems.append(.lineTooLong(header: name))
        }
        fields.append((name, raw))
    }
}
