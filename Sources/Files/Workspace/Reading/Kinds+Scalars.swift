import CivilTime
import Diagnostics
import Facts
import Interchange
import Outreach

/// What YAML writes as one text; numbers and truths are texts to it until a key asks for them.
private let anyScalar: JSON = ["type": ["string", "number", "boolean"]]

extension Kind where Value == String {
    /// A line of text that is not blank.
    static let line = Kind.scalar("a line of text", schema: anyScalar) { (text, _) throws(Mismatch) in
        guard !Facts.Value.text(text).isBlank else { throw .plain }
        if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            throw Mismatch(reason: "one line is wanted, without control characters")
        }
        return text
    }

    /// The name of a thing of the workspace: a file without its ending, a step, a mailbox.
    static func name(_ thing: String) -> Kind {
        .scalar("the name of \(thing)", schema: ["type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"]) {
            (text, _) throws(Mismatch) in
            if let problem = nameProblem(text) {
                throw Mismatch(reason: "\"\(text)\" cannot be the name of \(thing): \(problem)", code: .badName)
            }
            return text
        }
    }

    /// A file of the workspace; no way out of its folder.
    static func path(_ thing: String) -> Kind {
        .scalar("the path of \(thing) in the workspace", schema: ["type": "string"]) { (text, _) throws(Mismatch) in
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            if parts.contains("..") || text.hasPrefix("/") || text.utf8.contains(0) || text.contains("\\") {
                throw Mismatch(
                    reason: "\"\(text)\" leads out of the workspace", hint: "write a path inside it",
                    code: .pathOutside)
            }
            guard !parts.contains("") else { throw .plain }
            return text
        }
    }
}

/// Why a text cannot name a thing: names go into file names, codes and criteria.
func nameProblem(_ text: String) -> String? {
    guard let first = text.utf8.first else { return "it is empty" }
    func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }
    if !isAlphanumeric(first) { return "it must begin with a letter or a digit" }
    let isPlain = text.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F }
    if !isPlain { return "only letters a-z, digits, - and _ are allowed" }
    return text.utf8.count > 64 ? "it is longer than 64 characters" : nil
}

extension Kind where Value == Bool {
    /// `true` or `false`; the other words of older YAML are suggested away.
    static let flag = Kind.scalar("true or false", schema: ["type": "boolean"]) { (text, _) throws(Mismatch) in
        switch text {
        case "true": return true
        case "false": return false
        case "yes", "Yes", "YES", "on", "On", "ON", "True", "TRUE", "y": throw Mismatch(hint: "write true")
        case "no", "No", "NO", "off", "Off", "OFF", "False", "FALSE", "n": throw Mismatch(hint: "write false")
        default: throw .plain
        }
    }
}

extension Kind where Value == Int {
    /// A whole number of `range`.
    static func integer(_ range: ClosedRange<Int>) -> Kind {
        let schema: JSON = [
            "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
        ]
        return .scalar("a whole number", schema: schema) { (text, _) throws(Mismatch) in
            guard isWhole(text) else { throw .plain }
            guard let number = Int(text), range.contains(number) else {
                throw .outside(text, "\(range.lowerBound)", "\(range.upperBound)")
            }
            return number
        }
    }

    /// So many in a time: `40/day`.
    static func rate(per unit: String, _ range: ClosedRange<Int>) -> Kind {
        let expected = "a number a \(unit) such as \"\(min(40, range.upperBound))/\(unit)\""
        return .scalar(expected, schema: ["type": "string", "pattern": .string("^[0-9]+ ?/ ?\(unit)$")]) {
            (text, _) throws(Mismatch) in
            let parts = text.split(separator: "/", maxSplits: 1).map { $0.filter { $0 != " " } }
            guard let first = parts.first, isWhole(first) else { throw .plain }
            guard parts.count == 2, parts[1] == unit else { throw Mismatch(hint: "write \(first)/\(unit)") }
            guard let number = Int(first), range.contains(number) else {
                throw .outside(text, "\(range.lowerBound)", "\(range.upperBound)")
            }
            return number
        }
    }
}

extension Kind where Value == Double {
    /// A number of `range`.
    static func number(_ range: ClosedRange<Double>) -> Kind {
        .scalar("a number", schema: ["type": "number"]) { (text, _) throws(Mismatch) in
            guard let number = decimal(text) else { throw .plain }
            guard range.contains(number) else {
                throw .outside(text, shortest(range.lowerBound), shortest(range.upperBound))
            }
            return number
        }
    }

    /// A share: `0.4` or `40%`.
    static func share(_ range: ClosedRange<Double> = 0...1) -> Kind {
        let schema: JSON = [
            "anyOf": [
                ["type": "number", "minimum": .decimal(range.lowerBound), "maximum": .decimal(range.upperBound)],
                ["type": "string", "pattern": "^[0-9.]+ ?%$"],
            ]
        ]
        return .scalar("a share such as 0.4 or 40%", schema: schema) { (text, _) throws(Mismatch) in
            let isPercent = text.utf8.last == UInt8(ascii: "%")
            guard let number = decimal(isPercent ? String(text.dropLast()) : text) else { throw .plain }
            let share = isPercent ? number / 100 : number
            guard range.contains(share) else {
                throw .outside(text, shortest(range.lowerBound), shortest(range.upperBound))
            }
            return share
        }
    }
}

/// The number in `40`, `0.4`, `-3`, with nothing but digits, a sign and a point: `1e9`, `inf` and `0x1p3` are none.
func decimal(_ text: String) -> Double? {
    let trimmed = text.hasSuffix(" ") ? String(text.dropLast()) : text
    let isPlain = trimmed.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }
    return isPlain ? Double(trimmed) : nil
}

/// Whether a text is a whole number, however many digits it has.
private func isWhole(_ text: String) -> Bool {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    return !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
}

/// A number without a fraction that says nothing: `1`, `0.5`.
func shortest(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
}

extension Mismatch {
    static func outside(_ text: String, _ low: String, _ high: String) -> Mismatch {
        Mismatch(reason: "\(text) is outside \(low) to \(high)", code: .outOfRange)
    }
}

extension Kind where Value: CaseIterable & RawRepresentable & Sendable, Value.RawValue == String {
    /// One of the words of an enumeration.
    static var choice: Kind {
        let words = Value.allCases.map(\.rawValue)
        return .scalar(
            words.count == 1 ? words[0] : words.dropLast().joined(separator: ", ") + " or " + (words.last ?? ""),
            schema: ["enum": .array(words.map { .string($0) })]
        ) { (text, _) throws(Mismatch) in
            guard let value = Value(rawValue: text) else {
                throw Mismatch(hint: NearestName.hint(among: words, to: text))
            }
            return value
        }
    }
}

extension Kind where Value == TouchpointKind {
    /// A touchpoint's kind: `reply.positive`, `form.demo`.
    static let touchpoint = touchpoint { $0.facts.touchpoints }
    /// A kind where kinds are made known: it is held against those that Stoke knows by itself only.
    static let newTouchpoint = touchpoint { _ in TouchpointKind.standard.map(\.name) }

    private static func touchpoint(known: @escaping @Sendable (Reading) -> [String]) -> Kind {
        let pattern: JSON = ["type": "string", "pattern": "^[a-z0-9_]+(\\.[a-z0-9_]+)*$"]
        let name = Kind.scalar("a touchpoint's kind such as \"reply.positive\"", schema: pattern) {
            (text, _) throws(Mismatch) in
            guard TouchpointKind.isName(text) else { throw .plain }
            return TouchpointKind(text)
        }
        return Kind(expected: name.expected, schema: name.schema) { node, reading in
            guard let kind = name.read(node, reading) else { return nil }
            reading.warn(of: kind.name, known: known(reading), at: node.caret)
            return kind
        }
    }
}

extension Reading {
    /// A kind that no rule knows may be right, for imports bring new ones; one that is nearly known is most likely a slip.
    func warn(of kind: String, known: [String], at range: Range<Int>) {
        guard !known.contains(kind), !known.contains(where: { $0.hasPrefix(kind + ".") }),
            let hint = NearestName.hint(among: known, to: kind)
        else { return }
        report(.unknownTouchpoint, "no rule knows the touchpoint kind \"\(kind)\"", at: range, hint: hint)
    }
}

extension TouchpointKind {
    /// Whether a text can be a kind: words of small letters, digits and `_` with dots between.
    static func isName(_ text: String) -> Bool {
        text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { word in
            !word.isEmpty
                && word.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
        }
    }
}
