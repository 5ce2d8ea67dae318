import CivilTime
import Digest
import Outreach

/// What is to be done now: the one decision code of `plan`, `run`, `simulate` and `explain`.
///
/// Reads cost what is due, not what is stored: the open queues are drained, an email stream is read as far as its
/// mailbox has slots. Decisions come in the order in which they are to be performed.
///
/// - Throws: what the view throws.
package func tick<View: PlanningView>(
    _ view: View, _ circumstances: Circumstances
) throws(View.Failure) -> [Decision] {
    var decisions: [Decision] = []
    try tick(view, circumstances) { (made) throws(View.Failure) in
        decisions += made
        return true
    }
    return decisions
}

/// The same decisions in the same order, some at a time, each as soon as it is made: so the first mails are on their way
/// while the last are still being decided on.
///
/// - Parameter made: takes them; `false` once no more are wanted: who was not decided on stays due.
/// - Throws: what the view throws, and what `made` throws.
package func tick<View: PlanningView>(
    _ view: View, _ circumstances: Circumstances, _ made: ([Decision]) throws(View.Failure) -> Bool
) throws(View.Failure) {
    var tick = Tick(view, circumstances)
    try tick.decide(made)
}

/// The state of one tick.
struct Tick<View: PlanningView> {
    let view: View
    let circumstances: Circumstances
    let clock: StepClock
    /// Those that nobody was given yet.
    var decisions: [Decision] = []
    /// What was decided so far that another way of the same person may depend on.
    var others = OtherWays()
    var rooms: [String: MailboxRoom] = [:]
    var owners: [String: OwnerRoom] = [:]
    /// Emails from the open queues that wait for a slot, by mailbox.
    var ready: [String: ArraySlice<Ready>] = [:]
    var followUps: [String: [LaneReader<View>]] = [:]
    var fresh: [FreshLane<View>] = []
    /// Sequences whose fresh people a mailbox can't take in this tick.
    var closed: Set<ClosedLane> = []
    var touched: Set<Person.ID> = []
    /// Sends of today to each company, by mailbox; only of mailboxes with a cap on them.
    var companySends: [String: [Int: Int]] = [:]
    var outages: [Range<Instant>] = []
    private var orders: [String: [String]] = [:]

    struct ClosedLane: Hashable {
        var sequence: String
        var mailbox: String
    }

    /// A walked course whose email only needs a slot.
    struct Ready {
        var course: Course
        var draft: Draft
        var cursor: Cursor
    }

    init(_ view: View, _ circumstances: Circumstances) {
        self.view = view
        self.circumstances = circumstances
        clock = StepClock(circumstances.model)
    }

    var now: Instant { circumstances.now }
    var model: Model { circumstances.model }

    mutating func decide(_ made: ([Decision]) throws(View.Failure) -> Bool) throws(View.Failure) {
        let pauses = try view.pauses(at: now)
        let sequences = model.sequences.values.sorted { $0.name < $1.name }
            .filter { sequence in !pauses.contains { $0.subject == .sequence(sequence.name) } }
        let mailboxes = model.mailboxes.values.sorted { $0.name < $1.name }
            .filter { mailbox in !pauses.contains { $0.subject == .mailbox(mailbox.name) } }
        outages = try view.outages(since: now - 90 * .day)
        for mailbox in mailboxes { try open(mailbox) }
        for sequence in sequences {
            for mailbox in mailboxes { try drain(sequence, mailbox) }
        }
        for mailbox in mailboxes where circumstances.unread[mailbox.name] == nil {
            followUps[mailbox.name] = sequences.map {
                LaneReader(
                    view, Lane(sequence: $0.name, mailbox: mailbox.name, queue: .followUp), at: now, page: page(mailbox)
                )
            }
        }
        for sequence in sequences {
            let lane = Lane(sequence: sequence.name, mailbox: nil, queue: .fresh)
            fresh.append(FreshLane(sequence, LaneReader(view, lane, at: now, page: 64)))
        }
        try admitToTasks(mailboxes)
        if try give(made), try fillSlots(mailboxes, made) { shelve() }
        _ = try give(made)
        decisions = others.wakes(at: now)
        _ = try give(made)
    }

    /// Gives away what was decided since the last time; `false` once no more is wanted.
    mutating func give(_ made: ([Decision]) throws(View.Failure) -> Bool) throws(View.Failure) -> Bool {
        guard !decisions.isEmpty else { return true }
        others.note(decisions, at: now)
        defer { decisions.removeAll(keepingCapacity: true) }
        return try made(decisions)
    }

    /// One page holds what the mailbox can send and one more.
    private func page(_ mailbox: Mailbox) -> Int { min(rooms[mailbox.name]?.free ?? 0, 255) + 1 }

    mutating func open(_ mailbox: Mailbox) throws(View.Failure) {
        let midnight = mailbox.timezone.start(of: mailbox.timezone.date(at: now))
        rooms[mailbox.name] = MailboxRoom(
            mailbox, now: now, fences: try view.fences(of: mailbox.name, since: min(midnight, now - .day)),
            sendingDays: mailbox.ramp == nil
                ? 0 : try view.sendingDays(of: mailbox.name, before: mailbox.timezone.date(at: now)),
            share: model.settings.newShare)
    }

    /// A course for an enrollment, with the order of steps by which its position can be told.
    mutating func course(
        _ enrollment: Enrollment, _ sequence: Sequence, trying mailbox: String? = nil
    ) throws(View.Failure) -> Course {
        var order: [String] = []
        if enrollment.version != sequence.version {
            if orders[enrollment.version] == nil {
                orders[enrollment.version] = try view.stepOrder(ofVersion: enrollment.version) ?? []
            }
            order = orders[enrollment.version] ?? order
        }
        return Course(
            circumstances, clock: clock, sequence: sequence, storedOrder: order,
            history: try view.history(of: enrollment.person), enrollment: enrollment, trying: mailbox)
    }

    /// Walks everybody of a lane whose next act is no email; emails that turn out to be due wait for the slots.
    private mutating func drain(_ sequence: Sequence, _ mailbox: Mailbox) throws(View.Failure) {
        var reader = LaneReader(
            view, Lane(sequence: sequence.name, mailbox: mailbox.name, queue: .open), at: now, page: 256)
        while let enrollment = try reader.next() {
            var course = try course(enrollment, sequence)
            if let draft = try settle(&course) {
                ready[mailbox.name, default: []].append(
                    Ready(course: course, draft: draft, cursor: Cursor(enrollment)))
            } else {
                decisions += course.decisions
            }
        }
    }

    /// Walks a course up to an email or to its end for this tick; a task is opened where its owner has room.
    mutating func settle(_ course: inout Course) throws(View.Failure) -> Draft? {
        while true {
            switch course.walk() {
            case .decided: return nil
            case .email(let draft): return draft
            case .task(let task, let step):
                guard try makeRoom(for: task, &course) else { return nil }
                course.open(task, step)
                if step.waits(for: task) { return nil }
            }
        }
    }

    /// Whether the owner's list has room; if not, the enrollment is asked again when the owner's next day begins.
    mutating func makeRoom(for task: OutreachTask, _ course: inout Course) throws(View.Failure) -> Bool {
        guard let owner = model.owners[task.owner] else {
            _ = course.hold(.noMailbox, "nobody is called \(task.owner)")
            return false
        }
        guard try room(of: owner).fits(task.kind) else {
            _ = course.sleep(until: owner.timezone.nextMidnight(after: now), before: nil)
            return false
        }
        owners[task.owner]?.take(task.kind)
        return true
    }

    mutating func room(of owner: Owner) throws(View.Failure) -> OwnerRoom {
        if let room = owners[owner.key] { return room }
        let room = try OwnerRoom(of: owner, at: now, in: view)
        owners[owner.key] = room
        return room
    }

    /// Emails that found no slot wait in their mailbox's stream.
    private mutating func shelve() {
        for (_, waiting) in ready.sorted(by: { $0.key < $1.key }) {
            for var item in waiting {
                item.course.project(from: item.draft.step, at: now)
                decisions += item.course.decisions
                decisions.append(.wake(item.draft.enrollment.id, at: item.draft.dueAt, queue: .followUp, hold: nil))
            }
        }
    }
}
