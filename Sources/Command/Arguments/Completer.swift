/// A word that a shell may put in, and what it means.
package struct Candidate: Sendable, Hashable {
    /// The word as the shell puts it in.
    package var text: String
    /// What it means, one line; empty where nothing is said.
    package var summary: String

    package init(_ text: String, _ summary: String = "") {
        self.text = text
        self.summary = summary
    }
}

/// What a shell may put in at the cursor.
package struct Completion: Sendable, Hashable {
    /// Which paths the shell is to offer.
    package enum Paths: String, Sendable, Hashable { case none, files, folders }

    /// The words to choose from, in the order to show them.
    package var candidates: [Candidate] = []
    /// Whether the shell is to offer paths instead.
    package var paths = Paths.none

    package init(candidates: [Candidate] = [], paths: Paths = .none) {
        self.candidates = candidates
        self.paths = paths
    }

    /// What a completion script reads: a line `candidate TAB summary` each, and a last line `:none`, `:files` or
    /// `:folders`. A candidate with a control in it is left out: no shell could take it back.
    package var text: String {
        let lines = candidates.filter { !$0.text.unicodeScalars.contains(where: Completion.isControl) }.map {
            $0.summary.isEmpty ? $0.text : "\($0.text)\t\(Completion.plain($0.summary))"
        }
        return (lines + [":\(paths.rawValue)"]).joined(separator: "\n") + "\n"
    }

    private static func plain(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { plain.append(isControl(scalar) ? " " : scalar) }
        return String(plain)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }
}

extension Command {
    /// What may stand at the cursor.
    /// - Parameter words: the words after the program's name up to the cursor; the last is the one being typed,
    ///   empty after a space.
    /// - Parameter named: the things of a kind (`Candidates.named`) that start with a prefix; more are passed over.
    package func completion(
        for words: [String], named: (_ kind: String, _ prefix: String) -> [Candidate]
    ) -> Completion {
        let completer = Completer(root: self, words: words.dropLast())
        return completer.completion(of: words.last ?? "", named: named)
    }
}

/// Where on the line the cursor is: the command, the option that waits for its value, the operands so far.
struct Completer {
    private var path: CommandPath
    private var operandCount = 0
    private var pending: Option?
    private var used: Set<String> = []
    private var isAfterDashes = false

    init(root: Command, words: some Sequence<String>) {
        path = CommandPath(root: root)
        for word in words { step(over: word) }
    }

    private mutating func step(over word: String) {
        if pending != nil {
            pending = nil
        } else if isAfterDashes {
            operandCount += 1
        } else if word == "--" {
            isAfterDashes = true
        } else if word.hasPrefix("-"), word != "-" {
            let name = String(word.prefix { $0 != "=" })
            guard let option = option(name) else { return }
            used.insert(option.name)
            if option.value != nil, name == word { pending = option }
        } else if operandCount == 0, let next = path.appending(word) {
            path = next
        } else {
            operandCount += 1
        }
    }

    /// The option `--name` or `-n`.
    private func option(_ word: String) -> Option? {
        (path.options + [.help]).first { $0.name == word || $0.short.map { "-\($0)" } == word }
    }

    func completion(of word: String, named: (String, String) -> [Candidate]) -> Completion {
        if let pending { return values(pending.candidates, word, named) }
        if !isAfterDashes, word.hasPrefix("--"), let equals = word.firstIndex(of: "=") {
            let prefix = word[...equals]
            guard let option = option(String(word[..<equals])) else { return Completion() }
            var completion = values(option.candidates, String(word[word.index(after: equals)...]), named)
            for index in completion.candidates.indices {
                completion.candidates[index].text = prefix + completion.candidates[index].text
            }
            return completion
        }
        if !isAfterDashes, word.hasPrefix("-") { return Completion(candidates: options(word)) }
        return operands(word, named)
    }

    private func options(_ prefix: String) -> [Candidate] {
        (path.options + [.help])
            .filter { !$0.isHidden && $0.name.hasPrefix(prefix) && ($0.isRepeated || !used.contains($0.name)) }
            .map { Candidate($0.name, $0.summary) }
    }

    private func operands(_ word: String, _ named: (String, String) -> [Candidate]) -> Completion {
        var completion = Completion()
        if let positional { completion = values(positional.candidates, word, named) }
        if operandCount == 0, !isAfterDashes {
            let commands = path.command.subcommands.filter { !$0.isHidden && $0.name.hasPrefix(word) }
            completion.candidates = commands.map { Candidate($0.name, $0.summary) } + completion.candidates
        }
        return completion
    }

    /// The positional to which the next operand belongs.
    private var positional: Positional? {
        let positionals = path.command.positionals
        if operandCount < positionals.count { return positionals[operandCount] }
        return positionals.last.flatMap { $0.takesMany ? $0 : nil }
    }

    private func values(_ candidates: Candidates, _ prefix: String, _ named: (String, String) -> [Candidate])
        -> Completion
    {
        switch candidates {
        case .none: Completion()
        case .files: Completion(paths: .files)
        case .folders: Completion(paths: .folders)
        case .words(let words): Completion(candidates: words.filter { $0.hasPrefix(prefix) }.map { Candidate($0) })
        case .named(let kind): Completion(candidates: named(kind, prefix).filter { $0.text.hasPrefix(prefix) })
        }
    }
}
