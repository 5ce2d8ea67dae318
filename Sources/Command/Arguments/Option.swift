/// What a value must be; the parser checks it, so that every wrong value is told at once.
package enum ValueKind: Sendable {
    case text
    /// A whole number of the range.
    case integer(ClosedRange<Int>)
    /// One of these words.
    case choice([String])
    /// What `check` has no complaint about; a complaint reads on after the value: `is no date (2026-12-31)`.
    case checked(@Sendable (_ value: String) -> String?)

    /// The words to choose from; none where anything may be said.
    var words: [String] {
        if case .choice(let words) = self { words } else { [] }
    }

    /// What is wrong with `value`, to be read after it; `nil` where nothing is.
    func complaint(_ value: String) -> String? {
        switch self {
        case .text: return nil
        case .integer(let range):
            if let number = Int(value), range.contains(number) { return nil }
            return "is no whole number from \(range.lowerBound) to \(range.upperBound)"
        case .choice(let words):
            return words.contains(value) ? nil : "is none of \(words.joined(separator: ", "))"
        case .checked(let check): return check(value)
        }
    }
}

/// What a shell offers for a value.
package enum Candidates: Sendable {
    case none
    case files
    case folders
    case words([String])
    /// Things that only the program knows at the time, by the name it gives them: `people`, `codes`.
    case named(String)
}

/// A word with a dash: `--limit N`, `-v`.
package struct Option: Sendable {
    /// With its two dashes; the name by which an `Invocation` answers.
    package var name: String
    /// Its one letter, without the dash.
    package var short: Character?
    /// What the value is called in help; `nil` for a flag, which has none.
    package var value: String?
    /// One line, in lower case, without a full stop.
    package var summary: String
    /// What its value may be; a flag has none.
    package var kind: ValueKind
    /// What a shell may put in for its value.
    package var candidates: Candidates
    /// Whether it may stand more than once; each time counts.
    package var isRepeated: Bool
    /// Whether the command is refused without it.
    package var isRequired: Bool
    /// Whether help and completions leave it out.
    package var isHidden: Bool

    /// A flag.
    package init(_ name: String, short: Character? = nil, _ summary: String, isHidden: Bool = false) {
        self.name = name
        self.short = short
        self.value = nil
        self.summary = summary
        self.kind = .text
        self.candidates = .none
        self.isRepeated = false
        self.isRequired = false
        self.isHidden = isHidden
    }

    /// An option with a value. Words to choose from are offered by the shell, too.
    package init(
        _ name: String, short: Character? = nil, value: String, _ summary: String, kind: ValueKind = .text,
        candidates: Candidates = .none, isRepeated: Bool = false, isRequired: Bool = false, isHidden: Bool = false
    ) {
        self.init(name, short: short, summary, isHidden: isHidden)
        self.value = value
        self.kind = kind
        self.isRepeated = isRepeated
        self.isRequired = isRequired
        if case .choice(let words) = kind {
            self.candidates = .words(words)
        } else {
            self.candidates = candidates
        }
    }

    /// `-h`, `--help`, which every command takes.
    package static let help = Option("--help", short: "h", "show this help")
}

/// A word without a dash, known by where it stands.
package struct Positional: Sendable {
    /// How many words it takes.
    package enum Arity: Sendable {
        case one, optional
        /// None or more; only the last positional.
        case any
        /// One or more; only the last positional.
        case some
    }

    /// In capitals, as help shows it; the name by which an `Invocation` answers.
    package var name: String
    /// One line, in lower case, without a full stop.
    package var summary: String
    /// How many words it takes.
    package var arity: Arity
    /// What each word may be.
    package var kind: ValueKind
    /// What a shell may put in for it.
    package var candidates: Candidates

    /// A choice offers its words as candidates, whatever `candidates` says.
    package init(
        _ name: String, _ summary: String, arity: Arity = .one, kind: ValueKind = .text,
        candidates: Candidates = .none
    ) {
        self.name = name
        self.summary = summary
        self.arity = arity
        self.kind = kind
        if case .choice(let words) = kind {
            self.candidates = .words(words)
        } else {
            self.candidates = candidates
        }
    }

    var isRequired: Bool {
        switch arity {
        case .one, .some: true
        case .optional, .any: false
        }
    }

    var takesMany: Bool {
        switch arity {
        case .any, .some: true
        case .one, .optional: false
        }
    }
}
