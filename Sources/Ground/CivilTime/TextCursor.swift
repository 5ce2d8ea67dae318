/// Reads a short text of digits, letters and signs from its start: dates, times, delays, rules.
struct TextCursor {
    private(set) var rest: Substring.UTF8View.SubSequence

    init(_ text: some StringProtocol) { rest = Substring(text).utf8[...] }

    var isAtEnd: Bool { rest.isEmpty }
    var next: UInt8? { rest.first }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }

    mutating func skip(_ character: Character) -> Bool { character.asciiValue.map { skip($0) } ?? false }

    /// Skips spaces and tabs.
    mutating func skipBlanks() { rest = rest.drop { $0 == 0x20 || $0 == 0x09 } }

    /// Exactly `count` decimal digits.
    mutating func digits(_ count: Int) -> Int? { digits(count...count) }

    /// The longest run of decimal digits, if its length is in `counts`.
    mutating func digits(_ counts: ClosedRange<Int>) -> Int? {
        let run = rest.prefix { (0x30...0x39).contains($0) }
        let taken = counts.count == 1 ? run.prefix(counts.lowerBound) : run
        guard counts.contains(taken.count) else { return nil }
        rest = rest[taken.endIndex...]
        return taken.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// The letters that follow, in lower case.
    mutating func word() -> String {
        let run = rest.prefix { (0x41...0x5A).contains($0 & 0xDF) }
        rest = rest[run.endIndex...]
        return String(decoding: run.map { $0 | 0x20 }, as: UTF8.self)
    }
}

/// `value` in decimal with at least `width` digits; a minus sign counts extra.
func padded(_ value: Int, _ width: Int = 2, with pad: Character = "0") -> String {
    let digits = String(value.magnitude)
    return (value < 0 ? "-" : "") + String(repeating: pad, count: max(0, width - digits.utf8.count)) + digits
}
