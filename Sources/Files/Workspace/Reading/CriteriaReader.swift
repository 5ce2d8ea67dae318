import Diagnostics
import Facts
import Interchange

extension Kind where Value == Criteria {
    /// Conditions over facts.
    static let criteria = Kind(
        expected: "criteria such as {title: {words: [founder, CEO]}}",
        schema: { ["$ref": "#/$defs/criteria"] },
        read: { node, reading in CriteriaReader(reading: reading).criteria(node) })
}

/// Reads the small typed language of conditions against the facts that are known.
struct CriteriaReader {
    let reading: Reading

    /// `a == b` of other languages, as it is written here.
    private static func rewritten(_ text: String?) -> String? {
        let sides = (text ?? "").split(separator: "=", omittingEmptySubsequences: true).map { $0.filter { $0 != " " } }
        guard sides.count == 2, sides.allSatisfy({ !$0.isEmpty && !$0.contains("!") }) else { return nil }
        return "write {\(sides[0]): \(sides[1])}"
    }

    /// A mapping of facts and `any`; `nil` when something in it is wrong and was reported.
    func criteria(_ node: Node) -> Criteria? {
        guard case .mapping(let entries) = node.content else {
            reading.mismatch(
                node, expected: Kind<Criteria>.criteria.expected, hint: CriteriaReader.rewritten(node.text))
            return nil
        }
        if entries.isEmpty {
            reading.report(
                .badCriteria, "the criteria are empty", at: node.caret, hint: "name a fact, or leave them out")
            return nil
        }
        let parts = entries.map { $0.key == "any" ? any($0.value) : fact($0) }
        let sound = parts.compactMap { $0 }
        guard sound.count == parts.count else { return nil }
        return sound.count == 1 ? sound[0] : .all(sound)
    }

    private func any(_ node: Node) -> Criteria? {
        guard case .list(let elements) = node.content, !elements.isEmpty else {
            reading.mismatch(node, expected: "a list of criteria, one of which must hold")
            return nil
        }
        let parts = elements.map(criteria)
        let sound = parts.compactMap { $0 }
        return sound.count == parts.count ? .any(sound) : nil
    }

    private func fact(_ entry: Node.Entry) -> Criteria? {
        let type = reading.facts.type(of: entry.key)
        if type == nil { reportUnknown(entry) }
        guard let test = test(entry.value, type ?? .custom, fact: entry.key), type != nil else { return nil }
        warnOfTouchpoint(entry)
        return .fact(entry.key, test)
    }

    private func reportUnknown(_ entry: Node.Entry) {
        if case .refused = entry.value.content { return }
        var hint = NearestName.hint(among: reading.facts.paths + ["any"], to: entry.key)
        if hint == nil, entry.key.hasPrefix("steps.") {
            let ids = reading.facts.steps
            hint = ids.isEmpty ? "steps are known inside a sequence only" : "steps here: \(ids.joined(separator: ", "))"
        }
        reading.report(
            .unknownFact, "there is no fact \"\(entry.key)\"", at: entry.keyRange,
            hint: hint ?? "a column of an imported CSV file is a fact by its own name")
    }

    private func warnOfTouchpoint(_ entry: Node.Entry) {
        guard entry.key.hasPrefix("touchpoints."), let last = entry.key.lastIndex(of: ".") else { return }
        let kind = String(entry.key[..<last].dropFirst("touchpoints.".count))
        reading.warn(of: kind, known: reading.facts.touchpoints, at: entry.keyRange)
    }

    private func test(_ node: Node, _ type: FactType, fact: String) -> FactTest? {
        switch node.content {
        case .text: return value(node, type, fact: fact).map { .equals($0) }
        case .list(let elements):
            if elements.isEmpty {
                reading.report(.badCriteria, "the list is empty, so nothing could pass", at: node.caret)
                return nil
            }
            let values = elements.map { value($0, type, fact: fact) }
            let sound = values.compactMap { $0 }
            return sound.count == values.count ? .oneOf(sound) : nil
        case .mapping(let entries): return mapping(node, entries, type, fact: fact)
        case .nothing, .refused:
            reading.mismatch(node, expected: type.expected, hint: "to ask whether it is known: {missing: true}")
            return nil
        }
    }

    private func value(_ node: Node, _ type: FactType, fact: String) -> Value? {
        guard let text = node.text else {
            reading.mismatch(node, expected: type.expected)
            return nil
        }
        switch type {
        case .text, .custom: return .text(text)
        case .flag:
            return Kind<Bool>.flag.read(node, reading).map { .bool($0) }
        case .number:
            if let whole = Int(text) { return .integer(whole) }
            if let number = decimal(text) { return .decimal(number) }
        case .word(let words):
            if words.contains(text) { return .text(text) }
            reading.report(
                .wrongValue, "\(fact) is never \"\(text)\"; it is one of \(type.expected)", at: node.caret,
                hint: NearestName.hint(among: words, to: text))
            return nil
        }
        reading.mismatch(node, expected: "\(type.expected), for \(fact) is one")
        return nil
    }

    private static let tests = ["from", "to", "words", "missing", "not"]

    private func mapping(_ node: Node, _ entries: [Node.Entry], _ type: FactType, fact: String) -> FactTest? {
        let unknown = entries.filter { !Self.tests.contains($0.key) }
        for entry in unknown {
            reading.report(
                .badCriteria, "\"\(entry.key)\" is no test of a fact", at: entry.keyRange,
                hint: NearestName.hint(among: Self.tests, to: entry.key)
                    ?? "tests: {from: .., to: ..}, {words: [..]}, {missing: true}, {not: ..}")
        }
        if !unknown.isEmpty { return nil }
        let keys = Set(entries.map(\.key))
        guard keys.count == 1 || keys == ["from", "to"], let first = entries.first else {
            reading.report(
                .badCriteria, "one test at a time; only from and to go together", at: node.caret,
                hint: "put both under any: or name the fact in two criteria")
            return nil
        }
        switch first.key {
        case "words": return words(first.value, type, fact: fact)
        case "missing": return Kind<Bool>.flag.read(first.value, reading).map { .missing($0) }
        case "not": return test(first.value, type, fact: fact).map { .not($0) }
        default: return range(node, type, fact: fact)
        }
    }

    private func words(_ node: Node, _ type: FactType, fact: String) -> FactTest? {
        guard type == .text || type == .custom else {
            reading.report(
                .badCriteria, "words are looked for in texts, and \(fact) is \(type.expected)", at: node.caret)
            return nil
        }
        let words = Kind<String>.line.nonEmptyList.read(node, reading)
        return words.map { .words($0) }
    }

    private func range(_ node: Node, _ type: FactType, fact: String) -> FactTest? {
        guard type == .number || type == .custom else {
            reading.report(
                .badCriteria, "a range is for numbers, and \(fact) is \(type.expected)", at: node.caret)
            return nil
        }
        let limits = ["from", "to"].map { key in node[key].map { Kind<Double>.number(-1e15...1e15).read($0, reading) } }
        // A limit that is written but wrong was reported.
        if limits.contains(where: { $0 == .some(nil) }) { return nil }
        let (from, to) = (limits[0] ?? nil, limits[1] ?? nil)
        if let from, let to, from > to {
            reading.report(
                .badCriteria, "nothing lies from \(shortest(from)) to \(shortest(to))", at: node.caret,
                hint: "swap them")
            return nil
        }
        return .range(from: from, to: to)
    }
}
