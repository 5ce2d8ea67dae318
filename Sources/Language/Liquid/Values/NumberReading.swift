extension Operand {
    /// The number that arithmetic sees: texts count as the number they begin with, all else as zero.
    var number: Number {
        switch self {
        case .integer(let value): return .whole(BigInteger(value))
        case .large(let value): return .whole(value)
        case .decimal(let value): return Number(value)
        case .text(let text), .markup(let text):
            if text.isPlainFraction, let value = BigDecimal(text.trimmedOctets) { return .fraction(value) }
            return .whole(text.leadingInteger)
        default: return .whole(BigInteger(0))
        }
    }

    /// A whole number, or a text that is one and nothing else; `nil` for others.
    var strictInteger: BigInteger? {
        switch self {
        case .integer(let value): BigInteger(value)
        case .large(let value): value
        case .none, .bool, .list, .record, .range, .decimal, .date, .moment, .forLoop, .tableRowLoop, .scope: nil
        case .text(let text), .markup(let text): text.strictInteger
        }
    }

    /// A whole number as far as the value begins with one: fractions are cut, `nil` is zero.
    var looseInteger: Int? {
        switch self {
        case .none: 0
        case .integer(let value): value
        case .large(let value): value.clampedInt
        case .decimal(let value): value.isFinite ? BigDecimal(value)?.truncated.clampedInt : nil
        case .text(let text), .markup(let text): text.leadingInteger.clampedInt
        default: nil
        }
    }
}

extension BigDecimal {
    /// The whole part.
    var truncated: BigInteger {
        mantissa.quotientAndRemainder(dividingBy: .powerOfTen(scale)).quotient
    }
}

extension String {
    private static let mostDigits = 5000

    /// The text without white space at both ends.
    var trimmedOctets: Substring {
        let view = utf8
        guard let start = view.firstIndex(where: { !Octet.isSpace($0) }),
            let end = view.lastIndex(where: { !Octet.isSpace($0) })
        else { return "" }
        return self[start...end]
    }

    /// Whether it is `-12.5`, and nothing else but white space around it.
    var isPlainFraction: Bool {
        var rest = trimmedOctets.utf8
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let parts = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(Octet.isDigit) }
    }

    /// The whole number it begins with, behind white space; zero if with none. Digits may be set apart by `_`.
    var leadingInteger: BigInteger {
        var rest = utf8.drop(while: Octet.isSpace)
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        var digits: [UInt8] = []
        var isAfterDigit = false
        // Reading takes the square of the digits; a number beyond so many is none that anybody means.
        for octet in rest.prefix(Self.mostDigits) {
            if Octet.isDigit(octet) {
                digits.append(octet)
                isAfterDigit = true
            } else if octet == UInt8(ascii: "_"), isAfterDigit {
                isAfterDigit = false
            } else {
                break
            }
        }
        return BigInteger(digits: digits, isNegative: isNegative)
    }

    /// The whole number it is, white space around it allowed; `nil` if it is none.
    /// A prefix sets another base: `0x1f`, `0b101`, `0o17`, `017`.
    var strictInteger: BigInteger? {
        var rest = trimmedOctets.utf8
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        // QUIRK: a number beyond 64 bits may be followed by NUL and anything, as in the reference.
        if let end = rest.firstIndex(of: 0), rest[..<end].allSatisfy(Octet.isDigit), rest[..<end].count > 19 {
            return BigInteger(digits: rest[..<end], isNegative: isNegative)
        }
        guard rest.count <= Self.mostDigits else { return nil }
        let digits = String(Substring(rest)).lowercased()
        guard let first = digits.utf8.first, Octet.isDigit(first), digits.utf8.last != UInt8(ascii: "_"),
            !digits.containsText("__")
        else { return nil }
        let plain = digits.replacing("_", with: "")
        for (prefix, radix) in [("0x", 16), ("0b", 2), ("0o", 8), ("0d", 10), ("0", 8)]
        where plain.hasPrefix(prefix) && plain.utf8.count > prefix.utf8.count {
            guard let value = Int(plain.dropFirst(prefix.count), radix: radix) else { return nil }
            return BigInteger(isNegative ? -value : value)
        }
        guard plain.utf8.allSatisfy(Octet.isDigit) else { return nil }
        return BigInteger(digits: plain.utf8, isNegative: isNegative)
    }
}
