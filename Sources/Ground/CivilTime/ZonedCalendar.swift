/// A business calendar read on the clock of a zone.
///
/// A window is open while the clock shows a time inside it, but not while it shows one for the second time (the second pass
/// of a fold). A window that lies wholly in a gap moves forward by the gap's length, unless that is another day.
package struct ZonedCalendar: Sendable, Hashable {
    /// The days and hours.
    package let calendar: BusinessCalendar
    /// The clock that they are on.
    package let zone: Zone

    package init(_ calendar: BusinessCalendar, in zone: Zone) {
        self.calendar = calendar
        self.zone = zone
    }

    /// The open moments of the local day `date`, in order, apart from each other.
    package func spans(on date: LocalDate) -> [Range<Instant>] {
        let windows = calendar.windows(on: date)
        guard !windows.isEmpty else { return [] }
        let midnight = date.dayNumber * .day
        let from = Instant(midnight - Zone.reach)
        let near = zone.transitions(from: from, through: Instant(midnight + .day + Zone.reach))
        guard !near.isEmpty else {
            let start = midnight - zone.offset(at: from).seconds
            return windows.map { Instant(start + $0.lowerBound)..<Instant(start + $0.upperBound) }
        }
        let pieces = ZonedCalendar.pieces(near)
        return windows.flatMap { window -> [Range<Instant>] in
            let local = midnight + window.lowerBound..<midnight + window.upperBound
            let spans = pieces.compactMap { $0.span(local) }
            return spans.isEmpty ? moved(window, of: date).map { [$0] } ?? [] : spans
        }.merged()
    }

    /// The window `window` of `date`, which the clock skips, behind the gap; `nil` where that is another day.
    private func moved(_ window: Range<Int>, of date: LocalDate) -> Range<Instant>? {
        let start = zone.instant(of: LocalDateTime(date, LocalTime(clamping: window.lowerBound)))
        let end = start + window.count
        return zone.date(at: start) == date && zone.date(at: end - 1) == date ? start..<end : nil
    }

    /// A stretch of time with one offset, less the second pass of the fold that it may start with.
    private struct Piece {
        var open: Range<Instant>
        var offset: Int

        func span(_ local: Range<Int>) -> Range<Instant>? {
            let span = (Instant(local.lowerBound - offset)..<Instant(local.upperBound - offset)).clamped(to: open)
            return span.isEmpty ? nil : span
        }
    }

    private static func pieces(_ near: [ZoneTransition]) -> [Piece] {
        var pieces: [Piece] = []
        // The latest local time that was shown so far: what is shown again up to it is a second pass.
        var shown = Int.min
        var start = Instant.distantPast
        for (index, transition) in near.enumerated() {
            let offset = transition.before.seconds
            let fresh = max(start, shown == .min ? start : Instant(shown - offset))
            if fresh < transition.at { pieces.append(Piece(open: fresh..<transition.at, offset: offset)) }
            shown = max(shown, transition.at.seconds + offset)
            start = transition.at
            if index == near.count - 1 {
                let after = transition.after.seconds
                let fresh = max(start, Instant(shown - after))
                pieces.append(Piece(open: fresh..<Instant.distantFuture, offset: after))
            }
        }
        return pieces
    }

    /// Whether a window is open at `instant`.
    package func isOpen(at instant: Instant) -> Bool {
        spans(on: zone.date(at: instant)).contains { $0.contains(instant) }
    }

    /// The open moments of the first open span that ends after `instant`, looked for on the local days up to `limit`.
    package func nextSpan(endingAfter instant: Instant, limit: Instant) -> Range<Instant>? {
        guard !calendar.isNeverOpen else { return nil }
        // Open moments show ever later local times, so none of an earlier day is left.
        var date = zone.date(at: instant)
        let last = zone.date(at: limit)
        while date <= last {
            if let span = spans(on: date).first(where: { $0.upperBound > instant }) { return span }
            date = date + 1
        }
        return nil
    }
}
