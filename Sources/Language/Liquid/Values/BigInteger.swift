/// A whole number of any size, for what does not fit 64 bits.
struct BigInteger: Sendable, Hashable, Comparable {
    /// Whether it is below zero; never for zero.
    private(set) var isNegative: Bool
    /// The magnitude in 32-bit limbs, the least first, without leading zeros; empty for zero.
    private(set) var limbs: [UInt32]

    private init(isNegative: Bool, limbs: [UInt32]) {
        var limbs = limbs
        while limbs.last == 0 { limbs.removeLast() }
        self.limbs = limbs
        self.isNegative = isNegative && !limbs.isEmpty
    }

    init(_ value: Int) {
        let magnitude = value.magnitude
        self.init(isNegative: value < 0, limbs: [UInt32(truncatingIfNeeded: magnitude), UInt32(magnitude >> 32)])
    }

    /// The number that decimal `digits` write; every octet is an ASCII digit.
    init(digits: some Sequence<UInt8>, isNegative: Bool = false) {
        var limbs: [UInt32] = []
        for digit in digits { Self.multiply(&limbs, by: 10, add: UInt32(digit - UInt8(ascii: "0"))) }
        self.init(isNegative: isNegative, limbs: limbs)
    }

    /// How many octets the magnitude takes.
    var octetCount: Int { limbs.count * 4 - (limbs.last.map { $0.leadingZeroBitCount / 8 } ?? 0) }
    var isZero: Bool { limbs.isEmpty }
    var isOdd: Bool { limbs.first.map { $0 & 1 == 1 } ?? false }
    var negated: BigInteger { BigInteger(isNegative: !isNegative, limbs: limbs) }
    var magnitude: BigInteger { BigInteger(isNegative: false, limbs: limbs) }

    /// The same as an `Int`, where it fits.
    var int: Int? {
        guard limbs.count <= 2 else { return nil }
        let magnitude = UInt(limbs.first ?? 0) | UInt(limbs.count > 1 ? limbs[1] : 0) << 32
        if isNegative { return magnitude <= UInt(Int.max) + 1 ? Int(truncatingIfNeeded: 0 &- magnitude) : nil }
        return Int(exactly: magnitude)
    }

    /// The nearest `Int`.
    var clampedInt: Int { int ?? (isNegative ? Int.min : Int.max) }

    /// Ten to the power of `exponent`, which is not negative.
    static func powerOfTen(_ exponent: Int) -> BigInteger {
        var limbs: [UInt32] = [1]
        for _ in 0..<exponent { multiply(&limbs, by: 10, add: 0) }
        return BigInteger(isNegative: false, limbs: limbs)
    }

    static func + (a: BigInteger, b: BigInteger) -> BigInteger {
        if a.isNegative == b.isNegative {
            return BigInteger(isNegative: a.isNegative, limbs: sum(a.limbs, b.limbs))
        }
        return isBelow(a.limbs, b.limbs)
            ? BigInteger(isNegative: b.isNegative, limbs: difference(b.limbs, a.limbs))
            : BigInteger(isNegative: a.isNegative, limbs: difference(a.limbs, b.limbs))
    }

    static func - (a: BigInteger, b: BigInteger) -> BigInteger { a + b.negated }

    static func * (a: BigInteger, b: BigInteger) -> BigInteger {
        var limbs = [UInt32](repeating: 0, count: a.limbs.count + b.limbs.count)
        for (i, x) in a.limbs.enumerated() {
            var carry: UInt64 = 0
            for (j, y) in b.limbs.enumerated() {
                let value = UInt64(x) * UInt64(y) + UInt64(limbs[i + j]) + carry
                limbs[i + j] = UInt32(truncatingIfNeeded: value)
                carry = value >> 32
            }
            limbs[i + b.limbs.count] = UInt32(carry)
        }
        return BigInteger(isNegative: a.isNegative != b.isNegative, limbs: limbs)
    }

    /// The quotient rounded towards zero and the remainder, which has the sign of this; `divisor` is not zero.
    func quotientAndRemainder(dividingBy divisor: BigInteger) -> (quotient: BigInteger, remainder: BigInteger) {
        var remainder: [UInt32] = []
        var quotient = [UInt32](repeating: 0, count: limbs.count)
        for index in limbs.indices.reversed() {
            for bit in (0..<32).reversed() {
                Self.double(&remainder, adding: limbs[index] >> UInt32(bit) & 1)
                if !Self.isBelow(remainder, divisor.limbs) {
                    remainder = Self.difference(remainder, divisor.limbs)
                    quotient[index] |= 1 << UInt32(bit)
                }
            }
        }
        return (
            BigInteger(isNegative: isNegative != divisor.isNegative, limbs: quotient),
            BigInteger(isNegative: isNegative, limbs: remainder)
        )
    }

    /// The quotient rounded down and the remainder with the divisor's sign.
    func floorDivided(by divisor: BigInteger) -> (quotient: BigInteger, remainder: BigInteger) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        if remainder.isZero || remainder.isNegative == divisor.isNegative { return (quotient, remainder) }
        return (quotient - BigInteger(1), remainder + divisor)
    }

    static func < (a: BigInteger, b: BigInteger) -> Bool {
        if a.isNegative != b.isNegative { return a.isNegative }
        return a.isNegative ? isBelow(b.limbs, a.limbs) : isBelow(a.limbs, b.limbs)
    }

    /// The decimal digits of the magnitude.
    var digits: String {
        if limbs.isEmpty { return "0" }
        var rest = limbs
        var groups: [String] = []
        while !rest.isEmpty { groups.append(String(Self.divide(&rest, by: 1_000_000_000))) }
        let padded = groups.dropLast().reversed().map { String(repeating: "0", count: 9 - $0.count) + $0 }
        return (groups.last ?? "0") + padded.joined()
    }
}

extension BigInteger: CustomStringConvertible {
    var description: String { (isNegative ? "-" : "") + digits }
}

/// Arithmetic on magnitudes.
extension BigInteger {
    private static func multiply(_ limbs: inout [UInt32], by factor: UInt32, add: UInt32) {
        var carry = UInt64(add)
        for index in limbs.indices {
            let value = UInt64(limbs[index]) * UInt64(factor) + carry
            limbs[index] = UInt32(truncatingIfNeeded: value)
            carry = value >> 32
        }
        if carry > 0 { limbs.append(UInt32(carry)) }
    }

    /// Divides in place and gives the remainder.
    private static func divide(_ limbs: inout [UInt32], by divisor: UInt32) -> UInt32 {
        var remainder: UInt64 = 0
        for index in limbs.indices.reversed() {
            let value = remainder << 32 | UInt64(limbs[index])
            limbs[index] = UInt32(value / UInt64(divisor))
            remainder = value % UInt64(divisor)
        }
        while limbs.last == 0 { limbs.removeLast() }
        return UInt32(remainder)
    }

    private static func double(_ limbs: inout [UInt32], adding bit: UInt32) {
        var carry = bit
        for index in limbs.indices {
            let next = limbs[index] >> 31
            limbs[index] = limbs[index] << 1 | carry
            carry = next
        }
        if carry > 0 { limbs.append(carry) }
    }

    private static func sum(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
        var limbs: [UInt32] = []
        var carry: UInt64 = 0
        for index in 0..<max(a.count, b.count) {
            let value = UInt64(index < a.count ? a[index] : 0) + UInt64(index < b.count ? b[index] : 0) + carry
            limbs.append(UInt32(truncatingIfNeeded: value))
            carry = value >> 32
        }
        limbs.append(UInt32(carry))
        return limbs
    }

    /// `a` - `b`, where `a` is not below `b`.
    private static func difference(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
        var limbs: [UInt32] = []
        var borrow: Int64 = 0
        for index in a.indices {
            var value = Int64(a[index]) - Int64(index < b.count ? b[index] : 0) - borrow
            borrow = value < 0 ? 1 : 0
            if value < 0 { value += 1 << 32 }
            limbs.append(UInt32(value))
        }
        while limbs.last == 0 { limbs.removeLast() }
        return limbs
    }

    private static func isBelow(_ a: [UInt32], _ b: [UInt32]) -> Bool {
        if a.count != b.count { return a.count < b.count }
        for index in a.indices.reversed() where a[index] != b[index] { return a[index] < b[index] }
        return false
    }
}
