import Outreach

/// The lines that every outbound email ends with: signature, postal address, a way out.
struct Footer {
    var signature: String
    var company: String
    var postalAddress: String
    var unsubscribeURL: String?
    /// The address that takes opt-outs by mail.
    var unsubscribeAddress: String?

    /// The footer of a plain message.
    var text: String {
        var parts: [String] = []
        if !signatureText.isEmpty { parts.append(signatureText) }
        parts.append("\(companyLine)\n\(wayOutText)")
        return "\n" + parts.joined(separator: "\n\n") + "\n"
    }

    /// The footer of an HTML message, values escaped.
    var html: String {
        let mark = signature.isEmpty ? "" : MarkdownDocument(signature, hardBreaks: true)?.html ?? ""
        return mark
            + "<p style=\"color:#777;font-size:12px\">\(companyLine.htmlEscaped)<br>\n\(wayOutHTML)</p>\n"
    }

    private var signatureText: String {
        guard !signature.isEmpty, let document = MarkdownDocument(signature, hardBreaks: true) else { return "" }
        return PlainText.of(document).trimmingLineEnds
    }

    private var companyLine: String { "\(company) · \(postalAddress)" }

    private var wayOutText: String {
        if let unsubscribeURL { return "Unsubscribe: \(unsubscribeURL)" }
        return "Reply \"unsubscribe\" and you won't hear from us again."
    }

    private var wayOutHTML: String {
        guard let unsubscribeURL else { return wayOutText.htmlEscaped }
        return "<a href=\"\(unsubscribeURL.htmlEscaped)\" style=\"color:#777\">Unsubscribe</a>"
    }
}

extension String {
    /// The text with the five characters of HTML's syntax as references.
    var htmlEscaped: String {
        var escaped: [UInt8] = []
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
        while let last = bytes.last, [0x0A, 0x0D].contains(last) { bytes = bytes.dropLast() }
        return String(Substring(bytes))
    }
}
