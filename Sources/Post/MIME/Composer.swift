/// A message's octets: the checked header, then one text part or two that say the same (RFC 2046 5.1.4).
///
/// The few lines around them are written here, because GMime's tree of objects for them cost half of what a message did.
enum Composer {
    /// The octets of `message` under a checked header; no line end in a text is taken over as it is.
    static func octets(of message: OutboundMessage, header: [UInt8]) -> [UInt8] {
        var octets: [UInt8] = []
        let texts = message.text.utf8.count + (message.html?.utf8.count ?? 0)
        octets.reserveCapacity(header.count + 512 + texts + texts / 8)
        octets.append(contentsOf: header)
        octets.append(text: "MIME-Version: 1.0\r\n")
        guard let html = message.html else {
            add(part: "plain", message.text, to: &octets)
            return octets
        }
        octets.append(text: "Content-Type: multipart/alternative; boundary=\"=_")
        octets.append(text: message.boundary)
        octets.append(text: "\"\r\n")
        for (subtype, content) in [("plain", message.text), ("html", html)] {
            octets.append(text: "\r\n--=_")
            octets.append(text: message.boundary)
            octets.append(text: "\r\n")
            add(part: subtype, content, to: &octets)
        }
        octets.append(text: "\r\n--=_")
        octets.append(text: message.boundary)
        octets.append(text: "--\r\n")
        return octets
    }

    /// Adds a text's own header and its content in quoted-printable.
    private static func add(part subtype: String, _ content: String, to octets: inout [UInt8]) {
        octets.append(text: "Content-Type: text/")
        octets.append(text: subtype)
        octets.append(text: "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n")
        QuotedPrintable.append(content, to: &octets)
    }
}

extension [UInt8] {
    /// Appends the octets of a text.
    mutating func append(text: String) {
        var text = text
        text.withUTF8 { append(contentsOf: $0) }
    }
}
