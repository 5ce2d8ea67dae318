extension Command {
    /// What the arguments ask for.
    package enum Request: Sendable {
        /// A command to run.
        case run(Invocation)
        /// The help of a command: `--help` or `-h` stood somewhere before `--`.
        case help(CommandPath)
    }

    /// Reads the arguments, the program's own name left out.
    ///
    /// `--name value`, `--name=value`, `-n value`, `-nvalue` and clusters of flags (`-qv`) are one; options may stand
    /// anywhere after their command; `--` ends them.
    /// - Throws: `UsageError` with all problems, not only the first.
    package func parse(_ arguments: [String]) throws(UsageError) -> Request {
        var parser = ArgumentParser(root: self, arguments: arguments)
        return try parser.parse()
    }
}

/// Walks the arguments once from the left.
struct ArgumentParser {
    private(set) var path: CommandPath
    private var rest: ArraySlice<String>
    private var values: [String: [String]] = [:]
    private var operands: [String] = []
    private var problems: [UsageError.Problem] = []
    private var wantsHelp = false

    init(root: Command, arguments: [String]) {
        path = CommandPath(root: root)
        rest = arguments[...]
    }

    mutating func parse() throws(UsageError) -> Command.Request {
        while let word = rest.popFirst() {
            if word == "--" {
                operands += rest
                break
            }
            if word.hasPrefix("--") {
                takeLong(word)
            } else if word.hasPrefix("-"), word != "-" {
                takeShort(word)
            } else {
                takeOperand(word)
            }
        }
        if wantsHelp { return .help(path) }
        assignOperands()
        for option in path.options where option.isRequired && values[option.name] == nil {
            problems.append(.missingOption("\(option.name) \(option.value ?? "")"))
        }
        if !problems.isEmpty { throw UsageError(path: path, problems: problems) }
        var invocation = Invocation(path: path)
        invocation.values = values
        return .run(invocation)
    }

    private mutating func takeLong(_ word: String) {
        let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(halves[0])
        let value = halves.count == 2 ? String(halves[1]) : nil
        guard let option = option(named: name) else {
            problems.append(.unknownOption(name, known: knownOptions))
            return
        }
        take(option, attached: value)
    }

    /// `-n`, `-n5`, `-qv`.
    private mutating func takeShort(_ word: String) {
        var letters = word.dropFirst()
        while let letter = letters.popFirst() {
            guard let option = (path.options + [.help]).first(where: { $0.short == letter }) else {
                problems.append(.unknownOption("-\(letter)", known: knownOptions))
                return
            }
            if option.value != nil {
                take(option, attached: letters.isEmpty ? nil : String(letters))
                return
            }
            take(option, attached: nil)
        }
    }

    private mutating func take(_ option: Option, attached: String?) {
        if option.name == Option.help.name {
            wantsHelp = true
        } else if let valueName = option.value {
            guard let value = attached ?? nextValue() else {
                problems.append(.missingValue(option: option.name, value: valueName))
                return
            }
            record(value, option.kind, name: option.name, label: option.name, isRepeated: option.isRepeated)
        } else if attached != nil {
            problems.append(.unwantedValue(option: option.name))
        } else {
            // A flag twice says nothing else than once.
            values[option.name] = [""]
        }
    }

    /// The next word, unless it is an option of this command: `--note --json` has forgotten the note.
    private mutating func nextValue() -> String? {
        guard let next = rest.first, next != "--", option(named: next) == nil else { return nil }
        return rest.popFirst()
    }

    private mutating func record(_ value: String, _ kind: ValueKind, name: String, label: String, isRepeated: Bool) {
        if let complaint = kind.complaint(value) {
            problems.append(.badValue(value, for: label, because: complaint, known: kind.words))
        }
        if values[name] != nil, !isRepeated { problems.append(.repeated(option: label)) }
        values[name, default: []].append(value)
    }

    private mutating func takeOperand(_ word: String) {
        guard operands.isEmpty, !path.command.subcommands.isEmpty else {
            operands.append(word)
            return
        }
        if let next = path.appending(word) {
            path = next
        } else if path.command.positionals.isEmpty {
            let known = path.command.subcommands.filter { !$0.isHidden }.map(\.name)
            problems.append(.unknownCommand(word, known: known))
            // What follows belongs to a command that is not known; only a call for help is looked for.
            wantsHelp = rest.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
            rest = []
        } else {
            operands.append(word)
        }
    }

    private mutating func assignOperands() {
        if operands.isEmpty, path.command.needsSubcommand {
            if problems.isEmpty { problems.append(.missingCommand) }
            return
        }
        var left = operands[...]
        for positional in path.command.positionals {
            if left.isEmpty, positional.isRequired { problems.append(.missing(positional.name)) }
            while let word = left.popFirst() {
                record(word, positional.kind, name: positional.name, label: positional.name, isRepeated: true)
                if !positional.takesMany { break }
            }
        }
        problems += left.map { .surplus($0) }
    }

    private func option(named name: String) -> Option? { (path.options + [.help]).first { $0.name == name } }

    private var knownOptions: [String] { (path.options + [.help]).filter { !$0.isHidden }.map(\.name) }
}
