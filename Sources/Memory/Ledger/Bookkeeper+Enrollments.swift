import CivilTime
import Facts
import Outreach
import Planning

extension Bookkeeper {
    func enroll(_ entry: EnrollmentEntry) throws(StoreError) -> Outcome {
        guard let row = try tables.personRow(entry.person), !row.person.isForgotten else { return .refused(.notFound) }
        if let suppression = try suppression(of: row.person) {
            return .refused(.suppressed(reason: suppression.reason))
        }
        let enrollment = Enrollment(
            id: Enrollment.ID(0), person: entry.person, sequence: entry.sequence, round: entry.round,
            exclusive: entry.exclusive, version: entry.version, enrolledAt: entry.at, queue: .fresh,
            wakeAt: entry.at, tie: entry.tie)
        for other in try tables.enrollments(of: entry.person) {
            let isTaken = other.sequence == entry.sequence && other.round == entry.round
            if isTaken || (other.state.isLive && other.excludes(enrollment)) {
                return .refused(.alreadyEnrolled(sequence: other.sequence))
            }
        }
        let version = SequenceVersion(
            version: entry.version, sequence: entry.sequence, stepOrder: entry.stepOrder)
        try tables.note(version, at: entry.at)
        return .row(try tables.insert(enrollment).row, isNew: true)
    }

    func decide(_ decision: Decision, at: Instant) throws(StoreError) -> Outcome {
        if isOvertaken { return .refused(.oldEpoch) }
        switch decision {
        case .send, .enroll: return .refused(.wrongState("comes as an operation of its own"))
        case .open(let task): return try open(task)
        case .expire(let task, let result):
            return try close(task, state: .expired, result: result, touchpoint: nil, at: at)
        case .record(let result): return try record(result, at: at)
        case .admit(let id, let mailbox, let days):
            return try changeActive(id) { (row) throws(StoreError) in
                guard row.mailbox == nil else { return .wrongState("admitted already") }
                row.mailbox = mailbox
                row.makeDue(at: at)
                row.queue = .open
                try project(&row, days)
                return nil
            }
        case .project(let id, let mailbox, let days):
            return try changeActive(id) { (row) throws(StoreError) in
                guard row.mailbox == mailbox else { return .wrongState("another mailbox") }
                try project(&row, days)
                return nil
            }
        case .wake(let id, let wakeAt, let queue, let hold):
            return try changeActive(id) { (row) throws(StoreError) in
                row.wakeAt = wakeAt
                row.queue = queue
                row.hold = hold
                return nil
            }
        case .end(let id, let state, let reason):
            return try halt(id, state: state, reason: reason, until: nil, at: at)
        case .move(let id, let version, let steps): return try move(id, version: version, cancelled: steps, at: at)
        }
    }

    /// Changes an active enrollment, unless the change says that it can't be.
    private func changeActive(
        _ id: Enrollment.ID, _ change: (inout Enrollment) throws(StoreError) -> Refusal?
    ) throws(StoreError) -> Outcome {
        guard let old = try tables.enrollmentRow(id) else { return .refused(.notFound) }
        guard old.state == .active else { return .refused(.wrongState(old.state.rawValue)) }
        var row = old
        if let refusal = try change(&row) { return .refused(refusal) }
        try tables.update(row, was: old)
        return .done
    }

    private func record(_ result: StepResult, at: Instant) throws(StoreError) -> Outcome {
        guard let old = try tables.enrollmentRow(result.enrollment) else { return .refused(.notFound) }
        guard old.state == .active else { return .refused(.wrongState(old.state.rawValue)) }
        if try tables.result(result.enrollment, step: result.step, attempt: result.attempt) != nil {
            return .refused(.duplicate)
        }
        try tables.put(result)
        var row = old
        row.isReleased = false
        row.makeDue(at: at)
        try tables.update(row, was: old)
        return .done
    }

    private func move(
        _ id: Enrollment.ID, version: String, cancelled: [String], at: Instant
    ) throws(StoreError) -> Outcome {
        try changeActive(id) { (row) throws(StoreError) in
            row.version = version
            row.makeDue(at: at)
            try cancelMessages(of: id) { cancelled.contains($0.step) }
            try cancelTasks(of: id, at: at) { cancelled.contains($0.step) }
            return nil
        }
    }

    func halt(
        _ id: Enrollment.ID, state: Enrollment.State, reason: String, until: Instant?, at: Instant
    ) throws(StoreError) -> Outcome {
        guard state != .active else { return .refused(.wrongState("active is no halt")) }
        guard var row = try tables.enrollmentRow(id) else { return .refused(.notFound) }
        guard row.state.isLive else { return .refused(.wrongState(row.state.rawValue)) }
        if state == .paused {
            try pause(&row, reason: reason, until: until)
        } else {
            try end(&row, state, reason: reason, at: at)
        }
        try tables.update(row)
        return .done
    }

    /// Ends a live enrollment; the caller writes it back.
    func end(
        _ row: inout Enrollment, _ state: Enrollment.State, reason: String, at: Instant
    ) throws(StoreError) {
        row.state = state
        row.reason = reason
        row.pausedUntil = nil
        row.hold = nil
        try project(&row, [])
        try cancelMessages(of: row.id)
        // A reply ends the way and asks for an answer; a parallel task of a finished way is still wanted.
        if state == .stopped { try cancelTasks(of: row.id, at: at) { $0.kind != .answer } }
    }

    /// Pauses a live enrollment; the caller writes it back. Its open tasks wait with it.
    func pause(_ row: inout Enrollment, reason: String, until: Instant?) throws(StoreError) {
        row.state = .paused
        row.reason = reason
        row.pausedUntil = until
        try cancelMessages(of: row.id) { $0.state == .sending }
    }

    private func cancelMessages(
        of id: Enrollment.ID, where isMeant: (Message) -> Bool = { _ in true }
    ) throws(StoreError) {
        for var row in try tables.messageRows(of: id) where row.message.state.isBeforeFence && isMeant(row.message) {
            row.message.state = .cancelled
            row.message.retryAt = nil
            try tables.update(row)
        }
    }

    private func cancelTasks(
        of id: Enrollment.ID, at: Instant, where isMeant: (OutreachTask) -> Bool
    ) throws(StoreError) {
        for var task in try tables.tasks(of: id) where task.state == .open && isMeant(task) {
            task.state = .cancelled
            task.closedAt = at
            try tables.update(task)
        }
    }

    /// Replaces the days on which emails are expected, in the row and in the mailbox's counts.
    func project(_ row: inout Enrollment, _ days: [LocalDate]) throws(StoreError) {
        guard let mailbox = row.mailbox, days != row.projected else { return }
        for day in row.projected { try tables.addProjected(-1, mailbox: mailbox, day: day) }
        for day in days { try tables.addProjected(1, mailbox: mailbox, day: day) }
        row.projected = days
    }

    func resume(_ id: Enrollment.ID, at: Instant) throws(StoreError) -> Outcome {
        guard var row = try tables.enrollmentRow(id), let person = try tables.personRow(row.person),
            !person.person.isForgotten
        else { return .refused(.notFound) }
        guard row.state == .paused || row.state == .stopped else { return .refused(.wrongState(row.state.rawValue)) }
        if let suppression = try suppression(of: person.person) {
            return .refused(.suppressed(reason: suppression.reason))
        }
        let others = try tables.enrollments(of: row.person)
        if let rival = others.first(where: { $0.id != id && $0.state.isLive && $0.excludes(row) }) {
            return .refused(.alreadyEnrolled(sequence: rival.sequence))
        }
        row.makeActive(at: at)
        try tables.update(row)
        return .done
    }

    /// Makes those active again whose pause has run out by `at`.
    func endPauses(at: Instant) throws(StoreError) -> Outcome {
        for id in try tables.pausesOver(at: at) {
            guard var row = try tables.enrollmentRow(id) else { continue }
            row.makeActive(at: at)
            try tables.update(row)
        }
        return .done
    }

    func release(
        _ id: Enrollment.ID, _ release: Release, step: String?, at: Instant
    ) throws(StoreError) -> Outcome {
        guard var row = try tables.enrollmentRow(id) else { return .refused(.notFound) }
        guard row.state == .active else { return .refused(.wrongState(row.state.rawValue)) }
        if release == .stop { return try halt(id, state: .stopped, reason: "stopped by hand", until: nil, at: at) }
        guard let hold = row.hold else { return .refused(.wrongState("not held")) }
        let stuck = try tables.messageRows(of: id).first {
            ($0.message.state == .rejected || $0.message.state == .unknown) && (step == nil || $0.message.step == step)
        }
        let step = step ?? stuck?.message.step
        switch release {
        case .send:
            if stuck?.message.state == .unknown { return .refused(.wrongState("unknown")) }
            if var message = stuck {
                message.message.state = .deferred
                message.message.retryAt = at
                try tables.update(message)
            }
        case .skip:
            guard let step else { return .refused(.wrongState("which step is skipped is not said")) }
            var skip = StepResult(enrollment: id, step: step, result: "skipped", at: at)
            while try tables.result(id, step: step, attempt: skip.attempt) != nil { skip.attempt += 1 }
            try tables.put(skip)
        case .stop: break
        }
        let detail: Record = ["hold": .text(hold.reason.rawValue), "as": .text(release.rawValue)]
        _ = try tables.insert(
            Touchpoint(
                person: row.person, enrollment: id, step: step, kind: "released", at: at, recordedAt: at,
                detail: detail))
        row.isReleased = release == .send
        row.makeDue(at: at)
        try tables.update(row)
        return .done
    }

    /// A pause until the person's own moment; who is late is released with it.
    func spread(
        _ id: Enrollment.ID, until: Instant, days: [LocalDate], at: Instant
    ) throws(StoreError) -> Outcome {
        guard var row = try tables.enrollmentRow(id) else { return .refused(.notFound) }
        guard row.state == .active else { return .refused(.wrongState(row.state.rawValue)) }
        if let hold = row.hold, hold.reason != .late { return .refused(.wrongState("held: \(hold.reason.rawValue)")) }
        _ = try tables.insert(
            Touchpoint(
                person: row.person, enrollment: id, kind: "released", at: at, recordedAt: at,
                detail: ["hold": .text(Hold.Reason.late.rawValue), "as": .text(Release.send.rawValue)]))
        row.hold = nil
        row.isReleased = true
        try project(&row, days)
        try pause(&row, reason: "spread out after an outage", until: until)
        try tables.update(row)
        return .done
    }

    /// Judges all of a person's active enrollments again now; a hold stays in sight until then.
    func wake(person: Person.ID, at: Instant) throws(StoreError) {
        for var row in try tables.enrollments(of: person) where row.state == .active {
            let hold = row.hold
            row.makeDue(at: at)
            row.hold = hold
            try tables.update(row)
        }
    }
}

extension Enrollment.State {
    /// Whether the person's way still goes on.
    var isLive: Bool { self == .active || self == .paused }
}

extension Enrollment {
    /// Whether both can't be live at once for one person.
    func excludes(_ other: Enrollment) -> Bool {
        sequence == other.sequence || (exclusive && other.exclusive)
    }

    /// Judged again at `at`; who is not admitted yet stays among the fresh.
    mutating func makeDue(at: Instant) {
        queue = mailbox == nil ? .fresh : .open
        wakeAt = at
        hold = nil
    }

    /// Whether it is judged again by then as `makeDue` would have it.
    func isDue(by at: Instant) -> Bool { queue == (mailbox == nil ? .fresh : .open) && wakeAt <= at && hold == nil }

    mutating func makeActive(at: Instant) {
        state = .active
        reason = nil
        pausedUntil = nil
        makeDue(at: at)
    }
}

extension Message.State {
    /// Whether a stop still keeps it from being delivered.
    var isBeforeFence: Bool { self == .sending || self == .deferred }
}
