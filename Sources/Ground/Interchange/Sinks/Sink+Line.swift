import Diagnostics

extension Sink {
    /// `text` on one line, for a terminal, a table or a log: every run of white space is a space, and controls and
    /// direction marks are written out.
    package static func line(_ text: String) -> String { DisplayText(joined(text)).text }

    /// `text` on its own lines, for a terminal: line ends and tabs stay what they are, all else as `line`.
    package static func lines(_ text: String) -> String {
        var lines: [String] = []
        // CR LF is one Character; `isNewline` knows all forms.
        for part in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            lines.append(DisplayText(part).text)
        }
        return lines.joined(separator: "\n")
    }

    /// `text` with every run of white space as one space, none at its ends.
    static func joined(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
