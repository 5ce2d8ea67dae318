/// How long to wait after something was done.
package enum Delay: Sendable, Hashable {
    /// Days with an open window, on a local calendar.
    case businessDays(Int)
    /// Days of a local calendar.
    case days(Int)
    /// Elapsed seconds, whatever the clocks show.
    case elapsed(seconds: Int)

    /// No delay: the same moment.
    package static let none = Delay.elapsed(seconds: 0)
}

extension Delay: CustomStringConvertible {
    /// `2 business days`, `1 business day`, `3 days`, `72h`, `90s`.
    package var description: String {
        switch self {
        case .businessDays(let count): "\(count) business \(count == 1 ? "day" : "days")"
        case .days(let count): "\(count) \(count == 1 ? "day" : "days")"
        case .elapsed(let seconds):
            if seconds % .hour == 0, seconds > 0 {
                "\(seconds / .hour)h"
            } else if seconds % .minute == 0, seconds > 0 {
                "\(seconds / .minute)m"
            } else {
                "\(seconds)s"
            }
        }
    }

    /// The delay in `2 business days`, `3d`, `3 days`, `2 weeks`, `72h`, `1h30m`, `30 minutes`, `90s`; `nil` for any other
    /// text. Days and weeks are local dates and stand alone; hours, minutes and seconds are elapsed time.
    package init?(_ text: some StringProtocol) {
        var cursor = TextCursor(text)
        cursor.skipBlanks()
        guard let count = cursor.digits(1...7) else { return nil }
        cursor.skipBlanks()
        let unit = cursor.word()
        switch unit {
        case "d", "day", "days": self = .days(count)
        case "w", "week", "weeks": self = .days(7 * count)
        case "business":
            cursor.skipBlanks()
            guard ["day", "days"].contains(cursor.word()) else { return nil }
            self = .businessDays(count)
        default:
            guard let seconds = Delay.elapsed(count, unit, &cursor) else { return nil }
            self = .elapsed(seconds: seconds)
        }
        cursor.skipBlanks()
        guard cursor.isAtEnd else { return nil }
    }

    /// The seconds of `count` `unit` and what follows in ever smaller units: `1h30m`.
    private static func elapsed(_ count: Int, _ unit: String, _ cursor: inout TextCursor) -> Int? {
        guard var size = seconds(in: unit) else { return nil }
        var total = count * size
        cursor.skipBlanks()
        while !cursor.isAtEnd {
            guard let more = cursor.digits(1...7) else { return nil }
            cursor.skipBlanks()
            guard let smaller = seconds(in: cursor.word()), smaller < size else { return nil }
            size = smaller
            total += more * size
            cursor.skipBlanks()
        }
        return total
    }

    private static func seconds(in unit: String) -> Int? {
        switch unit {
        case "h", "hour", "hours": .hour
        case "m", "min", "minute", "minutes": .minute
        case "s", "sec", "second", "seconds": 1
        default: nil
        }
    }
}
