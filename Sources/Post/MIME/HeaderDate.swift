import CivilTime

/// The Date header's form: `Tue, 10 Mar 2026 09:12:44 +0100` (RFC 5322 3.3).
enum HeaderDate {
    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The date of `instant` at `utcOffset` seconds east, or `nil` where the form has no room for it.
    static func text(of instant: Instant, utcOffset: Int) -> String? {
        guard abs(utcOffset) < .day, utcOffset % .minute == 0, abs(instant.seconds) < 400_000_000_000 else {
            return nil
        }
        let local = instant.seconds + utcOffset
        let dayNumber = local >= 0 ? local / .day : (local - .day + 1) / .day
        let second = local - dayNumber * .day
        let date = LocalDate(dayNumber: dayNumber)
        let (year, month, day) = date.components
        guard (1000...9999).contains(year) else { return nil }
        let minutes = abs(utcOffset) / 60
        var text = days[date.weekday.rawValue]
        text.reserveCapacity(32)
        text += ", "
        text += String(day)
        text += " "
        text += months[month - 1]
        text += " "
        text += String(year)
        text += " "
        text += twoDigits(second / 3600)
        text += ":"
        text += twoDigits(second / 60 % 60)
        text += ":"
        text += twoDigits(second % 60)
        text += utcOffset < 0 ? " -" : " +"
        text += twoDigits(minutes / 60)
        text += twoDigits(minutes % 60)
        return text
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
