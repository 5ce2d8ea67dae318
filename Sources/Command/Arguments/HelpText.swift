import Diagnostics

extension CommandPath {
    /// The help of the command, for a terminal of `width` columns; every line ended by LF.
    package func help(width: Int = 80) -> String { HelpText(path: self, width: width).text }
}

struct HelpText {
    let path: CommandPath
    let width: Int

    var text: String {
        let command = path.command
        var blocks = [paragraph("\(path.names.joined(separator: " ")): \(command.summary)")]
        blocks.append(usage)
        blocks += command.discussion.paragraphs.map(paragraph)
        blocks.append(section("Arguments", command.positionals.map { ($0.name, $0.summary) }))
        blocks += commandSections
        let own = (command.options + command.shared).filter { !$0.isHidden }
        blocks.append(section("Options", (own + [.help]).map { ($0.column, $0.explanation) }))
        let inherited = path.inherited.filter { !$0.isHidden }
        blocks.append(section("Options of every command", inherited.map { ($0.column, $0.explanation) }))
        blocks.append(examples)
        blocks.append(section("Exit status", command.exitCodes.map { (String($0.code), $0.meaning) }))
        return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var usage: String {
        let lines = UsageLine(path: path).lines
        return lines.enumerated().map { index, line in
            let wrapped = DisplayText.wrapped(line, to: width - 11)
            return wrapped.enumerated().map { part, text in
                (index == 0 && part == 0 ? "Usage: " : "       ") + (part > 0 ? "    " : "") + text + "\n"
            }.joined()
        }.joined()
    }

    /// The commands under this one, by their groups, in the order of the table.
    private var commandSections: [String] {
        let commands = path.command.subcommands.filter { !$0.isHidden }
        var groups: [String] = []
        for command in commands where !groups.contains(command.group) { groups.append(command.group) }
        return groups.map { group in
            let rows = commands.filter { $0.group == group }.map { ($0.name, $0.summary) }
            return section(group.isEmpty ? "Commands" : group, rows)
        }
    }

    private var examples: String {
        if path.command.examples.isEmpty { return "" }
        let lines = path.command.examples.map { example in
            "  \(example.line)\n" + DisplayText.wrapped(example.meaning, to: width - 6).map { "      \($0)\n" }.joined()
        }
        return "Examples:\n" + lines.joined()
    }

    private func paragraph(_ text: String) -> String {
        DisplayText.wrapped(text, to: width).map { $0 + "\n" }.joined()
    }

    /// Rows of a name and what it is; a long name has a line of its own.
    private func section(_ title: String, _ rows: [(String, String)]) -> String {
        if rows.isEmpty { return "" }
        let indent = 2
        let longest = rows.map { DisplayText.width($0.0) }.filter { $0 <= 26 }.max() ?? 0
        let column = indent + longest + 2
        var text = "\(title):\n"
        for (name, meaning) in rows {
            let lines = DisplayText.wrapped(meaning, to: max(20, width - column))
            let spaces = String(repeating: " ", count: column)
            let isLong = DisplayText.width(name) > longest
            let lead = String(repeating: " ", count: indent) + name
            text += isLong || lines.isEmpty ? lead + "\n" : DisplayText.padded(lead, to: column) + lines[0] + "\n"
            for line in isLong ? lines[...] : lines.dropFirst() { text += spaces + line + "\n" }
        }
        return text
    }
}

extension String {
    /// The paragraphs of a text of the tables, which blank lines part.
    var paragraphs: [String] {
        var paragraphs: [[Substring]] = [[]]
        for line in split(separator: "\n", omittingEmptySubsequences: false) {
            if line.allSatisfy(\.isWhitespace) {
                paragraphs.append([])
            } else {
                paragraphs[paragraphs.count - 1].append(line)
            }
        }
        return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
    }
}
