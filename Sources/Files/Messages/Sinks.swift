/// The document around a message's HTML.
enum HTMLDocument {
    static func around(_ body: String, preheader: String) -> String {
        let hidden =
            preheader.isEmpty
            ? ""
            : "<div style=\"display:none;max-height:0;overflow:hidden\">\(preheader.htmlEscaped)</div>\n"
        return """
            <!doctype html>
            <html>
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
            <body style="font-family:sans-serif;font-size:15px;line-height:1.5;color:#222;max-width:640px">
            \(hidden)\(body)</body>
            </html>

            """
    }
}

extension String {
    /// One line of text: line ends and controls become spaces, runs of spaces one, none at the ends.
    var singleLine: String {
        let words = unicodeScalars.split { $0.value <= 0x20 || $0.value == 0x7F || (0x80...0x9F).contains($0.value) }
        return words.map { String($0) }.joined(separator: " ")
    }

    /// The text without line ends and blanks at its start.
    var trimmingLineStarts: String {
        String(Substring(utf8.drop { [0x0A, 0x0D, 0x20, 0x09].contains($0) }))
    }
}
