/// A message's header, checked, folded and written.
struct HeaderSection {
    private var lines = HeaderLines()
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

    /// Its lines, each with its CR LF; worth something only without problems.
    var octets: [UInt8] { lines.octets }

    private static let ownNames: Set<String> = [
        "from", "to", "subject", "date", "message-id", "in-reply-to", "references", "list-unsubscribe",
        "list-unsubscribe-post", "mime-version", "sender", "cc", "bcc", "received", "return-path",
    ]

    private static func isBoundary(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            (1...60).contains(bytes.count)
                && bytes.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                        true
                    default: false
                    }
                }
        }
    }

    private mutating func address(_ name: String, _ value: NamedAddress) {
        var words: [String] = []
        if let display = value.name, !display.isEmpty {
            let traits = HeaderText.Traits(display)
            guard traits.isClean else { return problems.append(.control(header: name)) }
            words = HeaderText.phrase(display, traits, after: name)
        }
        lines.begin(name)
        for word in words { lines.add(word) }
        lines.add("<", value.address.localPart, "@", value.address.domain, ">")
        end(name)
    }

    private mutating func text(_ name: String, _ value: String) {
        let traits = HeaderText.Traits(value)
        guard traits.isClean else { return problems.append(.control(header: name)) }
        let words = HeaderText.unstructured(value, traits, name: name)
        lines.begin(name)
        for word in words { lines.add(word) }
        end(name)
    }

    private mutating func date(_ message: OutboundMessage) {
        guard let text = HeaderDate.text(of: message.date, utcOffset: message.utcOffset) else {
            return problems.append(.date)
        }
        lines.begin("Date")
        lines.add(text)
        end("Date")
    }

    private mutating func ids(_ name: String, _ ids: [String]) {
        guard ids.allSatisfy(HeaderText.isMessageID) else { return problems.append(.messageID(header: name)) }
        lines.begin(name)
        for id in ids { lines.add("<", id, ">") }
        end(name)
    }

    /// List-Unsubscribe (RFC 2369 3.2); the one-click header only beside an https URI (RFC 8058 3.1).
    private mutating func waysOut(_ unsubscribe: OutboundMessage.Unsubscribe) {
        let (mailto, url) = (unsubscribe.mailto, unsubscribe.url)
        guard mailto != nil || url != nil, mailto.map({ HeaderText.isURI($0, scheme: "mailto:") }) ?? true,
            url.map({ HeaderText.isURI($0, scheme: "https://") }) ?? true
        else { return problems.append(.uri) }
        lines.begin("List-Unsubscribe")
        if let mailto { lines.add("<", mailto, url == nil ? ">" : ">,") }
        if let url { lines.add("<", url, ">") }
        end("List-Unsubscribe")
        guard url != nil else { return }
        lines.begin("List-Unsubscribe-Post")
        lines.add("List-Unsubscribe=One-Click")
        end("List-Unsubscribe-Post")
    }

    private mutating func own(_ field: OutboundMessage.Field) {
        let isName = !field.name.isEmpty && field.name.utf8.allSatisfy { (33...126).contains($0) && $0 != 58 }
        let name = field.name.lowercased()
        guard isName, !HeaderSection.ownNames.contains(name), !name.hasPrefix("content-") else {
            return problems.append(.name(isName ? field.name : "this name"))
        }
        text(field.name, field.value)
    }

    private mutating func end(_ name: String) {
        if !lines.end() { problems.append(.lineTooLong(header: name)) }
    }
}

/// Header fields as they are written, word by word, folded (RFC 5322 2.2.3) where words allow into lines of 76 octets
/// (RFC 2047 2).
private struct HeaderLines {
    private(set) var octets: [UInt8] = []
    /// How long the present line is.
    private var column = 0
    private var isFirstWord = true
    private var isTooLong = false

    init() { octets.reserveCapacity(1024) }

    /// Begins a field.
    mutating func begin(_ name: String) {
        octets.append(text: name)
        octets.append(UInt8(ascii: ":"))
        (column, isFirstWord, isTooLong) = (name.utf8.count + 1, true, false)
    }

    /// Adds a word, given in parts.
    mutating func add(_ a: String, _ b: String = "", _ c: String = "", _ d: String = "", _ e: String = "") {
        let length = 1 + a.utf8.count + b.utf8.count + c.utf8.count + d.utf8.count + e.utf8.count
        if !isFirstWord, column + length > HeaderText.lineLength {
            octets.append(text: "\r\n")
            column = 0
        }
        isFirstWord = false
        column += length
        if column > 998 { isTooLong = true }
        octets.append(UInt8(ascii: " "))
        octets.append(text: a)
        if !b.isEmpty { octets.append(text: b) }
        if !c.isEmpty { octets.append(text: c) }
        if !d.isEmpty { octets.append(text: d) }
        if !e.isEmpty { octets.append(text: e) }
    }

    /// Ends the field; `false` where one of its lines passes 998 octets (RFC 5322 2.1.1).
    mutating func end() -> Bool {
        octets.append(text: "\r\n")
        return !isTooLong
    }
}
