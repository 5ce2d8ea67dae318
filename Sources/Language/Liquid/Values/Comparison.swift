import CivilTime
import Facts

extension Operand {
    /// Whether two values are the same; a whole number equals a fraction of the same size.
    static func areEqual(_ a: Operand, _ b: Operand) -> Bool {
        switch (a, b) {
        case (.none, .none): true
        case (.bool(let x), .bool(let y)): x == y
        case (.integer(let x), .integer(let y)): x == y
        case (.text(let x), .text(let y)), (.text(let x), .markup(let y)), (.markup(let x), .text(let y)),
            (.markup(let x), .markup(let y)):
            // Canonically equal texts of other octets are not the same here.
            x == y && x.utf8.elementsEqual(y.utf8)
        case (.list(let x), .list(let y)): x.count == y.count && zip(x, y).allSatisfy { areEqual($0, $1) }
        case (.record(let x), .record(let y)): areEqual(x, y)
        case (.range(let a1, let a2), .range(let b1, let b2)): a1 == b1 && a2 == b2
        case (.date(let x), .date(let y)): x == y
        case (.moment(let x), .moment(let y)): x.order(y) == 0
        case (.forLoop(let x), .forLoop(let y)): x === y
        case (.tableRowLoop(let x), .tableRowLoop(let y)): x === y
        case (.scope(let x), .scope(let y)): x === y
        default: numericOrder(a, b) == 0
        }
    }

    private static func areEqual(_ a: Record, _ b: Record) -> Bool {
        a.count == b.count
            && a.keys.allSatisfy { key in
                guard let x = a[key], let y = b[key] else { return false }
                return areEqual(Operand(x), Operand(y))
            }
    }

    /// Below zero, zero or above, for two values that have an order; `nil` for others.
    static func order(_ a: Operand, _ b: Operand) -> Int? {
        switch (a, b) {
        case (.text(let x), .text(let y)), (.text(let x), .markup(let y)), (.markup(let x), .text(let y)),
            (.markup(let x), .markup(let y)):
            octetOrder(x, y)
        case (.date(let x), .date(let y)): x == y ? 0 : x < y ? -1 : 1
        case (.moment(let x), .moment(let y)): x.order(y)
        case (.list(let x), .list(let y)): listOrder(x, y)
        case (.none, .none): 0
        case (.bool(let x), .bool(let y)): x == y ? 0 : nil
        default: numericOrder(a, b)
        }
    }

    private static func listOrder(_ a: [Operand], _ b: [Operand]) -> Int? {
        for (x, y) in zip(a, b) {
            guard let order = order(x, y) else { return nil }
            if order != 0 { return order }
        }
        return a.count == b.count ? 0 : a.count < b.count ? -1 : 1
    }

    /// The order of two texts by their octets.
    static func octetOrder(_ a: String, _ b: String) -> Int {
        if a.utf8.elementsEqual(b.utf8) { return 0 }
        return a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
    }

    private static func numericOrder(_ a: Operand, _ b: Operand) -> Int? {
        if case .integer(let x) = a, case .integer(let y) = b { return x == y ? 0 : x < y ? -1 : 1 }
        if case .decimal(let x) = a, case .decimal(let y) = b { return x == y ? 0 : x < y ? -1 : x > y ? 1 : nil }
        guard let x = a.exactNumber, let y = b.exactNumber else { return nil }
        return x < y ? -1 : y < x ? 1 : 0
    }

    /// The number, of a number only.
    var exactNumber: Number? {
        switch self {
        case .integer(let value): .whole(BigInteger(value))
        case .large(let value): .whole(value)
        case .decimal(let value): BigDecimal(value).map { .fraction($0) }
        default: nil
        }
    }

    /// Whether `<` and the like are defined for values of this kind; others compare as false.
    var isOrdered: Bool {
        switch self {
        case .integer, .large, .decimal, .text, .markup, .date, .moment: true
        default: false
        }
    }

    /// Whether this contains `other`: a text a part, a list an element, a record a key, a range a number.
    func contains(_ other: Operand) -> Bool {
        guard isTruthy, other.isTruthy else { return false }
        switch self {
        case .text(let text), .markup(let text): return text.containsText(other.text)
        case .list(let values): return values.contains { Self.areEqual($0, other) }
        case .record(let record): return other.string.map { record[$0] != nil } ?? false
        case .range(let first, let last):
            guard let number = other.exactNumber else { return false }
            return !(number < .whole(BigInteger(first))) && !(.whole(BigInteger(last)) < number)
        default: return false
        }
    }
}

extension String {
    /// Whether `part` stands somewhere in this, octet for octet.
    func containsText(_ part: String) -> Bool { utf8.firstRange(ofOctets: part.utf8) != nil }
}

extension String.UTF8View {
    /// The first place of `part` at or behind `start`.
    func firstRange(ofOctets part: String.UTF8View, from start: Index? = nil) -> Range<Index>? {
        var index = start ?? startIndex
        guard let first = part.first else { return index..<index }
        while let candidate = self[index...].firstIndex(of: first) {
            let rest = self[candidate...]
            if rest.starts(with: part) { return candidate..<self.index(candidate, offsetBy: part.count) }
            index = self.index(after: candidate)
        }
        return nil
    }
}
