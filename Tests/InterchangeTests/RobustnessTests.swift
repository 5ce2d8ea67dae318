import CivilTime
import Interchange
import TestKit
import Testing

/// Octets of any kind are read or refused, and never stop the program.
@Suite struct RobustnessTests {
    static let seed = UInt64.random(in: 0...UInt64.max)

    /// Octets, half of them those that the formats mind.
    static func octets(_ random: inout SeededRandom, of marks: String) -> [UInt8] {
        let marks = Array(marks.utf8)
        return (0..<random.int(0...80)).map { _ in random.oneIn(4) ? UInt8(random.int(0...255)) : random.pick(marks) }
    }

    @Test func `any octets make rows whose texts are those of the raw octets`() {
        var random = SeededRandom(seed: RobustnessTests.seed)
        for _ in 0..<3_000 {
            let bytes = RobustnessTests.octets(&random, of: "\"\"\"\"\r\n,,;'=ab\u{FEFF}")
            var rest = bytes[...]
            let size = random.int(1...20)
            let limit = random.int(1...60)
            var reader = CSVReader<Never>(delimiter: random.oneIn(2) ? nil : ",", maximumRow: limit) {
                defer { rest = rest.dropFirst(size) }
                return Array(rest.prefix(size))
            }
            var rows = 0
            var total = 0
            while let row = reader.next() {
                rows += 1
                total += row.raw.count
                #expect(row.raw.count <= limit, "seed \(RobustnessTests.seed): \(bytes)")
                for index in 0..<row.count { _ = row.place(of: index, file: "x") }
                for problem in row.problems { _ = problem.finding(in: row, file: "x") }
            }
            #expect(total <= bytes.count && rows <= bytes.count, "seed \(RobustnessTests.seed): \(bytes)")
        }
    }

    @Test func `rows do not depend on the chunks`() {
        var random = SeededRandom(seed: RobustnessTests.seed)
        for _ in 0..<2_000 {
            let bytes = RobustnessTests.octets(&random, of: "\"\"\"\r\n,,ab")
            let limit = random.int(1...60)
            func rows(_ size: Int) -> [[String]] {
                var rest = bytes[...]
                var reader = CSVReader<Never>(delimiter: nil, maximumRow: limit) {
                    defer { rest = rest.dropFirst(size) }
                    return Array(rest.prefix(size))
                }
                var rows: [[String]] = []
                while let row = reader.next() { rows.append(["\(row.line) \(row.problems)"] + row.texts) }
                return rows
            }
            let size = random.int(1...30)
            #expect(rows(size) == rows(1_000), "seed \(RobustnessTests.seed): \(bytes), \(limit), \(size)")
        }
    }

    @Test func `any octets are a calendar or findings`() throws {
        var random = SeededRandom(seed: RobustnessTests.seed)
        let pieces = [
            "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "DTSTART;VALUE=DATE:20260101", "DTSTART:",
            "RRULE:FREQ=YEARLY;BYMONTH=13", "RRULE:FREQ=DAILY", "RRULE:", " folded", "SUMMARY;X=\"a:b:c",
            "DTEND:00000101",
            "DURATION:P9999W", "EXDATE:,", "RDATE:99991231", "\u{0}", ":", ";:", "UID:x", "RECURRENCE-ID:20260101",
        ]
        let end = try #require(LocalDate(year: 2027, month: 1, day: 1))
        for _ in 0..<2_000 {
            let lines = (0..<random.int(0...9)).map { _ in random.pick(pieces) }
            let bytes = Array(lines.joined(separator: random.pick(["\n", "\r\n"])).utf8) + [UInt8(random.int(0...255))]
            let (calendar, _) = ICSCalendar.read(bytes, file: "x")
            _ = calendar.days(in: (end - 366)...end)
        }
    }
}
