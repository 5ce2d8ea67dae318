import CivilTime
import Outreach

extension Course {
    /// The days (the mailbox's clock) on which the emails from `step` on are expected if `step` falls at `instant`.
    ///
    /// Tasks count as done when due, waits as waited out, and every fork's emails are counted: more than will come.
    func expectedDays(from step: Step, at instant: Instant) -> [LocalDate] {
        guard let mailbox, mailbox.dailyCap != nil || mailbox.ramp != nil,
            let first = sequence.index(of: step.id)
        else { return [] }
        var days: [LocalDate] = []
        var moment = instant
        for (index, step) in sequence.steps.enumerated().dropFirst(first) {
            let windows = windows(of: step)
            if index > first {
                if let wait = step.wait { moment = windows.deadline(wait.atMost, since: moment) }
                // A mail's next step comes with a later turn than the mail itself.
                let since = step.after == nil && sequence.steps[index - 1].isEmail ? moment + 1 : moment
                let end = circumstances.end(of: step.after, since: since, fraction: jitter(of: step), windows)
                guard let due = end else { break }
                moment = circumstances.turn(atOrAfter: due)
            }
            if case .email = step.kind { days.append(mailbox.timezone.date(at: moment)) }
        }
        return days
    }

    /// Notes the days of the person's remaining emails where they have changed.
    mutating func project(from step: Step, at instant: Instant) {
        guard isAdmitted else { return }
        projectRest(expectedDays(from: step, at: instant))
    }
}
