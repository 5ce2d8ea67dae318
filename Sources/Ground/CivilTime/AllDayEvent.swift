/// An all-day event of a calendar file (RFC 5545, section 3.6.1, DTSTART;VALUE=DATE), repeated or not.
package struct AllDayEvent: Sendable, Hashable {
    /// The first day.
    package var start: LocalDate
    /// How many days it lasts: DTEND less DTSTART, at least 1.
    package var days: Int
    /// RRULE.
    package var rule: Recurrence?
    /// RDATE: further first days.
    package var added: Set<LocalDate>
    /// EXDATE: first days that are none.
    package var excluded: Set<LocalDate>

    /// A day, or several in a row, with what repeats it.
    package init(
        start: LocalDate, days: Int = 1, rule: Recurrence? = nil, added: Set<LocalDate> = [],
        excluded: Set<LocalDate> = []
    ) {
        self.start = start
        self.days = max(days, 1)
        self.rule = rule
        self.added = added
        self.excluded = excluded
    }

    /// Every day of every occurrence that starts up to `last`.
    package func dates(through last: LocalDate) -> Set<LocalDate> {
        var starts = Set(rule?.dates(from: start, through: last) ?? [])
        // DTSTART counts as the first occurrence (RFC 5545, section 3.8.5.3).
        starts.formUnion(added.union([start]).filter { $0 <= last })
        starts.subtract(excluded)
        return Set(starts.flatMap { start in (0..<days).map { start + $0 } })
    }
}
