import Interchange

/// An email as a mail program shows it: its line in the list, its headers, its body in a frame of its own.
package struct MessagePage: Sendable {
    /// Name and address, as the header shows them.
    package var from: String
    /// Name and address, as the header shows them.
    package var to: String
    /// As the reader sees it.
    package var subject: String
    /// As the mailbox's clock shows it.
    package var date: String
    /// Whose sequence and step, for the title.
    package var step: String
    /// The line beside the subject in a list.
    package var preheader: String?
    /// The plain part.
    package var text: String
    /// A whole document; `nil` for plain messages.
    package var html: String?

    package init(
        from: String, to: String, subject: String, date: String, step: String, preheader: String?, text: String,
        html: String?
    ) {
        self.from = from
        self.to = to
        self.subject = subject
        self.date = date
        self.step = step
        self.preheader = preheader
        self.text = text
        self.html = html
    }

    /// The page; needs nothing but itself, and what the message's own pictures need.
    package var html5: String {
        Page(title: subject.isEmpty ? "(no subject)" : Sink.line(subject), body: body, subtitle: Sink.html(step)).html
    }

    private var body: String {
        let headers = [("From", from), ("To", to), ("Date", date), ("Preview", preview)]
            .map { "<tr><th>\($0.0)</th><td class=\"wrap\">\(Sink.html(Sink.line($0.1)))</td></tr>" }
        return """
            <div class="card"><table>\(headers.joined())</table></div>
            \(shown)
            """
    }

    /// What a list of messages shows beside the subject.
    private var preview: String {
        let start = preheader ?? String(Sink.line(text).prefix(100))
        return start.isEmpty ? "(nothing)" : start
    }

    /// A frame without rights: no script, no form, no way out of it.
    private var shown: String {
        let plain = "<p class=\"copy plain\">\(Sink.html(Sink.lines(text)))</p>"
        guard let html else { return plain }
        return """
            <iframe class="mail" sandbox title="The message" srcdoc="\(Sink.htmlAttribute(html))"></iframe>
            <details><summary>As plain text</summary>\(plain)</details>
            """
    }
}
