/// What a calendar part says about one meeting (RFC 5545; sent by mail: RFC 6047).
package struct CalendarObject: Sendable, Hashable {
    /// `REQUEST`, `REPLY`, `COUNTER`, `CANCEL`, ...: upper case; empty where none is named.
    package var method: String
    /// The event's own name, the same in the invitation and its answers.
    package var uid: String
    /// The address of who called the meeting; empty where none is named.
    package var organizer: String
    /// Who is asked, with the answer each gave.
    package var attendees: [Attendee]
    /// The start as it is written: `20260914T090000Z`.
    package var start: String
    /// The title.
    package var summary: String

    /// One who is asked.
    package struct Attendee: Sendable, Hashable {
        /// The address without `mailto:`.
        package var address: String
        /// `ACCEPTED`, `DECLINED`, `TENTATIVE`, `NEEDS-ACTION`, ...: upper case; empty where none is named.
        package var participation: String
    }

    /// Reads every event of a calendar's text; `method` is the media type's, for a text that names none.
    static func read(_ text: String, method: String?) -> [CalendarObject] {
        var events: [CalendarObject] = []
        var current: CalendarObject?
        var calendarMethod = (method ?? "").uppercased()
        for line in ContentLine.lines(of: text) {
            switch (line.name, line.value.uppercased()) {
            case ("BEGIN", "VEVENT"): current = CalendarObject(method: calendarMethod)
            case ("END", "VEVENT"):
                if let event = current { events.append(event) }
                current = nil
            case ("METHOD", let value): calendarMethod = value
            default: current?.take(line)
            }
        }
        return events.map { event in
            var event = event
            if event.method.isEmpty { event.method = calendarMethod }
            return event
        }
    }

    private init(method: String) {
        self.method = method
        (uid, organizer, attendees, start, summary) = ("", "", [], "", "")
    }

    private mutating func take(_ line: ContentLine) {
        switch line.name {
        case "UID": uid = line.value
        case "DTSTART": start = line.value
        case "SUMMARY": summary = line.value
        case "ORGANIZER": organizer = Self.address(line.value)
        case "ATTENDEE":
            let participation = line.parameters["PARTSTAT"] ?? ""
            attendees.append(
                Attendee(address: Self.address(line.value), participation: participation.uppercased()))
        default: break
        }
    }

    private static func address(_ value: String) -> String {
        value.lowercased().hasPrefix("mailto:") ? String(value.dropFirst(7)) : value
    }
}

/// One unfolded line of a calendar: `NAME;PARAMETER=VALUE:VALUE` (RFC 5545, section 3.1).
private struct ContentLine {
    var name: String
    var parameters: [String: String]
    var value: String

    static func lines(of text: String) -> [ContentLine] {
        var unfolded: [[UInt8]] = []
        for line in text.utf8.split(separator: 10) {
            var line = Array(line)
            if line.last == 13 { line.removeLast() }
            if let first = line.first, first == 32 || first == 9, !unfolded.isEmpty {
                unfolded[unfolded.count - 1] += line.dropFirst()
            } else {
                unfolded.append(line)
            }
        }
        return unfolded.compactMap(ContentLine.init)
    }

    private init?(_ line: [UInt8]) {
        var isQuoted = false
        let colon = line.firstIndex { byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return byte == UInt8(ascii: ":") && !isQuoted
        }
        guard let colon else { return nil }
        let fields = line[..<colon].split(separator: UInt8(ascii: ";"))
            .map { String(decoding: $0, as: UTF8.self) }
        guard let name = fields.first else { return nil }
        self.name = name.uppercased()
        self.value = String(decoding: line[(colon + 1)...], as: UTF8.self)
        self.parameters = [:]
        for field in fields.dropFirst() {
            let pair = field.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { parameters[pair[0].uppercased()] = String(pair[1]) }
        }
    }
}
