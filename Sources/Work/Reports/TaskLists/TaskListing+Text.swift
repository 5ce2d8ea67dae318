package import Interchange

extension TaskListing {
    /// The list for a terminal, a line a task, at most `width` cells; every line ends with LF.
    package func text(by grouping: Grouping = .kind, width: Int = 80, style: TerminalStyle = .plain) -> String {
        let shown = Dictionary(zip(items.map(\.code), TaskCode.shown(items.map(\.code)))) { first, _ in first }
        var text = style.bold(Sink.line(headline)) + "\n"
        for (title, items) in groups(by: grouping) {
            text += style.bold(Sink.line(title)) + "\n"
            text += table(items, by: grouping, shown).text(width: width, style: style)
        }
        for line in ending { text += style.dim(line) + "\n" }
        return text
    }

    /// What stands below the tasks: that there are none, and how many a paused sequence keeps back.
    package var ending: [String] {
        let none = items.isEmpty ? [pausedTasks.isEmpty ? "Nothing to do." : "Nothing to do now."] : []
        return none
            + pausedTasks.sorted { $0.key < $1.key }.map { sequence, count in
                let name = Sink.line(sequence)
                let wait = "\(Numbers.counted(count, "task")) \(count == 1 ? "waits" : "wait")"
                return "\(wait) for the paused sequence \(name): stoke resume \(name)"
            }
    }

    private func table(_ items: [Item], by grouping: Grouping, _ shown: [TaskCode: String]) -> Table {
        let rows = items.map(remarks)
        let parts: [(column: Table.Column, cells: [String?])] = [
            (Table.Column(minimum: 16), items.map { grouping == .kind ? $0.who : nil }),
            // Hours, lengths and numbers are never cut; what happened may be.
            (Table.Column(), rows.map(\.measure)),
            (Table.Column(), rows.map(\.phone)),
            (Table.Column(minimum: 12), rows.map(\.context)),
        ].filter { $0.cells.contains { $0 != nil } }
        var table = Table(columns: [Table.Column(), Table.Column()] + parts.map(\.column), indent: 2)
        for (index, item) in items.enumerated() {
            let cells = [Table.Cell(shown[item.code] ?? item.code.description, [.cyan]), Table.Cell(item.action)]
            table.add(cells + parts.map { Table.Cell($0.cells[index] ?? "") })
        }
        return table
    }
}
