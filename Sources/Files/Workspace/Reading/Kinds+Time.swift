import CivilTime
import Diagnostics
import Interchange

private let delayPattern: JSON = [
    "type": "string",
    "pattern": "^[0-9]+ ?(business days?|d|days?|w|weeks?|h|hours?|m|min|minutes?|s|sec|seconds?)[0-9a-z ]*$",
]

extension Kind where Value == Delay {
    /// How long to wait: `3 business days`, `3d`, `72h`.
    static let delay = Kind.scalar("a delay such as \"3 business days\", 3d or 72h", schema: delayPattern) {
        (text, _) throws(Mismatch) in
        guard let delay = Delay(text) else { throw .plain }
        let days =
            switch delay {
            case .businessDays(let count), .days(let count): count
            case .elapsed(let seconds): seconds / .day
            }
        guard days <= 730 else { throw Mismatch(reason: "\(text) is more than two years", code: .outOfRange) }
        return delay
    }
}

extension Kind where Value == Int {
    /// A time in seconds: `90s`, `5m`, `20h`, `2d`; a day is 24 hours.
    static func duration(_ range: ClosedRange<Int>, example: String) -> Kind {
        .scalar("a time such as \(example)", schema: delayPattern) { (text, _) throws(Mismatch) in
            let seconds: Int
            switch Delay(text) {
            case .elapsed(let count): seconds = count
            case .days(let days): seconds = days * .day
            case .businessDays: throw Mismatch(hint: "hours or days of 24 hours are meant, not business days")
            case nil: throw .plain
            }
            guard range.contains(seconds) else {
                throw .outside(text, spelled(range.lowerBound), spelled(range.upperBound))
            }
            return seconds
        }
    }
}

/// `2d`, `36h`, `5m`, `90s`: the shortest exact way to write a time.
private func spelled(_ seconds: Int) -> String {
    seconds > 0 && seconds % .day == 0 ? "\(seconds / .day)d" : Delay.elapsed(seconds: seconds).description
}

extension Kind where Value == Zone {
    /// A time zone of the machine: `Europe/Berlin`.
    static let zone = Kind.scalar("a time zone such as Europe/Berlin", schema: ["type": "string"]) {
        (text, reading) throws(Mismatch) in
        do throws(ZoneError) {
            return try reading.surroundings.zones.zone(text)
        } catch {
            let names = reading.surroundings.zones.names
            throw Mismatch(
                reason: "there is no time zone \"\(text)\" on this machine",
                hint: names.isEmpty
                    ? "install the zone data (Debian: tzdata)" : NearestName.hint(among: names, to: text),
                code: .unknownZone)
        }
    }
}

extension Kind where Value == Weekdays {
    /// `mon-fri`; a list of days works too.
    static let weekdays = Kind.scalar("days such as mon-fri", schema: ["type": "string"]) {
        (text, _) throws(Mismatch) in
        do throws(Weekdays.Problem) {
            return try Weekdays(parsing: text)
        } catch {
            let names = Weekday.allCases.flatMap { [$0.shortName, $0.name] }
            let ends = error.piece.split(separator: "-").map(String.init)
            let wrong = ends.first { Weekday(named: $0) == nil } ?? error.piece
            throw Mismatch(
                reason: "\"\(wrong)\" is no day of the week", hint: NearestName.hint(among: names, to: wrong))
        }
    }
}

extension Kind where Value == Hours {
    /// `09:00-12:00, 13:30-17:00`.
    static let hours = Kind.scalar("hours such as 09:00-17:00", schema: ["type": "string"]) {
        (text, _) throws(Mismatch) in
        do throws(Hours.Problem) {
            return try Hours(parsing: text)
        } catch {
            switch error {
            case .notAWindow(let piece):
                throw Mismatch(reason: "expected hours such as 09:00-17:00, found \"\(piece)\"")
            case .endsBeforeStart(let piece):
                throw Mismatch(
                    reason: "\"\(piece)\" ends before it starts",
                    hint: "write a window over midnight as two: 22:00-24:00, 00:00-06:00")
            case .overlap(let a, let b): throw Mismatch(reason: "\"\(a)\" and \"\(b)\" overlap")
            }
        }
    }
}

extension Kind where Value == LocalDate {
    static let date = Kind.scalar("a date such as 2026-12-25", schema: ["type": "string", "format": "date"]) {
        (text, _) throws(Mismatch) in
        guard let date = LocalDate(text) else { throw .plain }
        return date
    }
}

extension Kind where Value == YearlyDate {
    static let yearlyDate = Kind.scalar(
        "a day of every year such as 12-26", schema: ["type": "string", "pattern": "^[0-9]{2}-[0-9]{2}$"]
    ) { (text, _) throws(Mismatch) in
        guard let date = YearlyDate(text) else { throw .plain }
        return date
    }
}

extension Kind where Value == DateRange {
    static let dateRange = Kind.scalar(
        "a date, or a range such as 2026-12-21..2027-01-03", schema: ["type": "string"]
    ) { (text, _) throws(Mismatch) in
        guard let range = DateRange(text) else { throw .plain }
        return range
    }
}
