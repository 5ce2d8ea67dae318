import CivilTime
import Digest
import Outreach

extension Tick {
    /// Hands out the slots that the mailboxes have now, one each in turn, so that fresh people spread over them.
    ///
    /// `false` where no more decisions were wanted before the end.
    mutating func fillSlots(
        _ mailboxes: [Mailbox], _ made: ([Decision]) throws(View.Failure) -> Bool
    ) throws(View.Failure) -> Bool {
        for mailbox in mailboxes { ready[mailbox.name]?.sort { $0.cursor < $1.cursor } }
        var open = Set(mailboxes.map(\.name))
        while !open.isEmpty {
            for name in open.count == 1 ? Array(open) : byFreeRoom(open) {
                if try !fillSlot(of: name) { open.remove(name) }
                guard try give(made) else { return false }
            }
        }
        return true
    }

    /// The emptiest first, now and then today, so that who comes one a turn is spread, too; ties by hash, not by name.
    func byFreeRoom(_ names: Set<String>) -> [String] {
        names.map { name in
            let (free, left) = rooms[name].map { ($0.free, $0.leftToday) } ?? (0, 0)
            return (name: name, free: free, left: left, tie: StableChoice("mailbox", name).value)
        }
        .sorted { ($1.free, $1.left, $0.tie) < ($0.free, $0.left, $1.tie) }.map(\.name)
    }

    /// One slot: the class whose turn it is, else the other one. `false` when there is no slot or no taker.
    private mutating func fillSlot(of mailbox: String) throws(View.Failure) -> Bool {
        // No copy of the room is kept: a send adds to its fences, which would be copied with it.
        guard rooms[mailbox].map({ $0.free > 0 }) ?? false else { return false }
        let isForFresh = rooms[mailbox].map(\.isNextSlotFresh) ?? false
        let isLate = try oldestFollowUp(of: mailbox).map { $0 < now - .day } ?? false
        if isForFresh, !isLate {
            if try sendFresh(from: mailbox) { return true }
            return try sendFollowUp(from: mailbox)
        }
        if try sendFollowUp(from: mailbox) { return true }
        return try sendFresh(from: mailbox)
    }

    private mutating func oldestFollowUp(of mailbox: String) throws(View.Failure) -> Instant? {
        var oldest = ready[mailbox]?.first?.cursor.wakeAt
        for index in (followUps[mailbox] ?? []).indices {
            if let wakeAt = try followUps[mailbox]?[index].peek()?.wakeAt { oldest = min(oldest ?? wakeAt, wakeAt) }
        }
        return oldest
    }

    // MARK: follow-ups

    private mutating func sendFollowUp(from mailbox: String) throws(View.Failure) -> Bool {
        guard circumstances.unread[mailbox] == nil else { return false }
        while let (course, draft) = try nextFollowUp(of: mailbox) {
            if try send(course, draft) { return true }
        }
        return false
    }

    /// The next email of the mailbox's streams, merged by the order of their dues.
    private mutating func nextFollowUp(of mailbox: String) throws(View.Failure) -> (Course, Draft)? {
        while true {
            var best: (cursor: Cursor, lane: Int?)?
            if let first = ready[mailbox]?.first { best = (first.cursor, nil) }
            for index in (followUps[mailbox] ?? []).indices {
                guard let head = try followUps[mailbox]?[index].peek() else { continue }
                if best.map({ Cursor(head) < $0.cursor }) ?? true { best = (Cursor(head), index) }
            }
            guard let best else { return nil }
            guard let lane = best.lane else {
                let item = ready[mailbox]?.removeFirst()
                return item.map { ($0.course, $0.draft) }
            }
            guard let enrollment = try followUps[mailbox]?[lane].next(),
                let sequence = model.sequences[enrollment.sequence]
            else { continue }
            var course = try course(enrollment, sequence)
            if let draft = try settle(&course) { return (course, draft) }
            decisions += course.decisions
        }
    }

    // MARK: fresh people

    private mutating func sendFresh(from mailbox: String) throws(View.Failure) -> Bool {
        while let index = try nextFresh(for: mailbox), let enrollment = try fresh[index].peek(for: mailbox) {
            let sequence = fresh[index].sequence
            var course = try course(enrollment, sequence, trying: mailbox)
            switch try enter(&course, enrollment, sequence, through: mailbox) {
            case .later:
                closed.insert(ClosedLane(sequence: sequence.name, mailbox: mailbox))
            case .elsewhere:
                if try !fresh[index].leave(enrollment, to: mailbox) {
                    closed.insert(ClosedLane(sequence: sequence.name, mailbox: mailbox))
                }
            case .settled:
                try fresh[index].take(enrollment)
                if course.wakeAt != nil { fresh[index].notePostponed() }
                decisions += course.decisions
            case .email(let draft):
                try fresh[index].take(enrollment)
                if try send(course, draft) { return true }
            }
        }
        return false
    }

    /// What came of a fresh person whom a mailbox has tried.
    private enum Entry {
        /// They wait, unchanged: the mailbox can't take anybody of this lane in this tick.
        case later
        /// They can't go through this mailbox now, but through another one.
        case elsewhere
        /// Their decisions say everything.
        case settled
        /// They may have a slot.
        case email(Draft)
    }

    /// Walks a fresh person up to the first touch; whoever gets a task is bound to the mailbox there and then.
    private mutating func enter(
        _ course: inout Course, _ enrollment: Enrollment, _ sequence: Sequence, through mailbox: String
    ) throws(View.Failure) -> Entry {
        while true {
            switch course.walk() {
            case .decided: return try postpone(&course, enrollment, sequence, by: mailbox) ? .elsewhere : .settled
            case .email(let draft):
                if course.isAdmitted { return .email(draft) }
                return try admits(course, draft.step, to: mailbox, sequence) ? .email(draft) : .later
            case .task(let task, let step):
                if !course.isAdmitted {
                    guard try hasRoom(for: task), try admits(course, step, to: mailbox, sequence) else {
                        return .later
                    }
                    admit(&course, to: mailbox, expecting: course.expectedDays(from: step, at: now))
                }
                guard try makeRoom(for: task, &course) else { return .settled }
                course.open(task, step)
                if step.waits(for: task) { return .settled }
            }
        }
    }

    /// A fresh person sleeps until the first of the sequence's mailboxes may act; `true` where another may do so now.
    ///
    /// The others are asked from where this walk has come to: what it has recorded stands. Held is who is held
    /// everywhere.
    private mutating func postpone(
        _ course: inout Course, _ enrollment: Enrollment, _ sequence: Sequence, by mailbox: String
    ) throws(View.Failure) -> Bool {
        guard !course.isAdmitted, case .wake(_, let own, _, let hold)? = course.decisions.last else { return false }
        var wakeAt = hold == nil ? own : .distantFuture
        for other in sequence.mailboxes where other != mailbox && model.mailboxes[other] != nil {
            var rival = course.again(trying: other)
            if case .decided = rival.walk(), case .wake(_, let instant, _, let hold)? = rival.decisions.last {
                wakeAt = min(wakeAt, hold == nil ? instant : .distantFuture)
            } else if course.hasRecorded {
                wakeAt = now
            } else {
                return true
            }
        }
        if hold == nil || wakeAt < .distantFuture { course.wake(at: wakeAt) }
        return false
    }

    /// The fresh lane whose head has waited longest, among those that this mailbox may take from.
    private mutating func nextFresh(for mailbox: String) throws(View.Failure) -> Int? {
        var best: (cursor: Cursor, index: Int)?
        for index in fresh.indices where fresh[index].isWorthReading && isOpen(fresh[index].sequence, for: mailbox) {
            guard fresh[index].sequence.startsWithEmail, let head = try fresh[index].peek(for: mailbox) else {
                continue
            }
            if best.map({ Cursor(head) < $0.cursor }) ?? true { best = (Cursor(head), index) }
        }
        return best?.index
    }

    /// Whether a mailbox may take fresh people of a sequence in this tick.
    func isOpen(_ sequence: Sequence, for mailbox: String) -> Bool {
        sequence.mailboxes.contains(mailbox)
            && !closed.contains(ClosedLane(sequence: sequence.name, mailbox: mailbox))
    }

    private mutating func hasRoom(for task: OutreachTask) throws(View.Failure) -> Bool {
        guard let owner = model.owners[task.owner] else { return true }
        return try room(of: owner).fits(task.kind)
    }

    /// Binds them to the mailbox, and counts their mails among those it expects.
    mutating func admit(_ course: inout Course, to mailbox: String, expecting days: [LocalDate]) {
        course.admit(to: mailbox, expecting: days)
        rooms[mailbox]?.admit(expecting: days)
    }

    // MARK: the send itself

    /// Sends the draft if nothing holds it now; what holds it is decided. `true` when a slot was taken.
    private mutating func send(_ course: Course, _ draft: Draft) throws(View.Failure) -> Bool {
        var (course, draft) = (course, draft)
        while true {
            if try isHeld(&course, draft) { break }
            switch circumstances.ready(draft) {
            case .hold(let hold): _ = course.hold(hold.reason, hold.detail)
            case .skip(let reason):
                course.skip(draft.step, reason, at: draft.dueAt)
                if !course.isAdmitted {
                    admit(&course, to: draft.mailbox, expecting: course.expectedDays(from: draft.step, at: now))
                }
                guard let next = try settle(&course) else { break }
                draft = next
                continue
            case .ready(let text):
                if draft.step.review, course.approvedText(of: draft.step) != text {
                    _ = course.hold(.textChanged, "the text is not the one that was approved")
                    break
                }
                take(&course, draft)
                return true
            }
            break
        }
        decisions += course.decisions
        return false
    }

    private mutating func take(_ course: inout Course, _ draft: Draft) {
        let rest = Array(course.expectedDays(from: draft.step, at: now).dropFirst())
        if course.isAdmitted {
            course.projectRest(rest)
        } else {
            admit(&course, to: draft.mailbox, expecting: rest)
        }
        decisions += course.decisions
        decisions.append(.send(draft))
        rooms[draft.mailbox]?.take()
        touched.insert(draft.enrollment.person)
        if let company = draft.history.person.companyID {
            // Where no cap asked, nobody will: the counts are read before the first send that a cap lets through.
            companySends[draft.mailbox]?[company, default: 0] += 1
        }
    }

    /// Reasons that only show when a slot is there: a second touch in this tick, the company's cap, lateness.
    private mutating func isHeld(_ course: inout Course, _ draft: Draft) throws(View.Failure) -> Bool {
        // Without a gap two sequences may write to one person in one turn; to wait could cost the second its day.
        if model.settings.personGap > 0, touched.contains(draft.enrollment.person) {
            let free = now + model.settings.personGap
            _ = course.sleep(
                until: course.windows(of: draft.step).nextOpen(atOrAfter: free) ?? free, before: draft.step)
            return true
        }
        if try isCompanyFull(draft) {
            let zone = rooms[draft.mailbox]?.mailbox.timezone ?? model.settings.timezone
            _ = course.sleep(until: zone.nextMidnight(after: now), before: draft.step)
            return true
        }
        let late = lateness(since: draft.deferred?.retryAt ?? draft.dueAt)
        // Whoever was not admitted yet waits for a place; that is not lateness.
        if late > model.settings.maxLateness, course.isAdmitted, !course.isReleased {
            _ = course.hold(.late, "nothing ran for \(late / .hour) h after it was due")
            return true
        }
        return false
    }

    /// Seconds of the longest stretch since an instant in which nothing ran; waiting for a cap, a window or an inbox is
    /// not lateness.
    private func lateness(since due: Instant) -> Int {
        outages.map { outage in
            let common = outage.clamped(to: min(due, now)..<max(now, due))
            return common.upperBound - common.lowerBound
        }.max() ?? 0
    }

    private mutating func isCompanyFull(_ draft: Draft) throws(View.Failure) -> Bool {
        guard let mailbox = rooms[draft.mailbox]?.mailbox, let cap = mailbox.companyCap,
            let company = draft.history.person.companyID
        else { return false }
        if companySends[mailbox.name] == nil {
            let midnight = mailbox.timezone.start(of: mailbox.timezone.date(at: now))
            companySends[mailbox.name] = try view.companyFences(of: mailbox.name, since: midnight)
        }
        return companySends[mailbox.name]?[company] ?? 0 >= cap
    }
}

extension Sequence {
    /// Whether a new person's first touch takes a slot of a mailbox.
    var startsWithEmail: Bool { steps.first?.isEmail ?? false }
}

extension Step {
    /// Whether Stoke sends it.
    package var isEmail: Bool { if case .email = kind { true } else { false } }
}
