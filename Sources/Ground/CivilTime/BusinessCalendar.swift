/// On which days and at which hours something may happen, on a clock that is still to be chosen.
package struct BusinessCalendar: Sendable, Hashable {
    /// Open days of the week.
    package var days: Weekdays
    /// Open hours of those days.
    package var hours: Hours
    /// Days off.
    package var holidays: Holidays
    /// Longer times off.
    package var freezes: [DateRange]

    package init(
        days: Weekdays = .all, hours: Hours = .always, holidays: Holidays = Holidays(), freezes: [DateRange] = []
    ) {
        self.days = days
        self.hours = hours
        self.holidays = holidays
        self.freezes = freezes
    }

    /// Open at every moment.
    package static let always = BusinessCalendar()

    /// The calendar that is open when both are, read on one clock: a sequence's that narrows the workspace's.
    package func narrowed(by other: BusinessCalendar) -> BusinessCalendar {
        var both = self
        both.days.formIntersection(other.days)
        both.hours = hours.intersection(other.hours)
        both.holidays.formUnion(other.holidays)
        both.freezes += other.freezes.filter { !freezes.contains($0) }
        return both
    }

    /// The open windows of `date` in seconds since local midnight; none on a day off.
    package func windows(on date: LocalDate) -> [Range<Int>] {
        isBusinessDay(date) ? hours.windows : []
    }

    /// Whether `date` has an open window.
    package func isBusinessDay(_ date: LocalDate) -> Bool {
        days.contains(date.weekday) && !hours.isEmpty && !holidays.contains(date)
            && !freezes.contains { $0.contains(date) }
    }

    /// Whether no week can have an open window, whatever the holidays.
    package var isNeverOpen: Bool { days.isEmpty || hours.isEmpty }
}
