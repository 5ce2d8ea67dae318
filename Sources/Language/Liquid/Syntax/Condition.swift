/// A question that an `if`, `unless` or `elsif` asks: tests joined by `and` and `or`.
///
/// What is behind a word is grouped from the right: `a and b or c` is `a and (b or c)`.
struct Condition: Sendable {
    /// One test.
    enum Test: Sendable {
        /// Whether a value is neither `nil` nor `false`.
        case isTruthy(Expression)
        case compares(Expression, Relation, Expression, Range<Int>)
    }

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

    /// The tests, and for all but the last whether `and` follows, or `or`.
    var tests: [(test: Test, isBeforeAnd: Bool)]
}

extension MarkupParser {
    /// A whole condition, up to the end.
    ///
    /// - Throws: the first problem.
    mutating func condition() throws(SyntaxProblem) -> Condition {
        var condition = Condition(tests: [])
        while true {
            let test = try comparison()
            if take(word: "and") {
                condition.tests.append((test, true))
            } else if take(word: "or") {
                condition.tests.append((test, false))
            } else {
                if !isAtEnd { throw unexpectedInCondition() }
                condition.tests.append((test, true))
                return condition
            }
        }
    }

    private mutating func comparison() throws(SyntaxProblem) -> Condition.Test {
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
