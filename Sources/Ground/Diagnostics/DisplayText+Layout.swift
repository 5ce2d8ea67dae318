extension DisplayText {
    /// How many cells of a terminal `text` takes.
    package static func width(_ text: some StringProtocol) -> Int { DisplayText(text).width }

    /// `text` in at most `width` cells, cut with `…` where it takes more.
    package static func fitted(_ text: some StringProtocol, to width: Int) -> String {
        let display = DisplayText(text)
        guard display.width > width else { return display.text }
        var fitted = ""
        var taken = 1
        for character in display.text {
            taken += Self.width(String(character))
            if taken > width { break }
            fitted.append(character)
        }
        return width > 0 ? fitted + "…" : ""
    }

    /// `text` with spaces after it (or before it, where `isRight`) up to `width` cells; never cut.
    package static func padded(_ text: some StringProtocol, to width: Int, isRight: Bool = false) -> String {
        let display = DisplayText(text)
        let spaces = String(repeating: " ", count: max(0, width - display.width))
        return isRight ? spaces + display.text : display.text + spaces
    }

    /// The words of `text` in lines of at most `width` cells; a longer word has a line of its own. Empty for no words.
    package static func wrapped(_ text: some StringProtocol, to width: Int) -> [String] {
        var lines: [String] = []
        var line = DisplayText("")
        for word in text.split(whereSeparator: \.isWhitespace) {
            let longer = DisplayText(line.width == 0 ? String(word) : line.text + " " + word)
            if longer.width > width, line.width > 0 {
                lines.append(line.text)
                line = DisplayText(word)
            } else {
                line = longer
            }
        }
        return line.width == 0 ? lines : lines + [line.text]
    }
}
