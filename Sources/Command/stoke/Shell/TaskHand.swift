import CivilTime
import Diagnostics
import Facts
import Interchange
import Ledger
import Messages
import Outreach
import Planning
import Reports
import SQLiteLedger

/// Writes down what a person decided about the lines of a task list, each decision in one commit.
struct TaskHand {
    let office: Office
    private let board: TaskBoard

    init(_ office: Office, _ board: TaskBoard) {
        self.office = office
        self.board = board
    }

    /// Records an outcome, with all that follows from it.
    ///
    /// - Parameter at: when it was done.
    /// - Throws: `Failure` where the task ended meanwhile, or where its text is not the one that `item` shows.
    func finish(_ item: TaskListing.Item, _ outcome: String, note: String?, at: Instant) throws {
        guard item.outcomes.contains(outcome) else {
            let finding = TaskMatch.unknownOutcome(outcome, item, at: nil)
            throw Failure(finding.message, hint: finding.hint)
        }
        switch item.subject {
        case .task(let id):
            let (task, enrollment) = try open(id, item)
            if task.kind == .approve { return try approve(task, enrollment, item, outcome) }
            try close(task, enrollment, item, outcome, note: note, at: at)
        case .hold(let id, let step):
            guard let release = Release(rawValue: outcome) else { throw Failure("\(outcome) settles no hold") }
            try expectDone(
                office.store.commit([.release(id, release, step: step, at: office.now)], epoch: nil).first, item)
        case .wait: try accept(item, note: note, at: at)
        }
    }

    /// Leaves a task out; its sequence goes on.
    func skip(_ item: TaskListing.Item, note: String?) throws {
        guard case .task(let id) = item.subject else {
            throw Failure("\(item.code) is no task that can be skipped", hint: "stoke tasks show \(item.code)")
        }
        let (task, enrollment) = try open(id, item)
        try skip(task, enrollment, item, note: note)
    }

    /// Hides a task until then.
    func snooze(_ item: TaskListing.Item, until: Instant) throws {
        guard case .task(let id) = item.subject else {
            throw Failure("\(item.code) is no task that can be snoozed", hint: "stoke tasks show \(item.code)")
        }
        try expectDone(office.store.commit([.snooze(task: id, until: until)], epoch: nil).first, item)
    }

    /// Keeps a text for this person only.
    func edit(_ item: TaskListing.Item, _ text: String) throws {
        guard case .task(let id) = item.subject else {
            throw Failure("\(item.code) has no text to edit", hint: "stoke tasks show \(item.code)")
        }
        try expectDone(office.store.commit([.edit(task: id, text: text)], epoch: nil).first, item)
    }

    // MARK: one commit each

    private func open(_ id: Int, _ item: TaskListing.Item) throws -> (OutreachTask, Enrollment) {
        guard let task = try office.store.task(id), task.state == .open,
            let enrollment = try office.store.enrollment(task.enrollment)
        else { throw Failure("task \(item.code) is not open any more", hint: "stoke tasks lists what is open") }
        return (task, enrollment)
    }

    /// The result and the fact go into the ledger together, so that neither is there without the other.
    private func close(
        _ task: OutreachTask, _ enrollment: Enrollment, _ item: TaskListing.Item, _ outcome: String, note: String?,
        at: Instant
    ) throws {
        let step = office.model.sequences[enrollment.sequence]?.step(task.step)
        let landing =
            step.map { $0.landing($0.onward(after: outcome), attempt: task.attempt) } ?? (jump: nil, stops: false)
        let result = StepResult(
            enrollment: enrollment.id, step: task.step, attempt: task.attempt, result: outcome, at: at,
            jump: landing.jump)
        var operations: [Ledger.Operation] = [
            .close(task: task.id, state: .done, result: result, touchpoint: nil, at: office.now)
        ]
        if landing.stops {
            operations.append(
                .halt(enrollment.id, state: .stopped, reason: "\(task.step): \(outcome)", until: nil, at: office.now))
        }
        let fact = touchpoint(task, enrollment, TouchpointKind(of: task.kind, outcome: outcome), outcome, note, at)
        operations += try Consequences(office.model).operations(fact, in: office.store)
        try expectDone(office.store.commit(operations, epoch: nil).first, item)
        try office.requalify([enrollment.person])
    }

    private func touchpoint(
        _ task: OutreachTask, _ enrollment: Enrollment, _ kind: TouchpointKind, _ outcome: String, _ note: String?,
        _ at: Instant
    ) -> Touchpoint {
        var detail: Record = ["outcome": .text(outcome), "owner": .text(task.owner), "task": .text(task.kind.rawValue)]
        if let note { detail["note"] = .text(note) }
        return Touchpoint(
            person: enrollment.person, enrollment: enrollment.id, step: task.step, kind: kind, at: at,
            recordedAt: office.now, sourceKey: "task:\(task.id)", detail: detail)
    }

    private func skip(
        _ task: OutreachTask, _ enrollment: Enrollment, _ item: TaskListing.Item, note: String?
    ) throws {
        let result = StepResult(
            enrollment: task.enrollment, step: task.step, attempt: task.attempt, result: "skipped", at: office.now)
        let fact = note.map {
            touchpoint(task, enrollment, "task.skipped", "skipped", $0, office.now)
        }
        try expectDone(
            office.store.commit(
                [.close(task: task.id, state: .skipped, result: result, touchpoint: fact, at: office.now)], epoch: nil
            ).first, item)
    }

    /// Lets exactly the text go that the list showed.
    private func approve(
        _ task: OutreachTask, _ enrollment: Enrollment, _ item: TaskListing.Item, _ outcome: String
    ) throws {
        guard outcome == "approve" else { return try skip(task, enrollment, item, note: nil) }
        let history = try office.store.history(of: enrollment.person)
        guard let step = office.model.sequences[enrollment.sequence]?.step(task.step),
            let rendered = board.email(step, enrollment, history)
        else {
            throw Failure(
                "\(item.code) can't be rendered, so it can't be approved", hint: "stoke tasks show \(item.code)")
        }
        guard rendered.digest == item.digest else {
            throw Failure("the text of \(item.code) has changed", hint: "stoke tasks show \(item.code)")
        }
        try expectDone(
            office.store.commit([.approve(task: task.id, sha256: rendered.digest, at: office.now)], epoch: nil).first,
            item)
    }

    private func accept(_ item: TaskListing.Item, note: String?, at: Instant) throws {
        let fact = Touchpoint(
            person: item.personID, kind: .linkedinConnected, at: at, recordedAt: office.now,
            sourceKey: TaskHand.acceptance(item.code), detail: note.map { ["note": .text($0)] } ?? [:])
        try office.record([fact])
    }

    /// By what an acceptance that a list reports counts once.
    static func acceptance(_ code: TaskCode) -> String { "accepted:\(code.full)" }

    private func expectDone(_ outcome: Outcome?, _ item: TaskListing.Item) throws {
        guard case .refused(let refusal)? = outcome else { return }
        if case .wrongState(let state) = refusal {
            throw Failure("\(item.code) is \(state) already", hint: "stoke tasks lists what is open")
        }
        throw Failure("\(item.code) was not changed: \(refusal)", hint: "stoke tasks lists what is open")
    }
}
