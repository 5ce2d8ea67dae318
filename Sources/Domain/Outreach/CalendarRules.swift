package import CivilTime

/// Business days and hours as a file states them; what is `nil` is left to the wider calendar.
package struct CalendarRules: Sendable, Hashable {
    /// The days of the week that are open.
    package var days: Weekdays?
    /// The windows of such a day.
    package var hours: Hours?
    /// Days that are closed, on top of the wider calendar's.
    package var holidays: [Holiday]

    /// A closed day.
    package enum Holiday: Sendable, Hashable {
        case date(LocalDate)
        /// Every year on this month and day.
        case yearly(month: Int, day: Int)
    }

    package init(days: Weekdays? = nil, hours: Hours? = nil, holidays: [Holiday] = []) {
        self.days = days
        self.hours = hours
        self.holidays = holidays
    }

    /// Monday to Friday, nine to five.
    package static let standard = CalendarRules(
        days: .workdays, hours: Hours([9 * .hour..<17 * .hour]))
}
