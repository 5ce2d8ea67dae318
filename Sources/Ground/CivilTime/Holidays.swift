/// A day of every year: 25 December. 29 February is a day of leap years only.
package struct YearlyDate: Sendable, Hashable, CustomStringConvertible {
    /// 1...12.
    package let month: Int
    /// 1...31.
    package let day: Int

    /// The day, or `nil` where no year has it (02-30).
    package init?(month: Int, day: Int) {
        guard LocalDate(year: 2000, month: month, day: day) != nil else { return nil }
        self.month = month
        self.day = day
    }

    /// The day in `12-25`; `nil` for any other text.
    package init?(_ text: some StringProtocol) {
        var cursor = TextCursor(text)
        guard let month = cursor.digits(2), cursor.skip("-"), let day = cursor.digits(2), cursor.isAtEnd else {
            return nil
        }
        self.init(month: month, day: day)
    }

    /// `12-25`.
    package var description: String { "\(padded(month))-\(padded(day))" }
}

/// Days on which nothing is open: single dates, days of every year, and all-day events of a calendar file.
package struct Holidays: Sendable, Hashable {
    /// Single dates.
    package private(set) var dates: Set<LocalDate>
    /// Days of every year.
    package private(set) var yearly: Set<YearlyDate>

    /// - Parameters:
    ///   - dates: single dates.
    ///   - yearly: days of every year.
    ///   - events: all-day events, laid out up to the end of 2100.
    package init(dates: Set<LocalDate> = [], yearly: Set<YearlyDate> = [], events: [AllDayEvent] = []) {
        self.dates = dates
        self.yearly = yearly
        for event in events { self.dates.formUnion(event.dates(through: Holidays.horizon)) }
    }

    /// Adds the holidays of `other`.
    package mutating func formUnion(_ other: Holidays) {
        dates.formUnion(other.dates)
        yearly.formUnion(other.yearly)
    }

    /// Whether `date` is one.
    package func contains(_ date: LocalDate) -> Bool {
        if dates.contains(date) { return true }
        guard !yearly.isEmpty else { return false }
        let (_, month, day) = date.components
        return yearly.contains { $0.month == month && $0.day == day }
    }

    /// 2100-12-31: holidays of calendar files are known up to here.
    package static let horizon = LocalDate(dayNumber: 47_846)
}

/// The days of a calendar from `first` to `last`, both included.
package struct DateRange: Sendable, Hashable, CustomStringConvertible {
    /// The first day of the range.
    package let first: LocalDate
    /// The last day of the range, included.
    package let last: LocalDate

    /// The days, or `nil` when `last` is before `first`.
    package init?(_ first: LocalDate, through last: LocalDate) {
        guard first <= last else { return nil }
        self.first = first
        self.last = last
    }

    /// The days in `2026-12-21..2027-01-03`, or the one day in `2026-12-21`; `nil` for any other text.
    package init?(_ text: some StringProtocol) {
        guard let dots = Array(text.utf8).firstIndex(of: UInt8(ascii: ".")) else {
            guard let day = LocalDate(text.trimmed) else { return nil }
            self.init(day, through: day)
            return
        }
        let bytes = Array(text.utf8)
        let head = String(decoding: bytes[..<dots], as: UTF8.self)
        let tail = String(decoding: bytes[dots...], as: UTF8.self)
        guard tail.hasPrefix(".."), let first = LocalDate(head.trimmed), let last = LocalDate(tail.dropFirst(2).trimmed)
        else { return nil }
        self.init(first, through: last)
    }

    /// Whether `date` is one of them.
    package func contains(_ date: LocalDate) -> Bool { first <= date && date <= last }

    package var description: String { first == last ? "\(first)" : "\(first)..\(last)" }
}
