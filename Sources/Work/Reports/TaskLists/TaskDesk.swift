package import CivilTime
import Facts
package import Ledger
package import Outreach
import Planning

/// Puts an owner's list together from the ledger.
package struct TaskDesk {
    /// What a task's text is for its person; `nil` where there is none.
    package typealias Rendering = (History, Enrollment, OutreachTask) -> TaskWording?

    private let store: any Store
    private let model: Model
    private let now: Instant
    private let zone: (String) -> Zone?

    /// `zone` gives the zone of a name from a person's record.
    package init(_ store: any Store, model: Model, now: Instant, zone: @escaping (String) -> Zone?) {
        self.store = store
        self.model = model
        self.now = now
        self.zone = zone
    }

    /// What a person may decide after an answer.
    package static let dispositions = ["go_on", "nurture", "meeting", "disqualify"]

    /// Everything that waits for the hand of `owner`, or of anybody.
    ///
    /// - Throws: `StoreError`.
    package func listing(owner: String?, text: Rendering) throws(StoreError) -> TaskListing {
        var items: [TaskListing.Item] = []
        var pausedTasks: [String: Int] = [:]
        let paused = Set(try store.pauses(at: now).map(\.subject))
        for task in try store.openTasks(owner: owner) where TaskDesk.isListed(task, at: now) {
            guard let enrollment = try store.enrollment(task.enrollment) else { continue }
            guard task.kind == .answer || !paused.contains(.sequence(enrollment.sequence)) else {
                pausedTasks[enrollment.sequence, default: 0] += 1
                continue
            }
            let history = try store.history(of: enrollment.person)
            items.append(item(task, enrollment, history, text(history, enrollment, task)))
        }
        items += try heldItems(owner)
        items += try waitingItems(owner)
        return TaskListing(
            owner: owner, now: now, zone: ownerZone(owner), lastRun: try lastRun(), quotas: try quotas(owner),
            pausedTasks: pausedTasks, items: items)
    }

    /// Not snoozed, and its time is not up: nobody walks past a parallel task to expire it.
    package static func isListed(_ task: OutreachTask, at now: Instant) -> Bool {
        (task.snoozedUntil ?? .distantPast) <= now && (task.expiresAt ?? .distantFuture) > now
    }

    private func lastRun() throws(StoreError) -> TaskListing.LastRun? {
        guard let run = try store.runs(limit: 1).first else { return nil }
        return TaskListing.LastRun(at: run.ended ?? run.began, isFine: run.exit == 0)
    }

    /// LinkedIn's weeks and months are rolling ones.
    private func quotas(_ owner: String?) throws(StoreError) -> [TaskListing.Quota] {
        guard let owner = owner.flatMap({ model.owners[$0] }) else { return [] }
        var quotas: [TaskListing.Quota] = []
        if let limit = owner.invitesPerWeek {
            let used = try store.tasksOpened(for: owner.key, kinds: [.connect, .connectNote], since: now - 7 * .day)
            quotas.append(.init(name: "invites", used: used, limit: limit, period: "week"))
        }
        if let limit = owner.notesPerMonth {
            let used = try store.tasksOpened(for: owner.key, kinds: [.connectNote], since: now - 30 * .day)
            quotas.append(.init(name: "notes", used: used, limit: limit, period: "month"))
        }
        return quotas
    }

    /// The tasks that were closed since then, for a list that still names them.
    ///
    /// - Throws: `StoreError`.
    package func closed(since: Instant) throws(StoreError) -> [ClosedTask] {
        var closed: [ClosedTask] = []
        for task in try store.closedTasks(since: since) {
            guard let enrollment = try store.enrollment(task.enrollment),
                let person = try store.person(enrollment.person), let at = task.closedAt
            else { continue }
            let ending = task.state == .done ? task.outcome ?? task.state.rawValue : task.state.rawValue
            closed.append(
                ClosedTask(
                    code: code(task, enrollment, person), ending: ending == "approved" ? "approve" : ending, at: at,
                    person: person.displayName))
        }
        return closed
    }

    // MARK: what a line says

    private func item(
        _ task: OutreachTask, _ enrollment: Enrollment, _ history: History, _ wording: TaskWording?
    ) -> TaskListing.Item {
        let step = model.sequences[enrollment.sequence]?.step(task.step)
        let group = TaskDesk.group(task.kind)
        var item = bare(enrollment, history, code: code(task, enrollment, history.person), .task(task.id), group)
        item.step = task.step
        item.action = TaskDesk.action(task.kind)
        item.owner = task.owner
        item.due = task.dueAt
        // An edited email is rendered like any other; a note that was edited is what its person wrote.
        item.text = task.kind == .approve ? wording?.text : task.editedText ?? wording?.text
        item.digest = wording?.digest
        if task.kind == .approve, let subject = wording?.subject { item.context = "“\(subject)”" }
        if let problem = wording?.problem, item.text == nil { item.context = problem }
        item.limit = limit(task)
        if group == .calls { item.window = callWindow(enrollment, step, history, owner: task.owner) }
        item.outcomes = outcomes(task.kind, step)
        if task.kind == .answer, let reply = history.touchpoints.last(where: { TaskDesk.isAsking($0.kind) }) {
            item.context = TouchpointText.line(reply, in: ownerZone(task.owner))
        }
        return item
    }

    /// Whether a fact is what an answer task is about: an answer, one of a colleague's, or what looks like one.
    private static func isAsking(_ kind: TouchpointKind) -> Bool {
        [.reply, .companyReply, "note.likely_reply", "note.likely_bounce", "note.calendar"].contains(where: kind.isA)
    }

    /// What every line says of its person.
    private func bare(
        _ enrollment: Enrollment, _ history: History, code: TaskCode, _ subject: TaskListing.Subject,
        _ group: TaskListing.Group
    ) -> TaskListing.Item {
        let person = history.person
        let owner = enrollment.mailbox.flatMap { model.mailboxes[$0]?.owner } ?? ""
        let zone = ownerZone(owner)
        return TaskListing.Item(
            subject: subject, personID: person.id, code: code, group: group, action: "", owner: owner,
            person: person.displayName, title: fact("title", person), company: fact("company.name", person),
            due: enrollment.wakeAt, sequence: enrollment.sequence, step: "", zone: personZone(person),
            phone: fact("phone", person), link: fact("linkedin", person).map(TaskDesk.address),
            context: TouchpointText.lastTouch(history.touchpoints, in: zone),
            history: history.touchpoints.suffix(8).map { TouchpointText.line($0, in: zone) }, outcomes: [])
    }

    private func code(_ task: OutreachTask, _ enrollment: Enrollment, _ person: Person) -> TaskCode {
        let step = [.approve, .answer].contains(task.kind) ? "\(task.step)/\(task.kind.rawValue)" : task.step
        return code(enrollment, person, step: step, attempt: task.attempt)
    }

    private func code(_ enrollment: Enrollment, _ person: Person, step: String, attempt: Int = 1) -> TaskCode {
        TaskCode(
            person: person.key, sequence: enrollment.sequence, round: enrollment.round, step: step, attempt: attempt)
    }

    private func fact(_ path: String, _ person: Person) -> String? {
        let value = person.facts[path: path.split(separator: ".").map(String.init)]
        return value.flatMap { $0.isBlank ? nil : $0.plainText }
    }

    /// A profile as a link: records keep it without its scheme.
    private static func address(_ profile: String) -> String {
        profile.contains("://") ? profile : "https://\(profile)"
    }

    private func limit(_ task: OutreachTask) -> Int? {
        switch task.kind {
        case .connect, .connectNote: model.owners[task.owner]?.premium == true ? 300 : 200
        case .inmail: 1900
        default: nil
        }
    }

    // MARK: held steps and open questions

    private func heldItems(_ owner: String?) throws(StoreError) -> [TaskListing.Item] {
        var items: [TaskListing.Item] = []
        for enrollment in try store.held(limit: 1000) {
            guard let hold = enrollment.hold, hold.reason != .approval else { continue }
            let history = try store.history(of: enrollment.person)
            let step = try nextStep(enrollment, history)?.id ?? ""
            let code = code(enrollment, history.person, step: step + "/held")
            var item = bare(enrollment, history, code: code, .hold(enrollment.id, step: step), .held)
            guard owner == nil || owner == item.owner else { continue }
            item.step = step
            item.action = "release"
            item.due = now
            item.context = HoldText.words(hold)
            item.outcomes = Release.allCases.map(\.rawValue)
            items.append(item)
        }
        return items
    }

    /// Ways that wait for an invitation to be accepted, which only LinkedIn knows.
    private func waitingItems(_ owner: String?) throws(StoreError) -> [TaskListing.Item] {
        var items: [TaskListing.Item] = []
        for sequence in model.sequences.values.sorted(by: { $0.name < $1.name }) {
            guard sequence.steps.contains(where: TaskDesk.asksForConnection) else { continue }
            var after: Enrollment.ID?
            repeat {
                let page = try store.enrollments(sequence: sequence.name, state: .active, after: after, limit: 500)
                for enrollment in page where enrollment.mailbox != nil {
                    if let item = try waitingItem(enrollment), owner == nil || owner == item.owner {
                        items.append(item)
                    }
                }
                after = page.last?.id
            } while after != nil
        }
        return items
    }

    private func waitingItem(_ enrollment: Enrollment) throws(StoreError) -> TaskListing.Item? {
        let history = try store.history(of: enrollment.person)
        let asked = history.touchpoints.contains { $0.kind.isA(.linkedinSent) }
        guard asked, !history.touchpoints.contains(where: { $0.kind.isA(.linkedinConnected) }),
            let step = try nextStep(enrollment, history), TaskDesk.asksForConnection(step)
        else { return nil }
        let code = code(enrollment, history.person, step: step.id + "/wait")
        var item = bare(enrollment, history, code: code, .wait(enrollment.id, step: step.id), .accepted)
        item.step = step.id
        item.action = "look"
        item.due = now
        item.outcomes = ["accepted"]
        return item
    }

    private static func asksForConnection(_ step: Step) -> Bool {
        step.wait?.condition.paths.contains("linkedin.connected") ?? false
    }

    private func nextStep(_ enrollment: Enrollment, _ history: History) throws(StoreError) -> Step? {
        guard let sequence = model.sequences[enrollment.sequence] else { return nil }
        let order = try store.stepOrder(ofVersion: enrollment.version) ?? sequence.steps.map(\.id)
        let results = history.results.filter { $0.enrollment == enrollment.id }
        let position = Position(in: sequence, results: results, storedOrder: order)
        return sequence.steps.indices.contains(position.index) ? sequence.steps[position.index] : nil
    }

    // MARK: clocks and outcomes

    private func ownerZone(_ owner: String?) -> Zone {
        owner.flatMap { model.owners[$0]?.timezone } ?? model.settings.timezone
    }

    private func personZone(_ person: Person) -> Zone {
        fact("timezone", person).flatMap(zone) ?? model.settings.timezone
    }

    /// What is left today of the hours that are open on both clocks.
    private func callWindow(
        _ enrollment: Enrollment, _ step: Step?, _ history: History, owner: String
    ) -> Range<Instant>? {
        let narrower = [
            enrollment.mailbox.flatMap { model.mailboxes[$0]?.calendar },
            model.sequences[enrollment.sequence]?.calendar, step?.calendar,
        ]
        let calendar = narrower.compactMap { $0 }.reduce(model.settings.calendar) { $0.narrowed(by: $1) }
        let ours = ownerZone(owner)
        let clocks = [personZone(history.person), ours].map { ZonedCalendar(calendar, in: $0) }
        return Windows(clocks, days: ours).spans(on: ours.date(at: now)).first { $0.upperBound > now }
    }

    private func outcomes(_ kind: OutreachTask.Kind, _ step: Step?) -> [String] {
        switch kind {
        case .approve: return ["approve", "skip"]
        case .answer: return TaskDesk.dispositions
        default:
            let named = step?.outcomes.map(\.name) ?? []
            var usual = model.settings.outcomes[kind.channel] ?? Settings.standardOutcomes[.other] ?? []
            // Nothing is sent by looking at a page, and nobody is connected by it.
            if kind.channel == .linkedin, !kind.isWritten { usual = ["done", "not_found"] }
            return usual + named.filter { !usual.contains($0) }
        }
    }

    private static func group(_ kind: OutreachTask.Kind) -> TaskListing.Group {
        switch kind {
        case .answer: .answers
        case .approve: .approvals
        default:
            switch kind.channel {
            case .linkedin: .linkedin
            case .call: .calls
            case .email, .other: .other
            }
        }
    }

    /// The kind in one word; that an invitation has a note shows in its length.
    private static func action(_ kind: OutreachTask.Kind) -> String {
        switch kind {
        case .connectNote: "connect"
        case .other: "task"
        default: kind.rawValue
        }
    }
}
