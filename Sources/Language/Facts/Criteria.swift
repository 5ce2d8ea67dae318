/// A condition over facts: the small typed language of `when`, `wait`, `branch`, ICPs, gates and `--where`.
///
/// There is no precedence to get wrong: several keys must all hold, `any` is or.
package indirect enum Criteria: Sendable, Hashable {
    /// Every one must hold; the empty list holds.
    case all([Criteria])
    /// At least one must hold; the empty list does not.
    case any([Criteria])
    /// The fact at the dotted path must pass the test.
    case fact(String, FactTest)

    /// The dotted paths it reads, in the order written, each once.
    package var paths: [String] {
        switch self {
        case .all(let parts), .any(let parts):
            parts.flatMap(\.paths).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        case .fact(let path, _): [path]
        }
    }
}

/// What one fact must be.
package indirect enum FactTest: Sendable, Hashable {
    /// Equal; texts compare case-folded, numbers by value.
    case equals(Value)
    /// Equal to one of them.
    case oneOf([Value])
    /// A number within the closed range; `nil` is open.
    case range(from: Double?, to: Double?)
    /// A text that has one of these as a whole word (or words in a row), case-folded.
    case words([String])
    /// Absent (`true`) or present (`false`).
    case missing(Bool)
    /// The opposite.
    case not(FactTest)
}

/// The answer of criteria: an absent fact makes it unknown, and says which.
package enum Truth: Sendable, Hashable {
    case yes
    case no
    /// It depends on these facts, which are missing.
    case unknown([String])

    /// True for `yes` only.
    package var holds: Bool { self == .yes }
}

extension Criteria {
    /// Judges the criteria; `fact` gives the value at a dotted path, `nil` or `.missing` where there is none.
    package func judge(_ fact: (String) -> Value?) -> Truth {
        switch self {
        case .fact(let path, let test): test.judge(fact(path) ?? .missing, path: path)
        case .all(let parts): Criteria.combine(parts, deciding: .no, otherwise: .yes, fact)
        case .any(let parts): Criteria.combine(parts, deciding: .yes, otherwise: .no, fact)
        }
    }

    private static func combine(
        _ parts: [Criteria], deciding: Truth, otherwise: Truth, _ fact: (String) -> Value?
    ) -> Truth {
        var missing: [String] = []
        for part in parts {
            let truth = part.judge(fact)
            if truth == deciding { return deciding }
            if case .unknown(let paths) = truth { missing += paths.filter { !missing.contains($0) } }
        }
        return missing.isEmpty ? otherwise : .unknown(missing)
    }
}

extension FactTest {
    fileprivate func judge(_ value: Value, path: String) -> Truth {
        switch self {
        case .missing(let wanted): return value.isBlank == wanted ? .yes : .no
        case .not(let test):
            switch test.judge(value, path: path) {
            case .yes: return .no
            case .no: return .yes
            case .unknown(let paths): return .unknown(paths)
            }
        case .equals, .oneOf, .range, .words:
            if value.isBlank { return .unknown([path]) }
            if case .list(let values) = value {
                return values.contains { passes($0) } ? .yes : .no
            }
            return passes(value) ? .yes : .no
        }
    }

    private func passes(_ value: Value) -> Bool {
        switch self {
        case .equals(let wanted): value.isSame(as: wanted)
        case .oneOf(let wanted): wanted.contains { value.isSame(as: $0) }
        case .range(let from, let to):
            value.number.map { number in (from.map { number >= $0 } ?? true) && (to.map { number <= $0 } ?? true) }
                ?? false
        case .words(let words): value.plainText.map { text in words.contains { text.hasWords($0) } } ?? false
        case .missing, .not: false
        }
    }
}

extension Value {
    /// The number it is, or that its text spells.
    package var number: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .decimal(let number): number
        case .text(let text): Double(text)
        default: nil
        }
    }

    /// The text of a scalar; `nil` for lists, records and nothing.
    package var plainText: String? {
        switch self {
        case .text(let text): text
        case .integer(let number): String(number)
        case .decimal(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        default: nil
        }
    }

    /// Equality as criteria mean it: numbers by value, texts case-folded, a truth by `true` or `yes`.
    package func isSame(as other: Value) -> Bool {
        if self == other { return true }
        if let a = number, let b = other.number { return a == b }
        guard let a = plainText, let b = other.plainText else { return false }
        return a.lowercased() == b.lowercased()
    }
}

extension String {
    /// Whether `words` stands in the text between word boundaries, case-folded.
    fileprivate func hasWords(_ words: String) -> Bool {
        func split(_ text: String) -> [Substring] {
            text.lowercased().split { !($0.isLetter || $0.isNumber) }
        }
        let wanted = split(words)
        let own = split(self)
        guard !wanted.isEmpty, own.count >= wanted.count else { return false }
        return (0...(own.count - wanted.count)).contains { own[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }
}
