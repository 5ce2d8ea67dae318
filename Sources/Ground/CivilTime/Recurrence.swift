/// A recurrence rule over days (RFC 5545, section 3.3.10), for events that last whole days.
package struct Recurrence: Sendable, Hashable {
    /// How long a period is.
    package enum Frequency: String, Sendable, Hashable {
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
        case yearly = "YEARLY"
    }

    /// When it ends.
    package enum End: Sendable, Hashable {
        case never
        /// After so many occurrences.
        case count(Int)
        /// On this day at the latest.
        case until(LocalDate)
    }

    /// `MO`, or `-1FR`: the last Friday of the month or year.
    package struct NthWeekday: Sendable, Hashable {
        /// From the start (positive) or the end (negative); 0: every one.
        package var nth: Int
        /// The day of the week.
        package var weekday: Weekday

        package init(_ nth: Int = 0, _ weekday: Weekday) {
            self.nth = nth
            self.weekday = weekday
        }
    }

    /// How often it comes.
    package var frequency: Frequency
    /// Every `interval`th period, at least 1.
    package var interval = 1
    /// What ends it.
    package var end = End.never
    /// BYMONTH, 1...12.
    package var months: Set<Int> = []
    /// BYWEEKNO, 1...53 or negative from the year's end; yearly only.
    package var weekNumbers: Set<Int> = []
    /// BYYEARDAY, 1...366 or negative from the year's end; yearly only.
    package var yearDays: Set<Int> = []
    /// BYMONTHDAY, 1...31 or negative from the month's end.
    package var monthDays: Set<Int> = []
    /// BYDAY.
    package var weekdays: Set<NthWeekday> = []
    /// BYSETPOS, 1... or negative from the period's end.
    package var positions: Set<Int> = []
    /// WKST.
    package var weekStart = Weekday.monday

    package init(_ frequency: Frequency) { self.frequency = frequency }

    /// The occurrences of an event that first happens on `start`, in order, up to `last`.
    package func dates(from start: LocalDate, through last: LocalDate) -> [LocalDate] {
        var last = last
        var left = Int.max
        switch end {
        case .never: break
        case .count(let count): left = count
        case .until(let until): last = min(last, until)
        }
        let rule = completed(from: start)
        var found: [LocalDate] = []
        var period = rule.period(containing: start)
        while left > 0, period.lowerBound <= last {
            for date in rule.occurrences(in: period) where date >= start && date <= last && left > 0 {
                found.append(date)
                left -= 1
            }
            period = rule.period(after: period)
        }
        return found
    }

    /// The rule with what it leaves out taken from its first day.
    private func completed(from start: LocalDate) -> Recurrence {
        guard yearDays.isEmpty, monthDays.isEmpty, weekdays.isEmpty else { return self }
        var rule = self
        let (_, month, day) = start.components
        switch frequency {
        case .daily: break
        case .weekly: rule.weekdays = [NthWeekday(0, start.weekday)]
        case .monthly: rule.monthDays = [day]
        case .yearly where !weekNumbers.isEmpty: rule.weekdays = [NthWeekday(0, start.weekday)]
        case .yearly:
            rule.monthDays = [day]
            if months.isEmpty { rule.months = [month] }
        }
        return rule
    }

    private func occurrences(in period: Range<LocalDate>) -> [LocalDate] {
        let days = candidates(in: period).filter {
            containsWeekday($0) && containsYearDay($0) && containsWeekNumber($0)
        }
        guard !positions.isEmpty else { return days }
        return days.enumerated().filter { index, _ in
            positions.contains(index + 1) || positions.contains(index - days.count)
        }.map(\.element)
    }

    /// The days of `period` that BYMONTH and BYMONTHDAY leave, in order.
    private func candidates(in period: Range<LocalDate>) -> [LocalDate] {
        guard !months.isEmpty || !monthDays.isEmpty else { return Recurrence.days(period) }
        var found: [LocalDate] = []
        var (year, month, _) = period.lowerBound.components
        while case let first = Recurrence.firstDay(year, month), first < period.upperBound {
            if months.isEmpty || months.contains(month) {
                let whole = first..<first + LocalDate.length(ofMonth: month, year: year)
                found += monthDays.isEmpty ? Recurrence.days(whole.clamped(to: period)) : monthDays(of: whole, period)
            }
            (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1)
        }
        return found
    }

    private func monthDays(of month: Range<LocalDate>, _ period: Range<LocalDate>) -> [LocalDate] {
        let days = monthDays.map { $0 > 0 ? month.lowerBound + ($0 - 1) : month.upperBound + $0 }
        let there = days.filter { month.contains($0) && period.contains($0) }
        return there.count < 2 ? there : Set(there).sorted()
    }

    private static func days(_ range: Range<LocalDate>) -> [LocalDate] {
        (0..<(range.upperBound - range.lowerBound)).map { range.lowerBound + $0 }
    }

    /// Whether `set` names the `number`th of `count` things, from the start or from the end; an empty one names all.
    private func contains(_ set: Set<Int>, _ number: Int, of count: Int) -> Bool {
        set.isEmpty || set.contains(number) || set.contains(number - count - 1)
    }

    private func containsYearDay(_ date: LocalDate) -> Bool {
        guard !yearDays.isEmpty else { return true }
        let year = date.components.year
        let (first, next) = (Recurrence.newYear(year), Recurrence.newYear(year + 1))
        return contains(yearDays, date - first + 1, of: next - first)
    }

    private func containsWeekNumber(_ date: LocalDate) -> Bool {
        guard !weekNumbers.isEmpty else { return true }
        let (number, count) = date.weekOfYear(startingOn: weekStart)
        return contains(weekNumbers, number, of: count)
    }

    private func containsWeekday(_ date: LocalDate) -> Bool {
        guard !weekdays.isEmpty else { return true }
        let weekday = date.weekday
        return weekdays.contains { wanted in
            guard wanted.weekday == weekday else { return false }
            guard wanted.nth != 0 else { return true }
            let (year, month, day) = date.components
            let inYear = frequency == .yearly && months.isEmpty
            let index = inYear ? date - Recurrence.newYear(year) : day - 1
            let length =
                inYear
                ? Recurrence.newYear(year + 1) - Recurrence.newYear(year) : LocalDate.length(ofMonth: month, year: year)
            return wanted.nth > 0 ? index / 7 == wanted.nth - 1 : (length - 1 - index) / 7 == -wanted.nth - 1
        }
    }

    private func period(containing date: LocalDate) -> Range<LocalDate> {
        let (year, month, _) = date.components
        switch frequency {
        case .daily: return date..<date + 1
        case .weekly:
            let start = date.startOfWeek(startingOn: weekStart)
            return start..<start + 7
        case .monthly:
            let start = Recurrence.firstDay(year, month)
            return start..<start + LocalDate.length(ofMonth: month, year: year)
        case .yearly: return Recurrence.newYear(year)..<Recurrence.newYear(year + 1)
        }
    }

    private func period(after period: Range<LocalDate>) -> Range<LocalDate> {
        let (year, month, _) = period.lowerBound.components
        switch frequency {
        case .daily: return self.period(containing: period.lowerBound + interval)
        case .weekly: return self.period(containing: period.lowerBound + 7 * interval)
        case .monthly:
            let next = year * 12 + month - 1 + interval
            return self.period(containing: Recurrence.firstDay(next / 12, next % 12 + 1))
        case .yearly: return self.period(containing: Recurrence.newYear(year + interval))
        }
    }

    private static func firstDay(_ year: Int, _ month: Int) -> LocalDate {
        LocalDate(year: year, month: month, day: 1) ?? LocalDate(dayNumber: 0)
    }

    private static func newYear(_ year: Int) -> LocalDate { firstDay(year, 1) }
}

extension LocalDate {
    /// The first day of the week that has this day.
    package func startOfWeek(startingOn first: Weekday = .monday) -> LocalDate {
        self - (weekday.rawValue - first.rawValue + 7) % 7
    }

    /// The number of the week that has this day, and how many weeks its year has.
    ///
    /// A week belongs to the year that has four of its days or more (ISO 8601).
    package func weekOfYear(startingOn first: Weekday = .monday) -> (number: Int, count: Int) {
        let start = startOfWeek(startingOn: first)
        let year = (start + 3).components.year
        let one = LocalDate.firstWeek(of: year, startingOn: first)
        let next = LocalDate.firstWeek(of: year + 1, startingOn: first)
        return ((start - one) / 7 + 1, (next - one) / 7)
    }

    private static func firstWeek(of year: Int, startingOn first: Weekday) -> LocalDate {
        // 4 January is always in the first week.
        (LocalDate(year: year, month: 1, day: 4) ?? LocalDate(dayNumber: 0)).startOfWeek(startingOn: first)
    }
}
