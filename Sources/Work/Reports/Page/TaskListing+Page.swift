import CivilTime
import Interchange

extension TaskListing {
    /// The list as a page for a phone: whole cards, targets of 44 points, `tel:` and `https:` links, texts that one touch
    /// selects.
    package func page(by grouping: Grouping = .kind) -> String {
        var body = ""
        for (title, items) in groups(by: grouping) {
            body += "<section>\n<h2>\(Sink.html(title))</h2>\n"
            body += items.map(card).joined()
            body += "</section>\n"
        }
        body += ending.map { "<p>\(Sink.html($0))</p>\n" }.joined()
        let parts = headline.split(separator: "·", maxSplits: 1).map { Sink.html(Sink.joinedLine(String($0))) }
        return Page(
            title: "Tasks, \(Dates.weekday(zone.date(at: now)))", body: body, subtitle: parts.dropFirst().joined()
        ).html
    }

    private func card(_ item: Item) -> String {
        let remarks = remarks(item)
        let facts = [remarks.measure, item.group == .calls ? nil : remarks.phone, remarks.context].compactMap { $0 }
        var html = "<article class=\"card\">\n<h3>\(Sink.html(Sink.line(item.who)))</h3>\n"
        html += "<p class=\"soft\">\(Sink.html(Sink.line(item.action))) <span class=\"code\">\(item.code)</span>"
        html += facts.map { " · " + Sink.html(Sink.line($0)) }.joined() + "</p>\n"
        if let said = item.text { html += "<p class=\"copy\">\(Sink.html(Sink.lines(said)))</p>\n" }
        html += links(item)
        html += list("What came before", item.history)
        html += list("Outcomes", item.outcomes.map { "stoke tasks done \(item.code) --outcome \($0)" })
        return html + "</article>\n"
    }

    private func links(_ item: Item) -> String {
        let call = item.phone.flatMap(TaskListing.dialled).map { ("Call \(item.phone ?? "")", "tel:\($0)") }
        let open = item.link.map { ("Open the page", $0) }
        // What the task asks for comes first.
        let links = (item.group == .calls ? [call, open] : [open, call]).compactMap { $0 }.compactMap { name, link in
            Sink.htmlLink(link).map { (name, $0) }
        }
        guard !links.isEmpty else { return "" }
        let anchors = links.enumerated().map { index, link in
            "<a\(index == 0 ? " class=\"first\"" : "") href=\"\(link.1)\" rel=\"noreferrer\">\(Sink.html(Sink.line(link.0)))</a>"
        }
        return "<p class=\"go\">\(anchors.joined())</p>\n"
    }

    private func list(_ title: String, _ lines: [String]) -> String {
        guard !lines.isEmpty else { return "" }
        let items = lines.map { "<li>\(Sink.html(Sink.line($0)))</li>" }.joined(separator: "\n")
        return "<details><summary>\(title)</summary><ul>\n\(items)\n</ul></details>\n"
    }

    /// What a phone dials: digits and a leading plus; `nil` where there is no digit.
    static func dialled(_ phone: String) -> String? {
        let digits = phone.utf8.filter { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        let isAbroad = phone.utf8.first { $0 != 0x20 && $0 != UInt8(ascii: "(") } == UInt8(ascii: "+")
        return (isAbroad ? "+" : "") + String(decoding: digits, as: UTF8.self)
    }
}

extension Sink {
    /// One line without white space at its ends.
    fileprivate static func joinedLine(_ text: String) -> String {
        line(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
}
