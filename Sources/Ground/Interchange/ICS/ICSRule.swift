package import CivilTime

/// How an all-day event repeats (RFC 5545 section 3.3.10): days, weeks, months or years.
package struct ICSRule: Sendable, Hashable {
    package enum Frequency: String, Sendable, Hashable {
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
        case yearly = "YEARLY"
    }

    /// A day of the week, each of them or the `ordinal`-th of a month or year, from its end where negative.
    package struct Day: Sendable, Hashable {
        package var ordinal: Int?
        package var weekday: Weekday

        package init(_ weekday: Weekday, ordinal: Int? = nil) {
            self.weekday = weekday
            self.ordinal = ordinal
        }
    }

    package var frequency: Frequency
    /// Every so many periods; at least 1.
    package var interval = 1
    /// How many days there are, the first among them.
    package var count: Int?
    /// The last day there may be.
    package var until: LocalDate?
    package var months: [Int] = []
    /// -31 to 31, no 0.
    package var monthDays: [Int] = []
    /// -366 to 366, no 0.
    package var yearDays: [Int] = []
    /// -53 to 53, no 0; only in yearly rules.
    package var weekNumbers: [Int] = []
    package var days: [Day] = []
    /// Which of a period's days count, from 1, from the end where negative; empty for all.
    package var positions: [Int] = []
    package var weekStart = Weekday.monday

    package init(_ frequency: Frequency) { self.frequency = frequency }
}

extension ICSRule {
    /// The days of an event that starts on `start`, up to `last`, in order.
    ///
    /// A rule that can never be met (30 February) gives none. `start` itself is a day only where it meets the rule.
    package func dates(from start: LocalDate, through last: LocalDate) -> [LocalDate] {
        let rule = completed(by: start)
        let end = min(last, until ?? last)
        var dates: [LocalDate] = []
        var period = rule.firstPeriod(of: start)
        while period.lowerBound <= end {
            for date in rule.dates(in: period) where date >= start {
                if date > end || dates.count == count ?? Int.max { return dates }
                dates.append(date)
            }
            period = rule.period(after: period)
        }
        return dates
    }

    /// With the parts that the start gives where the rule leaves them open.
    private func completed(by start: LocalDate) -> ICSRule {
        guard days.isEmpty, monthDays.isEmpty, yearDays.isEmpty, weekNumbers.isEmpty else { return self }
        var rule = self
        let (_, month, day) = start.components
        switch frequency {
        case .yearly:
            if months.isEmpty { rule.months = [month] }
            rule.monthDays = [day]
        case .monthly: rule.monthDays = [day]
        case .weekly: rule.days = [Day(start.weekday)]
        case .daily: break
        }
        return rule
    }

    private func firstPeriod(of start: LocalDate) -> Range<LocalDate> {
        let (year, month, _) = start.components
        switch frequency {
        case .yearly: return LocalDate.first(year: year, month: 1)..<LocalDate.first(year: year + 1, month: 1)
        case .monthly: return LocalDate.first(year: year, month: month)..<LocalDate.first(year: year, month: month + 1)
        case .weekly:
            let monday = start - daysIntoWeek(start)
            return monday..<monday + 7
        case .daily: return start..<start + 1
        }
    }

    private func period(after period: Range<LocalDate>) -> Range<LocalDate> {
        let (year, month, _) = period.lowerBound.components
        switch frequency {
        case .yearly:
            let next = year + interval
            return LocalDate.first(year: next, month: 1)..<LocalDate.first(year: next + 1, month: 1)
        case .monthly:
            let next = month + interval
            return LocalDate.first(year: year, month: next)..<LocalDate.first(year: year, month: next + 1)
        case .weekly: return period.lowerBound + 7 * interval..<period.upperBound + 7 * interval
        case .daily: return period.lowerBound + interval..<period.upperBound + interval
        }
    }

    private func dates(in period: Range<LocalDate>) -> [LocalDate] {
        let dates = (period.lowerBound.dayNumber..<period.upperBound.dayNumber)
            .map { LocalDate(dayNumber: $0) }.filter(matches)
        if positions.isEmpty { return dates }
        return dates.enumerated()
            .filter { positions.contains($0.offset + 1) || positions.contains($0.offset - dates.count) }
            .map(\.element)
    }

    private func matches(_ date: LocalDate) -> Bool {
        let (year, month, day) = date.components
        guard months.isEmpty || months.contains(month) else { return false }
        if !monthDays.isEmpty {
            let length = LocalDate.length(ofMonth: month, year: year)
            guard monthDays.contains(day) || monthDays.contains(day - length - 1) else { return false }
        }
        if !yearDays.isEmpty {
            let start = LocalDate.first(year: year, month: 1)
            let length = LocalDate.first(year: year + 1, month: 1) - start
            let number = date - start + 1
            guard yearDays.contains(number) || yearDays.contains(number - length - 1) else { return false }
        }
        if !weekNumbers.isEmpty {
            let (number, count) = week(of: date)
            guard weekNumbers.contains(number) || weekNumbers.contains(number - count - 1) else { return false }
        }
        return days.isEmpty || days.contains { matches($0, date) }
    }

    private func matches(_ day: Day, _ date: LocalDate) -> Bool {
        guard date.weekday == day.weekday else { return false }
        guard let ordinal = day.ordinal else { return true }
        let (year, month, _) = date.components
        let isOfMonth = frequency == .monthly || !months.isEmpty
        let first = LocalDate.first(year: year, month: isOfMonth ? month : 1)
        let end =
            isOfMonth ? LocalDate.first(year: year, month: month + 1) : LocalDate.first(year: year + 1, month: 1)
        return ordinal > 0 ? (date - first) / 7 + 1 == ordinal : -((end - date - 1) / 7 + 1) == ordinal
    }

    private func daysIntoWeek(_ date: LocalDate) -> Int {
        (date.weekday.rawValue - weekStart.rawValue + 7) % 7
    }

    /// The number of the week, and how many its year has: week 1 is the first with four days or more in the year.
    private func week(of date: LocalDate) -> (number: Int, count: Int) {
        let middle = date - daysIntoWeek(date) + 3
        let year = middle.components.year
        let number = (middle - LocalDate.first(year: year, month: 1)) / 7 + 1
        let last = LocalDate.first(year: year + 1, month: 1) - 1
        let count = daysIntoWeek(last) >= 3 ? 0 : -1
        let lastMiddle = last - daysIntoWeek(last) + 3 + 7 * count
        return (number, (lastMiddle - LocalDate.first(year: year, month: 1)) / 7 + 1)
    }
}

extension LocalDate {
    /// The first day of a month; months beyond 12 count on into the next years.
    static func first(year: Int, month: Int) -> LocalDate {
        let carried = (month - 1) / 12
        // A month from 1 to 12 has a first day.
        return LocalDate(year: year + carried, month: (month - 1) % 12 + 1, day: 1) ?? LocalDate(dayNumber: 0)
    }
}
