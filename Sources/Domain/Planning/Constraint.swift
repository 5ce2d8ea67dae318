package import CivilTime
package import Outreach

/// One rule that a person's next step has to wait for, and how long.
package struct Constraint: Sendable, Hashable {
    /// Which rule it is.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The delay since the step before.
        case delay
        /// Days and hours of step, sequence, mailbox and workspace.
        case window
        case wait
        case personGap = "person_gap"
        /// A task that somebody has to do first.
        case task
        /// A server asked for another try later.
        case retry
        case hold, pause, inbox
        case dailyCap = "daily_cap"
        case rollingCap = "rolling_cap"
        case hourlyCap = "hourly_cap"
        case gap
        case companyCap = "company_cap"
        /// Room for all mails of a new person, besides those of the people on their way.
        case admission
        case tasksPerDay = "tasks"
        case invites, notes
    }

    /// Which rule it is.
    package var kind: Kind
    /// Before this it keeps the step; `distantFuture`: until somebody does something.
    package var earliest: Instant
    /// For people: which mailbox, which reason.
    package var detail: String

    package init(_ kind: Kind, until earliest: Instant, _ detail: String = "") {
        self.kind = kind
        self.earliest = earliest
        self.detail = detail
    }
}

/// What a person's next step waits for: the rules of a tick, asked for one enrollment.
package struct NextStep: Sendable {
    /// The step they stand before; `nil` at the end.
    package var step: Step?
    /// The mailbox whose caps count; for a new person the one that would take them.
    package var mailbox: String?
    /// The binding one first; those that keep nothing any more are there, too.
    package var constraints: [Constraint]

    /// When the step may act at the earliest.
    package var earliest: Instant? { constraints.first?.earliest }
}

/// Asks the rules of a tick what one enrollment waits for.
///
/// - Throws: what the view throws.
package func nextStep<View: PlanningView>(
    of enrollment: Enrollment, in sequence: Sequence, _ view: View, _ circumstances: Circumstances
) throws(View.Failure) -> NextStep {
    var tick = Tick(view, circumstances)
    return try tick.nextStep(of: enrollment, in: sequence)
}

extension Tick {
    fileprivate mutating func nextStep(
        of enrollment: Enrollment, in sequence: Sequence
    ) throws(View.Failure) -> NextStep {
        for mailbox in model.mailboxes.values.sorted(by: { $0.name < $1.name }) { try open(mailbox) }
        let ways = Set(enrollment.mailbox.map { [$0] } ?? sequence.mailboxes).intersection(rooms.keys)
        let mailbox: String?
        if let bound = enrollment.mailbox {
            mailbox = bound
        } else {
            mailbox = try likely(of: ways, enrollment, sequence)
        }
        var course = try course(enrollment, sequence, trying: mailbox)
        let stop = course.walk()
        let step = course.stepAhead
        var constraints = try pauses(sequence, mailbox)
        if let hold = enrollment.hold ?? course.heldFor {
            constraints.append(Constraint(.hold, until: .distantFuture, hold.detail))
        } else if let name = enrollment.mailbox, rooms[name] == nil {
            constraints.append(
                Constraint(.hold, until: .distantFuture, "mailbox \(name) is not in the applied files"))
        }
        if let step {
            constraints += course.constraints(of: step)
            if step.isEmail, let mailbox { constraints += try caps(of: mailbox, course, step) }
            if step.isManual, case .task(let task, _) = stop { constraints += try quotas(of: task) }
            if enrollment.mailbox == nil, let mailbox, try !admits(course, step, to: mailbox, sequence) {
                constraints.append(
                    Constraint(.admission, until: nextMidnight(of: mailbox), "follow-ups fill the days of \(mailbox)"))
            }
        }
        constraints.sort { ($1.earliest, $0.kind.rawValue) < ($0.earliest, $1.kind.rawValue) }
        return NextStep(step: step, mailbox: mailbox, constraints: constraints)
    }

    /// The mailbox that would take a fresh person.
    private mutating func likely(
        of ways: Set<String>, _ enrollment: Enrollment, _ sequence: Sequence
    ) throws(View.Failure) -> String? {
        guard !sequence.startsWithEmail, let first = sequence.steps.first,
            let found = try roomiest(of: ways.sorted(), for: enrollment, sequence, first)
        else { return byFreeRoom(ways).first }
        return found.mailbox
    }

    private func nextMidnight(of mailbox: String) -> Instant {
        (rooms[mailbox]?.mailbox.timezone ?? model.settings.timezone).nextMidnight(after: now)
    }

    private func pauses(_ sequence: Sequence, _ mailbox: String?) throws(View.Failure) -> [Constraint] {
        try view.pauses(at: now).compactMap { pause in
            switch pause.subject {
            case .mailbox(let name) where name != mailbox: return nil
            case .sequence(let name) where name != sequence.name: return nil
            case .mailbox(let name), .sequence(let name):
                return Constraint(.pause, until: pause.until ?? .distantFuture, "\(name): \(pause.reason)")
            }
        }
    }

    /// Every cap of the mailbox, whether it is full or not.
    private func caps(of name: String, _ course: Course, _ step: Step) throws(View.Failure) -> [Constraint] {
        guard let room = rooms[name] else { return [] }
        var constraints = room.constraints
        if let reason = circumstances.unread[name], course.isAdmitted {
            constraints.append(Constraint(.inbox, until: .distantFuture, reason))
        }
        if let cap = room.mailbox.companyCap, let company = course.history.person.companyID {
            let midnight = room.mailbox.timezone.start(of: room.today)
            let count = try view.companyFences(of: name, since: midnight)[company] ?? 0
            constraints.append(
                Constraint(
                    .companyCap, until: count >= cap ? nextMidnight(of: name) : now, "\(count) of \(cap) today"))
        }
        return constraints
    }

    private mutating func quotas(of task: OutreachTask) throws(View.Failure) -> [Constraint] {
        guard let owner = model.owners[task.owner] else { return [] }
        var constraints: [Constraint] = []
        for (kind, limit, used) in try room(of: owner).limits(for: task.kind) {
            let until = used < limit ? now : try midnight(of: owner, when: kind, isBelow: limit)
            constraints.append(Constraint(kind, until: until, "\(owner.key): \(used) of \(limit)"))
        }
        return constraints
    }

    /// The first midnight of the owner at which a full limit has room again: it is asked for once a day.
    private func midnight(
        of owner: Owner, when kind: Constraint.Kind, isBelow limit: Int
    ) throws(View.Failure) -> Instant {
        guard let span = OwnerRoom.span(of: kind), limit > 0 else { return owner.timezone.nextMidnight(after: now) }
        let kinds: [OutreachTask.Kind] = kind == .notes ? [.connectNote] : OwnerRoom.invitations
        // The latest moment since which as many were opened as the limit allows.
        var (full, free) = (now.seconds - span, now.seconds + 1)
        while free - full > 1 {
            let middle = (full + free) / 2
            let count = try view.tasksOpened(for: owner.key, kinds: kinds, since: Instant(middle))
            if count >= limit { full = middle } else { free = middle }
        }
        let midnight = owner.timezone.start(of: owner.timezone.date(at: Instant(free + span)))
        return midnight >= Instant(free + span) ? midnight : owner.timezone.nextMidnight(after: midnight)
    }
}

extension MailboxRoom {
    /// When each of the mailbox's caps has room again.
    fileprivate var constraints: [Constraint] {
        var constraints: [Constraint] = []
        if let cap {
            let midnight = mailbox.timezone.nextMidnight(after: now)
            constraints.append(
                Constraint(.dailyCap, until: sentToday >= cap ? midnight : now, "\(sentToday) of \(cap) today"))
            constraints.append(rolling(.rollingCap, cap, .day, "24 hours"))
        }
        if let hourly = mailbox.hourlyCap { constraints.append(rolling(.hourlyCap, hourly, .hour, "60 minutes")) }
        if mailbox.gap > 0, let last = fences.last {
            constraints.append(Constraint(.gap, until: max(last + mailbox.gap, now), mailbox.name))
        }
        return constraints
    }

    private func rolling(_ kind: Constraint.Kind, _ cap: Int, _ span: Int, _ words: String) -> Constraint {
        let recent = fences.filter { $0 > now - span }
        let isFull = recent.count >= cap && cap > 0
        return Constraint(
            kind, until: isFull ? recent[recent.count - cap] + span : now, "\(recent.count) of \(cap) in \(words)")
    }
}

extension Course {
    /// The step that the walk has come to.
    fileprivate var stepAhead: Step? {
        let results = history.results.filter { $0.enrollment == enrollment.id }
        let index = Position(in: sequence, results: results, storedOrder: storedOrder).index
        return sequence.steps.indices.contains(index) ? sequence.steps[index] : nil
    }

    /// That step with the moment at which it is due.
    var dueAhead: (step: Step, due: Instant)? {
        guard let step = stepAhead else { return nil }
        let results = history.results.filter { $0.enrollment == enrollment.id }
        let position = Position(in: sequence, results: results, storedOrder: storedOrder)
        return due(step, position, position.last?.at ?? enrollment.enrolledAt, windows(of: step)).map { (step, $0) }
    }

    var heldFor: Hold? {
        if case .wake(_, _, _, let hold)? = decisions.last { hold } else { nil }
    }

    /// What stands between the person and the step, caps left out.
    fileprivate func constraints(of step: Step) -> [Constraint] {
        let results = history.results.filter { $0.enrollment == enrollment.id }
        let position = Position(in: sequence, results: results, storedOrder: storedOrder)
        let since = position.last?.at ?? enrollment.enrolledAt
        let windows = windows(of: step)
        let ready = due(step, position, since, windows)
        var constraints: [Constraint] = []
        switch step.after {
        case nil: break
        case .elapsed(let seconds)? where position.attempt == 1:
            constraints.append(Constraint(.delay, until: since + seconds, "\(Delay.elapsed(seconds: seconds))"))
        case let after?: constraints.append(Constraint(.delay, until: ready ?? .distantFuture, "\(after)"))
        }
        let open = windows.nextOpen(atOrAfter: max(now, ready ?? now))
        constraints.append(Constraint(.window, until: open ?? .distantFuture, windows.zone.name))
        if let wait = step.wait, !judge(wait.condition) {
            constraints.append(Constraint(.wait, until: windows.deadline(wait.atMost, since: since), step.id))
        }
        if step.isEmail, let gap = gapEnd {
            let term = Delay.elapsed(seconds: circumstances.model.settings.personGap)
            constraints.append(Constraint(.personGap, until: gap, "\(term) after the last mail"))
        }
        if let task = task(of: step, attempt: position.attempt), task.state == .open, step.waits(for: task) {
            constraints.append(
                Constraint(.task, until: task.expiresAt ?? .distantFuture, "\(task.owner): \(task.kind)"))
        }
        if let message = message(of: step), message.state == .deferred, let retry = message.retryAt {
            constraints.append(Constraint(.retry, until: retry, message.reply ?? ""))
        }
        return constraints
    }
}
