import CivilTime
import Diagnostics
import Interchange
import TestKit
import Testing

@Suite struct ICSTests {
    static func day(_ year: Int, _ month: Int, _ day: Int) throws -> LocalDate {
        try #require(LocalDate(year: year, month: month, day: day))
    }

    static func read(_ body: String) -> (calendar: ICSCalendar, findings: [Finding]) {
        let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + body.split(separator: "\n").joined(separator: "\r\n")
        return ICSCalendar.read(Array((text + "\r\nEND:VCALENDAR\r\n").utf8), file: "de.ics")
    }

    static func event(_ lines: String) -> String { "BEGIN:VEVENT\nUID:x\n\(lines)\nEND:VEVENT\n" }

    @Test func `holidays are read with their names, however lines are folded`() throws {
        let (calendar, findings) = ICSTests.read(
            "X-WR-CALNAME:Feiertage\n"
                + ICSTests.event(
                    "DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261227\nSUMMARY;LANGUAGE=\"de:x\":Weih\n nachten\\, zwei\\nTage"
                ) + ICSTests.event("DTSTART;VALUE=DATE:20260101\nDURATION:P1D\nSUMMARY:Neujahr"))
        #expect(findings.isEmpty)
        #expect(calendar.name == "Feiertage")
        let days = calendar.days(in: try ICSTests.day(2026, 1, 1)...ICSTests.day(2026, 12, 25))
        #expect(
            try days == [
                ICSTests.day(2026, 1, 1): "Neujahr", ICSTests.day(2026, 12, 25): "Weihnachten, zwei\nTage",
            ])
    }

    @Test func `exceptions, additions, moved and cancelled days are obeyed`() throws {
        let (calendar, findings) = ICSTests.read(
            ICSTests.event(
                "DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;VALUE=DATE:20260112,20260113\nRDATE;VALUE=DATE:20260220\nSUMMARY:a"
            ) + ICSTests.event("RECURRENCE-ID;VALUE=DATE:20260119\nDTSTART;VALUE=DATE:20260120\nSUMMARY:b")
                + ICSTests.event("RECURRENCE-ID;VALUE=DATE:20260126\nDTSTART;VALUE=DATE:20260126\nSTATUS:CANCELLED"))
        #expect(findings.isEmpty)
        let days = calendar.days(in: try ICSTests.day(2026, 1, 1)...ICSTests.day(2026, 12, 31))
        #expect(
            try days == [
                ICSTests.day(2026, 1, 5): "a", ICSTests.day(2026, 1, 20): "b", ICSTests.day(2026, 2, 20): "a",
            ])
    }

    @Test(arguments: [
        ("NOCOLON", "ics-syntax", 3), (event("SUMMARY:x"), "ics-syntax", 3),
        (event("DTSTART;VALUE=DATE:20260230"), "ics-syntax", 5),
        (event("DTSTART:20260101T090000Z"), "ics-timed-event", 5),
        (event("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=HOURLY"), "ics-rule", 6),
        (event("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY;BYDAY=XX"), "ics-rule", 6),
        (event("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY;COUNT=0"), "ics-rule", 6),
        (event("DTSTART;VALUE=DATE:20260101\nDURATION:PT1H"), "ics-syntax", 6),
        (event("DTSTART;VALUE=DATE:20260102\nDTEND;VALUE=DATE:20260101"), "ics-syntax", 6),
        ("BEGIN:VEVENT", "ics-syntax", 4),
    ]) func `what is wrong is found at its line`(body: String, code: String, line: Int) {
        let (_, findings) = ICSTests.read(body)
        #expect(findings.first?.code.name == code)
        #expect(findings.first?.place?.line == line)
    }

    @Test func `a file that is no calendar is said to be none`() {
        #expect(ICSCalendar.read(Array("hello".utf8), file: "x").findings.map(\.code) == [.icsSyntax, .icsSyntax])
        #expect(ICSCalendar.read([], file: "x").findings.count == 1)
    }

    @Test func `a calendar that is written folds, escapes and keeps its UIDs`() throws {
        let entries = [
            ICSEntry(
                uid: "k7f2@stoke", summary: "Call Zoë; \"Z\", CTO\u{1B}",
                time: .moment(Instant(1_773_303_300), seconds: 900),
                description: "a\r\nb\\" + String(repeating: "ü🙂", count: 40), location: "+1 512 555 0142",
                url: "https://example.com/?a=1,2"),
            ICSEntry(uid: "m3qa@stoke", summary: "Due", time: .day(try ICSTests.day(2026, 12, 31))),
        ]
        let bytes = ICSWriter.calendar(name: "Ana", entries, stamp: Instant(0))
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
        #expect(lines.allSatisfy { $0.last == 0x0D && $0.count <= 76 })
        let text = String(decoding: bytes, as: UTF8.self)
        let unfolded = text.replacing("\r\n ", with: "")
        #expect(unfolded.contains(#"SUMMARY:Call Zoë\; "Z"\, CTO"# + "\r\n"))
        #expect(unfolded.contains(#"DESCRIPTION:a\nb\\ü🙂ü"#))
        #expect(text.contains("DTSTART:20260312T081500Z\r\nDTEND:20260312T083000Z\r\n"))
        #expect(text.contains("DTSTAMP:19700101T000000Z"))
        #expect(text.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"))
        let (calendar, _) = ICSCalendar.read(bytes, file: "out.ics")
        #expect(calendar.name == "Ana")
        #expect(calendar.events.map(\.uid) == ["m3qa@stoke"])
    }
}
