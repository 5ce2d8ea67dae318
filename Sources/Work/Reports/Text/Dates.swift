package import CivilTime

/// Days and times as lists and reports show them.
package enum Dates {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    /// `12 Mar`.
    package static func short(_ date: LocalDate) -> String {
        let (_, month, day) = date.components
        return "\(day) \(months[month - 1])"
    }

    /// `12 Mar 2026`.
    package static func full(_ date: LocalDate) -> String { "\(short(date)) \(date.components.year)" }

    /// `Thu 12 Mar`.
    package static func weekday(_ date: LocalDate) -> String { "\(days[date.weekday.rawValue]) \(short(date))" }

    /// `15:00`, on the clock of `zone`.
    package static func time(_ instant: Instant, in zone: Zone) -> String {
        let (hour, minute, _) = zone.local(at: instant).time.components
        return padded(hour) + ":" + padded(minute)
    }

    /// `15:00-17:00`, on the clock of `zone`.
    package static func span(_ span: Range<Instant>, in zone: Zone) -> String {
        time(span.lowerBound, in: zone) + "-" + time(span.upperBound, in: zone)
    }

    /// `12 Mar 15:00`, with the year where it is not `year`.
    package static func moment(_ instant: Instant, in zone: Zone, year: Int? = nil) -> String {
        let date = zone.date(at: instant)
        let day = year == nil || year == date.components.year ? short(date) : full(date)
        return day + " " + time(instant, in: zone)
    }

    /// `3d 4h`, `2h 10m`, `5m`: the two largest units.
    package static func duration(_ seconds: Int) -> String {
        let total = max(0, seconds)
        let (days, hours, minutes) = (total / .day, total % .day / .hour, total % .hour / .minute)
        if days > 0 { return hours > 0 && days < 10 ? "\(days)d \(hours)h" : "\(days)d" }
        if hours > 0 { return minutes > 0 ? "\(hours)h \(minutes)m" : "\(hours)h" }
        return "\(minutes)m"
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
