package import CivilTime
import Digest
import Outreach

/// When steps of one sequence may happen for people of one zone in one mailbox, remembered for a tick.
final class StepClock {
    private let model: Model
    private var known: [Key: Windows] = [:]

    private struct Key: Hashable {
        var sequence: String
        var step: String
        var mailbox: String?
        var zone: String
    }

    init(_ model: Model) { self.model = model }

    /// The windows of a step: step, sequence, mailbox and workspace narrow each other.
    ///
    /// An email reads them on the sequence's clock and keeps the mailbox's freeze; a call needs the person's and the
    /// owner's clock; every other task is the owner's.
    func windows(_ sequence: Sequence, _ step: Step, mailbox: Mailbox?, personZone: Zone) -> Windows {
        let key = Key(sequence: sequence.name, step: step.id, mailbox: mailbox?.name, zone: personZone.name)
        if let windows = known[key] { return windows }
        let windows = made(sequence, step, mailbox, personZone)
        known[key] = windows
        return windows
    }

    private func made(_ sequence: Sequence, _ step: Step, _ mailbox: Mailbox?, _ personZone: Zone) -> Windows {
        let calendar = [mailbox?.calendar, sequence.calendar, step.calendar].compactMap { $0 }
            .reduce(model.settings.calendar) { $0.narrowed(by: $1) }
        let ownerZone = mailbox.flatMap { model.owners[$0.owner] }?.timezone ?? model.settings.timezone
        let clock =
            switch sequence.clock {
            case .prospect: personZone
            case .owner: ownerZone
            case .workspace: model.settings.timezone
            }
        switch step.kind {
        case .call:
            let both = personZone == ownerZone ? [personZone] : [personZone, ownerZone]
            return Windows(both.map { ZonedCalendar(calendar, in: $0) }, days: personZone)
        case .linkedin, .task: return Windows(calendar, in: ownerZone)
        case .email:
            guard let mailbox, !mailbox.freeze.isEmpty else { return Windows(calendar, in: clock) }
            let frozen = ZonedCalendar(BusinessCalendar(freezes: mailbox.freeze), in: mailbox.timezone)
            return Windows([ZonedCalendar(calendar, in: clock), frozen], days: clock)
        case .branch, .split, .pause: return Windows(calendar, in: clock)
        }
    }
}

extension Windows {
    /// Why they are never open, in words: one clock's hours, or two that never meet. `owner` is whose the second is.
    func conflict(owner: String?) -> String {
        let hours = calendars.map { "\($0.calendar.hours) \($0.zone.name)" }
        guard calendars.count == 2 else { return "no open day left in \(hours.joined(separator: ", "))" }
        // A mailbox's own calendar has nothing but the days on which it is frozen.
        if calendars[1].calendar.hours == .always {
            return "no open day left in \(hours[0]) outside the mailbox's freeze"
        }
        return "\(owner ?? "the owner")'s hours \(hours[1]) never meet theirs, \(hours[0])"
    }

    /// When a delay that began at `since` is over: the first open moment then.
    ///
    /// Days and business days are local dates of the counting clock, spread over the date's open time by `fraction`;
    /// hours are elapsed time. `nil` where nothing opens for two years.
    func end(of delay: Delay?, since: Instant, fraction: Double) -> Instant? {
        let day: LocalDate?
        switch delay {
        case nil: return nextOpen(atOrAfter: since)
        case .elapsed(let seconds): return nextOpen(atOrAfter: since + seconds)
        case .days(let count): day = businessDay(0, after: zone.date(at: since) + count)
        case .businessDays(let count): day = businessDay(count, after: zone.date(at: since))
        }
        guard let day, let moment = moment(on: day, fraction: fraction) else { return nil }
        return moment >= since ? moment : nextOpen(atOrAfter: since)
    }

    /// When a term that began at `since` is over, open or not: the same time of day on a later date, or elapsed time.
    package func deadline(_ term: Delay, since: Instant) -> Instant {
        let local = zone.local(at: since)
        switch term {
        case .elapsed(let seconds): return since + seconds
        case .days(let count): return zone.instant(of: LocalDateTime(local.date + count, local.time))
        case .businessDays(let count):
            let day = businessDay(count, after: local.date) ?? local.date + 2 * count
            return zone.instant(of: LocalDateTime(day, local.time))
        }
    }
}
