import CivilTime
import TestKit
import Testing

@Suite struct RecurrenceTests {
    // RFC 5545, section 3.8.5.3, the examples that speak of days.
    @Test(arguments: [
        ("FREQ=DAILY;COUNT=10", "1997-09-02", "1997-09-02 1997-09-11", 10),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997-09-02", "1997-09-02 1997-10-16", 8),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", "1997-08-05 1997-08-24", 4),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05", "1997-08-05 1997-08-31", 4),
        ("FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05", "1997-09-05 1998-06-05", 10),
        ("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22", "1997-09-22 1998-02-16", 6),
        ("FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=6", "1997-09-28", "1997-09-28 1998-02-26", 6),
        ("FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", "1997-01-01", "1997-01-01 2006-01-01", 10),
        ("FREQ=YEARLY;BYDAY=20MO;COUNT=3", "1997-05-19", "1997-05-19 1999-05-17", 3),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "1997-05-12", "1997-05-12 1999-05-17", 3),
        (
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3", "1996-11-05",
            "1996-11-05 2004-11-02", 3
        ),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "1997-09-04 1997-11-06", 3),
        ("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15", "2007-01-15 2007-03-30", 5),
        // A leap day comes in leap years only.
        ("FREQ=YEARLY;COUNT=3", "2096-02-29", "2096-02-29 2108-02-29", 3),
    ])
    func `an example of the RFC has its days`(rule: String, start: String, ends: String, count: Int) throws {
        let first = try #require(LocalDate(start))
        let dates = try Recurrence(parsing: rule).dates(from: first, through: first + 20_000)
        #expect("\(try #require(dates.first)) \(try #require(dates.last))" == ends)
        #expect(dates.count == count)
    }

    @Test(arguments: [
        ("", Recurrence.Problem.noFrequency), ("COUNT=3", .noFrequency),
        ("FREQ=HOURLY", .badValue(part: "FREQ", value: "HOURLY")), ("FREQ=DAILY;BYHOUR=9", .unknownPart("BYHOUR")),
        ("FREQ=DAILY;FREQ=DAILY", .unknownPart("FREQ=DAILY")), ("FREQ=DAILY;x", .unknownPart("X")),
        ("FREQ=DAILY;COUNT=0", .badValue(part: "COUNT", value: "0")),
        ("FREQ=DAILY;INTERVAL=-1", .badValue(part: "INTERVAL", value: "-1")),
        ("FREQ=DAILY;COUNT=2;UNTIL=20260101", .conflict("COUNT", "UNTIL")),
        ("FREQ=DAILY;UNTIL=20261301", .badValue(part: "UNTIL", value: "20261301")),
        ("FREQ=YEARLY;BYMONTH=0", .badValue(part: "BYMONTH", value: "0")),
        ("FREQ=YEARLY;BYMONTH=-1", .badValue(part: "BYMONTH", value: "-1")),
        ("FREQ=YEARLY;BYDAY=XX", .badValue(part: "BYDAY", value: "XX")),
        ("FREQ=YEARLY;BYDAY=0MO", .badValue(part: "BYDAY", value: "0MO")),
        ("FREQ=WEEKLY;BYDAY=1MO", .conflict("BYDAY", "FREQ=WEEKLY")),
        ("FREQ=MONTHLY;BYWEEKNO=3", .conflict("BYWEEKNO", "FREQ=MONTHLY")),
        ("FREQ=YEARLY;BYSETPOS=1", .conflict("BYSETPOS", "FREQ=YEARLY")),
    ])
    func `a text that is no rule over days says why`(text: String, problem: Recurrence.Problem) {
        #expect(throws: problem) { try Recurrence(parsing: text) }
    }

    static let hasDateutil = (try? ChildProcess.run("python3", ["-c", "import dateutil"]).status) == 0

    @Test(.enabled(if: hasDateutil, "python3-dateutil is not installed: random rules are not compared"))
    func `random rules have python-dateutil's days`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let cases = (0..<80).map { _ in
            (rule: Self.randomRule(&random), start: LocalDate(dayNumber: random.int(9000...22_000)))
        }
        let script = """
            import sys, datetime
            from dateutil.rrule import rrulestr
            for line in sys.stdin:
                rule, start, last = line.split()
                start, last = datetime.datetime.fromisoformat(start), datetime.datetime.fromisoformat(last)
                days = rrulestr(rule, dtstart=start).between(start, last, inc=True)
                print(" ".join(str(day.date()) for day in days))
            """
        let input = cases.map { "\($0.rule) \($0.start) \($0.start + 1200)\n" }.joined()
        let output = String(decoding: try ChildProcess.python(script, input: Array(input.utf8)), as: UTF8.self)
        let expected = output.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, (rule, start)) in cases.enumerated() {
            let dates = try Recurrence(parsing: rule).dates(from: start, through: start + 1200)
            #expect(
                dates.map(\.description).joined(separator: " ") == expected[index], "seed \(seed): \(rule) \(start)")
        }
    }

    private static func randomRule(_ random: inout SeededRandom) -> String {
        func list(_ range: ClosedRange<Int>, signed: Bool = true) -> String {
            (0..<random.int(1...3)).map { _ in
                String(random.int(range) * (signed && random.oneIn(3) ? -1 : 1))
            }.joined(separator: ",")
        }
        // All with an ordinal or none: dateutil takes a mixture for days that are both.
        func days(ordinals: ClosedRange<Int>?) -> String {
            let ordinals = random.oneIn(2) ? ordinals : nil
            return (0..<random.int(1...3)).map { _ in
                let nth = ordinals.map { String(random.int($0) * (random.oneIn(3) ? -1 : 1)) }
                return (nth ?? "") + random.pick(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
            }.joined(separator: ",")
        }
        let frequency = random.pick(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
        var parts = ["FREQ=\(frequency)"]
        if random.oneIn(2) { parts.append("INTERVAL=\(random.int(1...4))") }
        if random.oneIn(4) { parts.append("COUNT=\(random.int(1...20))") }
        if random.oneIn(3) { parts.append("WKST=\(random.pick(["MO", "SU", "TH"]))") }
        var others = false
        if random.oneIn(3) {
            parts.append("BYMONTH=\(list(1...12, signed: false))")
            others = true
        }
        switch frequency {
        case "DAILY", "WEEKLY":
            if random.oneIn(2) { parts.append("BYDAY=\(days(ordinals: nil))"); others = true }
        case "MONTHLY":
            if random.oneIn(2) { parts.append("BYMONTHDAY=\(list(1...31))"); others = true }
            if random.oneIn(2) { parts.append("BYDAY=\(days(ordinals: 1...5))"); others = true }
        default:
            switch random.int(0...4) {
            case 0: parts.append("BYYEARDAY=\(list(1...366))"); others = true
            case 1: parts.append("BYMONTHDAY=\(list(1...31))"); others = true
            // Without BYDAY dateutil takes the whole week; the RFC takes what is missing from DTSTART.
            case 2: parts.append("BYWEEKNO=\(list(1...53));BYDAY=\(days(ordinals: nil))"); others = true
            case 3: parts.append("BYDAY=\(days(ordinals: 1...5))"); others = true
            default: break
            }
        }
        // In a first week that DTSTART cuts, dateutil counts from DTSTART, the RFC from the week's start.
        if others, frequency != "WEEKLY", random.oneIn(4) { parts.append("BYSETPOS=\(list(1...3))") }
        return parts.joined(separator: ";")
    }

    @Test func `an all-day event lasts its days, without those excluded, with those added`() throws {
        let start = try #require(LocalDate("2026-12-24"))
        let rule = try Recurrence(parsing: "FREQ=YEARLY;UNTIL=20281224")
        let event = AllDayEvent(
            start: start, days: 3, rule: rule, added: [start + 10], excluded: [try #require(LocalDate("2027-12-24"))])
        let dates = event.dates(through: try #require(LocalDate("2030-01-01"))).sorted().map(\.description)
        #expect(
            dates == [
                "2026-12-24", "2026-12-25", "2026-12-26", "2027-01-03", "2027-01-04", "2027-01-05", "2028-12-24",
                "2028-12-25", "2028-12-26",
            ])
        let holidays = Holidays(events: [AllDayEvent(start: start, rule: try Recurrence(parsing: "FREQ=YEARLY"))])
        #expect(holidays.contains(try #require(LocalDate("2100-12-24"))))
        #expect(!holidays.contains(try #require(LocalDate("2100-12-25"))))
    }
}
