package import CivilTime
package import MIME

/// What `stoke inbox explain` says of one message: the fields of its line, in order.
package struct Explanation: Sendable {
    /// A value of a field, for any writer.
    package enum Value: Sendable, Hashable {
        case text(String), list([String]), flag(Bool), none
    }

    /// Names with values: file, kind, recipients, statuses, hard, reason, returns_on, why.
    package let fields: [(name: String, value: Value)]

    /// Explains `message`, which was read from `file`.
    package init(file: String, message: ParsedMessage, received: LocalDate? = nil) {
        let result = classify(message, received: received)
        var reason = result.reason
        if reason.isEmpty,
            let first = result.failures.first(where: { $0.reason != .unspecified }) ?? result.failures.first
        {
            reason = first.reason.rawValue
        }
        self.fields = [
            ("file", .text(file)), ("kind", .text(result.kind.rawValue)), ("recipients", .list(result.recipients)),
            ("statuses", .list(result.statuses)), ("hard", result.isHard.map(Value.flag) ?? .none),
            ("reason", reason.isEmpty ? .none : .text(reason)),
            ("returns_on", (result.returnsOn?.day).map { .text(Self.iso($0)) } ?? .none), ("why", .list(result.why)),
        ]
    }

    private static func iso(_ day: LocalDate) -> String {
        let parts = day.components
        let pad = { (number: Int, width: Int) in
            String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
        }
        return "\(pad(parts.year, 4))-\(pad(parts.month, 2))-\(pad(parts.day, 2))"
    }

    /// The fields as one JSON object on one line (RFC 8259).
    package var json: String {
        "{" + fields.map { "\(Self.quoted($0.name)):\(Self.json($0.value))" }.joined(separator: ",") + "}"
    }

    private static func json(_ value: Value) -> String {
        switch value {
        case .text(let text): quoted(text)
        case .list(let items): "[" + items.map(quoted).joined(separator: ",") + "]"
        case .flag(let flag): flag ? "true" : "false"
        case .none: "null"
        }
    }

    private static func quoted(_ text: String) -> String {
        var out: [UInt8] = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
            case 0..<32, 127: out += Array("\\u00".utf8) + [hex(byte >> 4), hex(byte & 15)]
            default: out.append(byte)
            }
        }
        return String(decoding: out + [UInt8(ascii: "\"")], as: UTF8.self)
    }

    private static func hex(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 48 + nibble : 87 + nibble }
}
