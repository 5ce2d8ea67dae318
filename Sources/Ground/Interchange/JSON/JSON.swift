/// A JSON value (RFC 8259). Objects keep their order, numbers their exact text.
///
/// Literals make values: `["name": "Maya", "fit": 72, "tags": ["a", "b"]]`.
package enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSON])
    case object(JSONObject)

    /// A whole number.
    package static func integer(_ value: Int) -> JSON { .number(JSONNumber(value)) }

    /// A number with a fraction; JSON has no word for NaN and the infinities, so they are `null`.
    package static func decimal(_ value: Double) -> JSON { JSONNumber(value).map { .number($0) } ?? .null }

    /// A string, or `null` for `nil`.
    package static func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
}

/// What a value is; `nil` where it is something else.
extension JSON {
    /// Whether it is `null`.
    package var isNull: Bool { self == .null }

    /// The truth; `nil` for other values.
    package var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The text of a string; a number is no text.
    package var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// The whole number: `12` and `1.2e1` are, `1.5` and what overflows are not.
    package var integer: Int? {
        guard case .number(let value) = self else { return nil }
        return value.integer
    }

    /// The number as a binary fraction; `nil` for other values and for what overflows.
    package var double: Double? {
        guard case .number(let value) = self else { return nil }
        return value.double
    }

    /// The elements; `nil` for other values.
    package var array: [JSON]? {
        guard case .array(let value) = self else { return nil }
        return value
    }

    /// The members; `nil` for other values.
    package var object: JSONObject? {
        guard case .object(let value) = self else { return nil }
        return value
    }

    /// The member `name` of an object; `nil` where this is none or has none.
    package subscript(name: String) -> JSON? { object?[name] }

    /// The element at `index` of an array; `nil` where this is none or is shorter.
    package subscript(index: Int) -> JSON? {
        guard let array, array.indices.contains(index) else { return nil }
        return array[index]
    }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringInterpolation, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// `null`.
    package init(nilLiteral: ()) { self = .null }
    /// `true` or `false`.
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A whole number.
    package init(integerLiteral value: Int) { self = .integer(value) }
    /// A string.
    package init(stringLiteral value: String) { self = .string(value) }
    /// An array.
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// An object; of a name that comes twice the last value stays.
    package init(dictionaryLiteral elements: (String, JSON)...) { self = .object(JSONObject(elements)) }
}
