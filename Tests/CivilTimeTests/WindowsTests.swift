import CivilTime
import TestKit
import Testing

@Suite struct WindowsTests {
    static let seed = UInt64.random(in: 0...UInt64.max)

    @Test func `a calendar is open when the rules say so, minute by minute around changes of the clock`() throws {
        var cases = try CalendarCases(seed: Self.seed)
        for _ in 0..<150 {
            let (zone, moment) = (cases.zone(), cases.moment())
            let calendar = cases.calendar(around: zone.date(at: moment))
            let (zoned, oracle) = (ZonedCalendar(calendar, in: zone), CalendarOracle(calendar: calendar, zone: zone))
            for minute in stride(from: 0, to: 2 * 1440, by: 3) {
                let instant = moment + minute * 60
                let expected = oracle.isOpen(instant)
                guard zoned.isOpen(at: instant) != expected else { continue }
                Issue.record("seed \(Self.seed): \(zone.name) \(instant) \(calendar) is\(expected ? "" : " not") open")
                return
            }
        }
    }

    @Test func `the next opening of several calendars is the first minute at which all are open`() throws {
        var cases = try CalendarCases(seed: Self.seed &+ 1)
        var found = 0
        for _ in 0..<150 {
            let moment = cases.moment()
            let zoned = (0..<cases.random.int(1...3)).map { _ in
                let zone = cases.zone()
                return ZonedCalendar(cases.calendar(around: zone.date(at: moment)), in: zone)
            }
            let oracles = zoned.map { CalendarOracle(calendar: $0.calendar, zone: $0.zone) }
            let windows = Windows(zoned, days: cases.zone())
            let limit = 4 * Int.day
            let expected = stride(from: 0, through: limit, by: 60).lazy.map { moment + $0 }
                .first { instant in oracles.allSatisfy { $0.isOpen(instant) } }
            #expect(
                windows.nextOpen(atOrAfter: moment, limit: limit) == expected, "seed \(Self.seed): \(moment) \(zoned)")
            guard let span = windows.nextSpan(atOrAfter: moment, limit: limit) else { continue }
            found += 1
            #expect(windows.isOpen(at: span.lowerBound) && windows.isOpen(at: span.upperBound - 1), "seed \(Self.seed)")
            let next = windows.nextOpen(atOrAfter: span.upperBound, limit: limit)
            #expect(windows.isOpen(at: span.upperBound) == (next == span.upperBound), "seed \(Self.seed)")
        }
        #expect(found > 10, "seed \(Self.seed): too few cases ever open")
    }

    @Test func `a day's spans are its open minutes, and a fraction never leaves them`() throws {
        var cases = try CalendarCases(seed: Self.seed &+ 2)
        for _ in 0..<150 {
            let moment = cases.moment()
            let zone = cases.zone()
            let date = zone.date(at: moment)
            let zoned = [zone, cases.zone()].prefix(cases.random.int(1...2)).map {
                ZonedCalendar(cases.calendar(around: date), in: $0)
            }
            let windows = Windows(zoned, days: zone)
            let spans = windows.spans(on: date)
            let oracles = zoned.map { CalendarOracle(calendar: $0.calendar, zone: $0.zone) }
            // Every minute that the zone calls `date`; a fold at midnight may come back to it.
            for minute in -1560...(1440 + 1560) {
                let instant = Instant(date.dayNumber * .day + minute * 60)
                let expected = zone.date(at: instant) == date && oracles.allSatisfy { $0.isOpen(instant) }
                guard spans.contains(where: { $0.contains(instant) }) != expected else { continue }
                Issue.record(
                    "seed \(Self.seed): \(date) \(zone.name) \(instant) is\(expected ? "" : " not") open: \(zoned)")
                return
            }
            var last = Instant.distantPast
            for step in 0..<40 {
                let at = windows.moment(on: date, fraction: Double(step) / 40)
                #expect((at == nil) == spans.isEmpty, "seed \(Self.seed)")
                guard let at else { break }
                #expect(spans.contains { $0.contains(at) } && at >= last, "seed \(Self.seed)")
                last = at
            }
            #expect(windows.moment(on: date, fraction: 0) == spans.first?.lowerBound, "seed \(Self.seed)")
            #expect(
                windows.moment(on: date, fraction: 0.999_999_999) == spans.last.map { $0.upperBound - 1 },
                "seed \(Self.seed)")
        }
    }

    @Test func `business days are counted one by one`() throws {
        var cases = try CalendarCases(seed: Self.seed &+ 3)
        for _ in 0..<100 {
            let zone = cases.zone()
            let date = zone.date(at: cases.moment())
            let windows = Windows(cases.calendar(around: date), in: zone)
            let open = (0...60).map { date + $0 }.filter(windows.isBusinessDay)
            #expect(windows.businessDay(0, after: date) == open.first, "seed \(Self.seed)")
            let later = open.filter { $0 > date }
            for count in 1...3 where later.count >= count {
                #expect(windows.businessDay(count, after: date) == later[count - 1], "seed \(Self.seed)")
            }
        }
    }
}

@Suite struct BusinessCalendarTests {
    let berlin: Zone
    let angeles: Zone

    init() throws {
        berlin = try MachineZones.zone("Europe/Berlin")
        angeles = try MachineZones.zone("America/Los_Angeles")
    }

    private func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }
    private func date(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }
    private func calendar(_ days: String, _ hours: String) throws -> BusinessCalendar {
        BusinessCalendar(days: try Weekdays(parsing: days), hours: try Hours(parsing: hours))
    }

    @Test func `a friday's next opening after its last window is monday's first`() throws {
        let windows = Windows(try calendar("mon-fri", "09:00-12:00, 13:30-17:00"), in: berlin)
        #expect(
            windows.nextOpen(atOrAfter: try instant("2026-03-13T12:10:00+01:00"))
                == (try instant("2026-03-13T13:30:00+01:00")))
        #expect(
            windows.nextOpen(atOrAfter: try instant("2026-03-13T17:00:00+01:00"))
                == (try instant("2026-03-16T09:00:00+01:00")))
        #expect(windows.businessDay(2, after: try date("2026-03-12")) == (try date("2026-03-16")))
    }

    @Test func `a window in the gap moves forward by the gap, one that crosses it is cut`() throws {
        let day = try date("2026-03-29")
        let inside = Windows(try calendar("sun", "02:15-02:45"), in: berlin)
        #expect(
            inside.spans(on: day) == [try instant("2026-03-29T03:15:00+02:00")..<instant("2026-03-29T03:45:00+02:00")])
        let across = Windows(try calendar("sun", "01:30-03:15"), in: berlin)
        #expect(
            across.spans(on: day) == [try instant("2026-03-29T01:30:00+01:00")..<instant("2026-03-29T03:15:00+02:00")])
        let late = Windows(try calendar("sun", "02:45-03:15"), in: berlin)
        #expect(
            late.spans(on: day) == [try instant("2026-03-29T03:00:00+02:00")..<instant("2026-03-29T03:15:00+02:00")])
    }

    @Test func `what the clock shows twice is open once, the first time`() throws {
        let day = try date("2026-10-25")
        let windows = Windows(try calendar("sun", "02:30-03:30"), in: berlin)
        #expect(
            windows.spans(on: day) == [
                try instant("2026-10-25T02:30:00+02:00")..<instant("2026-10-25T03:00:00+02:00"),
                try instant("2026-10-25T03:00:00+01:00")..<instant("2026-10-25T03:30:00+01:00"),
            ])
        #expect(
            windows.nextOpen(atOrAfter: try instant("2026-10-25T02:30:00+01:00"))
                == (try instant("2026-10-25T03:00:00+01:00")))
    }

    @Test func `a day that a zone skips is no business day`() throws {
        let apia = try MachineZones.zone("Pacific/Apia")
        let windows = Windows(try calendar("mon-fri", "09:00-17:00"), in: apia)
        #expect(windows.spans(on: try date("2011-12-30")).isEmpty)
        #expect(windows.businessDay(1, after: try date("2011-12-29")) == (try date("2012-01-02")))
    }

    @Test func `a call waits for both clocks`() throws {
        let hers = ZonedCalendar(try calendar("mon-fri", "09:00-17:00"), in: angeles)
        let ours = ZonedCalendar(try calendar("mon-fri", "09:00-19:00"), in: berlin)
        let windows = Windows([hers, ours], days: angeles)
        #expect(
            windows.spans(on: try date("2026-03-17")) == [
                // Three weeks a year the two are eight hours apart, not nine.
                try instant("2026-03-17T09:00:00-07:00")..<instant("2026-03-17T11:00:00-07:00")
            ])
        #expect(
            windows.nextOpen(atOrAfter: try instant("2026-03-13T11:00:00-07:00"))
                == (try instant("2026-03-16T09:00:00-07:00")))
    }

    @Test func `what can never be open is seen to be so`() throws {
        let start = try instant("2026-03-12T00:00:00Z")
        let never: [[ZonedCalendar]] = [
            [
                ZonedCalendar(try calendar("mon-fri", "09:00-10:00"), in: berlin),
                ZonedCalendar(try calendar("mon-fri", "09:00-10:00"), in: angeles),
            ],
            [
                ZonedCalendar(try calendar("sat-sun", "09:00-17:00"), in: berlin),
                ZonedCalendar(try calendar("mon-fri", "09:00-17:00"), in: berlin),
            ],
            [ZonedCalendar(BusinessCalendar(days: []), in: berlin)],
            [ZonedCalendar(BusinessCalendar(hours: Hours([])), in: berlin)],
            [ZonedCalendar(BusinessCalendar(freezes: [try #require(DateRange("2026-01-01..2030-01-01"))]), in: berlin)],
        ]
        for calendars in never {
            let windows = Windows(calendars, days: berlin)
            #expect(windows.isNeverOpen(from: start))
            #expect(windows.businessDay(1, after: berlin.date(at: start)) == nil)
        }
        #expect(!Windows([], days: berlin).isNeverOpen(from: start))
        #expect(Windows([], days: berlin).nextOpen(atOrAfter: start) == start)
        // Sunday evening in Los Angeles is Monday morning in Berlin: a single open hour a week.
        let rare = Windows(
            [
                ZonedCalendar(try calendar("sun", "23:00-24:00"), in: angeles),
                ZonedCalendar(try calendar("mon", "08:00-09:00"), in: berlin),
            ], days: berlin)
        #expect(rare.nextOpen(atOrAfter: start) == (try instant("2026-03-29T23:00:00-07:00")))
    }

    @Test func `a calendar narrowed by another is open when both are`() throws {
        let holiday = Holidays(dates: [try date("2026-03-16")], yearly: [try #require(YearlyDate("03-17"))])
        let freeze = try #require(DateRange("2026-03-18..2026-03-19"))
        let workspace = BusinessCalendar(
            days: .workdays, hours: try Hours(parsing: "09:00-12:00, 13:00-17:00"), holidays: holiday)
        let mailbox = BusinessCalendar(hours: try Hours(parsing: "11:00-14:00"), freezes: [freeze])
        let both = workspace.narrowed(by: mailbox)
        #expect(both.hours.description == "11:00-12:00, 13:00-14:00")
        let open = (15...22).map { LocalDate(year: 2026, month: 3, day: $0) }.compactMap { $0 }.filter(
            both.isBusinessDay)
        #expect(open == [try date("2026-03-20")])
        #expect(both == workspace.narrowed(by: mailbox).narrowed(by: mailbox).narrowed(by: .always))
    }

    @Test func `two closed years are searched in thousands of steps, not minutes`() throws {
        // One span a day for each of two calendars that never meet: a minute-wise search would take a million steps.
        let counted = Windows(
            [
                ZonedCalendar(try calendar("mon-sun", "09:00-10:00"), in: berlin),
                ZonedCalendar(try calendar("mon-sun", "11:00-12:00"), in: berlin),
            ], days: berlin)
        #expect(counted.nextOpen(atOrAfter: try instant("2026-01-01T00:00:00Z")) == nil)
    }
}
