import CivilTime
import Foundation
import TestKit
import Testing

@Suite struct ISO8601Tests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-03-12T09:00:00Z", 1_773_306_000), ("2026-03-12 10:00+01:00", 1_773_306_000),
        ("2026-03-12t10:00:00.25+0100", 1_773_306_000), ("2026-03-12T10:00:00+01", 1_773_306_000),
        ("2026-03-12T04:30:00-04:30", 1_773_306_000), ("2016-12-31T23:59:60Z", 1_483_228_799),
        ("2026-03-12T09:00:15+00:00:15", 1_773_306_000), ("1969-12-31T23:59:59z", -1),
        ("2026-03-11T24:00:00Z", 1_773_273_600),
    ])
    func `an instant with an offset is read`(text: String, seconds: Int) {
        #expect(Instant(text)?.seconds == seconds)
    }

    @Test(arguments: [
        "", "2026-03-12", "2026-03-12T09:00:00", "2026-02-30T09:00:00Z", "2026-13-01T09:00Z", "2026-03-12T25:00Z",
        "2026-03-12T09:60Z", "2026-03-12T09:00:61Z", "2026-03-12T09:00Zx", " 2026-03-12T09:00Z", "2026-03-12T09:00+1",
        "2026-03-12T09:00+24:00", "2026-03-12T09:00+01:60", "26-03-12T09:00Z", "2026-3-12T09:00Z", "2026-03-12T9:00Z",
        "2026-03-12T09:00:00.Z", "2026-03-12T24:00:01Z", "２026-03-12T09:00Z",
    ])
    func `a text that is no instant is none`(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func `instants are written like Foundation's and come back`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let style = Date.ISO8601FormatStyle()
        let zone = try MachineZones.zone("America/St_Johns")
        for _ in 0..<2000 {
            let instant = Instant(random.int(-2_000_000_000...8_000_000_000))
            let foundation = Date(timeIntervalSince1970: Double(instant.seconds)).formatted(style)
            #expect(instant.description == foundation, "seed \(seed)")
            #expect(Instant(instant.description) == instant, "seed \(seed)")
            #expect(Instant(instant.description(in: zone)) == instant, "seed \(seed)")
        }
    }

    @Test func `an instant is shown on a clock with its offset`() throws {
        let instant = try #require(Instant("2026-03-12T09:00:00Z"))
        #expect(instant.description(in: try MachineZones.zone("Europe/Berlin")) == "2026-03-12T10:00:00+01:00")
        #expect(instant.description(in: try MachineZones.zone("America/St_Johns")) == "2026-03-12T06:30:00-02:30")
        #expect(instant.description(in: .utc) == "2026-03-12T09:00:00+00:00")
    }

    @Test func `dates and times are read whole or not at all`() {
        #expect(LocalDate("2024-02-29")?.components ?? (0, 0, 0) == (2024, 2, 29))
        for text in ["2023-02-29", "2024-2-29", "2024-02-29 ", "20240229", "2024-00-10", ""] {
            #expect(LocalDate(text) == nil)
        }
        #expect(LocalDate(basic: "20240229")?.description == "2024-02-29")
        #expect(LocalDate(basic: "2024-02-29") == nil)
        #expect(LocalTime("9:05")?.secondOfDay == 32_700)
        #expect(LocalTime("24:00") == .endOfDay)
        #expect(LocalTime("09:05:07")?.description == "09:05:07")
        for text in ["9", "9:5", "24:01", "09:60", "-1:00", "09:00 "] { #expect(LocalTime(text) == nil) }
        #expect(LocalDateTime("2026-03-12T09:00")?.description == "2026-03-12T09:00:00")
        #expect(LocalDateTime("2026-03-12T09:00Z") == nil)
    }

    @Test func `days and weeks are Foundation's over four centuries`() {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        for day in stride(from: -80_000, to: 80_000, by: 7 * 13 + 3) {
            let date = LocalDate(dayNumber: day)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday, .weekOfYear], from: Date(timeIntervalSince1970: Double(day) * 86_400))
            #expect(
                [date.components.year, date.components.month, date.components.day] == [
                    parts.year, parts.month, parts.day,
                ])
            #expect(date.weekday.rawValue == ((parts.weekday ?? 0) + 5) % 7)
            #expect(date.weekOfYear().number == parts.weekOfYear)
        }
    }
}
