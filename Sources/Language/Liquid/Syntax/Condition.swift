/// A question that an `if`, `unless`, `elsif` or `when` asks.
indirect enum Condition: Sendable {
    enum Relation: String, Sendable {
        case equal = "=="
        case unequal = "!="
        case otherUnequal = "<>"
        case below = "<"
        case above = ">"
        case atMost = "<="
        case atLeast = ">="
        case contains
    }

    /// Whether a value is neither `nil` nor `false`.
    case isTruthy(Expression)
    case compares(Expression, Relation, Expression, Range<Int>)
    /// The rest is grouped from the right: `a and b or c` is `a and (b or c)`.
    case and(Condition, Condition)
    case or(Condition, Condition)
}

extension MarkupParser {
    /// A whole condition, up to the end.
    ///
    /// - Throws: the first problem.
    mutating func condition() throws(SyntaxProblem) -> Condition {
        var parts: [(condition: Condition, isAnd: Bool)] = []
        while true {
            let part = try comparison()
            if take(word: "and") {
                parts.append((part, true))
            } else if take(word: "or") {
                parts.append((part, false))
            } else {
                if !isAtEnd { throw unexpectedInCondition() }
                return parts.reversed().reduce(part) { rest, part in
                    part.isAnd ? .and(part.condition, rest) : .or(part.condition, rest)
                }
            }
        }
    }

    private mutating func comparison() throws(SyntaxProblem) -> Condition {
        let left = try expression()
        guard let sign = take(.comparison) else { return .isTruthy(left) }
        guard let relation = Condition.Relation(rawValue: text(sign)) else { throw unexpected(expecting: nil) }
        return .compares(left, relation, try expression(), sign.range)
    }

    private func unexpectedInCondition() -> SyntaxProblem {
        let hint = looksAt(.pipe) ? "a condition takes no filters: assign the value first" : nil
        return unexpected(expecting: "\"and\", \"or\" or a comparison", hint: hint)
    }
}
