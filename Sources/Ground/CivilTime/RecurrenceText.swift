extension Recurrence {
    /// Why a text is no recurrence rule over days.
    package enum Problem: Error, Sendable, Hashable {
        /// No FREQ.
        case noFrequency
        /// A part that is not `NAME=VALUE`, or whose name is unknown or given twice.
        case unknownPart(String)
        /// A value that the part of this name can't have.
        case badValue(part: String, value: String)
        /// Two parts that exclude each other: COUNT and UNTIL, or one that the frequency does not have.
        case conflict(String, String)
    }

    /// The rule in `FREQ=YEARLY;BYMONTH=11;BYDAY=4TH`, the value of an RRULE.
    ///
    /// FREQ=HOURLY and shorter, and BYHOUR and shorter, say nothing of days and are refused.
    ///
    /// - Throws: `Problem`, the first one.
    package init(parsing text: some StringProtocol) throws(Problem) {
        var parts: [String: String] = [:]
        for piece in text.uppercased().split(separator: ";") {
            let sides = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard sides.count == 2, parts.updateValue(sides[1], forKey: sides[0]) == nil else {
                throw .unknownPart(String(piece))
            }
        }
        guard let name = parts.removeValue(forKey: "FREQ") else { throw .noFrequency }
        guard let frequency = Frequency(rawValue: name) else { throw .badValue(part: "FREQ", value: name) }
        self.init(frequency)
        if parts["COUNT"] != nil, parts["UNTIL"] != nil { throw .conflict("COUNT", "UNTIL") }
        for (part, value) in parts.sorted(by: { $0.key < $1.key }) { try set(part, value) }
        try refuseWhatTheFrequencyHasNot()
    }

    private mutating func set(_ part: String, _ value: String) throws(Problem) {
        switch part {
        case "INTERVAL": interval = try Recurrence.number(part, value, in: 1...1000)
        case "COUNT": end = .count(try Recurrence.number(part, value, in: 1...100_000))
        case "UNTIL": end = .until(try Recurrence.date(part, value))
        case "WKST": weekStart = try Recurrence.weekday(part, value)
        case "BYMONTH": months = try Recurrence.numbers(part, value, 1...12, signed: false)
        case "BYWEEKNO": weekNumbers = try Recurrence.numbers(part, value, 1...53)
        case "BYYEARDAY": yearDays = try Recurrence.numbers(part, value, 1...366)
        case "BYMONTHDAY": monthDays = try Recurrence.numbers(part, value, 1...31)
        case "BYSETPOS": positions = try Recurrence.numbers(part, value, 1...366)
        case "BYDAY":
            for piece in value.split(separator: ",", omittingEmptySubsequences: false) {
                weekdays.insert(try Recurrence.nthWeekday(part, String(piece)))
            }
        default: throw .unknownPart(part)
        }
    }

    /// The notes under the table of RFC 5545, section 3.3.10.
    private func refuseWhatTheFrequencyHasNot() throws(Problem) {
        let name = "FREQ=\(frequency.rawValue)"
        if !weekNumbers.isEmpty, frequency != .yearly { throw .conflict("BYWEEKNO", name) }
        if !yearDays.isEmpty, frequency != .yearly { throw .conflict("BYYEARDAY", name) }
        if !monthDays.isEmpty, frequency == .weekly { throw .conflict("BYMONTHDAY", name) }
        if weekdays.contains(where: { $0.nth != 0 }) {
            if frequency == .daily || frequency == .weekly { throw .conflict("BYDAY", name) }
            if !weekNumbers.isEmpty { throw .conflict("BYDAY", "BYWEEKNO") }
        }
        let others = [months, weekNumbers, yearDays, monthDays].contains { !$0.isEmpty } || !weekdays.isEmpty
        if !positions.isEmpty, !others { throw .conflict("BYSETPOS", name) }
    }

    private static func number(
        _ part: String, _ value: String, in range: ClosedRange<Int>
    ) throws(Problem) -> Int {
        guard let number = Int(value), range.contains(number) else { throw .badValue(part: part, value: value) }
        return number
    }

    private static func numbers(
        _ part: String, _ value: String, _ range: ClosedRange<Int>, signed: Bool = true
    ) throws(Problem) -> Set<Int> {
        var numbers: Set<Int> = []
        for piece in value.split(separator: ",", omittingEmptySubsequences: false) {
            guard let number = Int(piece), range.contains(abs(number)), signed || number > 0 else {
                throw .badValue(part: part, value: value)
            }
            numbers.insert(number)
        }
        return numbers
    }

    /// `20261231`, or the day of `20261231T235959Z`.
    private static func date(_ part: String, _ value: String) throws(Problem) -> LocalDate {
        guard let date = LocalDate(basic: value.prefix(8)),
            value.utf8.count == 8 || value.utf8.dropFirst(8).first == 0x54
        else { throw .badValue(part: part, value: value) }
        return date
    }

    private static func weekday(_ part: String, _ value: String) throws(Problem) -> Weekday {
        let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        guard let day = names.firstIndex(of: value).flatMap(Weekday.init(rawValue:)) else {
            throw .badValue(part: part, value: value)
        }
        return day
    }

    private static func nthWeekday(_ part: String, _ value: String) throws(Problem) -> NthWeekday {
        let day = try weekday(part, String(value.suffix(2)))
        let ordinal = value.dropLast(2)
        guard !ordinal.isEmpty else { return NthWeekday(0, day) }
        guard let nth = Int(ordinal), (1...53).contains(abs(nth)) else { throw .badValue(part: part, value: value) }
        return NthWeekday(nth, day)
    }
}

extension LocalDate {
    /// The date in `20261231`, the basic form of ISO 8601 that calendar files use; `nil` for any other text.
    package init?(basic text: some StringProtocol) {
        var cursor = TextCursor(text)
        guard let year = cursor.digits(4), let month = cursor.digits(2), let day = cursor.digits(2), cursor.isAtEnd
        else {
            return nil
        }
        self.init(year: year, month: month, day: day)
    }
}
