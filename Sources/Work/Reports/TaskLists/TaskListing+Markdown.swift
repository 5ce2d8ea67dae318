import Interchange

extension TaskListing {
    /// The list as Markdown, a checkbox an outcome; `TaskSheet(markdown:file:)` reads the ticks back.
    package func markdown(by grouping: Grouping = .kind) -> String {
        var text = "# \(Sink.markdown(headline))\n\n"
        text +=
            "Tick one box a task, `[x]`, and run `stoke tasks sync FILE`. A note may follow the outcome after a colon.\n"
        for (title, items) in groups(by: grouping) {
            text += "\n## \(Sink.markdown(title))\n"
            for item in items { text += markdown(item) }
        }
        return text
    }

    private func markdown(_ item: Item) -> String {
        let remarks = remarks(item)
        let facts = [remarks.measure, remarks.phone, remarks.context].compactMap { $0 }
        var text = "\n### `\(item.code)` \(Sink.markdown(item.action)): \(Sink.markdown(item.who))\n\n"
        if !facts.isEmpty { text += Sink.markdown(facts.joined(separator: " · ")) + "\n\n" }
        if let link = item.link, let address = markdownLink(link) { text += "\(address)\n\n" }
        if let said = item.text { text += fenced(said) + "\n\n" }
        for outcome in item.outcomes {
            // An approval holds for the text that stands above.
            let mark = outcome == "approve" ? item.mark.map { " `\($0)`" } ?? "" : ""
            text += "- [ ] `\(item.code.full)` \(outcome)\(mark)\n"
        }
        return text
    }

    /// `<https://...>`; `nil` for what is no plain link.
    private func markdownLink(_ link: String) -> String? {
        let breaksOut = link.utf8.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }
        return breaksOut || Sink.htmlLink(link) == nil ? nil : "<\(link)>"
    }

    /// The text as it is to be copied, in a fence longer than any run of backticks in it.
    private func fenced(_ text: String) -> String {
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return "\(fence)text\n\(Sink.lines(text))\n\(fence)"
    }
}
