package import Diagnostics
import CivilTime

extension ICSCalendar {
    /// The all-day events of an iCalendar file, and what is wrong in it.
    ///
    /// Events with a time of day are left out with a warning; other components (tasks, time zones, alarms) are not
    /// looked at. What an error names is left out, the rest is read.
    package static func read(_ bytes: [UInt8], file: String) -> (calendar: ICSCalendar, findings: [Finding]) {
        var reader = ICSReader(file: file)
        for (line, number, text) in ICSLine.lines(in: bytes) {
            if let line {
                reader.take(line)
            } else {
                reader.add(.icsSyntax, "this line has no colon", number, text)
            }
        }
        reader.finish()
        return (reader.calendar, reader.findings)
    }
}

/// Collects events from content lines.
struct ICSReader {
    let file: String
    var calendar = ICSCalendar()
    var findings: [Finding] = []
    /// The components that are open, outermost first.
    private var open: [(name: String, line: ICSLine)] = []
    private var event: [ICSLine] = []
    private var hasCalendar = false

    init(file: String) { self.file = file }

    mutating func take(_ line: ICSLine) {
        switch line.name {
        case "BEGIN":
            open.append((line.value.uppercased(), line))
            if isInEvent { event = [] }
            if open.count == 1, open[0].name == "VCALENDAR" { hasCalendar = true }
        case "END": end(line)
        case "X-WR-CALNAME" where open.map(\.name) == ["VCALENDAR"]: calendar.name = line.unescapedValue
        default: if isInEvent { event.append(line) }
        }
    }

    private var isInEvent: Bool { open.map(\.name) == ["VCALENDAR", "VEVENT"] }

    private mutating func end(_ line: ICSLine) {
        guard let innermost = open.last, innermost.name == line.value.uppercased() else {
            add(.icsSyntax, "END:\(line.value) ends nothing that is open", line)
            return
        }
        if isInEvent { addEvent(innermost.line) }
        open.removeLast()
    }

    mutating func finish() {
        if let innermost = open.last {
            add(.icsSyntax, "BEGIN:\(innermost.name) has no END: the file was cut short", innermost.line)
        } else if !hasCalendar {
            findings.append(
                Finding(
                    .icsSyntax, "there is no calendar in this file",
                    at: Place(file: file, line: 1, column: 1), hint: "an iCalendar file starts with BEGIN:VCALENDAR"))
        }
    }

    private mutating func addEvent(_ begin: ICSLine) {
        guard let start = event.first(where: { $0.name == "DTSTART" }) else {
            add(.icsSyntax, "this event has no DTSTART", begin)
            return
        }
        if start.parameters["VALUE"]?.uppercased() != "DATE", start.value.utf8.count != 8 {
            add(.icsTimedEvent, "this event has a time of day; only all-day events count here", start)
            return
        }
        guard let day = date(start) else { return }
        var made = ICSDayEvent(uid: "", summary: "", days: AllDayEvent(start: day))
        for line in event { apply(line, to: &made) }
        calendar.events.append(made)
    }

    private mutating func apply(_ line: ICSLine, to event: inout ICSDayEvent) {
        switch line.name {
        case "UID": event.uid = line.value
        case "SUMMARY": event.summary = line.unescapedValue
        case "STATUS": event.isCancelled = line.value.uppercased() == "CANCELLED"
        case "DTEND":
            // RFC 5545 section 3.6.1: the end is the day after the last one.
            if let end = date(line) { setLength(end - event.days.start, line, &event) }
        case "DURATION":
            if let days = duration(line) { setLength(days, line, &event) }
        case "RRULE":
            do {
                event.days.rule = try Recurrence(parsing: line.value)
            } catch {
                add(.icsRule, ICSReader.message(error), line)
            }
        case "RECURRENCE-ID": event.replaces = date(line)
        case "EXDATE": event.days.excluded.formUnion(dates(line))
        case "RDATE": event.days.added.formUnion(dates(line))
        case "EXRULE": add(.icsRule, "EXRULE is not read (RFC 5545 dropped it)", line)
        default: break
        }
    }

    private static func message(_ problem: Recurrence.Problem) -> String {
        switch problem {
        case .noFrequency: "the rule has no FREQ"
        case .unknownPart(let part): "\"\(part)\" is no part of a rule that is read"
        case .badValue("FREQ", let value): "FREQ=\(value) is not daily, weekly, monthly or yearly"
        case .badValue(let part, let value): "\(part) can't be \"\(value)\""
        case .conflict(let one, let other): "\(one) and \(other) don't go together"
        }
    }

    private mutating func setLength(_ days: Int, _ line: ICSLine, _ event: inout ICSDayEvent) {
        // Some programs end an event of one day on its own day.
        if days < 0 { return add(.icsSyntax, "the event ends before it starts", line) }
        event.days.days = min(max(days, 1), 3660)
    }

    /// `P1D`, `P2W`; `nil` with a finding for what is no number of whole days.
    private mutating func duration(_ line: ICSLine) -> Int? {
        let bytes = Array(line.value.utf8)
        let unit = bytes.last
        let digits = String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
        guard bytes.first == UInt8(ascii: "P"), unit == UInt8(ascii: "D") || unit == UInt8(ascii: "W"),
            let number = Int(digits), (0...10_000).contains(number)
        else {
            add(.icsSyntax, "\"\(line.value)\" is no number of days", line)
            return nil
        }
        return unit == UInt8(ascii: "W") ? number * 7 : number
    }

    private mutating func date(_ line: ICSLine) -> LocalDate? { dates(line).first }

    private mutating func dates(_ line: ICSLine) -> [LocalDate] {
        line.value.split(separator: ",", omittingEmptySubsequences: false).compactMap { text in
            if let date = ICSReader.date(text) { return date }
            add(.icsSyntax, "\"\(text)\" is no date", line)
            return nil
        }
    }

    /// The day of `20261225`, or of a date with a time, `20261225T090000Z`, as written.
    private static func date(_ text: Substring) -> LocalDate? {
        let rest = text.dropFirst(8)
        return rest.isEmpty || rest.first == "T" ? LocalDate(basic: text.prefix(8)) : nil
    }

    private mutating func add(_ code: FindingCode, _ message: String, _ line: ICSLine) {
        add(code, message, line.number, line.text)
    }

    mutating func add(_ code: FindingCode, _ message: String, _ number: Int, _ text: String) {
        let place = Place(file: file, line: number, column: 1, length: max(1, text.count), lineText: text)
        findings.append(Finding(code, message, at: place))
    }
}
