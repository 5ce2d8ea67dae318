package import CivilTime
package import Outreach

/// When somebody goes on whose email an outage or a pause has made overdue.
package struct SpreadPlace: Sendable, Hashable {
    /// Whose mail it is.
    package var enrollment: Enrollment.ID
    /// The mailbox's name.
    package var mailbox: String
    /// When it goes, on one of cron's turns.
    package var at: Instant
    /// The days (the mailbox's clock) on which their emails are expected then.
    package var days: [LocalDate]
}

/// Gives everybody of these ways whose email is overdue a moment of their own, evenly over the open time up to `end`.
///
/// Who waits longest comes first; each mailbox is spread for itself. New people are left out: admission spreads them.
/// Whoever is held for another reason than lateness stays held.
///
/// - Throws: what the view throws.
package func spread<View: PlanningView>(
    _ enrollments: [Enrollment], until end: Instant, _ view: View, _ circumstances: Circumstances
) throws(View.Failure) -> [SpreadPlace] {
    var tick = Tick(view, circumstances)
    return try tick.spread(enrollments, until: end)
}

extension Tick {
    fileprivate struct Overdue {
        var course: Course
        var mailbox: String
        var step: Step
        var due: Instant
    }

    fileprivate mutating func spread(
        _ enrollments: [Enrollment], until end: Instant
    ) throws(View.Failure) -> [SpreadPlace] {
        var overdue: [Overdue] = []
        for enrollment in enrollments {
            if let one = try self.overdue(enrollment) { overdue.append(one) }
        }
        var places: [SpreadPlace] = []
        for (mailbox, own) in Dictionary(grouping: overdue, by: \.mailbox).sorted(by: { $0.key < $1.key }) {
            let ordered = own.sorted {
                ($0.due, $0.course.enrollment.tie, $0.course.enrollment.id)
                    < ($1.due, $1.course.enrollment.tie, $1.course.enrollment.id)
            }
            for (rank, one) in ordered.enumerated() {
                let windows = one.course.windows(of: one.step)
                guard let moment = windows.moment(rank, of: ordered.count, from: now, until: end) else { continue }
                let at = max(circumstances.turn(atOrBefore: moment), now)
                places.append(
                    SpreadPlace(
                        enrollment: one.course.enrollment.id, mailbox: mailbox, at: at,
                        days: one.course.expectedDays(from: one.step, at: at)))
            }
        }
        return places
    }

    /// The email that an admitted person should have had by now.
    private mutating func overdue(_ enrollment: Enrollment) throws(View.Failure) -> Overdue? {
        guard enrollment.state == .active, let mailbox = enrollment.mailbox,
            let sequence = model.sequences[enrollment.sequence],
            enrollment.hold.map({ $0.reason == .late }) ?? (enrollment.wakeAt <= now)
        else { return nil }
        var course = try course(enrollment, sequence)
        _ = course.walk()
        guard course.heldFor == nil, let (step, due) = course.dueAhead, step.isEmail, due <= now else { return nil }
        return Overdue(course: course, mailbox: mailbox, step: step, due: due)
    }
}

extension Windows {
    /// The middle of the `rank`-th of `count` equal parts of the open time between two moments.
    ///
    /// `nil` where nothing is open between them.
    func moment(_ rank: Int, of count: Int, from start: Instant, until end: Instant) -> Instant? {
        var spans: [Range<Instant>] = []
        var from = start
        while from < end, let span = nextSpan(atOrAfter: from, limit: end - from), span.lowerBound < end {
            spans.append(span.clamped(to: start..<end))
            from = span.upperBound
        }
        let total = spans.reduce(0) { $0 + ($1.upperBound - $1.lowerBound) }
        guard total > 0, count > 0 else { return nil }
        var left = total * (2 * rank + 1) / (2 * count)
        for span in spans {
            let length = span.upperBound - span.lowerBound
            if left < length { return span.lowerBound + left }
            left -= length
        }
        return spans.last.map { $0.upperBound - 1 }
    }
}
