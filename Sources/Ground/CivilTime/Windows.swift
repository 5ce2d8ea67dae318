/// The moments at which a step may happen: when all its calendars are open, each on its own clock.
///
/// A call needs the person's clock and the owner's; a mail the step's, the sequence's and the mailbox's.
package struct Windows: Sendable, Hashable {
    /// The clock whose days are counted: the one on which delays in days and business days are read.
    package let zone: Zone
    /// All of them must be open.
    package let calendars: [ZonedCalendar]

    /// - Parameters:
    ///   - calendars: those on one clock are best joined before (`BusinessCalendar.narrowed`); none means always open.
    ///   - zone: the clock whose days are counted.
    package init(_ calendars: [ZonedCalendar], days zone: Zone) {
        self.calendars = calendars
        self.zone = zone
    }

    /// One calendar on one clock.
    package init(_ calendar: BusinessCalendar, in zone: Zone) {
        self.init([ZonedCalendar(calendar, in: zone)], days: zone)
    }

    /// How far ahead is looked unless the caller says otherwise: two years of 366 days, in seconds.
    package static let farthest = 2 * 366 * Int.day

    /// Whether all calendars are open at `instant`.
    package func isOpen(at instant: Instant) -> Bool { calendars.allSatisfy { $0.isOpen(at: instant) } }

    /// The first open moment at or after `instant`, at most `limit` seconds later; `nil` where there is none.
    ///
    /// Each step of the search jumps to the next span of a calendar, so two years cost thousands of steps at worst.
    package func nextOpen(atOrAfter instant: Instant, limit: Int = Windows.farthest) -> Instant? {
        nextSpan(atOrAfter: instant, limit: limit)?.lowerBound
    }

    /// The rest of the open span at `instant`, else the next one that starts at most `limit` seconds later.
    ///
    /// The span ends where the first calendar closes.
    package func nextSpan(atOrAfter instant: Instant, limit: Int = Windows.farthest) -> Range<Instant>? {
        let last = instant + limit
        guard !calendars.isEmpty else { return instant..<Instant.distantFuture }
        var start = instant
        search: while start <= last {
            var end = Instant.distantFuture
            for calendar in calendars {
                guard let span = calendar.nextSpan(endingAfter: start, limit: last) else { return nil }
                if span.lowerBound > start {
                    start = span.lowerBound
                    continue search
                }
                end = min(end, span.upperBound)
            }
            return start..<end
        }
        return nil
    }

    /// The open spans of the day `date` of the counting clock, in order, apart from each other.
    package func spans(on date: LocalDate) -> [Range<Instant>] {
        if let only = calendars.first, calendars.count == 1, only.zone == zone { return only.spans(on: date) }
        let day = zone.start(of: date)..<zone.start(of: date + 1)
        guard !day.isEmpty else { return [] }
        return calendars.reduce([day]) { open, calendar in
            guard !open.isEmpty else { return [] }
            let last = calendar.zone.date(at: day.upperBound)
            var spans: [Range<Instant>] = []
            var date = calendar.zone.date(at: day.lowerBound)
            while date <= last {
                spans += calendar.spans(on: date)
                date = date + 1
            }
            return open.intersection(spans.merged())
        }
    }

    /// Whether `date` has an open moment.
    package func isBusinessDay(_ date: LocalDate) -> Bool { !spans(on: date).isEmpty }

    /// The `count`th business day after `date`; with 0, `date` itself or the first business day after it.
    ///
    /// `nil` where two years have not so many.
    package func businessDay(_ count: Int, after date: LocalDate) -> LocalDate? {
        var left = max(count, 1)
        var date = count > 0 ? date + 1 : date
        let last = date + Windows.farthest / .day + 7 * count
        while date <= last {
            if isBusinessDay(date) {
                left -= 1
                if left == 0 { return date }
            }
            date = date + 1
        }
        return nil
    }

    /// The moment that lies `fraction` (0..<1) of the way through the open time of `date`: never outside it.
    ///
    /// `nil` where nothing is open on that day.
    package func moment(on date: LocalDate, fraction: Double) -> Instant? {
        let spans = spans(on: date)
        let total = spans.reduce(0) { $0 + ($1.upperBound - $1.lowerBound) }
        guard total > 0 else { return nil }
        var left = min(max(Int(fraction * Double(total)), 0), total - 1)
        for span in spans {
            let length = span.upperBound - span.lowerBound
            if left < length { return span.lowerBound + left }
            left -= length
        }
        return nil
    }

    /// Whether nothing is open in the `limit` seconds from `instant` on: a `check` error where it holds for everyone.
    package func isNeverOpen(from instant: Instant, limit: Int = Windows.farthest) -> Bool {
        nextOpen(atOrAfter: instant, limit: limit) == nil
    }
}
