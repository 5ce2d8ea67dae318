/// A time of day on no particular clock: whole seconds since midnight, 0 to 86,400.
///
/// 86,400 is 24:00, the end of the day; only windows end there.
package struct LocalTime: Sendable, Hashable, Comparable {
    /// Seconds since midnight, 0...86,400.
    package let secondOfDay: Int

    /// 00:00.
    package static let midnight = LocalTime(clamping: 0)
    /// 24:00.
    package static let endOfDay = LocalTime(clamping: .day)

    /// The time `secondOfDay` seconds after midnight; what is outside 0...86,400 becomes the nearer end.
    package init(clamping secondOfDay: Int) { self.secondOfDay = min(max(secondOfDay, 0), .day) }

    /// The time `hour`:`minute`:`second`; 24:00:00 is one, 24:00:01 and 09:60 are `nil`.
    package init?(hour: Int, minute: Int = 0, second: Int = 0) {
        guard (0...24).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
        let total = hour * .hour + minute * .minute + second
        guard total <= .day else { return nil }
        secondOfDay = total
    }

    /// Hour, minute and second.
    package var components: (hour: Int, minute: Int, second: Int) {
        (secondOfDay / .hour, secondOfDay / .minute % 60, secondOfDay % 60)
    }

    package static func < (a: LocalTime, b: LocalTime) -> Bool { a.secondOfDay < b.secondOfDay }
}

/// A date and a time of day on no particular clock.
package struct LocalDateTime: Sendable, Hashable, Comparable {
    /// The day.
    package var date: LocalDate
    /// The time on that day.
    package var time: LocalTime

    package init(_ date: LocalDate, _ time: LocalTime) {
        self.date = date
        self.time = time
    }

    /// The date-time `seconds` after 1970-01-01T00:00:00 on the same clock.
    package init(localSeconds seconds: Int) {
        let day = seconds.dividedDown(by: .day)
        date = LocalDate(dayNumber: day)
        time = LocalTime(clamping: seconds - day * .day)
    }

    /// Seconds since 1970-01-01T00:00:00 on the same clock.
    package var localSeconds: Int { date.dayNumber * .day + time.secondOfDay }

    package static func < (a: LocalDateTime, b: LocalDateTime) -> Bool { a.localSeconds < b.localSeconds }
}

extension Int {
    /// The quotient rounded towards negative infinity.
    func dividedDown(by divisor: Int) -> Int {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
