import Facts

/// The filters of the standard that work on lists as a whole.
enum ListFilters {
    static let all: [String: Filter] = [
        "size": Filter { (input, _, _) throws(FilterProblem) in
            let size = input.size
            return size.isNone ? .integer(0) : size
        },
        "first": Filter { (input, _, _) throws(FilterProblem) in input.first },
        "last": Filter { (input, _, _) throws(FilterProblem) in input.last },
        "join": Filter(0...1, join),
        "concat": Filter(1...1) { (input, arguments, context) throws(FilterProblem) in
            guard case .list(let others) = arguments[0] else { throw FilterProblem("the argument is no list") }
            let elements = try input.elements(context) + others
            try context.allow(elements: elements.count)
            return .list(elements)
        },
        "reverse": Filter { (input, _, context) throws(FilterProblem) in .list(try input.elements(context).reversed())
        },
        "sort": Filter(0...1) { (input, arguments, context) throws(FilterProblem) in
            try sort(input, arguments, context, by: compare)
        },
        "sort_natural": Filter(0...1) { (input, arguments, context) throws(FilterProblem) in
            try sort(input, arguments, context, by: compareNaturally)
        },
        "uniq": Filter(0...1, unique),
        "compact": Filter(0...1, compact),
        "map": Filter(1...1, map),
        "sum": Filter(0...1, sum),
        "default": Filter(0...2, defaulted),
    ]

    private static let join: Filter.Function = { (input, arguments, context) throws(FilterProblem) in
        let glue = arguments.first?.text ?? " "
        var text = ""
        for (index, element) in try input.elements(context).enumerated() {
            if index > 0 { text += glue }
            text += element.text
            try context.allow(octets: text.utf8.count)
        }
        return .text(text)
    }

    private static let defaulted: Filter.Function = { (input, arguments, context) throws(FilterProblem) in
        let fallback = arguments.first ?? .text("")
        var allowsFalse = false
        if arguments.count > 1, case .record(let options) = arguments[1] {
            allowsFalse = Operand(options["allow_false"] ?? .missing).isTruthy
        }
        let isMissing = allowsFalse ? input.isNone : !input.isTruthy
        return isMissing || input.isEmpty ?? false ? fallback : input
    }

    // MARK: order

    /// Below zero, zero or above.
    private typealias Comparison = (Operand, Operand) throws(FilterProblem) -> Int

    private static func sort(
        _ input: Operand, _ arguments: [Operand], _ context: FilterContext, by comparison: Comparison
    ) throws(FilterProblem) -> Operand {
        let elements = try input.elements(context)
        guard let property = arguments.first, !property.isNone else {
            return .list(try sorted(elements, elements, by: comparison))
        }
        // A list with something that has no properties sorts to nothing.
        guard elements.allSatisfy(\.hasProperties) else { return elements.isEmpty ? .list([]) : .none }
        if elements.count < 2 { return .list(elements) }
        let keys = try elements.map { (element) throws(FilterProblem) in try element.property(property) ?? .none }
        return .list(try sorted(elements, keys, by: comparison))
    }

    /// `elements` in the order of their `keys`, equal ones as they were: a merge from below.
    private static func sorted(
        _ elements: [Operand], _ keys: [Operand], by comparison: Comparison
    ) throws(FilterProblem) -> [Operand] {
        var order = Array(elements.indices)
        var width = 1
        while width < order.count {
            var merged: [Int] = []
            merged.reserveCapacity(order.count)
            for start in stride(from: 0, to: order.count, by: 2 * width) {
                var left = order[start..<min(start + width, order.count)]
                var right = order[min(start + width, order.count)..<min(start + 2 * width, order.count)]
                while let a = left.first, let b = right.first {
                    if try comparison(keys[a], keys[b]) <= 0 {
                        merged.append(left.removeFirst())
                    } else {
                        merged.append(right.removeFirst())
                    }
                }
                merged += left
                merged += right
            }
            order = merged
            width *= 2
        }
        return order.map { elements[$0] }
    }

    private static func compare(_ a: Operand, _ b: Operand) throws(FilterProblem) -> Int {
        if let order = Operand.order(a, b) { return order }
        if a.isNone { return 1 }
        if b.isNone { return -1 }
        throw FilterProblem("cannot sort values of incompatible types")
    }

    private static func compareNaturally(_ a: Operand, _ b: Operand) throws(FilterProblem) -> Int {
        if a.isNone { return b.isNone ? 0 : 1 }
        if b.isNone { return -1 }
        return Operand.octetOrder(a.text.lowercasedASCII, b.text.lowercasedASCII)
    }

    // MARK: properties

    private static let unique: Filter.Function = { (input, arguments, context) throws(FilterProblem) in
        let elements = try input.elements(context)
        if elements.count < 2 { return .list(elements) }
        guard let keys = try keys(elements, arguments.first) else { return .none }
        var seen = UniqueKeys()
        return .list(zip(elements, keys).filter { seen.insert($0.1) }.map(\.0))
    }

    private static let compact: Filter.Function = { (input, arguments, context) throws(FilterProblem) in
        let elements = try input.elements(context)
        guard let keys = try keys(elements, arguments.first) else { return .none }
        return .list(zip(elements, keys).filter { !$0.1.isNone }.map(\.0))
    }

    /// The property of each element, or the elements themselves; `nil` where one has no properties.
    private static func keys(_ elements: [Operand], _ property: Operand?) throws(FilterProblem) -> [Operand]? {
        guard let property, !property.isNone else { return elements }
        var keys: [Operand] = []
        for element in elements {
            guard let key = try element.property(property) else { return nil }
            keys.append(key)
        }
        return keys
    }

    private static let map: Filter.Function = { (input, arguments, context) throws(FilterProblem) in
        let isItself = arguments[0].string == "to_liquid"
        return .list(
            try input.elements(context).map { (element) throws(FilterProblem) in
                isItself ? element : try element.property(arguments[0]) ?? .none
            })
    }

    private static let sum: Filter.Function = { (input, arguments, context) throws(FilterProblem) in
        let elements = try input.elements(context)
        var values = elements
        if let property = arguments.first, !property.isNone {
            values = try elements.map { (element) throws(FilterProblem) in try element.property(property) ?? .integer(0)
            }
        }
        var sum = Number.whole(BigInteger(0))
        for value in try Operand.list(values).elements(context) { sum = sum + value.number }
        return sum.operand
    }
}

/// Values met before, told apart as `==` does.
private struct UniqueKeys {
    private var seen: Set<String> = []

    /// Whether the value is new.
    mutating func insert(_ value: Operand) -> Bool { seen.insert(value.inspected).inserted }
}

extension String {
    /// The text with A to Z in lower case, and nothing else.
    var lowercasedASCII: String {
        String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}

extension Operand {
    /// What a list filter works on: a list flattened, a range counted out, one value as a list of one.
    ///
    /// - Throws: a problem with a range that is too long.
    func elements(_ context: FilterContext) throws(FilterProblem) -> [Operand] {
        switch self {
        case .none: return []
        case .list(let values):
            var flat: [Operand] = []
            flat.reserveCapacity(values.count)
            Self.flatten(values, into: &flat)
            return flat
        case .range(let first, let last):
            guard first <= last else { return [] }
            try context.allow(elements: Self.count(first, last))
            return (first...last).map { .integer($0) }
        default: return [self]
        }
    }

    private static func flatten(_ values: [Operand], into flat: inout [Operand]) {
        for value in values {
            if case .list(let inner) = value { flatten(inner, into: &flat) } else { flat.append(value) }
        }
    }

    /// Whether `[]` is something that can be asked of the value.
    var hasProperties: Bool {
        switch self {
        case .none, .bool, .decimal, .range, .date, .moment: false
        default: true
        }
    }

    /// What `value[name]` gives; `nil` for a value that has no properties at all.
    ///
    /// - Throws: a problem for a list or a number asked by name.
    func property(_ name: Operand) throws(FilterProblem) -> Operand? {
        switch self {
        case .record(let record): return name.string.flatMap { record[$0] }.map { Operand($0) } ?? Operand.none
        case .text(let text), .markup(let text):
            if let part = name.string { return text.containsText(part) ? .text(part) : Operand.none }
            guard let place = name.place else { throw Self.noProperty(name) }
            let scalars = Array(text.unicodeScalars)
            let index = place < 0 ? scalars.count + place : place
            return scalars.indices.contains(index) ? .text(String(scalars[index])) : Operand.none
        case .list:
            guard let place = name.place else { throw Self.noProperty(name) }
            return self[index: .integer(place)]
        case .integer(let value):
            guard let bit = name.place else { throw Self.noProperty(name) }
            return .integer(bit < 0 ? 0 : value >> min(bit, 63) & 1)
        case .large: throw Self.noProperty(name)
        case .forLoop, .tableRowLoop, .scope: return self[index: name]
        case .none, .bool, .decimal, .range, .date, .moment: return nil
        }
    }

    /// A number as an index: a fraction is cut.
    private var place: Int? {
        switch self {
        case .integer(let value): value
        case .decimal: looseInteger
        default: nil
        }
    }

    private static func noProperty(_ name: Operand) -> FilterProblem {
        FilterProblem("cannot select the property '\(name.text)'")
    }
}
