/// A message's octets: the checked header, then one text part or two that say the same (RFC 2046 5.1.4).
///
/// The few lines around them are written here, because GMime's tree of objects for them cost half of what a message did.
enum Composer {
    /// The octets of `message` under a checked header.
    static func octets(of message: OutboundMessage, header: [(name: String, raw: String)]) -> [UInt8] {
        var text = Lines(capacity: 1024 + message.text.utf8.count + (message.html?.utf8.count ?? 0) * 5 / 4)
        for field in header { text.add(field.name, ":", field.raw) }
        text.add("MIME-Version: 1.0\n")
        guard let html = message.html else {
            text.add(part: "plain", message.text)
            return CanonicalLines.crlf(text.octets)
        }
        let boundary = "=_" + message.boundary
        text.add("Content-Type: multipart/alternative; boundary=\"", boundary, "\"\n")
        for (subtype, content) in [("plain", message.text), ("html", html)] {
            text.add("\n--", boundary, "\n")
            text.add(part: subtype, content)
        }
        text.add("\n--", boundary, "--\n")
        return CanonicalLines.crlf(text.octets)
    }

    /// Octets with LF line ends, as they grow.
    private struct Lines {
        private(set) var octets: [UInt8] = []

        init(capacity: Int) { octets.reserveCapacity(capacity) }

        mutating func add(_ texts: String...) {
            for text in texts { octets.append(contentsOf: text.utf8) }
        }

        /// A text's own header and its content in quoted-printable.
        mutating func add(part subtype: String, _ content: String) {
            add("Content-Type: text/", subtype, "; charset=utf-8\n")
            add("Content-Transfer-Encoding: quoted-printable\n\n")
            let plain = CanonicalLines.lf(Array(content.utf8))
            if !plain.isEmpty { octets += QuotedPrintable.encoded(plain) }
        }
    }
}
