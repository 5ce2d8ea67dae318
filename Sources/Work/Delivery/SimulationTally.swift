package import CivilTime
package import Ledger
package import Outreach
import Planning

/// What a simulation counts: by day and mailbox, by day and owner, and which cap kept more from happening.
package struct SimulationTally: Sendable {
    /// One mailbox's day on its own clock.
    package struct MailboxDay: Sendable, Hashable {
        package var sent = 0
        /// Of those, to people who had nothing from us before.
        package var toNewPeople = 0
        /// What kept the mailbox from sending more to those who waited; `nil` where nobody did.
        package var bound: Bound?
    }

    /// What kept a mailbox from sending more.
    package enum Bound: String, Sendable, Hashable, CaseIterable {
        case dailyCap = "daily_cap"
        case ramp
        case hourlyCap = "hourly_cap"
        case gap
        /// Places are kept for follow-ups of people who are on their way.
        case followUps = "follow_ups"
    }

    /// By day and mailbox.
    package private(set) var mailboxes: [LocalDate: [String: MailboxDay]] = [:]
    /// Tasks opened, by day and owner.
    package private(set) var tasks: [LocalDate: [String: Int]] = [:]
    /// How many ways ended, by the reason's first word or `finished`.
    package private(set) var ended: [String: Int] = [:]
    /// The last moment at which somebody new began, and at which somebody ended.
    package private(set) var lastBegin: Instant?
    package private(set) var lastEnd: Instant?
    /// Active at the end, those who wait for a place and those who are held among them.
    package private(set) var active = 0
    /// Who could begin, but found no place until the end.
    package private(set) var notBegun = 0
    package private(set) var held = 0

    private let model: Model
    private var hours: [String: [Instant]] = [:]
    private var fullHours: Set<String> = []
    private var day: LocalDate?

    package init(_ model: Model) { self.model = model }

    package var sent: Int { mailboxes.values.reduce(0) { $0 + $1.values.reduce(0) { $0 + $1.sent } } }
    package var tasksOpened: Int { tasks.values.reduce(0) { $0 + $1.values.reduce(0, +) } }

    /// Adds a turn.
    package mutating func add<S: Store>(_ turn: Forecast<S>.Turn, in store: S) throws(StoreError) {
        let today = model.settings.timezone.date(at: turn.at)
        if let day, day != today { try close(day, at: turn.at, in: store) }
        day = today
        for (draft, _) in turn.sent {
            var entry = mailboxes[today, default: [:]][draft.mailbox, default: MailboxDay()]
            entry.sent += 1
            if draft.history.messages.isEmpty {
                entry.toNewPeople += 1
                lastBegin = turn.at
            }
            mailboxes[today, default: [:]][draft.mailbox] = entry
            note(draft.mailbox, turn.at)
        }
        for task in turn.opened { tasks[today, default: [:]][task.owner, default: 0] += 1 }
        for decision in turn.decisions {
            guard case .end(_, let state, _) = decision else { continue }
            ended[state.rawValue, default: 0] += 1
            lastEnd = turn.at
        }
    }

    /// Counts what is left.
    package mutating func finish<S: Store>(at end: Instant, in store: S) throws(StoreError) {
        if let day { try close(day, at: end, in: store) }
        let counts = try store.counts()
        active = counts["active"] ?? 0
        held = counts["held"] ?? 0
        for sequence in model.sequences.keys {
            notBegun += try store.dueCount(Lane(sequence: sequence, mailbox: nil, queue: .fresh), at: end)
        }
    }

    private mutating func note(_ mailbox: String, _ at: Instant) {
        guard let cap = model.mailboxes[mailbox]?.hourlyCap else { return }
        var recent = (hours[mailbox] ?? []).filter { at - $0 < .hour }
        recent.append(at)
        hours[mailbox] = recent
        if recent.count >= cap { fullHours.insert(mailbox) }
    }

    /// At a day's end: who still waits, and for what.
    private mutating func close<S: Store>(_ day: LocalDate, at now: Instant, in store: S) throws(StoreError) {
        defer { fullHours = [] }
        for (name, mailbox) in model.mailboxes where mailboxes[day]?[name] != nil {
            let waiting = try waiting(for: name, at: now, in: store)
            guard waiting > 0 else { continue }
            let sent = mailboxes[day]?[name]?.sent ?? 0
            let bound = try bound(mailbox, sent: sent, on: day, in: store)
            mailboxes[day]?[name]?.bound = bound
        }
    }

    private func waiting<S: Store>(for mailbox: String, at now: Instant, in store: S) throws(StoreError) -> Int {
        var waiting = 0
        for sequence in model.sequences.values where sequence.mailboxes.contains(mailbox) {
            let followUps = Lane(sequence: sequence.name, mailbox: mailbox, queue: .followUp)
            let fresh = Lane(sequence: sequence.name, mailbox: nil, queue: .fresh)
            // New people who were asked sleep until a window opens, over a long weekend at most.
            waiting += try store.dueCount(followUps, at: now) + store.dueCount(fresh, at: now + 4 * .day)
        }
        return waiting
    }

    private func bound<S: Store>(
        _ mailbox: Mailbox, sent: Int, on day: LocalDate, in store: S
    ) throws(StoreError) -> Bound {
        if let ramp = mailbox.ramp {
            let ramped = ramp.start + ramp.add * (try store.sendingDays(of: mailbox.name, before: day))
            if ramped < mailbox.dailyCap ?? .max, sent >= ramped { return .ramp }
        }
        if let cap = mailbox.dailyCap, sent >= cap { return .dailyCap }
        if fullHours.contains(mailbox.name) { return .hourlyCap }
        if mailbox.dailyCap != nil || mailbox.ramp != nil { return .followUps }
        return mailbox.gap > 0 ? .gap : .followUps
    }
}
