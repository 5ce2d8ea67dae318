import CivilTime
import Diagnostics
import Outreach
import Testing
import Workspace

@Suite struct `Zones and calendars of a workspace` {
    /// Reads the sample with `old` replaced by `new` in one file, and a calendar file beside it.
    private func read(
        _ old: String, _ new: String, in path: String = "stoke.yaml", calendar: String? = nil
    ) throws -> WorkspaceReading {
        var files = try SampleWorkspace.files()
        let index = try #require(files.firstIndex { $0.path == path })
        let text = String(decoding: files[index].bytes, as: UTF8.self)
        try #require(text.contains(old), "the sample no longer says \(old)")
        files[index] = Snapshot.File(path: path, bytes: Array(text.replacing(old, with: new, maxReplacements: 1).utf8))
        if let calendar { files.append(Snapshot.File(path: "calendars/test.ics", bytes: Array(calendar.utf8))) }
        return WorkspaceReader.read(files, in: SampleWorkspace.surroundings())
    }

    private func only(_ reading: WorkspaceReading) throws -> Finding {
        let findings = FindingText().text(reading.findings)
        return try #require(reading.findings.count == 1 ? reading.findings.first : nil, "\(findings)")
    }

    @Test(arguments: [
        ("Europe/Berln", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"), ("Berlin", nil), ("right/UTC", nil),
    ])
    func `an unknown zone is a finding where it stands, with a near name`(name: String, near: String?) throws {
        let finding = try only(try read("timezone: America/New_York", "timezone: \(name)"))
        #expect(finding.severity == .error)
        #expect(finding.message.contains("\"\(name)\""))
        #expect(finding.place?.file == "stoke.yaml" && finding.place?.lineText.contains(name) == true)
        if let near { #expect(finding.hint?.contains(near) == true, "\(finding.hint ?? "no hint")") }
    }

    @Test func `a workspace without a zone is a finding`() throws {
        let finding = try only(try read("timezone: Europe/Berlin ", "# "))
        #expect(finding.message.contains("timezone"))
    }

    @Test(arguments: [
        ("stoke.yaml", "    gap: 90s\n", "    gap: 90s\n    calendar: {days: sat-sun}\n", "calendar: {days: sat-sun}"),
        ("stoke.yaml", "    gap: 90s\n", "    gap: 90s\n    calendar: {hours: \"12:00-13:00\"}\n", "12:00-13:00"),
        ("sequences/demo-request.yaml", "steps:\n", "calendar: {days: sun}\nsteps:\n", "calendar: {days: sun}"),
        (
            "sequences/demo-request.yaml", "    email: demo-thanks\n",
            "    email: demo-thanks\n    calendar: {hours: \"17:00-18:00\"}\n", "17:00-18:00"
        ),
    ])
    func `an intersection that is never open is an error where it is narrowed`(
        path: String, old: String, new: String, line: String
    ) throws {
        let finding = try only(try read(old, new, in: path))
        #expect(finding.code.name == "never-open" && finding.severity == .error)
        #expect(finding.place?.lineText.contains(line) == true)
    }

    @Test func `holidays come from dates, years and all-day events with recurrence`() throws {
        let calendar = """
            BEGIN:VCALENDAR\r
            VERSION:2.0\r
            BEGIN:VEVENT\r
            UID:thanksgiving\r
            DTSTART;VALUE=DATE:20201126\r
            RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\r
            EXDATE;VALUE=DATE:20281123\r
            END:VEVENT\r
            BEGIN:VEVENT\r
            UID:retreat\r
            DTSTART;VALUE=DATE:20260601\r
            DTEND;VALUE=DATE:20260604\r
            END:VEVENT\r
            END:VCALENDAR\r

            """
        let reading = try read(
            "{ics: calendars/company.ics}", "2026-05-14, {ics: calendars/test.ics}", calendar: calendar)
        let model = try #require(reading.model, "\(FindingText().text(reading.findings))")
        let open = model.settings.calendar
        let closed = ["2026-11-26", "2099-11-26", "2026-06-01", "2026-06-03", "2026-05-14", "2030-12-25", "2027-01-01"]
        for text in closed { #expect(!open.isBusinessDay(try #require(LocalDate(text))), "\(text)") }
        let working = ["2028-11-23", "2026-06-04", "2026-05-29", "2026-12-24", "2027-05-14"]
        for text in working { #expect(open.isBusinessDay(try #require(LocalDate(text))), "\(text)") }
    }
}
