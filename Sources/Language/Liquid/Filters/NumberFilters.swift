/// The filters of the standard that calculate.
enum NumberFilters {
    static let all: [String: Filter] = [
        "abs": Filter { (input, _, _) throws(FilterProblem) in input.number.magnitude.operand },
        "plus": operation { (a, b) throws(FilterProblem) in a + b },
        "minus": operation { (a, b) throws(FilterProblem) in a - b },
        "times": operation { (a, b) throws(FilterProblem) in a * b },
        "divided_by": operation { (a, b) throws(FilterProblem) in try quotient(a, b) },
        "modulo": operation { (a, b) throws(FilterProblem) in a.modulo(try divisor(b)) },
        "at_least": operation { (a, b) throws(FilterProblem) in a < b ? b : a },
        "at_most": operation { (a, b) throws(FilterProblem) in b < a ? b : a },
        "ceil": Filter { (input, _, _) throws(FilterProblem) in try whole(input.number, .up) },
        "floor": Filter { (input, _, _) throws(FilterProblem) in try whole(input.number, .down) },
        "round": Filter(0...1, round),
    ]

    private static func operation(
        _ function: @escaping @Sendable (Number, Number) throws(FilterProblem) -> Number
    ) -> Filter {
        Filter(1...1) { (input, arguments, context) throws(FilterProblem) in
            let (a, b) = (input.number, arguments[0].number)
            // A product has as many digits as its factors together, and takes the square of them to work out.
            if a.size + b.size > 500 { throw FilterProblem("the numbers have too many digits", isLimit: true) }
            return try function(a, b).operand
        }
    }

    private static func quotient(_ a: Number, _ b: Number) throws(FilterProblem) -> Number {
        if case .whole = a, case .whole = b { return a.divided(by: try divisor(b)) }
        return a.divided(by: b)
    }

    private static func divisor(_ number: Number) throws(FilterProblem) -> Number {
        if number.isZero { throw FilterProblem("divided by 0") }
        return number
    }

    private static func whole(_ number: Number, _ rounding: BigDecimal.Rounding) throws(FilterProblem) -> Operand {
        switch number {
        case .whole: return number.operand
        case .fraction(let value): return Number.whole(value.rounded(rounding).truncated).operand
        case .special: throw FilterProblem("the number is infinite, or none")
        }
    }

    private static let round: Filter.Function = { (input, arguments, context) throws(FilterProblem) in
        let wanted = arguments.first?.number.decimal.truncated.clampedInt ?? 0
        let number = input.number
        // A limb has fewer than ten digits: so many places before the point leave nothing.
        let places = max(wanted, -10 * (number.size + 1))
        switch number {
        case .whole(let value):
            let rounded = BigDecimal(mantissa: value, scale: 0).rounded(.halfAwayFromZero, places: min(places, 0))
            return Number.whole(rounded.mantissa).operand
        case .fraction(let value):
            let rounded = value.rounded(.halfAwayFromZero, places: places)
            return places < 1 ? Number.whole(rounded.truncated).operand : Number.fraction(rounded).operand
        case .special(let value):
            if places < 1 { throw FilterProblem("the number is infinite, or none") }
            return .decimal(value)
        }
    }
}

extension Number {
    /// How many limbs it takes.
    fileprivate var size: Int {
        switch self {
        case .whole(let value): value.limbs.count
        case .fraction(let value): value.mantissa.limbs.count
        case .special: 1
        }
    }
}
