package import CivilTime

/// What is known about something: one typed value.
package enum Value: Sendable, Hashable {
    /// Known to be absent.
    case missing
    case bool(Bool)
    case integer(Int)
    case decimal(Double)
    case text(String)
    case date(LocalDate)
    case instant(Instant)
    case list([Value])
    case record(Record)

    /// True for `missing` and for a text of white space only: nothing that could be shown.
    package var isBlank: Bool {
        switch self {
        case .missing: true
        case .text(let text): text.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
        default: false
        }
    }
}

/// Named values in the order in which they were set.
package struct Record: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// The names, oldest first.
    package private(set) var keys: [String] = []
    private var values: [String: Value] = [:]

    package init() {}

    package init(dictionaryLiteral elements: (String, Value)...) {
        for (key, value) in elements { self[key] = value }
    }

    /// The value of `key`; setting `nil` removes it.
    package subscript(key: String) -> Value? {
        get { values[key] }
        set {
            if let newValue {
                if values.updateValue(newValue, forKey: key) == nil { keys.append(key) }
            } else if values.removeValue(forKey: key) != nil {
                keys.removeAll { $0 == key }
            }
        }
    }

    package var isEmpty: Bool { keys.isEmpty }
    package var count: Int { keys.count }
    /// Name and value, in order.
    package var elements: [(key: String, value: Value)] { keys.map { ($0, values[$0] ?? .missing) } }

    /// The value at a dotted path, `company.industry`; `nil` where there is none.
    package subscript(path path: [String]) -> Value? {
        guard let first = path.first, let value = self[first] else { return nil }
        if path.count == 1 { return value }
        guard case .record(let inner) = value else { return nil }
        return inner[path: Array(path.dropFirst())]
    }
}
