// The texts of ISO 8601 and RFC 3339 that Stoke reads and writes.

extension LocalDate: CustomStringConvertible {
    /// `2026-03-12`.
    package var description: String {
        let (year, month, day) = components
        return "\(padded(year, 4))-\(padded(month))-\(padded(day))"
    }

    /// The date in `2026-03-12`; `nil` for any other text.
    package init?(_ text: some StringProtocol) {
        var cursor = TextCursor(text)
        guard let date = cursor.date(), cursor.isAtEnd else { return nil }
        self = date
    }
}

extension LocalTime: CustomStringConvertible {
    /// `09:00`, or `09:00:30` where there are seconds.
    package var description: String {
        let (hour, minute, second) = components
        return "\(padded(hour)):\(padded(minute))" + (second == 0 ? "" : ":\(padded(second))")
    }

    /// The time in `9:00`, `09:00` or `09:00:30`; `nil` for any other text.
    package init?(_ text: some StringProtocol) {
        var cursor = TextCursor(text)
        guard let time = cursor.time(hourDigits: 1...2), cursor.isAtEnd else { return nil }
        self = time
    }
}

extension LocalDateTime: CustomStringConvertible {
    /// `2026-03-12T09:00:00`.
    package var description: String {
        let (hour, minute, second) = time.components
        return "\(date)T\(padded(hour)):\(padded(minute)):\(padded(second))"
    }

    /// The date-time in `2026-03-12T09:00`, `2026-03-12 09:00:30`, without an offset; `nil` for any other text.
    package init?(_ text: some StringProtocol) {
        var cursor = TextCursor(text)
        guard let local = cursor.dateTime(), cursor.isAtEnd else { return nil }
        self = local
    }
}

extension Instant: CustomStringConvertible {
    /// `2026-03-12T09:00:00Z`.
    package var description: String { LocalDateTime(localSeconds: seconds).description + "Z" }

    /// The instant on the clock of `zone`, with its offset: `2026-03-12T10:00:00+01:00` (RFC 3339).
    package func description(in zone: Zone) -> String {
        let offset = zone.offset(at: self).seconds
        return LocalDateTime(localSeconds: seconds + offset).description + offsetText(offset, separator: ":")
    }

    /// The instant in `2026-03-12T09:00:00Z`, `2026-03-12 10:00+01:00`, `2026-03-12T10:00:00.25+0100`; `nil` for any
    /// other text, one without an offset among them. Fractions of a second are dropped.
    package init?(_ text: some StringProtocol) {
        var cursor = TextCursor(text)
        guard let local = cursor.dateTime(), let offset = cursor.offset(), cursor.isAtEnd else { return nil }
        self.init(local.localSeconds - offset)
    }
}

/// `+01:00`; an offset with seconds shows them (ISO 8601-2), for they are part of what the clock showed.
func offsetText(_ seconds: Int, separator: String) -> String {
    let all = Int(seconds.magnitude)
    let text = (seconds < 0 ? "-" : "+") + padded(all / .hour) + separator + padded(all / .minute % 60)
    return text + (all % 60 == 0 ? "" : separator + padded(all % 60))
}

extension TextCursor {
    fileprivate mutating func date() -> LocalDate? {
        guard let year = digits(4), skip("-"), let month = digits(2), skip("-"), let day = digits(2) else { return nil }
        return LocalDate(year: year, month: month, day: day)
    }

    fileprivate mutating func time(hourDigits: ClosedRange<Int> = 2...2) -> LocalTime? {
        guard let hour = digits(hourDigits), skip(":"), let minute = digits(2) else { return nil }
        guard skip(":") else { return LocalTime(hour: hour, minute: minute) }
        // A leap second (RFC 3339, section 5.6) is read as the second before: the day has 86,400 here.
        return digits(2).flatMap { LocalTime(hour: hour, minute: minute, second: min($0, $0 == 60 ? 59 : $0)) }
    }

    fileprivate mutating func dateTime() -> LocalDateTime? {
        guard let date = date(), skip("T") || skip("t") || skip(" "), let time = time() else { return nil }
        if skip(".") || skip(",") { guard digits(1...12) != nil else { return nil } }
        return LocalDateTime(localSeconds: LocalDateTime(date, time).localSeconds)
    }

    fileprivate mutating func offset() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let negative = skip("-")
        guard negative || skip("+"), let hours = digits(2), hours < 24 else { return nil }
        let colon = skip(":")
        guard let minutes = colon || !isAtEnd ? digits(2) : 0, minutes < 60 else { return nil }
        var seconds = hours * .hour + minutes * .minute
        if colon, skip(":") {
            guard let more = digits(2), more < 60 else { return nil }
            seconds += more
        }
        return negative ? -seconds : seconds
    }
}
