import CivilTime
import Diagnostics
import Interchange
import Outreach

extension Kind where Value == BusinessCalendar {
    /// The workspace's own calendar; what it leaves out is Monday to Friday, nine to five.
    static let workspaceCalendar = calendar(missing: .standard)
    /// A calendar that narrows a wider one; what it leaves out narrows nothing.
    static let narrowerCalendar = calendar(missing: .always)

    private static func calendar(missing: BusinessCalendar) -> Kind {
        .record("a calendar such as {days: mon-fri, hours: 09:00-17:00}") { fields in
            let days = fields.optional("days", .openDays, "the open days of the week")
            let hours = fields.optional("hours", .openHours, "the open hours of such a day")
            let holidays = fields.optional(
                "holidays", Kind<Holidays>.holiday.list, "days that are closed: dates, {every: 12-26}, {ics: FILE}")
            return BusinessCalendar(
                days: days ?? missing.days, hours: hours ?? missing.hours,
                holidays: (holidays ?? []).reduce(into: missing.holidays) { $0.formUnion($1) })
        }
    }
}

extension Kind where Value == Weekdays {
    /// `mon-fri`, or `[mon, wed]`.
    static let openDays = Kind.forms(
        "days such as mon-fri", text: .weekdays,
        list: Kind<Weekdays>.weekdays.nonEmptyList.map { $0.reduce(into: Weekdays()) { $0.formUnion($1) } })
}

extension Kind where Value == Hours {
    /// `09:00-12:00, 13:30-17:00`, or a list of windows.
    static let openHours = Kind.forms(
        "hours such as 09:00-17:00", text: .hours,
        list: Kind<Hours>.hours.nonEmptyList.map { Hours($0.flatMap(\.windows)) })
}

extension Kind where Value == Holidays {
    /// One date, a day of every year, or the all-day events of a calendar file.
    static let holiday = Kind.forms(
        "a date, {every: 12-26} or {ics: calendars/FILE.ics}",
        text: Kind<LocalDate>.date.map { Holidays(dates: [$0]) },
        mapping: .record("{every: 12-26} or {ics: calendars/FILE.ics}") { fields in
            let yearly = fields.optional("every", .yearlyDate, "a day of every year, month and day")
            let file = fields.optional("ics", Kind<String>.path("a calendar file").located, "all-day events (RFC 5545)")
            if fields.has("every") == fields.has("ics") {
                fields.report(.wrongValue, "expected either every or ics")
            }
            var holidays = Holidays(yearly: yearly.map { [$0] } ?? [])
            fields.withReading { reading in
                if let file { holidays.formUnion(reading.holidays(of: file)) }
            }
            return holidays
        })
}

extension Reading {
    /// The days of a calendar file of the workspace; what is wrong with the file is reported once, with its own places.
    fileprivate func holidays(of path: Located<String>) -> Holidays {
        guard let days = calendars.days(of: path.value) else {
            report(
                .missingFile, "there is no calendar \(path.value)", at: path.node.caret,
                hint: NearestName.hint(among: calendars.paths, to: path.value))
            return Holidays()
        }
        return Holidays(dates: days)
    }
}

/// The calendar files of a workspace, each read once.
final class CalendarFiles {
    private let files: [String: [UInt8]]
    private var known: [String: Set<LocalDate>] = [:]
    /// What is wrong in those that were read.
    private(set) var findings: [Finding] = []

    init(_ files: [Snapshot.File]) {
        let calendars = files.filter { $0.path.hasSuffix(".ics") }
        self.files = Dictionary(calendars.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    }

    var paths: [String] { files.keys.sorted() }

    /// The days on which a file has an all-day event, from 2020 to 2100; `nil` where there is no such file.
    func days(of path: String) -> Set<LocalDate>? {
        if let days = known[path] { return days }
        guard let bytes = files[path] else { return nil }
        let (calendar, found) = ICSCalendar.read(bytes, file: path)
        findings += found
        let first = LocalDate(dayNumber: 18_262)
        let days = Set(calendar.days(in: first...Holidays.horizon).keys)
        known[path] = days
        return days
    }
}
