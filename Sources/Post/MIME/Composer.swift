import CGMime

/// A message's octets: the checked header, then one text part or two that say the same (RFC 2046 5.1.4).
///
/// The quoted-printable is GMime's; the few lines around it are written here, because GMime's tree of objects for them
/// cost half of what a message did.
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

/// RFC 2045 6.7, by GMime.
private enum QuotedPrintable {
    /// `text` with LF line ends, the last line ended as well, in lines of at most 76 octets with LF line ends.
    static func encoded(_ text: [UInt8]) -> [UInt8] {
        var state = GMimeEncoding()
        g_mime_encoding_init_encode(&state, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE)
        let room = g_mime_encoding_outlen(&state, text.count)
        return [UInt8](unsafeUninitializedCapacity: room) { output, count in
            text.withUnsafeBytes { input in
                count = g_mime_encoding_flush(
                    &state, input.bindMemory(to: CChar.self).baseAddress, input.count,
                    UnsafeMutableRawBufferPointer(output).bindMemory(to: CChar.self).baseAddress)
            }
        }
    }
}
