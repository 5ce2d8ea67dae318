import Diagnostics
import Interchange

/// The keys of one mapping, asked for one after the other.
///
/// What is asked for is what is known: `finish` reports the keys that nobody asked for, and `schema` lists those that
/// were, so that a file's reader is the only table of its keys.
final class Fields {
    let node: Node
    /// `nil` while a reader is only asked what keys it knows.
    private let reading: Reading?
    private var known: [Known] = []
    private var refused: [String] = []

    private struct Known {
        var name: String
        var isRequired: Bool
        var summary: String
        var schema: JSON
    }

    init(_ node: Node, _ reading: Reading) {
        self.node = node
        self.reading = reading
    }

    private init() {
        node = Node(content: .mapping([]), range: 0..<0)
        reading = nil
    }

    /// The value of a key that may be left out; `nil` also when it was reported.
    func optional<Value>(_ name: String, _ kind: Kind<Value>, _ summary: String) -> Value? {
        note(name, kind, summary, isRequired: false)
        guard let reading, let value = node[name] else { return nil }
        return kind.read(value, reading)
    }

    /// The value of a key that must be there; `nil` when it was reported.
    func required<Value>(_ name: String, _ kind: Kind<Value>, _ summary: String) -> Value? {
        note(name, kind, summary, isRequired: true)
        guard let reading else { return nil }
        if let value = node[name] { return kind.read(value, reading) }
        reading.report(
            .missingKey, "\"\(name)\" is missing", at: node.caret, hint: "add \(name): \(kind.expected) (\(summary))")
        return nil
    }

    /// Whether the key is written at all, right or wrong.
    func has(_ name: String) -> Bool { node[name] != nil }

    /// Reports something about the value of a key, or about the mapping where the key is not there.
    func report(_ code: FindingCode, _ message: String, at name: String? = nil, hint: String? = nil) {
        let target = name.flatMap { node[$0] } ?? node
        reading?.report(code, message, at: target.caret, hint: hint)
    }

    /// Reports keys that a person may expect here, but that must not be.
    func refuse(_ names: [String], _ code: FindingCode, _ message: String, hint: String) {
        guard let reading else { return }
        refused += names
        for entry in node.entries where names.contains(entry.key) {
            reading.report(code, message, at: entry.keyRange, hint: hint)
        }
    }

    /// Lets `use` see what the file is checked against; not called while keys are only listed.
    func withReading(_ use: (Reading) -> Void) {
        if let reading { use(reading) }
    }

    /// Reports the keys that nobody asked for.
    func finish() {
        guard let reading else { return }
        let names = known.map(\.name)
        for entry in node.entries where !names.contains(entry.key) && !refused.contains(entry.key) {
            reading.report(
                .unknownKey, "there is no key \"\(entry.key)\" here", at: entry.keyRange, hint: hint(entry, names))
        }
    }

    private func hint(_ entry: Node.Entry, _ names: [String]) -> String {
        if let near = NearestName.hint(among: names.filter { node[$0] == nil }, to: entry.key) { return near }
        // `{hours: 09:00-12:00, 13:00-17:00}`: what was meant as text became a key.
        let colon = reading?.source.bytes.dropFirst(entry.keyRange.upperBound).first
        if case .nothing = entry.value.content, colon != UInt8(ascii: ":") {
            return "a text with a comma inside {} or [] needs quotes"
        }
        return "known keys: \(names.joined(separator: ", "))"
    }

    private func note<Value>(_ name: String, _ kind: Kind<Value>, _ summary: String, isRequired: Bool) {
        // The schema is made only when it is asked for: reading a workspace is to take no time for it.
        let schema: JSON = reading == nil ? kind.schema() : .null
        known.append(Known(name: name, isRequired: isRequired, summary: summary, schema: schema))
    }

    /// JSON Schema of the mapping that `read` asks for.
    static func schema<Value>(of read: (Fields) -> Value?) -> JSON {
        let fields = Fields()
        _ = read(fields)
        var schema: JSONObject = ["type": "object", "additionalProperties": false]
        schema["properties"] = .object(
            JSONObject(fields.known.map { known in (known.name, described(known.schema, known.summary)) }))
        let required = fields.known.filter(\.isRequired).map { JSON.string($0.name) }
        if !required.isEmpty { schema["required"] = .array(required) }
        return .object(schema)
    }

    private static func described(_ schema: JSON, _ summary: String) -> JSON {
        guard var object = schema.object else { return schema }
        object["description"] = .string(summary)
        return .object(object)
    }
}
