/// A word, a number or a mark of a folded text.
struct DateToken {
    enum Kind {
        case word(String)
        /// A value with its count of digits.
        case number(Int, Int)
        /// A punctuation octet; 0 for a long dash.
        case mark(UInt8)
    }

    var kind: Kind
    var text: String

    var word: String? {
        if case .word(let word) = kind { word } else { nil }
    }

    /// The tokens of `text`; characters beyond ASCII are letters, but long dashes and wide punctuation are marks.
    static func tokens(of text: FoldedText) -> [DateToken] {
        var tokens: [DateToken] = []
        var at = 0
        let bytes = text.bytes
        while at < bytes.count {
            let start = at
            if (48...57).contains(bytes[at]) {
                while at < bytes.count, (48...57).contains(bytes[at]) { at += 1 }
                let digits = String(decoding: bytes[start..<at], as: UTF8.self)
                tokens.append(DateToken(kind: .number(Int(digits) ?? -1, at - start), text: digits))
            } else if let length = dashLength(bytes, at) {
                at += length
                tokens.append(DateToken(kind: .mark(0), text: "–"))
            } else if isLetter(bytes[at]) {
                while at < bytes.count, isLetter(bytes[at]), dashLength(bytes, at) == nil { at += 1 }
                let word = String(decoding: bytes[start..<at], as: UTF8.self)
                tokens.append(DateToken(kind: .word(word), text: word))
            } else {
                if bytes[at] != 32 {
                    tokens.append(
                        DateToken(kind: .mark(bytes[at]), text: String(decoding: [bytes[at]], as: UTF8.self)))
                }
                at += 1
            }
        }
        return tokens
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || byte >= 128 || byte == UInt8(ascii: "'")
    }

    private static func dashLength(_ bytes: [UInt8], _ at: Int) -> Int? {
        guard at + 2 < bytes.count, bytes[at] == 0xE2, bytes[at + 1] == 0x80 else { return nil }
        return bytes[at + 2] == 0x93 || bytes[at + 2] == 0x94 ? 3 : nil
    }
}

/// Tries the shapes of dates at one place among tokens; a shape that fits moves past it.
struct DateScan {
    let tokens: [DateToken]
    var at: Int

    /// Parts that are certain.
    typealias Parts = (day: Int, month: Int, year: Int?)

    /// `2026-01-05`.
    mutating func yearFirst() -> Parts? {
        guard let year = number(at, 4), isMark(at + 1, "-/."), let month = number(at + 2, 1...2), isMark(at + 3, "-/."),
            let day = number(at + 4, 1...2), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        at += 5
        return (day, month, year)
    }

    /// `2026年1月5日`, `1月5日`.
    mutating func eastAsian() -> Parts? {
        var next = at
        var year: Int?
        if let value = number(next, 4), word(next + 1)?.hasPrefix("年") == true {
            year = value
            next += 2
        }
        guard let month = number(next, 1...2), word(next + 1)?.hasPrefix("月") == true,
            let day = number(next + 2, 1...2), let last = word(next + 3), last.hasPrefix("日") || last.hasPrefix("号")
        else { return nil }
        // The word after the day stays: it says how the date is used.
        at = next + 3
        return (day, month, year)
    }

    /// `5. Januar 2026`, `5th of January`, `1er août`, `5 de enero de 2026`.
    mutating func dayMonthName() -> Parts? {
        guard let day = number(at, 1...2), (1...31).contains(day) else { return nil }
        var next = at + 1
        while isMark(next, ".,") || word(next).map({ DateWords.ordinals.contains($0) }) ?? false { next += 1 }
        guard let month = word(next).flatMap({ DateWords.months[$0] }) else { return nil }
        at = next + 1
        return (day, month, year())
    }

    /// `January 5th, 2026`.
    mutating func monthNameDay() -> Parts? {
        guard let month = word(at).flatMap({ DateWords.months[$0] }) else { return nil }
        let next = isMark(at + 1, ".") ? at + 2 : at + 1
        guard let day = number(next, 1...2), (1...31).contains(day) else { return nil }
        at = next + 1
        if word(at).map({ DateWords.ordinals.contains($0) }) ?? false { at += 1 }
        return (day, month, year())
    }

    /// `05/01/2026`, `5.1.`, `5-1-26`.
    mutating func numeric() -> (first: Int, second: Int, separator: UInt8, year: Int?)? {
        guard let first = number(at, 1...2), let separator = mark(at + 1), "./-".utf8.contains(separator) else {
            return nil
        }
        var next = at + 2
        guard let second = number(next, 1...2) else { return nil }
        next += 1
        var year: Int?
        if mark(next) == separator, let value = number(next + 1, 4) ?? number(next + 1, 2) {
            year = value
            next += 2
        } else if separator == UInt8(ascii: "."), mark(next) == separator {
            next += 1
            if let value = number(next, 4) {
                year = value
                next += 1
            }
        } else if separator == UInt8(ascii: "-") || separator == UInt8(ascii: ".") && isClock(next) {
            return nil
        }
        at = next
        return (first, second, separator, year)
    }

    /// `9.30 Uhr` is a time.
    private func isClock(_ index: Int) -> Bool { word(index).map { ["uhr", "h", "am", "pm"].contains($0) } ?? false }

    private mutating func year() -> Int? {
        var next = at
        while isMark(next, ".,") || word(next).map({ ["de", "del", "of", "г"].contains($0) }) ?? false { next += 1 }
        guard let year = number(next, 4), (1990...2200).contains(year) else { return nil }
        at = next + 1
        return year
    }

    private func number(_ index: Int, _ digits: ClosedRange<Int>) -> Int? {
        guard index < tokens.count, case .number(let value, let count) = tokens[index].kind else { return nil }
        return digits.contains(count) ? value : nil
    }

    private func number(_ index: Int, _ digits: Int) -> Int? { number(index, digits...digits) }

    private func word(_ index: Int) -> String? { index < tokens.count ? tokens[index].word : nil }

    private func mark(_ index: Int) -> UInt8? {
        guard index < tokens.count, case .mark(let byte) = tokens[index].kind else { return nil }
        return byte
    }

    private func isMark(_ index: Int, _ marks: String) -> Bool { mark(index).map { marks.utf8.contains($0) } ?? false }
}
