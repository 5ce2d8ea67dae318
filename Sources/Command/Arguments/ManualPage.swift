extension CommandPath {
    /// The name of the command's manual page: `stoke-tasks-done`.
    package var manualName: String { names.joined(separator: "-") }

    /// The command's page for section 1, as roff (`man` macros).
    /// - Parameter date: of the release, `2026-03-12`.
    /// - Parameter version: of the program, `1.2.0`.
    package func manualPage(date: String, version: String) -> String {
        var page = ManualPage()
        page.write(self, date: date, version: version)
        return page.text
    }
}

/// Writes roff for man(7); every text is escaped where it enters.
struct ManualPage {
    private(set) var text = ""

    mutating func write(_ path: CommandPath, date: String, version: String) {
        let command = path.command
        let title = path.manualName.uppercased()
        text += ".TH \(quoted(title)) 1 \(quoted(date)) \(quoted("\(path.names[0]) \(version)"))\n"
        section("NAME")
        // The dash between the two is what apropos reads, so it is not escaped.
        text += ManualPage.escaped(path.manualName[...]) + " - "
        line(command.summary)
        section("SYNOPSIS")
        for usage in UsageLine(path: path).lines {
            text += ".P\n"
            line(usage)
        }
        section("DESCRIPTION")
        for paragraph in command.discussion.isEmpty ? [sentence(command.summary)] : command.discussion.paragraphs {
            text += ".P\n"
            line(paragraph)
        }
        definitions("ARGUMENTS", command.positionals.map { ($0.name, $0.summary) })
        let subcommands = command.subcommands.filter { !$0.isHidden }
        definitions("COMMANDS", subcommands.map { ($0.name, $0.summary) })
        let options = (path.options + [.help]).filter { !$0.isHidden }
        definitions("OPTIONS", options.map { ($0.column.trimmingSpaces, $0.explanation) })
        definitions("EXAMPLES", command.examples.map { ($0.line, $0.meaning) })
        definitions("EXIT STATUS", command.exitCodes.map { (String($0.code), $0.meaning) })
        seeAlso(path, subcommands)
    }

    private mutating func section(_ title: String) { text += ".SH \(quoted(title))\n" }

    private mutating func definitions(_ title: String, _ rows: [(String, String)]) {
        if rows.isEmpty { return }
        section(title)
        for (name, meaning) in rows {
            text += ".TP\n.B \(quoted(name))\n"
            line(meaning)
        }
    }

    private mutating func seeAlso(_ path: CommandPath, _ subcommands: [Command]) {
        let above = path.names.count > 1 ? [path.names.dropLast().joined(separator: "-")] : []
        let pages = above + subcommands.map { "\(path.manualName)-\($0.name)" }
        if pages.isEmpty { return }
        section("SEE ALSO")
        line(pages.map { "\($0)(1)" }.joined(separator: ", "))
    }

    private mutating func line(_ words: String) {
        for line in words.split(whereSeparator: \.isNewline) { text += ManualPage.escaped(line) + "\n" }
    }

    private func quoted(_ words: String) -> String {
        "\""
            + ManualPage.escaped(words[...]).split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\\(dq") + "\""
    }

    /// A backslash, a hyphen that is to be copied, and what would be a request at the beginning of a line.
    private static func escaped(_ words: Substring) -> String {
        var escaped = words.first == "." || words.first == "'" ? "\\&" : ""
        for character in words {
            switch character {
            case "\\": escaped += "\\e"
            case "-": escaped += "\\-"
            case "'": escaped += "\\(aq"
            case "`": escaped += "\\(ga"
            case "^": escaped += "\\(ha"
            case "~": escaped += "\\(ti"
            default: escaped.append(character)
            }
        }
        return escaped
    }

    private func sentence(_ summary: String) -> String { summary.prefix(1).uppercased() + summary.dropFirst() + "." }
}

extension String {
    fileprivate var trimmingSpaces: String { String(drop { $0 == " " }) }
}
