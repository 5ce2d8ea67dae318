import Diagnostics
import Interchange

/// What a key takes: how it is read, how it is called when something else stands there, and its JSON Schema.
///
/// `read` gives `nil` when the value is wrong and was reported.
struct Kind<Value>: Sendable {
    /// For "expected ..., found ...": `a delay such as "3 business days"`.
    let expected: String
    /// JSON Schema (2020-12) of the values, for editors.
    let schema: @Sendable () -> JSON
    let read: @Sendable (Node, Reading) -> Value?
}

/// Why a text is not what a key takes.
struct Mismatch: Error {
    /// The whole message; `nil` for "expected ..., found ...".
    var reason: String?
    var hint: String?
    var code: FindingCode = .wrongValue

    static let plain = Mismatch()
}

extension Kind {
    /// One text that `parse` understands.
    static func scalar(
        _ expected: String, schema: JSON, parse: @escaping @Sendable (String, Reading) throws(Mismatch) -> Value
    ) -> Kind {
        Kind(expected: expected, schema: { schema }) { node, reading in
            guard let text = node.text else {
                reading.mismatch(node, expected: expected)
                return nil
            }
            do throws(Mismatch) {
                return try parse(text, reading)
            } catch {
                let message = error.reason ?? "expected \(expected), found \(node.shown)"
                let hint = error.hint ?? (error.reason == nil ? reading.usualHint : nil)
                reading.report(error.code, message, at: node.caret, hint: hint)
                return nil
            }
        }
    }

    /// Other values of the same kind.
    func map<Other>(_ transform: @escaping @Sendable (Value) -> Other) -> Kind<Other> {
        Kind<Other>(expected: expected, schema: schema) { node, reading in read(node, reading).map(transform) }
    }

    /// The same kind with a rule on top; `problem` gives the message of a broken one.
    func checked(_ problem: @escaping @Sendable (Value) -> String?) -> Kind {
        Kind(expected: expected, schema: schema) { node, reading in
            guard let value = read(node, reading) else { return nil }
            guard let message = problem(value) else { return value }
            reading.report(.wrongValue, message, at: node.caret)
            return nil
        }
    }

    /// The same kind under another name for messages.
    func named(_ expected: String) -> Kind { Kind(expected: expected, schema: schema, read: read) }

    /// Each value with its node, for checks that need its place.
    var located: Kind<Located<Value>> {
        Kind<Located<Value>>(expected: expected, schema: schema) { node, reading in
            read(node, reading).map { Located(value: $0, node: node) }
        }
    }

    /// One of several forms by what stands there: a text, a list, a mapping.
    static func forms(
        _ expected: String, text: Kind? = nil, list: Kind? = nil, mapping: Kind? = nil
    ) -> Kind {
        let forms = [text, list, mapping].compactMap { $0 }
        return Kind(
            expected: expected, schema: { ["anyOf": .array(forms.map { $0.schema() })] },
            read: { node, reading in
                let form =
                    switch node.content {
                    case .text: text
                    case .list: list
                    case .mapping: mapping
                    case .nothing, .refused: Kind?.none
                    }
                guard let form else {
                    reading.mismatch(node, expected: expected)
                    return nil
                }
                return form.read(node, reading)
            })
    }

    /// A mapping with known keys; `read` asks for each of them, always.
    static func record(_ expected: String, _ read: @escaping @Sendable (Fields) -> Value?) -> Kind {
        Kind(
            expected: expected, schema: { Fields.schema(of: read) },
            read: { node, reading in
                guard case .mapping = node.content else {
                    reading.mismatch(node, expected: expected)
                    return nil
                }
                let fields = Fields(node, reading)
                let value = read(fields)
                fields.finish()
                return value
            })
    }

    /// The value, or the word `none` for no value.
    var orNone: Kind<Value?> {
        let expected = "\(expected), or none"
        return Kind<Value?>(
            expected: expected, schema: { ["anyOf": [schema(), ["const": "none"]]] },
            read: { node, reading in
                if node.text == "none" { return .some(nil) }
                return reading.hinting(expected) { read(node, reading) }.map { .some($0) }
            })
    }
}

/// A value and the node it was read from.
struct Located<Value> {
    var value: Value
    var node: Node
}

extension Located: Sendable where Value: Sendable {}
