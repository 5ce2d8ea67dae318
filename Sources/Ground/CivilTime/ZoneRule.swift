/// The rule that a zone follows past its table: the footer of a TZif file (RFC 9636, section 3.3), a POSIX `TZ` text such
/// as `CET-1CEST,M3.5.0,M10.5.0/3`, with hours from -167 to 167.
struct ZoneRule: Sendable {
    /// A day of each year and the time on it at which the offset changes, in seconds after its midnight.
    struct Change: Sendable, Equatable {
        enum Day: Sendable, Equatable {
            /// `J60`: 1...365, 29 February is never counted.
            case julian(Int)
            /// `59`: 0...365, 29 February is counted.
            case zeroBased(Int)
            /// `M3.5.0`: the `week`th (5: the last) `weekday` (0: Sunday) of `month`.
            case week(month: Int, week: Int, weekday: Int)
        }

        var day: Day
        var seconds: Int

        /// Seconds from the epoch to the change of `year`, on the clock that the change ends.
        func localSeconds(year: Int) -> Int {
            guard let newYear = LocalDate(year: year, month: 1, day: 1) else { return seconds }
            return date(newYear: newYear, year: year).dayNumber * .day + seconds
        }

        private func date(newYear: LocalDate, year: Int) -> LocalDate {
            switch day {
            case .julian(let day):
                let leap = LocalDate.length(ofMonth: 2, year: year) == 29
                return newYear + (day - 1 + (leap && day >= 60 ? 1 : 0))
            case .zeroBased(let day):
                return newYear + day
            case .week(let month, let week, let weekday):
                guard let first = LocalDate(year: year, month: month, day: 1) else { return newYear }
                let mondayBased = (weekday + 6) % 7
                let date = first + ((mondayBased - first.weekday.rawValue + 7) % 7 + (week - 1) * 7)
                return date - first < LocalDate.length(ofMonth: month, year: year) ? date : date - 7
            }
        }
    }

    struct Daylight: Sendable {
        var offset: ZoneOffset
        var start: Change
        var end: Change
    }

    var standard: ZoneOffset
    var daylight: Daylight?

    /// The offset at `seconds` since the epoch.
    func offset(at seconds: Int) -> ZoneOffset {
        guard let daylight else { return standard }
        let year = LocalDate(dayNumber: seconds.dividedDown(by: .day)).components.year
        let last = transitions(years: year - 1...year + 1, daylight).last { $0.at.seconds <= seconds }
        return last?.after ?? standard
    }

    /// The transitions with `from` <= at <= `through`, both seconds since the epoch.
    func transitions(from: Int, through: Int) -> [ZoneTransition] {
        guard let daylight, from <= through else { return [] }
        let first = LocalDate(dayNumber: from.dividedDown(by: .day)).components.year - 1
        let last = LocalDate(dayNumber: through.dividedDown(by: .day)).components.year + 1
        return transitions(years: first...last, daylight).filter { (from...through).contains($0.at.seconds) }
    }

    private func transitions(years: ClosedRange<Int>, _ daylight: Daylight) -> [ZoneTransition] {
        let all = years.flatMap { year in
            [
                ZoneTransition(
                    at: Instant(daylight.start.localSeconds(year: year) - standard.seconds), before: standard,
                    after: daylight.offset),
                ZoneTransition(
                    at: Instant(daylight.end.localSeconds(year: year) - daylight.offset.seconds),
                    before: daylight.offset, after: standard),
            ]
        }
        // Daylight saving all year is written as an end that meets the next start: then the start has the last word.
        return all.sorted {
            ($0.at.seconds, $0.after.isDaylight ? 1 : 0) < ($1.at.seconds, $1.after.isDaylight ? 1 : 0)
        }
    }
}

extension ZoneRule {
    /// Reads a POSIX `TZ` text; `nil` where it is not one.
    init?(posix text: ArraySlice<UInt8>) {
        var cursor = RuleCursor(rest: text)
        guard let name = cursor.name(), let behind = cursor.time(hours: 24) else { return nil }
        standard = ZoneOffset(seconds: -behind, abbreviation: name)
        guard !cursor.rest.isEmpty else { return }
        guard let summer = cursor.name() else { return nil }
        let atComma = cursor.rest.isEmpty || cursor.rest.first == UInt8(ascii: ",")
        guard let summerBehind = atComma ? behind - .hour : cursor.time(hours: 24) else { return nil }
        // Without dates, the rule is the one that tzcode takes: that of the United States since 2007.
        if cursor.rest.isEmpty { cursor.rest = ArraySlice(",M3.2.0,M11.1.0".utf8) }
        guard let start = cursor.change(), let end = cursor.change(), cursor.rest.isEmpty else { return nil }
        daylight = Daylight(
            offset: ZoneOffset(seconds: -summerBehind, abbreviation: summer, isDaylight: true), start: start, end: end)
    }
}

/// Reads the parts of a POSIX `TZ` text.
private struct RuleCursor {
    var rest: ArraySlice<UInt8>

    mutating func skip(_ character: Character) -> Bool {
        guard rest.first == character.asciiValue else { return false }
        rest.removeFirst()
        return true
    }

    /// `CET` or `<-03>`: at least three characters.
    mutating func name() -> String? {
        let quoted = skip("<")
        let name = rest.prefix { isLetter($0) || (quoted && (isDigit($0) || $0 == 0x2B || $0 == 0x2D)) }
        rest = rest[name.endIndex...]
        guard name.count >= 3, !quoted || skip(">") else { return nil }
        return String(decoding: name, as: UTF8.self)
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func time(hours limit: Int) -> Int? {
        let negative = skip("-")
        if !negative { _ = skip("+") }
        guard let hours = number(in: 0...limit) else { return nil }
        var seconds = hours * .hour
        if skip(":") {
            guard let minutes = number(in: 0...59) else { return nil }
            seconds += minutes * .minute
            if skip(":") {
                guard let more = number(in: 0...59) else { return nil }
                seconds += more
            }
        }
        return negative ? -seconds : seconds
    }

    /// `,M3.5.0/2`, `,J60`, `,59/-1:30`.
    mutating func change() -> ZoneRule.Change? {
        guard skip(","), let day = day() else { return nil }
        guard skip("/") else { return ZoneRule.Change(day: day, seconds: 2 * .hour) }
        return time(hours: 167).map { ZoneRule.Change(day: day, seconds: $0) }
    }

    private mutating func day() -> ZoneRule.Change.Day? {
        if skip("J") { return number(in: 1...365).map { .julian($0) } }
        guard skip("M") else { return number(in: 0...365).map { .zeroBased($0) } }
        guard let month = number(in: 1...12), skip("."), let week = number(in: 1...5), skip("."),
            let weekday = number(in: 0...6)
        else { return nil }
        return .week(month: month, week: week, weekday: weekday)
    }

    private mutating func number(in range: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix { isDigit($0) }
        guard (1...3).contains(digits.count) else { return nil }
        rest = rest[digits.endIndex...]
        let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return range.contains(value) ? value : nil
    }

    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
}
