import CivilTime
import Digest
import Outreach

/// Which mailbox takes a fresh person, and whether it may.
extension Tick {
    /// Whether all the person's emails still fit the mailbox's days.
    mutating func admits(
        _ course: Course, _ step: Step, to mailbox: String, _ sequence: Sequence
    ) throws(View.Failure) -> Bool {
        try spare(course, step, in: mailbox) >= 0
    }

    /// How many more people with such emails the mailbox's days would take; below zero where this one does not fit.
    private mutating func spare(
        _ course: Course, _ step: Step, in mailbox: String
    ) throws(View.Failure) -> Int {
        guard let room = rooms[mailbox], room.mailbox.dailyCap != nil || room.mailbox.ramp != nil else { return .max }
        try project(mailbox)
        let days = course.expectedDays(from: step, at: now)
        guard let room = rooms[mailbox], !step.isEmail || room.hasSlotToSpare else { return -1 }
        return room.spare(Array(days.dropFirst(step.isEmail ? 1 : 0)), besides: step.isEmail ? 1 : 0)
    }

    /// Reads what is expected of a mailbox on coming days, once a tick.
    private mutating func project(_ mailbox: String) throws(View.Failure) {
        guard var room = rooms[mailbox], room.projected.isEmpty else { return }
        room.projected = try view.projected(for: mailbox, from: room.today, through: room.today + 400)
        // An empty answer is marked, so that it is asked once a tick.
        room.projected[room.today - 1] = 0
        rooms[mailbox] = room
    }

    /// People whose first step is no email need no slot: they enter while their owner and their later emails fit.
    mutating func admitToTasks(_ mailboxes: [Mailbox]) throws(View.Failure) {
        for index in fresh.indices where !fresh[index].sequence.startsWithEmail {
            let sequence = fresh[index].sequence
            guard let first = sequence.steps.first else { continue }
            while let enrollment = try fresh[index].peek(for: nil) {
                let open = mailboxes.map(\.name).filter { isOpen(sequence, for: $0) }
                guard let found = try roomiest(of: open, for: enrollment, sequence, first) else { break }
                var (mailbox, course) = found
                try fresh[index].take(enrollment)
                admit(&course, to: mailbox, expecting: course.expectedDays(from: first, at: now))
                if let draft = try settle(&course) {
                    ready[mailbox, default: []].append(
                        Ready(course: course, draft: draft, cursor: Cursor(enrollment)))
                } else {
                    decisions += course.decisions
                }
            }
        }
    }

    /// The mailbox that could take most more people like this one, and their way through it; among equals the one that has
    /// least before it, then by hash of the person. Those that can't take this one are closed for this tick.
    mutating func roomiest(
        of mailboxes: [String], for enrollment: Enrollment, _ sequence: Sequence, _ first: Step
    ) throws(View.Failure) -> (mailbox: String, course: Course)? {
        var best: (room: AdmissionRoom, mailbox: String, course: Course)?
        for mailbox in mailboxes {
            let course: Course
            if let best {
                course = best.course.again(trying: mailbox)
            } else {
                course = try self.course(enrollment, sequence, trying: mailbox)
            }
            let tasks = try spareTasks(for: first, in: mailbox)
            let spare = tasks > 0 ? min(tasks - 1, try self.spare(course, first, in: mailbox)) : -1
            guard spare >= 0 else {
                closed.insert(ClosedLane(sequence: sequence.name, mailbox: mailbox))
                continue
            }
            if mailboxes.count > 1 { try project(mailbox) }
            let tie = StableChoice("mailbox", course.history.person.key, sequence.name, mailbox).value
            let room = AdmissionRoom(spare: spare, load: rooms[mailbox]?.load ?? 0, tie: tie)
            if best.map({ room.isBefore($0.room) }) ?? true { best = (room, mailbox, course) }
        }
        return best.map { ($0.mailbox, $0.course) }
    }

    /// How many tasks such as a sequence begins with the owner of a mailbox can take.
    private mutating func spareTasks(for step: Step, in mailbox: String) throws(View.Failure) -> Int {
        guard step.isManual, let owner = rooms[mailbox].flatMap({ model.owners[$0.mailbox.owner] }) else { return .max }
        return try room(of: owner).spare(for: OutreachTask.Kind(step))
    }
}

/// How much room a mailbox has for a fresh person.
private struct AdmissionRoom {
    let spare: Int
    let load: Int
    let tie: UInt64

    func isBefore(_ other: AdmissionRoom) -> Bool {
        (other.spare, load, tie) < (spare, other.load, other.tie)
    }
}
