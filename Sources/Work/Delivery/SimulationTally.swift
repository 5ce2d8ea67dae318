package import CivilTime
package import Ledger
package import Outreach
package import Planning

/// What a simulation counts: by day and mailbox, by day and owner, and which cap kept more from happening.
package struct SimulationTally: Sendable {
    /// One mailbox's day.
    package struct MailboxDay: Sendable, Hashable {
        /// Mails that left.
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

    /// By day and mailbox; the days are those of the workspace's clock.
    package private(set) var mailboxes: [LocalDate: [String: MailboxDay]] = [:]
    /// Tasks opened, by day and owner.
    package private(set) var tasks: [LocalDate: [String: Int]] = [:]
    /// Which limit kept tasks off an owner's list, by day and owner; nothing where nobody waited for it.
    package private(set) var fullLists: [LocalDate: [String: Constraint.Kind]] = [:]
    /// How many ways ended, by the reason's first word or `finished`.
    package private(set) var ended: [String: Int] = [:]
    /// The last moment at which somebody new began, and at which somebody ended.
    package private(set) var lastBegin: Instant?
    /// The last moment at which somebody's way ended.
    package private(set) var lastEnd: Instant?
    /// Active at the end, those who wait for a place and those who are held among them.
    package private(set) var active = 0
    /// Who could begin, but found no place until the end.
    package private(set) var notBegun = 0
    /// Active at the end, and kept by a reason that somebody has to deal with.
    package private(set) var held = 0

    private let model: Model
    private var hours: [String: [Instant]] = [:]
    private var fullHours: Set<String> = []
    private var day: LocalDate?

    package init(_ model: Model) { self.model = model }

    /// Mails that left on all days.
    package var sent: Int { mailboxes.values.reduce(0) { $0 + $1.values.reduce(0) { $0 + $1.sent } } }
    /// Tasks that were opened on all days.
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
        let midnights = Dictionary(grouping: model.owners.values.filter(\.hasLimits)) {
            $0.timezone.start(of: $0.timezone.date(at: turn.at) + 1)
        }
        for decision in turn.decisions {
            switch decision {
            case .end(_, let state, _):
                ended[state.rawValue, default: 0] += 1
                lastEnd = turn.at
            case .wake(let id, let wakeAt, let queue, nil) where queue != .followUp:
                for owner in midnights[wakeAt] ?? [] where fullLists[today]?[owner.key] == nil {
                    fullLists[today, default: [:]][owner.key] = try fullList(of: owner, for: id, at: turn.at, in: store)
                }
            default: break
            }
        }
        try noteTaskStarts(at: turn.at, on: today, in: store)
    }

    /// Whoever a full list keeps waiting sleeps until the owner's next midnight: which limit that is, if it is one.
    private func fullList<S: Store>(
        of owner: Owner, for id: Enrollment.ID, at now: Instant, in store: S
    ) throws(StoreError) -> Constraint.Kind? {
        guard let enrollment = try store.enrollment(id), let mailbox = enrollment.mailbox,
            model.mailboxes[mailbox]?.owner == owner.key, let sequence = model.sequences[enrollment.sequence]
        else { return nil }
        let results = try store.history(of: enrollment.person).results.filter { $0.enrollment == id }
        let order = try store.stepOrder(ofVersion: enrollment.version) ?? []
        let index = Position(in: sequence, results: results, storedOrder: order).index
        guard sequence.steps.indices.contains(index), sequence.steps[index].isManual else { return nil }
        return try OwnerRoom(of: owner, at: now, in: store).fullLimit(for: OutreachTask.Kind(sequence.steps[index]))
    }

    /// New people whose first step is a task wait unread while its owner's list is full.
    private mutating func noteTaskStarts<S: Store>(
        at now: Instant, on today: LocalDate, in store: S
    ) throws(StoreError) {
        for sequence in model.sequences.values {
            guard let first = sequence.steps.first, first.isManual else { continue }
            for name in sequence.mailboxes {
                guard let owner = model.mailboxes[name].flatMap({ model.owners[$0.owner] }),
                    fullLists[today]?[owner.key] == nil,
                    let limit = try OwnerRoom(of: owner, at: now, in: store)
                        .fullLimit(for: OutreachTask.Kind(first)),
                    try store.dueCount(Lane(sequence: sequence.name, mailbox: nil, queue: .fresh), at: now) > 0
                else { continue }
                fullLists[today, default: [:]][owner.key] = limit
            }
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
