import CivilTime
import Facts

extension Operand {
    /// The value as text: a list or a record in brackets, as it would be written down.
    var text: String {
        switch self {
        case .none: ""
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .large(let value): value.description
        case .decimal(let value): Self.text(value)
        case .text(let text), .markup(let text): text
        case .list(let values): "[" + values.map(\.inspected).joined(separator: ", ") + "]"
        case .record(let record): Self.inspected(record)
        case .range(let first, let last): "\(first)..\(last)"
        case .date(let date): date.isoText
        case .moment(let moment): moment.text
        case .forLoop: "Liquid::ForloopDrop"
        case .tableRowLoop: "Liquid::TablerowloopDrop"
        case .scope: "Liquid::SelfDrop"
        }
    }

    /// The value inside a bracketed one: a text in quotes, `nil` by name.
    var inspected: String {
        switch self {
        case .none: "nil"
        case .text(let text), .markup(let text): Self.quoted(text)
        default: text
        }
    }

    private static func inspected(_ record: Record) -> String {
        let members = record.elements.map { quoted($0.key) + "=>" + Operand($0.value).inspected }
        return "{" + members.joined(separator: ", ") + "}"
    }

    /// A text in double quotes, with the escapes of the reference implementation's language.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\u{B}": quoted += "\\v"
            case "\u{C}": quoted += "\\f"
            case "\u{8}": quoted += "\\b"
            case "\u{7}": quoted += "\\a"
            case "\u{1B}": quoted += "\\e"
            case "#":
                let next = index + 1 < scalars.count ? scalars[index + 1] : " "
                quoted += next == "{" || next == "$" || next == "@" ? "\\#" : "#"
            default:
                if isPrintable(scalar) {
                    quoted.unicodeScalars.append(scalar)
                } else {
                    let hex = String(scalar.value, radix: 16, uppercase: true)
                    quoted += hex.count > 4 ? "\\u{\(hex)}" : "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
                }
            }
        }
        return quoted + "\""
    }

    /// Whether a scalar is shown as it is, not by its number.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        if (0x20..<0x7F).contains(scalar.value) { return true }
        switch scalar.properties.generalCategory {
        case .control: return scalar.value == 0x85
        case .lineSeparator, .paragraphSeparator, .unassigned: return false
        default: return true
        }
    }

    /// The shortest decimal text that reads back, always with a point: `1.0`, `1.0e-05`, `1.0e+16`.
    static func text(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity" }
        let plain = value.description
        if !plain.utf8.contains(UInt8(ascii: "e")), value.magnitude < 1e15 { return plain }
        let (digits, exponent) = significant(plain)
        let sign = value.sign == .minus ? "-" : ""
        // The sixteenth digit before the point is shown only where there are some behind it.
        if exponent > -5, exponent < 15 || exponent == 15 && digits.count > 16 {
            return sign + fixed(digits, exponent: exponent)
        }
        let first = digits.prefix(1)
        let rest = digits.count > 1 ? String(digits.dropFirst()) : "0"
        let size = String(exponent.magnitude)
        return "\(sign)\(first).\(rest)e\(exponent < 0 ? "-" : "+")\(size.count < 2 ? "0" : "")\(size)"
    }

    /// The significant digits of a number's text, and the exponent of the first of them.
    private static func significant(_ plain: String) -> (digits: String, exponent: Int) {
        let parts = plain.split(separator: "e")
        let mantissa = parts[0].drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        var exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) + mantissa[0].count - 1
        var digits = mantissa.joined()
        while digits.count > 1, digits.hasPrefix("0") {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.count > 1, digits.hasSuffix("0") { digits.removeLast() }
        return (digits, exponent)
    }

    private static func fixed(_ digits: String, exponent: Int) -> String {
        if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + digits }
        let padded = digits + String(repeating: "0", count: max(0, exponent + 2 - digits.count))
        let point = padded.index(padded.startIndex, offsetBy: exponent + 1)
        return padded[..<point] + "." + padded[point...]
    }
}

extension LocalDate {
    /// `2026-03-12`.
    var isoText: String {
        let (year, month, day) = components
        return Digits.padded(year, 4) + "-" + Digits.padded(month, 2) + "-" + Digits.padded(day, 2)
    }
}

/// Numbers of a fixed width.
enum Digits {
    /// `value` with leading zeros up to `width` digits.
    static func padded(_ value: Int, _ width: Int, with pad: Character = "0") -> String {
        let digits = String(value.magnitude)
        let missing = max(0, width - digits.count - (value < 0 ? 1 : 0))
        let padding = String(repeating: pad, count: missing)
        if value >= 0 { return padding + digits }
        return pad == "0" ? "-" + padding + digits : padding + "-" + digits
    }
}
