package import CivilTime

/// One entry of a calendar that is written: a call, a due day.
package struct ICSEntry: Sendable, Hashable {
    /// When it is.
    package enum Time: Sendable, Hashable {
        /// All of a day, on the reader's clock.
        case day(LocalDate)
        /// From a moment on, for so many seconds.
        case moment(Instant, seconds: Int)
    }

    /// The same for the same thing each time it is written, so that a calendar replaces and does not repeat:
    /// `k7f2.task@stoke`.
    package var uid: String
    /// Its title; escaped when written.
    package var summary: String
    /// A day or a moment.
    package var time: Time
    package var description: String
    /// Where it is, or whom to call; empty leaves it out.
    package var location: String
    /// An absolute link.
    package var url: String?

    package init(
        uid: String, summary: String, time: Time, description: String = "", location: String = "", url: String? = nil
    ) {
        self.uid = uid
        self.summary = summary
        self.time = time
        self.description = description
        self.location = location
        self.url = url
    }
}

/// Writes calendars (RFC 5545): CR LF, lines folded at 75 octets, text escaped.
package struct ICSWriter {
    private var bytes: [UInt8] = []

    private init() {}

    /// The octets of a calendar.
    /// - Parameter stamp: when it is made (`DTSTAMP`); the same for the same octets.
    package static func calendar(name: String, _ entries: [ICSEntry], stamp: Instant) -> [UInt8] {
        var writer = ICSWriter()
        writer.line("BEGIN", "VCALENDAR")
        writer.line("VERSION", "2.0")
        writer.line("PRODID", "-//Stoke//Stoke//EN")
        writer.line("CALSCALE", "GREGORIAN")
        writer.line("METHOD", "PUBLISH")
        writer.line("X-WR-CALNAME", escaped(name))
        for entry in entries { writer.write(entry, stamp: stamp) }
        writer.line("END", "VCALENDAR")
        return writer.bytes
    }

    private mutating func write(_ entry: ICSEntry, stamp: Instant) {
        line("BEGIN", "VEVENT")
        line("UID", ICSWriter.plain(entry.uid))
        line("DTSTAMP", ICSWriter.text(stamp))
        switch entry.time {
        case .day(let day):
            line("DTSTART;VALUE=DATE", ICSWriter.text(day))
            line("DTEND;VALUE=DATE", ICSWriter.text(day + 1))
            // A due day does not make its owner busy.
            line("TRANSP", "TRANSPARENT")
        case .moment(let start, let seconds):
            line("DTSTART", ICSWriter.text(start))
            line("DTEND", ICSWriter.text(start + max(seconds, 0)))
        }
        line("SUMMARY", ICSWriter.escaped(entry.summary))
        if !entry.description.isEmpty { line("DESCRIPTION", ICSWriter.escaped(entry.description)) }
        if !entry.location.isEmpty { line("LOCATION", ICSWriter.escaped(entry.location)) }
        if let url = entry.url { line("URL", ICSWriter.plain(url)) }
        line("END", "VEVENT")
    }

    /// One content line, folded between characters (section 3.1).
    private mutating func line(_ name: String, _ value: String) {
        var room = 75
        for scalar in "\(name):\(value)".unicodeScalars {
            let octets = Array(String(scalar).utf8)
            if octets.count > room {
                bytes += "\r\n ".utf8
                room = 74
            }
            bytes += octets
            room -= octets.count
        }
        bytes += "\r\n".utf8
    }

    /// Section 3.3.11; controls other than the line end and the tab are left out.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": escaped += "\\\(scalar)"
            case "\n" where previous == "\r": break
            case "\n", "\r": escaped += "\\n"
            default: escaped += plain(String(scalar), keeping: "\t")
            }
            previous = scalar
        }
        return escaped
    }

    /// Without controls, which no value may hold.
    private static func plain(_ text: String, keeping kept: Unicode.Scalar? = nil) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar == kept || (scalar.value >= 0x20 && scalar.value != 0x7F) {
            plain.append(scalar)
        }
        return String(plain)
    }

    /// In the basic form of ISO 8601, `20260312`.
    private static func text(_ date: LocalDate) -> String { date.description.filter { $0 != "-" } }

    /// In UTC, `20260312T081500Z`.
    private static func text(_ instant: Instant) -> String {
        instant.description.filter { $0 != "-" && $0 != ":" }
    }
}
