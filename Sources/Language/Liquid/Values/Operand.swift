import CivilTime
import Facts

/// What an expression yields while a template renders.
enum Operand: Sendable {
    case none
    case bool(Bool)
    case integer(Int)
    /// A whole number beyond 64 bits.
    case large(BigInteger)
    case decimal(Double)
    case text(String)
    /// A text that is escaped for the output already: a capture, or a filter that escapes.
    case markup(String)
    case list([Operand])
    case record(Record)
    /// A range of whole numbers, both ends included; empty where the second is the lower.
    indirect case range(Int, Int)
    case date(LocalDate)
    case moment(Moment)
    case forLoop(ForLoop)
    case tableRowLoop(TableRowLoop)
    /// `self`: the variables that are visible where it was asked for.
    case scope(Scope)

    init(_ value: Value) {
        switch value {
        case .missing: self = .none
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .integer(value)
        case .decimal(let value): self = .decimal(value)
        case .text(let value): self = .text(value)
        case .date(let value): self = .date(value)
        case .instant(let value): self = .moment(Moment(value))
        case .list(let values): self = .list(values.map { Operand($0) })
        case .record(let record): self = .record(record)
        }
    }

    /// Everything but `nil` and `false`.
    var isTruthy: Bool {
        switch self {
        case .none, .bool(false): false
        default: true
        }
    }

    var isNone: Bool {
        if case .none = self { return true }
        return false
    }

    /// Nothing that could be shown: `nil`, or a text of white space only.
    var isBlankText: Bool {
        switch self {
        case .none: true
        case .text(let text), .markup(let text):
            text.utf8.first.map(Octet.isSpace) ?? true && text.utf8.allSatisfy(Octet.isSpace)
        default: false
        }
    }

    /// Whether `== empty` holds; `nil` for a kind of value that is never empty.
    var isEmpty: Bool? {
        switch self {
        case .text(let text), .markup(let text): text.isEmpty
        case .list(let values): values.isEmpty
        case .record(let record): record.isEmpty
        default: nil
        }
    }

    /// The text itself, of a text only.
    var string: String? {
        switch self {
        case .text(let text), .markup(let text): text
        default: nil
        }
    }

    /// What a value in data would be; of those that can be none, their text.
    var value: Value {
        switch self {
        case .none: .missing
        case .bool(let value): .bool(value)
        case .integer(let value): .integer(value)
        case .decimal(let value): .decimal(value)
        case .list(let values): .list(values.map(\.value))
        case .record(let record): .record(record)
        case .date(let date): .date(date)
        case .moment(let moment): .instant(moment.instant)
        default: .text(text)
        }
    }
}

/// The classes of octets that the language knows.
enum Octet {
    /// Space, tab, LF, VT, FF, CR.
    @inline(__always)
    static func isSpace(_ octet: UInt8) -> Bool { octet == 0x20 || (0x09...0x0D).contains(octet) }

    @inline(__always)
    static func isDigit(_ octet: UInt8) -> Bool { (0x30...0x39).contains(octet) }

    @inline(__always)
    static func isLetter(_ octet: UInt8) -> Bool { (0x61...0x7A).contains(octet | 0x20) }

    /// A letter, a digit or an underscore.
    @inline(__always)
    static func isWord(_ octet: UInt8) -> Bool { isLetter(octet) || isDigit(octet) || octet == 0x5F }
}
