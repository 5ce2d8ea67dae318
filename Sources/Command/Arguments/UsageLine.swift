/// The short form of a command: `stoke tasks done [options] CODE...`.
struct UsageLine {
    let path: CommandPath

    /// What the table says of itself, or what follows from it.
    var lines: [String] {
        let name = path.names.joined(separator: " ")
        if !path.command.usage.isEmpty { return path.command.usage.map { "\(name) \($0)" } }
        var lines: [String] = []
        if !path.command.needsSubcommand {
            lines.append(([name] + options + path.command.positionals.map(UsageLine.shown)).joined(separator: " "))
        }
        if path.command.subcommands.contains(where: { !$0.isHidden }) { lines.append("\(name) COMMAND ...") }
        return lines
    }

    private var options: [String] {
        let own = (path.command.options + path.command.shared).filter { !$0.isHidden }
        let required = own.filter(\.isRequired).map { "\($0.name) \($0.value ?? "")" }
        return (own.count > required.count ? ["[options]"] : []) + required
    }

    private static func shown(_ positional: Positional) -> String {
        switch positional.arity {
        case .one: positional.name
        case .optional: "[\(positional.name)]"
        case .any: "[\(positional.name)...]"
        case .some: "\(positional.name)..."
        }
    }
}

extension Option {
    /// `-n, --limit N`; without a short name as far to the right, so that long names stand under each other.
    var column: String {
        let names = short.map { "-\($0), \(name)" } ?? "    \(name)"
        return value.map { "\(names) \($0)" } ?? names
    }

    /// The summary, with what else is to know.
    var explanation: String {
        var notes: [String] = []
        if case .choice(let words) = kind { notes.append(words.joined(separator: ", ")) }
        if isRepeated { notes.append("may be repeated") }
        if isRequired { notes.append("required") }
        return notes.isEmpty ? summary : "\(summary) (\(notes.joined(separator: "; ")))"
    }
}
