import CivilTime

/// The filters that work on dates and times.
enum DateFilters {
    static let all: [String: Filter] = [
        "date": Filter(1...1) { (input, arguments, context) throws(FilterProblem) in
            let format = arguments[0].text
            guard !format.isEmpty, let moment = moment(input, context.clock) else { return input }
            guard let text = DateFormat.text(moment, wholeFormat: format) else {
                throw FilterProblem("the format ends in the middle of a directive")
            }
            return .text(text)
        },
        "add_days": shift { (day, count, _) in day + count },
        "add_business_days": Filter(1...1) { (input, arguments, context) throws(FilterProblem) in
            try shifted(input, arguments[0], context) { (day, count) throws(FilterProblem) in
                try addBusinessDays(day, count, context.clock)
            }
        },
        "add_months": shift { (day, count, _) in addMonths(day, count) },
        "days_until": Filter { (input, _, context) throws(FilterProblem) in
            let today = context.clock.placed(Moment(context.clock.now)).day
            return .integer(try day(input, context.clock) - today)
        },
        "in_timezone": Filter(1...1, inTimeZone),
        "time_of_day": Filter { (input, _, context) throws(FilterProblem) in
            guard let moment = moment(input, context.clock) else { throw noDate(input) }
            let hour = moment.secondOfDay / 3600
            return .text(hour < 12 ? "morning" : hour < 18 ? "afternoon" : "evening")
        },
    ]

    // MARK: reading

    /// The moment a value stands for, on its own clock or the template's; `nil` for one that stands for none.
    static func moment(_ input: Operand, _ clock: TemplateClock) -> Moment? {
        switch input {
        case .moment(let moment): return clock.placed(moment)
        case .date(let day): return clock.moment(day)
        case .integer(let seconds): return stamp(seconds, clock)
        case .text(let text), .markup(let text):
            let word = text.lowercased()
            if word == "now" || word == "today" { return clock.placed(Moment(clock.now)) }
            if !text.isEmpty, text.utf8.allSatisfy(Octet.isDigit) {
                return stamp(text.leadingInteger.clampedInt, clock)
            }
            return text.isEmpty ? nil : DateReader.moment(text, clock: clock)
        default: return nil
        }
    }

    /// The moment so many seconds after 1970; `nil` for one that no calendar reaches.
    private static func stamp(_ seconds: Int, _ clock: TemplateClock) -> Moment? {
        (-1_000_000_000_000_000...1_000_000_000_000_000).contains(seconds)
            ? clock.placed(Moment(seconds: seconds)) : nil
    }

    private static func day(_ input: Operand, _ clock: TemplateClock) throws(FilterProblem) -> LocalDate {
        if case .date(let day) = input { return day }
        guard let moment = moment(input, clock) else { throw noDate(input) }
        return moment.day
    }

    private static func noDate(_ input: Operand) -> FilterProblem { FilterProblem("\(input.kind) that is no date") }

    // MARK: going on

    private static func shift(_ function: @escaping @Sendable (LocalDate, Int, TemplateClock) -> LocalDate) -> Filter {
        Filter(1...1) { (input, arguments, context) throws(FilterProblem) in
            try shifted(input, arguments[0], context) { (day, count) throws(FilterProblem) in
                function(day, count, context.clock)
            }
        }
    }

    /// The day moved: a date stays a date, a time keeps the hour its clock shows.
    private static func shifted(
        _ input: Operand, _ count: Operand, _ context: FilterContext,
        _ function: (LocalDate, Int) throws(FilterProblem) -> LocalDate
    ) throws(FilterProblem) -> Operand {
        let count = try TextFilters.integer(count)
        guard (-100_000...100_000).contains(count) else { throw FilterProblem("too far away") }
        if case .date(let day) = input { return .date(try function(day, count)) }
        guard let moment = moment(input, context.clock) else { throw noDate(input) }
        let day = try function(moment.day, count)
        if let text = input.string, isDateOnly(text) { return .date(day) }
        let local = day.dayNumber * 86_400 + moment.secondOfDay
        let isOwnZone = moment.zone == context.clock.placed(Moment(seconds: moment.seconds)).zone
        return .moment(
            context.clock.moment(
                localSeconds: local, nanoseconds: moment.nanoseconds, zone: isOwnZone ? nil : moment.zone))
    }

    /// Whether a text is `2026-03-12`.
    private static func isDateOnly(_ text: String) -> Bool {
        let parts = text.trimmedOctets.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return parts.map(\.count) == [4, 2, 2] && parts.allSatisfy { $0.allSatisfy(Octet.isDigit) }
    }

    private static func addMonths(_ day: LocalDate, _ count: Int) -> LocalDate {
        let (year, month, date) = day.components
        let months = year * 12 + month - 1 + count
        let newYear = months >= 0 ? months / 12 : (months - 11) / 12
        let newMonth = months - newYear * 12 + 1
        let last = LocalDate.length(ofMonth: newMonth, year: newYear)
        return LocalDate(year: newYear, month: newMonth, day: min(date, last)) ?? day
    }

    /// The business day `count` business days away; none counts the next one from a day that is none itself.
    private static func addBusinessDays(
        _ day: LocalDate, _ count: Int, _ clock: TemplateClock
    ) throws(FilterProblem) -> LocalDate {
        var day = day
        var left = count.magnitude
        var idle = 0
        let step = count < 0 ? -1 : 1
        if count == 0, !clock.isBusinessDay(day) { left = 1 }
        while left > 0 {
            day = day + step
            idle = clock.isBusinessDay(day) ? 0 : idle + 1
            if idle == 0 { left -= 1 }
            if idle > 3660 { throw FilterProblem("there is no business day") }
        }
        return day
    }

    private static let inTimeZone: Filter.Function = { (input, arguments, context) throws(FilterProblem) in
        guard let moment = moment(input, context.clock) else { throw noDate(input) }
        let name = arguments[0].text
        guard let zone = context.clock.offset(name, moment.instant) else {
            throw FilterProblem("no time zone has this name", hint: "names are like \"Europe/Berlin\"")
        }
        return .moment(Moment(seconds: moment.seconds, nanoseconds: moment.nanoseconds, zone: zone))
    }
}
