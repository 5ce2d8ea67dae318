package import CivilTime

/// The all-day events of an iCalendar file (RFC 5545): holidays, company days, absences.
package struct ICSCalendar: Sendable, Hashable {
    /// The name most programs give a calendar (`X-WR-CALNAME`), if it has one.
    package var name: String?
    /// As they stand in the file.
    package var events: [ICSDayEvent] = []

    package init(name: String? = nil, events: [ICSDayEvent] = []) {
        self.name = name
        self.events = events
    }

    /// The events that take place, for `Holidays(events:)`: cancelled ones left out, moved days taken from the event
    /// they were moved from.
    package var takingPlace: [ICSDayEvent] {
        var replaced: [String: Set<LocalDate>] = [:]
        for event in events {
            if let day = event.replaces { replaced[event.uid, default: []].insert(day) }
        }
        return events.filter { !$0.isCancelled }.map { event in
            var event = event
            if event.replaces == nil { event.days.excluded.formUnion(replaced[event.uid] ?? []) }
            return event
        }
    }

    /// The days in `range` on which an event takes place, with the summary of the first.
    package func days(in range: ClosedRange<LocalDate>) -> [LocalDate: String] {
        var days: [LocalDate: String] = [:]
        for event in takingPlace {
            for day in event.days.dates(through: range.upperBound) where range.contains(day) && days[day] == nil {
                days[day] = event.summary
            }
        }
        return days
    }
}

/// One all-day event of a file.
package struct ICSDayEvent: Sendable, Hashable {
    /// The same for an event and for the days moved away from it.
    package var uid: String
    /// Its title, unescaped; empty where it has none.
    package var summary: String
    /// When it is, as often as it repeats.
    package var days: AllDayEvent
    /// The first day of the repeated event in whose place this one stands (RECURRENCE-ID).
    package var replaces: LocalDate?
    /// Whether its STATUS says so (RFC 5545 3.8.1.11).
    package var isCancelled = false

    package init(uid: String, summary: String, days: AllDayEvent) {
        self.uid = uid
        self.summary = summary
        self.days = days
    }
}
