import CivilTime

/// Reads from an away notice when its writer is back.
struct ReturnDateReader {
    /// The notice's language (ISO 639-1), which tells day-month from month-day.
    let language: String?
    /// The From field: a British or Australian domain writes the day first.
    let sender: String
    /// The day the notice came, which a date without a year belongs near.
    let received: LocalDate?

    /// How a date is used in its sentence.
    enum Use: Int { case back, lastDayAway, until, mentioned }

    /// The first day back that `text` names; `nil` where it names none.
    func read(_ text: String) -> ReturnDate? {
        let tokens = DateToken.tokens(of: FoldedText(text.prefix(4_000)))
        var best: (use: Use, date: ReturnDate)?
        for found in dates(in: tokens) {
            let use = use(of: found, in: tokens)
            guard use != .mentioned else { continue }
            if let best, best.use.rawValue <= use.rawValue, !(best.use == .until && use == .until) { continue }
            guard let resolved = resolved(found) else { continue }
            best = (
                use,
                ReturnDate(
                    day: use == .lastDayAway ? resolved.day + 1 : resolved.day, text: found.text,
                    reading: reading(use, resolved.note))
            )
        }
        return best?.date
    }

    private func reading(_ use: Use, _ note: String) -> String {
        let said =
            switch use {
            case .back: "back on"
            case .lastDayAway: "the last day away"
            case .until: "away until"
            case .mentioned: "mentioned"
            }
        return note.isEmpty ? said : said + ", " + note
    }

    /// A date as written: some of its parts may be missing or in either order.
    struct Written {
        /// The possible day and month, likeliest first.
        var readings: [(day: Int, month: Int)]
        var year: Int?
        var weekday: Weekday?
        var text: String
        /// The tokens it consists of.
        var tokens: Range<Int>
    }

    // MARK: Which day

    private func resolved(_ date: Written) -> (day: LocalDate, note: String)? {
        if let weekday = date.weekday, date.readings.isEmpty {
            guard let received else { return nil }
            let ahead = (weekday.rawValue - received.weekday.rawValue + 7) % 7
            return (received + (ahead == 0 ? 7 : ahead), "the next such weekday")
        }
        if let year = date.year { return placed(date.readings, in: year < 100 ? 2000 + year : year) }
        guard let received else { return nil }
        let year = received.components.year
        var candidates: [(day: LocalDate, rank: Int)] = []
        for (rank, reading) in date.readings.enumerated() {
            for year in [year, year + 1] {
                guard let day = LocalDate(year: year, month: reading.month, day: reading.day) else { continue }
                // A notice left switched on names a day that is over: within two months it is that one.
                if day - received >= -60 { candidates.append((day, rank)) }
            }
        }
        let near = candidates.filter { (0...120).contains($0.day - received) }
        guard
            let chosen = near.min(by: { $0.rank < $1.rank })
                ?? candidates.min(by: { ($0.rank, $0.day) < ($1.rank, $1.day) })
        else {
            return nil
        }
        let isAmbiguous = date.readings.count > 1
        return (chosen.day, isAmbiguous ? "day and month by language and date" : "year taken from the message's date")
    }

    private func placed(_ readings: [(day: Int, month: Int)], in year: Int) -> (day: LocalDate, note: String)? {
        let days = readings.compactMap { LocalDate(year: year, month: $0.month, day: $0.day) }
        guard let received, days.count > 1 else { return days.first.map { ($0, "") } }
        let near = days.first { (0...120).contains($0 - received) }
        return (near ?? days[0], "day and month by language and date")
    }

    /// Day and month of two numbers, likeliest first; both where the language leaves it open.
    private func readings(_ first: Int, _ second: Int, separator: UInt8) -> [(day: Int, month: Int)] {
        let dayFirst = (1...31).contains(first) && (1...12).contains(second) ? [(day: first, month: second)] : []
        let monthFirst = (1...12).contains(first) && (1...31).contains(second) ? [(day: second, month: first)] : []
        if separator == UInt8(ascii: ".") { return dayFirst }
        guard language == nil || language == "en" else {
            return language == "ja" || language == "zh" ? monthFirst : dayFirst
        }
        return writesDayFirst ? dayFirst + monthFirst : monthFirst + dayFirst
    }

    private var writesDayFirst: Bool {
        guard let domain = Addresses.first(in: sender)?.split(separator: "@").last else { return false }
        return [".uk", ".au", ".ie", ".nz", ".in", ".za", ".eu", ".de", ".fr", ".nl", ".es", ".it"].contains {
            domain.hasSuffix($0)
        }
    }

    // MARK: Where dates stand

    func dates(in tokens: [DateToken]) -> [Written] {
        var found: [Written] = []
        var at = 0
        while at < tokens.count {
            if let date = date(in: tokens, at: at) {
                found.append(date)
                at = date.tokens.upperBound
            } else {
                at += 1
            }
        }
        return found
    }

    private func date(in tokens: [DateToken], at start: Int) -> Written? {
        var scan = DateScan(tokens: tokens, at: start)
        let parts = scan.yearFirst() ?? scan.eastAsian() ?? scan.dayMonthName() ?? scan.monthNameDay()
        let text = { (end: Int) in tokens[start..<end].map(\.text).joined(separator: " ") }
        if let parts {
            return Written(
                readings: [(parts.day, parts.month)], year: parts.year, weekday: nil, text: text(scan.at),
                tokens: start..<scan.at)
        }
        if let numbers = scan.numeric() {
            let readings = readings(numbers.first, numbers.second, separator: numbers.separator)
            guard !readings.isEmpty else { return nil }
            return Written(
                readings: readings, year: numbers.year, weekday: nil, text: text(scan.at), tokens: start..<scan.at)
        }
        if case .word(let word) = tokens[start].kind, let weekday = DateWords.weekdays[word] {
            let next = dateAfterWeekday(in: tokens, start + 1)
            if next != nil { return nil }
            return Written(readings: [], year: nil, weekday: weekday, text: word, tokens: start..<(start + 1))
        }
        return nil
    }

    /// Whether a full date follows a weekday, as in "Monday, 14 September": then that one tells.
    private func dateAfterWeekday(in tokens: [DateToken], _ start: Int) -> Written? {
        for at in start..<min(start + 4, tokens.count) {
            if case .word(let word) = tokens[at].kind, DateWords.months[word] == nil, !DateWords.fillers.contains(word)
            {
                return nil
            }
            if let date = date(in: tokens, at: at), !date.readings.isEmpty { return date }
        }
        return nil
    }

    // MARK: How it is used

    private func use(of date: Written, in tokens: [DateToken]) -> Use {
        let after = tokens[date.tokens.upperBound...].prefix(2).compactMap(\.word)
        if let use = DateWords.useAfter(after) {
            return use
        }
        let (before, sawNumber) = sentence(before: date.tokens.lowerBound, in: tokens)
        let use = DateWords.use(before: before, sawNumber: sawNumber, language: language)
        guard use == .mentioned else { return use }
        let rest = tokens[date.tokens.upperBound...].prefix(8).prefix { token in
            if case .mark(let mark) = token.kind { mark == UInt8(ascii: ",") } else { true }
        }
        return DateWords.saysBack(rest.compactMap(\.word)) ? .back : .mentioned
    }

    /// The words of the sentence before a token, the nearest first, and whether a number is among them.
    private func sentence(before end: Int, in tokens: [DateToken]) -> (words: [String], sawNumber: Bool) {
        var words: [String] = []
        var sawNumber = false
        for index in stride(from: end - 1, through: max(0, end - 9), by: -1) {
            switch tokens[index].kind {
            case .word(let word): words.append(word)
            case .number: sawNumber = true
            case .mark(let mark):
                if mark == UInt8(ascii: "-") || mark == 0 { words.append("-") }
                let ends = mark == UInt8(ascii: "!") || mark == UInt8(ascii: "?") || isFullStop(tokens, index)
                if ends { return (words, sawNumber) }
            }
        }
        return (words, sawNumber)
    }

    /// A full stop that ends a sentence, not one that follows a number as in "vom 3. bis".
    private func isFullStop(_ tokens: [DateToken], _ index: Int) -> Bool {
        guard case .mark(UInt8(ascii: ".")) = tokens[index].kind, index > 0 else { return false }
        if case .number = tokens[index - 1].kind { return false }
        if case .word(let word) = tokens[index - 1].kind { return word.utf8.count > 2 }
        return true
    }
}
