/// A number as the arithmetic filters see it: whole, or an exact decimal fraction.
///
/// Binary floating point never takes part in a sum: 0.1 + 0.2 is 0.3.
enum Number: Sendable {
    case whole(BigInteger)
    case fraction(BigDecimal)
    /// An infinity, or what is no number: from a fraction divided by zero.
    case special(Double)

    init(_ value: Double) { self = BigDecimal(value).map { .fraction($0) } ?? .special(value) }

    var decimal: BigDecimal {
        switch self {
        case .whole(let value): BigDecimal(mantissa: value, scale: 0)
        case .fraction(let value): value
        case .special: BigDecimal(mantissa: BigInteger(0), scale: 0)
        }
    }

    var isZero: Bool {
        switch self {
        case .whole(let value): value.isZero
        case .fraction(let value): value.mantissa.isZero
        case .special: false
        }
    }

    var isSpecial: Bool {
        if case .special = self { return true }
        return false
    }

    /// The nearest binary number.
    private var double: Double {
        switch self {
        case .whole, .fraction: decimal.double
        case .special(let value): value
        }
    }

    /// `a` and `b` worked on as binary numbers, where one of them is special; else `nil`.
    private static func special(_ a: Number, _ b: Number, _ function: (Double, Double) -> Double) -> Number? {
        a.isSpecial || b.isSpecial ? Number(function(a.double, b.double)) : nil
    }

    /// The number as a value: a fraction becomes the nearest binary one.
    var operand: Operand {
        switch self {
        case .whole(let value): value.int.map { .integer($0) } ?? .large(value)
        case .fraction(let value): .decimal(value.double)
        case .special(let value): .decimal(value)
        }
    }
}

extension Number {
    static func + (a: Number, b: Number) -> Number {
        if case .whole(let x) = a, case .whole(let y) = b { return .whole(x + y) }
        if let result = special(a, b, +) { return result }
        return .fraction(a.decimal + b.decimal)
    }

    static func - (a: Number, b: Number) -> Number {
        if case .whole(let x) = a, case .whole(let y) = b { return .whole(x - y) }
        if let result = special(a, b, -) { return result }
        return .fraction(a.decimal - b.decimal)
    }

    static func * (a: Number, b: Number) -> Number {
        if case .whole(let x) = a, case .whole(let y) = b { return .whole(x * y) }
        if let result = special(a, b, *) { return result }
        return .fraction(a.decimal * b.decimal)
    }

    /// The quotient: rounded down for two whole numbers, which must not be divided by zero; a fraction by zero is
    /// an infinity, or no number.
    func divided(by divisor: Number) -> Number {
        if case .whole(let x) = self, case .whole(let y) = divisor { return .whole(x.floorDivided(by: y).quotient) }
        if divisor.isZero { return Number(double / divisor.double) }
        if let result = Number.special(self, divisor, /) { return result }
        return .fraction(decimal.divided(by: divisor.decimal))
    }

    /// What is left of the division rounded down; it has the divisor's sign. `divisor` is not zero.
    func modulo(_ divisor: Number) -> Number {
        if case .whole(let x) = self, case .whole(let y) = divisor { return .whole(x.floorDivided(by: y).remainder) }
        let modulo: (Double, Double) -> Double = { $1.isInfinite ? $0 : $0 - $1 * ($0 / $1).rounded(.down) }
        if let result = Number.special(self, divisor, modulo) { return result }
        return .fraction(decimal.modulo(divisor.decimal))
    }

    static func < (a: Number, b: Number) -> Bool {
        if case .whole(let x) = a, case .whole(let y) = b { return x < y }
        if a.isSpecial || b.isSpecial { return a.double < b.double }
        return a.decimal < b.decimal
    }

    var magnitude: Number {
        switch self {
        case .whole(let value): .whole(value.magnitude)
        case .fraction(let value): .fraction(BigDecimal(mantissa: value.mantissa.magnitude, scale: value.scale))
        case .special(let value): .special(value.magnitude)
        }
    }
}

/// An exact decimal number: `mantissa` / 10^`scale`.
struct BigDecimal: Sendable, Comparable {
    let mantissa: BigInteger
    /// Digits behind the point, not negative.
    let scale: Int
    /// Whether it is a zero that came from below.
    let isNegativeZero: Bool

    init(mantissa: BigInteger, scale: Int, isNegative: Bool = false) {
        self.mantissa = mantissa
        self.scale = scale
        self.isNegativeZero = isNegative && mantissa.isZero
    }

    private var isNegative: Bool { mantissa.isNegative || isNegativeZero }

    /// The number a text writes, `-12.50`, an exponent allowed; `nil` for anything else.
    init?(_ text: some StringProtocol) {
        var digits: [UInt8] = []
        var scale = 0
        var exponent = 0
        var rest = Array(text.utf8)[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        if let mark = rest.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
            guard let value = Int(String(decoding: rest[(mark + 1)...], as: UTF8.self)) else { return nil }
            exponent = value
            rest = rest[..<mark]
        }
        var isBehindPoint = false
        for octet in rest {
            if octet == UInt8(ascii: "."), !isBehindPoint {
                isBehindPoint = true
            } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) {
                digits.append(octet)
                scale += isBehindPoint ? 1 : 0
            } else {
                return nil
            }
        }
        guard !digits.isEmpty, abs(exponent) < 400 else { return nil }
        let value = BigInteger(digits: digits, isNegative: isNegative)
        let shift = scale - exponent
        self.init(
            mantissa: shift < 0 ? value * .powerOfTen(-shift) : value, scale: max(shift, 0), isNegative: isNegative)
    }

    /// The shortest decimal that reads back as `value`; `nil` for NaN and the infinities.
    init?(_ value: Double) {
        guard value.isFinite else { return nil }
        self.init(value.description)
    }

    /// The nearest binary floating point number.
    var double: Double { isNegativeZero ? -0.0 : Double("\(mantissa)e-\(scale)") ?? .nan }

    func scaled(to other: Int) -> BigInteger { mantissa * .powerOfTen(other - scale) }

    static func + (a: BigDecimal, b: BigDecimal) -> BigDecimal {
        let scale = max(a.scale, b.scale)
        return BigDecimal(mantissa: a.scaled(to: scale) + b.scaled(to: scale), scale: scale)
    }

    static func - (a: BigDecimal, b: BigDecimal) -> BigDecimal {
        a + BigDecimal(mantissa: b.mantissa.negated, scale: b.scale)
    }

    static func * (a: BigDecimal, b: BigDecimal) -> BigDecimal {
        BigDecimal(
            mantissa: a.mantissa * b.mantissa, scale: a.scale + b.scale, isNegative: a.isNegative != b.isNegative)
    }

    /// The quotient to 40 significant digits and more, far beyond what a binary number holds.
    func divided(by divisor: BigDecimal) -> BigDecimal {
        let extra = 40 + max(0, divisor.mantissa.digits.count - mantissa.digits.count) + divisor.scale
        let shifted = mantissa * .powerOfTen(extra)
        let quotient = shifted.quotientAndRemainder(dividingBy: divisor.mantissa).quotient
        return BigDecimal(
            mantissa: quotient, scale: scale + extra - divisor.scale, isNegative: isNegative != divisor.isNegative)
    }

    func modulo(_ divisor: BigDecimal) -> BigDecimal {
        let scale = max(scale, divisor.scale)
        return BigDecimal(
            mantissa: scaled(to: scale).floorDivided(by: divisor.scaled(to: scale)).remainder, scale: scale)
    }

    static func < (a: BigDecimal, b: BigDecimal) -> Bool {
        let scale = max(a.scale, b.scale)
        return a.scaled(to: scale) < b.scaled(to: scale)
    }

    static func == (a: BigDecimal, b: BigDecimal) -> Bool { !(a < b) && !(b < a) }

    /// How a number loses its digits.
    enum Rounding { case down, up, halfAwayFromZero }

    /// The number with `places` digits behind the point; below zero, that many zeros before it.
    func rounded(_ rounding: Rounding, places: Int = 0) -> BigDecimal {
        guard places < scale else { return self }
        let unit = BigInteger.powerOfTen(scale - places)
        let (floor, remainder) = mantissa.floorDivided(by: unit)
        let isUp: Bool
        switch rounding {
        case .down: isUp = false
        case .up: isUp = !remainder.isZero
        case .halfAwayFromZero:
            let twice = remainder + remainder
            isUp = mantissa.isNegative ? unit < twice : !(twice < unit)
        }
        let kept = isUp ? floor + BigInteger(1) : floor
        return BigDecimal(
            mantissa: kept * .powerOfTen(max(0, -places)), scale: max(0, places), isNegative: isNegative)
    }
}
