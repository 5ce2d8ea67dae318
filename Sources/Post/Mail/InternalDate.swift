import CivilTime

/// IMAP's date-time: `17-Jul-1996 02:44:25 -0700`, the day perhaps with a space before it (RFC 3501 9).
enum InternalDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The moment `text` says, or `nil`.
    static func instant(_ text: String) -> Instant? {
        let words = text.split(separator: " ")
        guard words.count == 3 else { return nil }
        let day = words[0].split(separator: "-")
        let clock = words[1].split(separator: ":").compactMap { Int($0) }
        guard day.count == 3, clock.count == 3, let number = Int(day[0]), let year = Int(day[2]), year < 10_000,
            let month = months.firstIndex(where: { $0.lowercased() == day[1].lowercased() }),
            let date = LocalDate(year: year, month: month + 1, day: number), let offset = offset(words[2]),
            (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2])
        else { return nil }
        return Instant(date.dayNumber * .day + clock[0] * 3600 + clock[1] * 60 + clock[2] - offset)
    }

    /// `instant` in UTC, as APPEND wants it.
    static func text(_ instant: Instant) -> String {
        let dayNumber = Int((Double(instant.seconds) / 86_400).rounded(.down))
        let second = instant.seconds - dayNumber * .day
        let (year, month, day) = LocalDate(dayNumber: dayNumber).components
        let clock = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(day < 10 ? " " : "")\(day)-\(months[month - 1])-\(year) \(clock.joined(separator: ":")) +0000"
    }

    /// A day as SEARCH wants it: `1-Feb-2026` (RFC 3501 6.4.4).
    static func day(_ day: LocalDate) -> String {
        let (year, month, day) = day.components
        return "\(day)-\(months[month - 1])-\(year)"
    }

    private static func offset(_ text: Substring) -> Int? {
        guard text.utf8.count == 5, text.hasPrefix("+") || text.hasPrefix("-"), let number = Int(text.dropFirst()),
            number >= 0
        else { return nil }
        let seconds = number / 100 * 3600 + number % 100 * 60
        return text.hasPrefix("-") ? -seconds : seconds
    }
}
