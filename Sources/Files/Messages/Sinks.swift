/// The document around a message's HTML.
enum HTMLDocument {
    /// The document whose body is `body` and what `end` appends to it.
    static func around(_ body: String, preheader: String, end: (inout String) -> Void) -> String {
        var document = ""
        document.reserveCapacity(body.utf8.count + 1024)
        document += """
            <!doctype html>
            <html>
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
            <body style="font-family:sans-serif;font-size:15px;line-height:1.5;color:#222;max-width:640px">

            """
        if !preheader.isEmpty {
            document += "<div style=\"display:none;max-height:0;overflow:hidden\">"
            document += preheader.htmlEscaped
            document += "</div>\n"
        }
        document += body
        end(&document)
        document += "</body>\n</html>\n"
        return document
    }
}

extension String {
    /// One line of text: line ends and controls become spaces, runs of spaces one, none at the ends.
    var singleLine: String {
        if isSingleLine { return self }
        let words = unicodeScalars.split { $0.value <= 0x20 || $0.value == 0x7F || (0x80...0x9F).contains($0.value) }
        return words.map { String($0) }.joined(separator: " ")
    }

    /// Whether it is one already, as most are: no control in it, of ASCII or of those that UTF-8 writes behind 0xC2.
    private var isSingleLine: Bool {
        var previous: UInt8 = 0x20
        for byte in utf8 {
            if byte < 0x20 || byte == 0x7F || byte == 0x20 && previous == 0x20 { return false }
            if previous == 0xC2, byte < 0xA0 { return false }
            previous = byte
        }
        return previous != 0x20 || isEmpty
    }

    /// The text without line ends and blanks at its start.
    var trimmingLineStarts: String {
        String(Substring(utf8.drop { [0x0A, 0x0D, 0x20, 0x09].contains($0) }))
    }
}
