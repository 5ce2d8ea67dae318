package import CivilTime

/// The all-day events of an iCalendar file (RFC 5545): holidays, company days, absences.
package struct ICSCalendar: Sendable, Hashable {
    /// The name most programs give a calendar (`X-WR-CALNAME`), if it has one.
    package var name: String?
    package var events: [ICSDayEvent] = []

    package init(name: String? = nil, events: [ICSDayEvent] = []) {
        self.name = name
        self.events = events
    }

    /// The days in `range` on which there is an event, with the summary of the first.
    package func days(in range: ClosedRange<LocalDate>) -> [LocalDate: String] {
        var replaced: [String: Set<LocalDate>] = [:]
        for event in events {
            if let day = event.replaces { replaced[event.uid, default: []].insert(day) }
        }
        var days: [LocalDate: String] = [:]
        for event in events where !event.isCancelled {
            let moved = event.replaces == nil ? replaced[event.uid] ?? [] : []
            for start in event.starts(in: range) where !moved.contains(start) {
                for day in 0..<event.length where range.contains(start + day) && days[start + day] == nil {
                    days[start + day] = event.summary
                }
            }
        }
        return days
    }
}

/// One all-day event, as often as it repeats.
package struct ICSDayEvent: Sendable, Hashable {
    package var uid: String
    package var summary: String
    package var start: LocalDate
    /// How many days it lasts; at least 1.
    package var length: Int
    package var rule: ICSRule?
    /// Further starts (RDATE).
    package var added: [LocalDate] = []
    /// Starts that fall out (EXDATE).
    package var excluded: Set<LocalDate> = []
    /// The start of the repeated event in whose place this one stands (RECURRENCE-ID).
    package var replaces: LocalDate?
    package var isCancelled = false

    package init(uid: String, summary: String, start: LocalDate, length: Int = 1, rule: ICSRule? = nil) {
        self.uid = uid
        self.summary = summary
        self.start = start
        self.length = length
        self.rule = rule
    }

    /// The first days of the event that reach into `range`, in order.
    package func starts(in range: ClosedRange<LocalDate>) -> [LocalDate] {
        let repeated = rule.map { $0.dates(from: start, through: range.upperBound) } ?? [start]
        return Set(repeated + added).subtracting(excluded)
            .filter { $0 <= range.upperBound && $0 + (length - 1) >= range.lowerBound }.sorted()
    }
}
