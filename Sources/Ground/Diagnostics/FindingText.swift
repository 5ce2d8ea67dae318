/// The one place that words findings for people: `file:line:column: error[CODE]: message`, the source line,
/// a caret under what is wrong, and the way on.
package struct FindingText: Sendable {
    /// Whether ANSI colours are used; only for a terminal that wants them.
    package var isColoured: Bool
    /// The longest source line shown whole, in terminal cells; of a longer one, the part around the caret.
    package var lineWidth: Int

    package init(isColoured: Bool = false, lineWidth: Int = 120) {
        self.isColoured = isColoured
        self.lineWidth = lineWidth
    }

    /// The lines of one finding, each ended by LF.
    package func text(_ finding: Finding) -> String {
        var text = headline(finding)
        if let place = finding.place { text += excerpt(place, paint: paint(finding.severity)) }
        if let hint = finding.hint { text += "    \(painted("hint:", .hint)) \(DisplayText(hint).text)\n" }
        for note in finding.notes { text += noteText(note) }
        return text
    }

    /// The lines of all `findings`, in their order.
    package func text(_ findings: [Finding]) -> String { findings.map(text).joined() }

    private func headline(_ finding: Finding) -> String {
        let place = finding.place.map { position($0) + ": " } ?? ""
        let code = painted("\(finding.severity.rawValue)[\(finding.code)]:", paint(finding.severity))
        return "\(place)\(code) \(DisplayText(finding.message).text)\n"
    }

    private func position(_ place: Place) -> String { "\(DisplayText(place.file).text):\(place.line):\(place.column)" }

    private func noteText(_ note: Finding.Note) -> String {
        let place = note.place.map { position($0) + ": " } ?? ""
        let line = "    \(place)\(painted("note:", .hint)) \(DisplayText(note.message).text)\n"
        return line + (note.place.map { excerpt($0, paint: .hint) } ?? "")
    }

    /// The source line and the caret under it; nothing for a place that carries no line.
    private func excerpt(_ place: Place, paint: Paint) -> String {
        guard !place.lineText.isEmpty else { return "" }
        let line = place.lineText
        let start = line.index(line.startIndex, offsetBy: place.column - 1, limitedBy: line.endIndex) ?? line.endIndex
        let end = line.index(start, offsetBy: max(place.length, 1), limitedBy: line.endIndex) ?? line.endIndex
        let (shownStart, shownEnd) = window(line, around: start..<end)
        let ahead = shownStart > line.startIndex ? "…" : ""
        let before = DisplayText(line[shownStart..<start], from: ahead.count)
        let under = DisplayText(line[start..<min(end, shownEnd)], from: ahead.count + before.width)
        let after = DisplayText(
            line[min(end, shownEnd)..<shownEnd], from: ahead.count + before.width + under.width)
        let behind = shownEnd < line.endIndex ? "…" : ""
        let indent = String(repeating: " ", count: 4 + ahead.count + before.width)
        let carets = String(repeating: "^", count: max(under.width, 1))
        return "    \(ahead)\(before.text)\(under.text)\(after.text)\(behind)\n\(indent)\(painted(carets, paint))\n"
    }

    /// The part of `line` to show: all of it, or `lineWidth` characters with `range` in sight.
    private func window(_ line: String, around range: Range<String.Index>) -> (String.Index, String.Index) {
        guard DisplayText(line).width > lineWidth else { return (line.startIndex, line.endIndex) }
        let start = line.index(range.lowerBound, offsetBy: -(lineWidth / 2), limitedBy: line.startIndex)
        let shownStart = start ?? line.startIndex
        return (shownStart, line.index(shownStart, offsetBy: lineWidth, limitedBy: line.endIndex) ?? line.endIndex)
    }

    private enum Paint: String {
        case error = "\u{1B}[1;31m"
        case warning = "\u{1B}[1;33m"
        case hint = "\u{1B}[1;36m"
    }

    private func paint(_ severity: Finding.Severity) -> Paint { severity == .error ? .error : .warning }

    private func painted(_ text: String, _ paint: Paint) -> String {
        isColoured ? "\(paint.rawValue)\(text)\u{1B}[0m" : text
    }
}
