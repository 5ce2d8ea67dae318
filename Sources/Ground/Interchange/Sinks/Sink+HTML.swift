extension Sink {
    /// Text between tags. Controls that HTML does not allow are left out.
    package static func html(_ text: String) -> String { escape(text) { htmlReferences[$0] } }

    /// The value of an attribute, for between double or single quotes; links need `htmlLink` first.
    package static func htmlAttribute(_ text: String) -> String {
        escape(text) { htmlReferences[$0] ?? attributeReferences[$0] }
    }

    /// The value of an `href`: escaped, and `nil` unless it is an absolute `http:`, `https:`, `mailto:` or `tel:` link.
    ///
    /// White space and controls refuse it too: browsers drop them, and `java\nscript:` would run.
    package static func htmlLink(_ link: String) -> String? {
        let refused = link.unicodeScalars.contains { $0.value <= 0x20 || (0x7F...0xA0).contains($0.value) }
        guard !refused, let colon = link.utf8.firstIndex(of: UInt8(ascii: ":")),
            ["http", "https", "mailto", "tel"].contains(link[..<colon].lowercased())
        else { return nil }
        return htmlAttribute(link)
    }

    private static let htmlReferences: [Unicode.Scalar: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;"]
    private static let attributeReferences: [Unicode.Scalar: String] = ["\"": "&quot;", "'": "&#39;"]

    private static func escape(_ text: String, _ reference: (Unicode.Scalar) -> String?) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars where !isForbiddenInHTML(scalar) {
            if let reference = reference(scalar) {
                escaped += reference
            } else {
                escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// HTML Living Standard 13.1.4: no controls but white space.
    private static func isForbiddenInHTML(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\t", "\n", "\u{C}", "\r": false
        default: scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        }
    }
}
