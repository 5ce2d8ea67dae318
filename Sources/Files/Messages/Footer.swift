import Outreach

/// The lines that every email of a mailbox ends with: signature, postal address, a way out.
struct Footer: Sendable {
    /// The signature as text and as HTML, empty for none.
    private let signature: (text: String, html: String)
    private let imprint: (text: String, html: String)

    /// - Parameter signature: as Markdown, empty for none.
    init(signature: String, company: String, postalAddress: String) {
        let document = signature.isEmpty ? nil : MarkdownDocument(signature, hardBreaks: true)
        let text = document.map { PlainText.of($0).trimmingLineEnds } ?? ""
        self.signature = (text.isEmpty ? "" : text + "\n\n", document?.html ?? "")
        let line = "\(company) · \(postalAddress)"
        imprint = (line, line.htmlEscaped)
    }

    /// Appends the footer of a plain message.
    ///
    /// - Parameter signed: whether the message's own text has the signature.
    func append(to text: inout String, signed: Bool, unsubscribeURL: String?) {
        text += "\n"
        if !signed { text += signature.text }
        text += imprint.text
        text += "\n"
        if let unsubscribeURL {
            text += "Unsubscribe: "
            text += unsubscribeURL
        } else {
            text += Footer.answer
        }
        text += "\n"
    }

    /// Appends the footer of an HTML message, values escaped.
    func append(toHTML html: inout String, signed: Bool, unsubscribeURL: String?) {
        if !signed { html += signature.html }
        html += "<p style=\"color:#777;font-size:12px\">"
        html += imprint.html
        html += "<br>\n"
        if let unsubscribeURL {
            html += "<a href=\""
            html += unsubscribeURL.htmlEscaped
            html += "\" style=\"color:#777\">Unsubscribe</a>"
        } else {
            html += Footer.answerHTML
        }
        html += "</p>\n"
    }

    private static let answer = "Reply \"unsubscribe\" and you won't hear from us again."
    private static let answerHTML = answer.htmlEscaped
}

extension String {
    /// The text with the five characters of HTML's syntax as references.
    var htmlEscaped: String {
        guard utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else { return self }
        var escaped: [UInt8] = []
        escaped.reserveCapacity(utf8.count + 32)
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "&"): escaped += "&amp;".utf8
            case UInt8(ascii: "<"): escaped += "&lt;".utf8
            case UInt8(ascii: ">"): escaped += "&gt;".utf8
            case UInt8(ascii: "\""): escaped += "&quot;".utf8
            case UInt8(ascii: "'"): escaped += "&#39;".utf8
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    /// The text without line ends at its end.
    var trimmingLineEnds: String {
        var bytes = utf8[...]
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        return bytes.count == utf8.count ? self : String(Substring(bytes))
    }
}
