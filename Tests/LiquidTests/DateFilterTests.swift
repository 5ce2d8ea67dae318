import CivilTime
import Facts
import Foundation
import Liquid
import Testing

struct DateFilterTests {
    /// Berlin as it is in 2026: an hour ahead of UTC, two from 29 March 01:00 UTC to 25 October 01:00 UTC.
    static let berlin = TemplateClock(
        now: testNow,
        offset: { zone, instant in
            guard zone == nil || zone == "Europe/Berlin" else { return zone == "UTC" ? .utc : nil }
            let isSummer = (1_774_746_000..<1_792_890_000).contains(instant.seconds)
            return ZoneOffset(seconds: isSummer ? 7200 : 3600, abbreviation: isSummer ? "CEST" : "CET")
        })

    @Test(arguments: [
        ("'2026-03-12' | date: '%A, %-d %B %Y'", "Thursday, 12 March 2026"),
        ("'March 14, 2016' | date: '%F'", "2016-03-14"),
        ("'15-jun-2020 14:30' | date: '%H:%M'", "14:30"), ("'2026-03-12T09:30:00Z' | date: '%H:%M %Z'", "09:30 UTC"),
        ("'no date' | date: '%F'", "no date"), ("'now' | date: '%H:%M'", "10:30"),
        ("day | date: '%a %j %V'", "Thu 071 11"),
        ("moment | date: '%H:%M %z'", "10:30 +0100"), ("day | date: '%^b %e %-m %y'", "MAR 12 3 26"),
        ("1773307800 | date: '%T'", "10:30:00"),
        ("day", "2026-03-12"), ("day | add_days: 20", "2026-04-01"), ("'2026-01-31' | add_months: 1", "2026-02-28"),
        ("'2026-03-31' | add_months: -13", "2025-02-28"), ("'2026-03-13' | add_business_days: 1", "2026-03-16"),
        ("'2026-03-14' | add_business_days: 0", "2026-03-16"), ("'2026-03-16' | add_business_days: -1", "2026-03-13"),
        ("'2026-03-15' | days_until", "3"), ("'2026-03-10' | days_until", "-2"), ("'now' | time_of_day", "morning"),
        ("'18:00' | time_of_day", "evening"), ("moment | in_timezone: 'UTC' | date: '%H:%M %Z'", "09:30 UTC"),
        ("'2026-03-28 09:00' | add_days: 1 | date: '%F %H:%M %Z'", "2026-03-29 09:00 CEST"),
    ])
    func `dates are read, moved and written`(expression: String, text: String) {
        let data: Record = ["day": .date(LocalDate(dayNumber: 20_524)), "moment": .instant(testNow)]
        #expect(rendered("{{ \(expression) }}", data, clock: Self.berlin) == text)
    }

    @Test(arguments: [
        "x | in_timezone: 'Mars/Base'", "'zzz' | add_days: 1", "x | add_days: 'q'", "x | date: '%Y%'",
        "nil | days_until",
    ])
    func `what is no date or no zone is said`(expression: String) {
        #expect(rendered("{{ \(expression) }}", ["x": .instant(testNow)]).hasPrefix("<render-error 1:"))
    }

    @Test(arguments: [
        ("%5Y|%-d|%_m|%^a|%#p|%010S", "02026|12| 3|THU|am|0000000000"),
        ("%:z|%::z|%:_z|%:H|%:::z|%1-d", "+00:00|+00:00:00|%:_z|%:H|+00|%1-d"),
        ("%Y%", ""),
        ("%EY|%Ey|%Ez|%OH|%OY|%Q|%%", "2026|26|%Ez|09|%OY|%Q|%"),
        ("%3N|%L|%6N|%s|%u|%w|%U|%W", "000|000|000000|1773307800|4|4|10|10"),
        (
            "%c|%x|%X|%D|%F|%T|%R|%r|%v",
            "Thu Mar 12 09:30:00 2026|03/12/26|09:30:00|03/12/26|2026-03-12|09:30:00|09:30|09:30:00 AM|12-MAR-2026"
        ),
    ])
    func `formats have flags, widths and what is none of them`(format: String, text: String) {
        let found = rendered("{{ x | date: f }}", ["x": .instant(testNow), "f": .text(format)])
        #expect(text.isEmpty ? found.hasPrefix("<render-error") : found == text)
    }

    @Test(arguments: [("2026-03-12 09:30 B", "+0200"), ("2026-03-12 09:30 Y", "-1200"), ("2026-03-12 09:30Z", "+0000")])
    func `zones of one letter are read`(text: String, offset: String) {
        #expect(rendered("{{ x | date: '%z' }}", ["x": .text(text)]) == offset)
    }

    @Test func `holidays are no business days`() {
        let holiday = LocalDate(dayNumber: 20_525)
        let clock = TemplateClock(now: testNow, isBusinessDay: { $0.weekday.rawValue < 5 && $0 != holiday })
        #expect(rendered("{{ '2026-03-12' | add_business_days: 1 }}", clock: clock) == "2026-03-16")
    }

    @Test func `days and times are written as Foundation writes them`() {
        var random = SystemRandomNumberGenerator()
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = "yyyy-MM-dd HH:mm:ss EEEE MMMM DDD"
        for _ in 0..<500 {
            let seconds = Int.random(in: -2_000_000_000..<4_000_000_000, using: &random)
            let expected = formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
            let text = rendered("{{ x | date: '%Y-%m-%d %H:%M:%S %A %B %j' }}", ["x": .instant(Instant(seconds))])
            #expect(text == expected, "at \(seconds)")
        }
    }
}
