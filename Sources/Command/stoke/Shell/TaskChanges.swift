import Arguments
import CivilTime
import Diagnostics
import Facts
import Host
import Interchange
import Ledger
import Messages
import Outreach
import Planning
import Reports
import SQLiteLedger

/// What people do to tasks: done, skipped, snoozed, edited, synchronised.
struct TaskChanges {
    let office: Office
    private let board: TaskBoard

    init(_ office: Office) {
        self.office = office
        board = TaskBoard(office)
    }

    private var invocation: Invocation { office.desk.invocation }

    func run() throws -> ExitStatus {
        switch invocation.words.dropFirst().first {
        case "done":
            let items = try board.items(invocation.values("CODE"))
            let evidence = try EvidenceEntry.all(invocation)
            guard evidence.isEmpty || items.count == 1 else {
                throw invocation.refusal("evidence is one person's: name one task")
            }
            for item in items {
                try finish(item, invocation.value("--outcome"), note: invocation.value("--note"))
                try CallNotes(office, item)?.take(evidence)
            }
        case "skip": for item in try board.items(invocation.values("CODE")) { try skip(item) }
        case "snooze": try snooze(board.items(invocation.values("CODE")))
        case "edit": try edit(board.items(invocation.values("CODE")))
        case "sync": return try sync(invocation.value("FILE") ?? "")
        default: break
        }
        return .fine
    }

    /// When it was done: now, or the day that `--on` says.
    private func moment() throws -> Instant {
        guard let text = invocation.value("--on") else { return office.now }
        guard let at = Desk.instant(text, in: office.zone), at <= office.now else {
            throw invocation.refusal("--on: \(text) is no date that has come", hint: "2026-03-12")
        }
        return at
    }

    // MARK: done

    private func finish(_ item: TaskListing.Item, _ outcome: String?, note: String?) throws {
        let outcome = outcome ?? item.outcomes.first ?? "done"
        guard item.outcomes.contains(outcome) else {
            let finding = TaskMatch.unknownOutcome(outcome, item, at: nil)
            throw Failure(finding.message, hint: finding.hint)
        }
        switch item.subject {
        case .task(let id): try close(id, item, outcome, note)
        default: try TaskSubjects(office).settle(item, outcome, note)
        }
        office.desk.output.print("\(item.code)  \(outcome)  \(Sink.line(item.person))")
    }

    private func close(_ id: Int, _ item: TaskListing.Item, _ outcome: String, _ note: String?) throws {
        guard let task = try office.store.task(id), let enrollment = try office.store.enrollment(task.enrollment) else {
            throw Failure("task \(item.code) is gone", hint: "stoke tasks lists what is open")
        }
        if task.kind == .approve { return try approve(task, enrollment, outcome) }
        let at = try moment()
        let step = office.model.sequences[enrollment.sequence]?.step(task.step)
        let landing =
            step.map { $0.landing($0.onward(after: outcome), attempt: task.attempt) } ?? (jump: nil, stops: false)
        let result = StepResult(
            enrollment: enrollment.id, step: task.step, attempt: task.attempt, result: outcome, at: at,
            jump: landing.jump)
        var operations: [Ledger.Operation] = [
            .close(task: id, state: .done, result: result, touchpoint: nil, at: office.now)
        ]
        if landing.stops {
            operations.append(
                .halt(enrollment.id, state: .stopped, reason: "\(task.step): \(outcome)", until: nil, at: office.now))
        }
        try expectDone(office.store.commit(operations, epoch: nil).first, item)
        try office.record([touchpoint(task, enrollment, outcome, note, at)])
    }

    private func expectDone(_ outcome: Outcome?, _ item: TaskListing.Item) throws {
        if case .refused(let refusal)? = outcome { throw Failure("\(item.code) was not changed: \(refusal)") }
    }

    private func touchpoint(
        _ task: OutreachTask, _ enrollment: Enrollment, _ outcome: String, _ note: String?, _ at: Instant
    ) -> Touchpoint {
        var detail: Record = ["outcome": .text(outcome), "owner": .text(task.owner)]
        if let note { detail["note"] = .text(note) }
        return Touchpoint(
            person: enrollment.person, enrollment: enrollment.id, step: task.step,
            kind: TouchpointKind(of: task.kind, outcome: outcome), at: at, recordedAt: office.now,
            sourceKey: "task:\(task.id)", detail: detail)
    }

    /// Lets exactly the text go that stands there now.
    private func approve(_ task: OutreachTask, _ enrollment: Enrollment, _ outcome: String) throws {
        guard outcome == "approved" else { return try skip(task.id) }
        let history = try office.store.history(of: enrollment.person)
        guard let step = office.model.sequences[enrollment.sequence]?.step(task.step),
            let rendered = board.email(step, enrollment, history)
        else { throw Failure("the email can't be rendered, so it can't be approved", hint: "stoke explain says why") }
        _ = try office.store.commit([.approve(task: task.id, sha256: rendered.digest, at: office.now)], epoch: nil)
    }

    // MARK: the others

    private func skip(_ item: TaskListing.Item) throws {
        guard case .task(let id) = item.subject else {
            throw Failure("\(item.code) is no task that can be skipped", hint: "stoke tasks show \(item.code)")
        }
        try skip(id)
        office.desk.output.print("\(item.code)  skipped  \(Sink.line(item.person))")
    }

    private func skip(_ id: Int) throws {
        guard let task = try office.store.task(id) else { return }
        let result = StepResult(
            enrollment: task.enrollment, step: task.step, attempt: task.attempt, result: "skipped", at: office.now)
        _ = try office.store.commit(
            [.close(task: id, state: .skipped, result: result, touchpoint: nil, at: office.now)], epoch: nil)
    }

    private func snooze(_ items: [TaskListing.Item]) throws {
        let text = invocation.value("--until") ?? ""
        let until =
            Delay(text).map { Windows([], days: office.zone).deadline($0, since: office.now) }
            ?? Desk.instant(text, in: office.zone)
        guard let until, until > office.now else {
            throw invocation.refusal("--until: \(text) is no time to come", hint: "2d, 2026-03-12")
        }
        for item in items {
            guard case .task(let id) = item.subject else { throw Failure("\(item.code) can't be snoozed") }
            _ = try office.store.commit([.snooze(task: id, until: until)], epoch: nil)
            office.desk.output.print(
                "\(item.code)  until \(Dates.moment(until, in: office.zone))  \(Sink.line(item.person))")
        }
    }

    private func edit(_ items: [TaskListing.Item]) throws {
        guard let item = items.first, case .task(let id) = item.subject else {
            throw Failure("this has no text to edit")
        }
        let text = try invocation.value("--text") ?? Editor(office.desk).edit(item.text ?? "", name: "\(item.code)")
        _ = try office.store.commit([.edit(task: id, text: text)], epoch: nil)
        office.desk.output.print("\(item.code)  edited for \(Sink.line(item.person))")
    }

    /// Reads ticks back; one that was recorded before is no news.
    private func sync(_ file: String) throws -> ExitStatus {
        let bytes = try Files.read(file, limit: 16 << 20)
        let sheet =
            file.hasSuffix(".csv")
            ? TaskSheet(csv: bytes, file: file)
            : TaskSheet(markdown: String(decoding: bytes, as: UTF8.self), file: file)
        let match = TaskMatch(sheet, try board.listing(owner: nil).items)
        office.desk.output.show(match.findings)
        for done in match.done { try finish(done.item, done.outcome, note: done.note) }
        office.desk.output.print("\(match.done.count) recorded from \(sheet.ticks.count) ticks")
        return match.findings.contains { $0.severity == .error } ? .findings : .fine
    }
}

extension TouchpointKind {
    /// What kind of fact a task's outcome is.
    init(of task: OutreachTask.Kind, outcome: String) {
        switch (task, outcome) {
        case (.call, "connected"): self = .callConnected
        case (_, "meeting"): self = .meeting
        case (.call, _): self = .callMade
        case (_, "already_connected"), (_, "accepted"): self = .linkedinConnected
        case (.answer, _): self = .disposition
        case (_, "not_found"), (.other, _), (.approve, _): self = .taskDone
        default: self = .linkedinSent
        }
    }
}
