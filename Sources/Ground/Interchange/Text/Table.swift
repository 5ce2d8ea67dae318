import Diagnostics

/// Rows of cells in columns, laid out for a terminal: aligned by display width, cut with `…` to what is there.
///
///     var table = Table(columns: [Table.Column("person"), Table.Column("fit", alignment: .right)])
///     table.add(group: "Warm")
///     table.add(["Maya Chen", "72"])
///     print(table.text(width: 80), terminator: "")
package struct Table: Sendable {
    /// What a column is called, and how its cells stand in it.
    package struct Column: Sendable {
        /// At which edge of its column a cell stands.
        package enum Alignment: Sendable { case left, right }

        /// The heading; a table whose headings are all empty has no heading line.
        package var title: String
        /// At which edge its cells stand.
        package var alignment: Alignment
        /// Down to how many cells the column may be cut when the table is too wide; `nil` never cuts it (codes,
        /// dates, numbers).
        package var minimum: Int?

        package init(_ title: String = "", alignment: Alignment = .left, minimum: Int? = nil) {
            self.title = title
            self.alignment = alignment
            self.minimum = minimum
        }
    }

    /// One text, white space and controls tamed as by `Sink.line`, with its emphasis.
    package struct Cell: Sendable, ExpressibleByStringInterpolation {
        /// One line, without escapes of its own.
        package var text: String
        /// How it is shown where there are colours.
        package var emphasis: [TerminalStyle.Emphasis]

        /// A cell; plain unless an emphasis is given.
        package init(_ text: String, _ emphasis: [TerminalStyle.Emphasis] = []) {
            self.text = Sink.line(text)
            self.emphasis = emphasis
        }

        /// A plain cell.
        package init(stringLiteral value: String) { self.init(value) }
    }

    private enum Line {
        case group(String)
        case row([Cell])
        case note(String)
    }

    private let columns: [Column]
    private let indent: Int
    private var lines: [Line] = []

    /// - Parameter indent: spaces before every row; groups stand without them.
    package init(columns: [Column], indent: Int = 0) {
        self.columns = columns
        self.indent = indent
    }

    /// Whether it has no row.
    package var isEmpty: Bool {
        !lines.contains { line in
            if case .row = line { return true }
            return false
        }
    }

    /// Starts a group; a blank line stands before all but the first thing in the table.
    package mutating func add(group title: String) { lines.append(.group(Sink.line(title))) }

    /// Adds a row; cells that are missing are blank, cells beyond the columns are not shown.
    package mutating func add(_ cells: [Cell]) { lines.append(.row(cells)) }

    /// Adds a line of text under the last row, indented, cut at the table's width.
    package mutating func add(note: String) { lines.append(.note(Sink.line(note))) }

    /// The table, every line ended by LF.
    /// - Parameter width: cells a line may take; `nil` for as many as it needs.
    package func text(width: Int? = 80, style: TerminalStyle = .plain) -> String {
        let widths = fittedWidths(width)
        var text = heading(widths, style)
        for line in lines {
            switch line {
            case .group(let title):
                text += (text.isEmpty ? "" : "\n") + style.bold(fitted(title, width)) + "\n"
            case .row(let cells): text += rowText(cells, widths, style) + "\n"
            case .note(let note):
                let spaces = String(repeating: " ", count: indent + 4)
                text += spaces + style.dim(fitted(note, width.map { max(1, $0 - indent - 4) })) + "\n"
            }
        }
        return text
    }

    private func fitted(_ text: String, _ width: Int?) -> String {
        width.map { DisplayText.fitted(text, to: $0) } ?? text
    }

    private func heading(_ widths: [Int], _ style: TerminalStyle) -> String {
        if columns.allSatisfy(\.title.isEmpty) { return "" }
        return rowText(columns.map { Cell($0.title, [.dim]) }, widths, style) + "\n"
    }

    private func rowText(_ cells: [Cell], _ widths: [Int], _ style: TerminalStyle) -> String {
        var text = String(repeating: " ", count: indent)
        // Nothing is written after the last cell that has a text, so that no line ends with spaces.
        let last = cells.prefix(columns.count).lastIndex { !$0.text.isEmpty } ?? -1
        for (index, column) in columns.enumerated() where index <= last {
            let shown = DisplayText.fitted(cells[index].text, to: widths[index])
            let spaces = String(repeating: " ", count: widths[index] - DisplayText.width(shown))
            let painted = style.apply(cells[index].emphasis, to: shown)
            if index > 0 { text += "  " }
            text += column.alignment == .right ? spaces + painted : painted + (index == last ? "" : spaces)
        }
        return text
    }

    /// The widths of the columns: what their cells need, taken from the widest that may be cut until all fit.
    private func fittedWidths(_ width: Int?) -> [Int] {
        var widths = columns.map { DisplayText.width($0.title) }
        for case .row(let cells) in lines {
            for index in columns.indices where index < cells.count {
                widths[index] = max(widths[index], DisplayText.width(cells[index].text))
            }
        }
        guard let width else { return widths }
        var surplus = widths.reduce(indent + 2 * (columns.count - 1), +) - width
        while surplus > 0, let index = widestCuttable(widths) {
            widths[index] -= 1
            surplus -= 1
        }
        return widths
    }

    private func widestCuttable(_ widths: [Int]) -> Int? {
        columns.indices.filter { index in columns[index].minimum.map { widths[index] > $0 } ?? false }
            .max { widths[$0] < widths[$1] }
    }
}
