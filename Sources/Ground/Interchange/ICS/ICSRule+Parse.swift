import CivilTime

extension ICSRule {
    struct Problem: Error {
        var message: String
    }

    /// The rule written as `FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25`.
    init(_ text: String) throws(Problem) {
        var parts: [(name: String, value: String)] = []
        for part in text.split(separator: ";") {
            let halves = part.split(separator: "=", maxSplits: 1)
            guard halves.count == 2 else { throw Problem(message: "\"\(part)\" is no part of a rule") }
            parts.append((halves[0].uppercased(), halves[1].uppercased()))
        }
        guard let frequency = parts.first(where: { $0.name == "FREQ" })?.value else {
            throw Problem(message: "the rule has no FREQ")
        }
        guard let known = Frequency(rawValue: frequency) else {
            throw Problem(message: "FREQ=\(frequency) is not daily, weekly, monthly or yearly")
        }
        self.init(known)
        for (name, value) in parts where name != "FREQ" { try set(name, value) }
        if interval < 1 { throw Problem(message: "INTERVAL must be at least 1") }
        if count != nil, until != nil { throw Problem(message: "COUNT and UNTIL exclude each other") }
    }

    private mutating func set(_ name: String, _ value: String) throws(Problem) {
        switch name {
        case "INTERVAL": interval = try numbers(name, value, 1...10_000)[0]
        case "COUNT": count = try numbers(name, value, 1...1_000_000)[0]
        case "UNTIL":
            guard let date = LocalDate(ics: value) else { throw Problem(message: "\"\(value)\" is no date") }
            until = date
        case "BYMONTH": months = try numbers(name, value, 1...12)
        case "BYMONTHDAY": monthDays = try numbers(name, value, -31...31)
        case "BYYEARDAY": yearDays = try numbers(name, value, -366...366)
        case "BYWEEKNO": weekNumbers = try numbers(name, value, -53...53)
        case "BYSETPOS": positions = try numbers(name, value, -366...366)
        case "BYDAY": days = try ICSRule.days(value)
        case "WKST": weekStart = try ICSRule.weekday(value)
        // RFC 5545 section 3.3.10: ignored where the event has no time of day.
        case "BYHOUR", "BYMINUTE", "BYSECOND": break
        default: throw Problem(message: "\(name) is no part of a rule that is read")
        }
    }

    /// At least one number, each in `range` and none 0.
    private func numbers(_ name: String, _ value: String, _ range: ClosedRange<Int>) throws(Problem) -> [Int] {
        var numbers: [Int] = []
        for part in value.split(separator: ",", omittingEmptySubsequences: false) {
            guard let number = Int(part), range.contains(number), number != 0 else {
                throw Problem(message: "\(name)=\(value) is out of range")
            }
            numbers.append(number)
        }
        return numbers
    }

    private static func days(_ value: String) throws(Problem) -> [Day] {
        var days: [Day] = []
        for part in value.split(separator: ",", omittingEmptySubsequences: false) {
            let weekday = try weekday(String(part.suffix(2)))
            let ordinal = part.dropLast(2)
            if ordinal.isEmpty {
                days.append(Day(weekday))
            } else if let number = Int(ordinal), number != 0, (-53...53).contains(number) {
                days.append(Day(weekday, ordinal: number))
            } else {
                throw Problem(message: "\"\(part)\" is no day of the week")
            }
        }
        return days
    }

    private static func weekday(_ value: String) throws(Problem) -> Weekday {
        let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        guard let index = names.firstIndex(of: value), let weekday = Weekday(rawValue: index) else {
            throw Problem(message: "\"\(value)\" is no day of the week")
        }
        return weekday
    }
}
