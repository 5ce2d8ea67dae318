import Diagnostics
import Facts

/// Whether a variable must have a value where it stands.
enum Demand {
    /// A blank would be seen.
    case required
    /// A question, or something else stands in.
    case optional
}

extension Renderer {
    /// The value of an expression.
    ///
    /// - Throws: a failure for a variable without a value where one is `required` and the options say so.
    func evaluate(_ expression: Expression, _ demand: Demand = .optional) throws(Stop) -> Operand {
        switch expression {
        case .literal(let value): return value
        case .empty, .blank: return .text("")
        case .range(let first, let last):
            return .range(try bound(first), try bound(last))
        case .lookup(let lookup):
            let value = try evaluate(lookup)
            if failsOnMissing, case .required = demand, value.isBlankText {
                try demandValue(lookup, value)
            }
            return value
        }
    }

    /// An end of a range: `nil` and texts count as the number they begin with.
    private func bound(_ expression: Expression) throws(Stop) -> Int {
        let value = try evaluate(expression)
        switch value {
        case .integer(let number): return number
        case .large(let number): return number.clampedInt
        case .none: return 0
        case .text(let text), .markup(let text): return text.leadingInteger.clampedInt
        default:
            guard let number = value.strictInteger else {
                let range: Range<Int>
                if case .lookup(let lookup) = expression { range = lookup.range } else { range = 0..<1 }
                throw failure(.argument, "the end of a range is no whole number", range)
            }
            return number.clampedInt
        }
    }

    private func evaluate(_ lookup: Lookup) throws(Stop) -> Operand {
        let found = if let name = lookup.name { scope.find(name, for: lookup) } else { scope.find(try name(lookup)) }
        guard var value = found else { return .none }
        if lookup.segments.isEmpty { return value }
        for segment in lookup.segments {
            switch segment {
            case .key(let key): value = value[key]
            case .index(let expression): value = value[index: try evaluate(expression)]
            }
            if value.isNone { return .none }
        }
        return value
    }

    private func name(_ lookup: Lookup) throws(Stop) -> String {
        guard let expression = lookup.nameExpression else { return "" }
        return try evaluate(expression).text
    }

    /// - Throws: a failure that names the variable and suggests one.
    private func demandValue(_ lookup: Lookup, _ value: Operand) throws(Stop) {
        if case .fails(let optional) = options.undefined, optional.contains(lookup.path) { return }
        // What a template set to an empty text on purpose is fine.
        if !value.isNone, lookup.segments.isEmpty, let name = lookup.name, scope.local(name) != nil { return }
        let known = scope.find(lookup.name ?? "") != nil
        let suggestion = known ? nil : NearestName.hint(among: scope.names, to: lookup.name ?? "")
        throw failure(
            .missing(variable: lookup.path), "\"\(lookup.path)\" has no value", lookup.range,
            hint: suggestion ?? "give one for those who have none: | default: \"...\"")
    }

    /// A whole number that an attribute gives; `nil` where it gives none.
    func integer(_ expression: Expression?, _ range: Range<Int>) throws(Stop) -> Int? {
        guard let expression else { return nil }
        let value = try evaluate(expression)
        if value.isNone { return nil }
        guard let number = value.strictInteger else { throw failure(.argument, "invalid integer", range) }
        return number.clampedInt
    }

    // MARK: conditions

    /// Whether a condition holds.
    func holds(_ condition: Condition) throws(Stop) -> Bool {
        var result = false
        for (test, isBeforeAnd) in condition.tests {
            result = try holds(test)
            // What follows can't change it any more.
            if result != isBeforeAnd { return result }
        }
        return result
    }

    private func holds(_ test: Condition.Test) throws(Stop) -> Bool {
        switch test {
        case .isTruthy(let expression): try evaluate(expression).isTruthy
        case .compares(let left, let relation, let right, let range): try compares(left, relation, right, range)
        }
    }

    private func compares(
        _ left: Expression, _ relation: Condition.Relation, _ right: Expression, _ range: Range<Int>
    ) throws(Stop) -> Bool {
        let a = try evaluate(left)
        // `empty` and `blank` have no order and hold nothing.
        if left.isQuestion || right.isQuestion, relation.isOrder { return false }
        if left.isQuestion, relation == .contains { return false }
        switch relation {
        case .equal: return try isEqual(left, a, right)
        case .unequal, .otherUnequal: return try !isEqual(left, a, right)
        case .contains: return a.contains(try evaluate(right))
        case .below, .above, .atMost, .atLeast:
            let b = try evaluate(right)
            guard a.isOrdered, b.isOrdered else { return false }
            guard let order = Operand.order(a, b) else {
                throw failure(
                    .argument, "comparison of \(a.kind) with \(b.kind) failed", range,
                    hint: "numbers compare with numbers, texts with texts")
            }
            return relation.holds(order)
        }
    }

    /// Whether the value `a` of `left` equals that of `right`; `empty` and `blank` ask instead.
    func isEqual(_ left: Expression, _ a: Operand, _ right: Expression) throws(Stop) -> Bool {
        switch (left, right) {
        case (.empty, .empty), (.empty, .blank), (.blank, .empty), (.blank, .blank): false
        case (.empty, _): try evaluate(right).isEmpty ?? false
        case (.blank, _): try evaluate(right).isBlank
        case (_, .empty): a.isEmpty ?? false
        case (_, .blank): a.isBlank
        default: Operand.areEqual(a, try evaluate(right))
        }
    }
}

extension Expression {
    /// Whether it is `empty` or `blank`, which in a comparison ask for a state.
    fileprivate var isQuestion: Bool {
        switch self {
        case .empty, .blank: true
        default: false
        }
    }
}

extension Condition.Relation {
    fileprivate var isOrder: Bool {
        switch self {
        case .below, .above, .atMost, .atLeast: true
        default: false
        }
    }

    fileprivate func holds(_ order: Int) -> Bool {
        switch self {
        case .below: order < 0
        case .above: order > 0
        case .atMost: order <= 0
        case .atLeast: order >= 0
        default: order == 0
        }
    }
}

extension Operand {
    /// Whether `== blank` holds.
    var isBlank: Bool {
        switch self {
        case .none, .bool(false): true
        case .text(let text), .markup(let text): text.utf8.allSatisfy(Octet.isSpace)
        default: isEmpty ?? false
        }
    }

    /// What kind of value it is, for messages.
    var kind: String {
        switch self {
        case .none: "nil"
        case .bool: "a truth value"
        case .integer, .large: "a whole number"
        case .decimal: "a number"
        case .text, .markup: "a text"
        case .list: "a list"
        case .record: "a record"
        case .range: "a range"
        case .date: "a date"
        case .moment: "a time"
        case .forLoop, .tableRowLoop, .scope: "an object"
        }
    }

    /// `.key` of a value; the words `size`, `first` and `last` ask for those where there is no such key.
    subscript(key: String) -> Operand {
        switch self {
        case .record(let record):
            if let value = record[key] { return Operand(value) }
            return command(key)
        case .forLoop(let loop): return loop[key] ?? .none
        case .tableRowLoop(let loop): return loop[key] ?? .none
        case .scope(let scope): return scope.find(key) ?? .none
        case .none: return .none
        default: return command(key)
        }
    }

    private func command(_ key: String) -> Operand {
        switch key {
        case "size": size
        case "first": first
        case "last": last
        default: .none
        }
    }

    /// `[index]` of a value.
    subscript(index index: Operand) -> Operand {
        switch (self, index) {
        case (.list(let values), .integer(let place)):
            let place = place < 0 ? values.count + place : place
            return values.indices.contains(place) ? values[place] : .none
        case (.record(let record), _): return index.string.flatMap { record[$0] }.map { Operand($0) } ?? .none
        case (.forLoop(let loop), _): return index.string.flatMap { loop[$0] } ?? .none
        case (.tableRowLoop(let loop), _): return index.string.flatMap { loop[$0] } ?? .none
        case (.scope(let scope), _): return index.string.flatMap { scope.find($0) } ?? .none
        default: return .none
        }
    }

    /// How many characters or elements it has; `nil` for what has none.
    var size: Operand {
        switch self {
        case .text(let text), .markup(let text): .integer(text.unicodeScalars.count)
        case .list(let values): .integer(values.count)
        case .record(let record): .integer(record.count)
        case .range(let first, let last): .integer(Self.count(first, last))
        // The octets of a machine word, as the reference's language has it.
        case .integer: .integer(8)
        case .large(let number): .integer(number.octetCount)
        default: .none
        }
    }

    /// How many numbers a range has; more than can be counted are as many as can be.
    static func count(_ first: Int, _ last: Int) -> Int {
        guard first <= last else { return 0 }
        let (size, overflows) = last.subtractingReportingOverflow(first)
        return overflows || size == Int.max ? Int.max : size + 1
    }

    /// The first element of a list, a range or a record (as name and value), the first character of a text.
    var first: Operand {
        switch self {
        case .text(let text), .markup(let text): .text(text.unicodeScalars.first.map { String($0) } ?? "")
        case .list(let values): values.first ?? .none
        case .range(let first, _): .integer(first)
        case .record(let record): record.elements.first.map { .list([.text($0.key), Operand($0.value)]) } ?? .none
        default: .none
        }
    }

    /// The last element of a list or a range, the last character of a text.
    var last: Operand {
        switch self {
        case .text(let text), .markup(let text): .text(text.unicodeScalars.last.map { String($0) } ?? "")
        case .list(let values): values.last ?? .none
        case .range(_, let last): .integer(last)
        default: .none
        }
    }
}
