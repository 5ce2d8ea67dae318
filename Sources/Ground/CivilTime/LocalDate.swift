/// A day of the proleptic Gregorian calendar, on no particular clock.
package struct LocalDate: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01.
    package var dayNumber: Int

    package init(dayNumber: Int) { self.dayNumber = dayNumber }

    /// The day `year`-`month`-`day`, or `nil` where there is none (2026-02-30).
    package init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...LocalDate.length(ofMonth: month, year: year)).contains(day) else {
            return nil
        }
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.dayNumber = era * 146_097 + dayOfEra - 719_468
    }

    /// Year, month (1-12) and day (1-31).
    package var components: (year: Int, month: Int, day: Int) {
        // civil_from_days of the same source.
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The day of the week.
    package var weekday: Weekday {
        let index = (dayNumber + 3) % 7
        return Weekday(rawValue: index < 0 ? index + 7 : index) ?? .monday
    }

    /// 28 to 31.
    package static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        default: 31
        }
    }

    package static func < (a: LocalDate, b: LocalDate) -> Bool { a.dayNumber < b.dayNumber }
    /// So many days later.
    package static func + (a: LocalDate, days: Int) -> LocalDate { LocalDate(dayNumber: a.dayNumber + days) }
    /// So many days earlier.
    package static func - (a: LocalDate, days: Int) -> LocalDate { LocalDate(dayNumber: a.dayNumber - days) }
    /// Days from `b` to `a`.
    package static func - (a: LocalDate, b: LocalDate) -> Int { a.dayNumber - b.dayNumber }
}

/// A day of the week, Monday first (ISO 8601).
package enum Weekday: Int, Sendable, Hashable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday
}
