import Diagnostics
import Interchange

extension Kind {
    /// A list of values; those that are wrong are reported and left out.
    var list: Kind<[Value]> {
        Kind<[Value]>(
            expected: "a list, each \(expected)", schema: { ["type": "array", "items": schema()] },
            read: { node, reading in
                guard case .list(let elements) = node.content else {
                    reading.mismatch(
                        node, expected: "a list", hint: node.text.map { "put it in brackets: [\($0)]" })
                    return nil
                }
                return elements.compactMap { read($0, reading) }
            })
    }

    /// A list that has something in it.
    var nonEmptyList: Kind<[Value]> {
        let list = list
        return Kind<[Value]>(
            expected: list.expected,
            schema: { ["type": "array", "minItems": 1, "items": schema()] },
            read: { node, reading in
                if case .list(let elements) = node.content, elements.isEmpty {
                    reading.report(.wrongValue, "the list is empty", at: node.caret)
                    return nil
                }
                return list.read(node, reading)
            })
    }

    /// Values by name, in the order written; `key` judges the names.
    func byName<Name>(_ key: Kind<Name>) -> Kind<[(name: Located<Name>, value: Value)]> {
        Kind<[(name: Located<Name>, value: Value)]>(
            expected: "\(expected) by name",
            schema: {
                var schema: JSONObject = ["type": "object"]
                schema["propertyNames"] = key.schema()
                schema["additionalProperties"] = self.schema()
                return .object(schema)
            },
            read: { node, reading in
                guard case .mapping(let entries) = node.content else {
                    reading.mismatch(node, expected: "a mapping, \(expected) by name")
                    return nil
                }
                return entries.compactMap { entry in
                    let keyNode = Node(content: .text(entry.key, isPlain: true), range: entry.keyRange)
                    let name = key.read(keyNode, reading)
                    let value = read(entry.value, reading)
                    guard let name, let value else { return nil }
                    return (Located(value: name, node: keyNode), value)
                }
            })
    }
}
