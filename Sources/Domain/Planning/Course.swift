import CivilTime
import Digest
import Facts
package import Outreach

/// One enrollment's way through a tick: walks step after step until something has to wait.
///
/// It reads one person's history, and what it decides it adds to that history, so that a skipped step and the one
/// behind it fall in the same tick.
struct Course {
    /// What the walk came to.
    enum Stop {
        /// Its decisions say everything.
        case decided
        /// An email is due and only waits for a slot of its mailbox.
        case email(Draft)
        /// A task is due and only waits for room on its owner's list.
        case task(OutreachTask, Step)
    }

    let circumstances: Circumstances
    let clock: StepClock
    let sequence: Sequence
    let storedOrder: [String]
    var history: History
    var enrollment: Enrollment
    /// Whether the person has a mailbox for good; a fresh one only tries this one.
    private(set) var isAdmitted: Bool
    private(set) var decisions: [Decision] = []

    init(
        _ circumstances: Circumstances, clock: StepClock, sequence: Sequence, storedOrder: [String],
        history: History, enrollment: Enrollment, trying mailbox: String? = nil, isAdmitted: Bool? = nil
    ) {
        self.circumstances = circumstances
        self.clock = clock
        self.sequence = sequence
        self.storedOrder = storedOrder
        self.history = history
        self.enrollment = enrollment
        self.isAdmitted = isAdmitted ?? (enrollment.mailbox != nil)
        if let mailbox { self.enrollment.mailbox = mailbox }
    }

    /// The same person from where this walk has come to, by way of another mailbox.
    func again(trying mailbox: String) -> Course {
        Course(
            circumstances, clock: clock, sequence: sequence, storedOrder: storedOrder, history: history,
            enrollment: enrollment, trying: mailbox, isAdmitted: isAdmitted)
    }

    /// Whether the walk has decided more than when to be asked again.
    var hasRecorded: Bool { decisions.count > 1 }

    var now: Instant { circumstances.now }
    var mailbox: Mailbox? { enrollment.mailbox.flatMap { circumstances.model.mailboxes[$0] } }
    private var results: [StepResult] { history.results.filter { $0.enrollment == enrollment.id } }

    /// Walks until something waits. Every way points forward, so there are at most as many turns as steps and tries.
    mutating func walk() -> Stop {
        adopt()
        expireParallel()
        while true {
            let position = Position(in: sequence, results: results, storedOrder: storedOrder)
            guard position.index < sequence.steps.count else { return finish() }
            if let stop = take(sequence.steps[position.index], position) { return stop }
        }
    }

    /// Follows an applied edit: what is open on removed steps is cancelled, and the new version is noted.
    private mutating func adopt() {
        guard enrollment.version != sequence.version else { return }
        let gone = openSteps.filter { sequence.index(of: $0) == nil }
        let position = Position(in: sequence, results: results, storedOrder: storedOrder)
        // Until the last finished step stands in the sequence again, only the older order can place the person.
        let version = position.isAnchored ? sequence.version : enrollment.version
        guard version != enrollment.version || !gone.isEmpty else { return }
        decisions.append(.move(enrollment.id, version: version, cancelled: gone))
        history.tasks.removeAll { $0.enrollment == enrollment.id && gone.contains($0.step) && $0.state == .open }
        enrollment.version = version
    }

    private var openSteps: [String] {
        let tasks = history.tasks.filter { $0.enrollment == enrollment.id && $0.state == .open }.map(\.step)
        let messages = history.messages
            .filter { $0.enrollment == enrollment.id && [.sending, .deferred].contains($0.state) }.map(\.step)
        return tasks + messages.filter { !tasks.contains($0) }
    }

    /// One step: `nil` when it is behind us and the walk goes on.
    private mutating func take(_ step: Step, _ position: Position) -> Stop? {
        let since = position.last?.at ?? enrollment.enrolledAt
        if let stop = blocked(by: step, position) { return stop }
        if isFinished(step, position) { return nil }
        let windows = windows(of: step)
        guard let due = due(step, position, since, windows) else {
            return neverOpen(step, windows)
        }
        if let wait = step.wait, let stop = waits(wait, step, position, since, windows) { return stop }
        if isFinished(step, position) { return nil }
        if due > now { return sleep(until: due, before: step) }
        if let criteria = step.when, !judge(criteria) {
            return pass(step, position, "skipped", at: max(due, since))
        }
        return act(step, position, due, windows)
    }

    /// Whether the walk recorded the end of this very attempt.
    private func isFinished(_ step: Step, _ position: Position) -> Bool {
        results.contains { $0.step == step.id && $0.attempt == position.attempt }
    }

    func windows(of step: Step) -> Windows {
        clock.windows(sequence, step, mailbox: mailbox, personZone: circumstances.zone(of: history.person))
    }

    /// The hold of a step that no moment of the next two years is open for, with the clocks that never meet.
    private mutating func neverOpen(_ step: Step, _ windows: Windows) -> Stop {
        let owner = mailbox.flatMap { circumstances.model.owners[$0.owner] }?.name
        return hold(.neverOpen, "\(step.id): \(windows.conflict(owner: owner))")
    }

    /// When the step is due; a retry counts its own delay instead of the step's.
    func due(_ step: Step, _ position: Position, _ since: Instant, _ windows: Windows) -> Instant? {
        var delay = step.after
        if position.attempt > 1, let last = position.last {
            let onward = last.result == "expired" ? step.onExpire : step.onward(after: last.result)
            if case .retry(_, let after) = onward { delay = after }
        }
        // A mail's next step comes with a later turn than the mail itself.
        let from = delay == nil && position.last?.result == "sent" ? since + 1 : since
        return circumstances.end(of: delay, since: from, fraction: jitter(of: step), windows)
    }

    /// Where in a date's open time the step falls: tasks stand on the list when the day opens.
    func jitter(of step: Step) -> Double {
        guard case .email = step.kind else { return 0 }
        return StableChoice("jitter", history.person.key, sequence.name, step.id).with(enrollment.round).fraction
    }

    func judge(_ criteria: Criteria) -> Bool {
        let (history, standing) = (history, circumstances.standing)
        return CriteriaFacts(history, enrollment: enrollment.id, at: now) { standing(history) }.judge(criteria).holds
    }

    // MARK: what waits

    /// An open task, or an email of the step that is not settled, stands in the way.
    private mutating func blocked(by step: Step, _ position: Position) -> Stop? {
        if let message = message(of: step), message.state == .unknown {
            return hold(.unknownDelivery, "whether \(step.id) arrived is not known")
        }
        guard let task = task(of: step, attempt: position.attempt), task.state == .open, step.waits(for: task) else {
            return nil
        }
        guard let expires = task.expiresAt else { return sleep(until: .distantFuture, before: step) }
        guard expires <= now else { return sleep(until: expires, before: step) }
        expire(task, step, position, at: expires)
        return decisions.last?.isEnd == true ? .decided : nil
    }

    /// Tasks that the way has left behind expire, too; where it goes on is long decided.
    private mutating func expireParallel() {
        for task in leftBehind where task.id != 0 && task.expiresAt.map({ $0 <= now }) ?? false {
            let result = StepResult(
                enrollment: enrollment.id, step: task.step, attempt: task.attempt, result: "expired",
                at: task.expiresAt ?? now)
            decisions.append(.expire(task: task.id, result))
            close(task)
        }
    }

    private mutating func close(_ task: OutreachTask) {
        guard let index = history.tasks.firstIndex(of: task) else { return }
        history.tasks[index].state = .expired
    }

    /// Open tasks of steps that the way did not wait for.
    private var leftBehind: [OutreachTask] {
        history.tasks.filter { task in
            task.enrollment == enrollment.id && task.state == .open
                && results.contains { $0.step == task.step && $0.attempt == task.attempt }
        }
    }

    private mutating func expire(_ task: OutreachTask, _ step: Step, _ position: Position, at: Instant) {
        let (jump, stops) = step.landing(step.onExpire, attempt: position.attempt)
        let result = StepResult(
            enrollment: enrollment.id, step: step.id, attempt: position.attempt, result: "expired", at: at, jump: jump)
        decisions.append(.expire(task: task.id, result))
        close(task)
        history.results.append(result)
        if stops { decisions.append(.end(enrollment.id, state: .stopped, reason: "\(step.id) expired")) }
    }

    /// A `wait`: sleeps until its condition holds or its time is up, then lets the step go on or leads around it.
    private mutating func waits(
        _ wait: Step.Wait, _ step: Step, _ position: Position, _ since: Instant, _ windows: Windows
    ) -> Stop? {
        if judge(wait.condition) { return nil }
        let deadline = windows.deadline(wait.atMost, since: since)
        guard deadline <= now else {
            let change = wait.condition.nextChange(
                of: history.touchpoints, after: now, in: circumstances.model.settings.timezone)
            return sleep(until: min(deadline, change ?? deadline), before: nil)
        }
        let (jump, stops) = step.landing(wait.otherwise, attempt: position.attempt)
        record(step, position, "timeout", at: deadline, jump: jump)
        guard stops else { return nil }
        return end(.stopped, "\(step.id): waited in vain")
    }

    // MARK: what happens

    private mutating func act(_ step: Step, _ position: Position, _ due: Instant, _ windows: Windows) -> Stop? {
        switch step.kind {
        case .pause: return pass(step, position, "waited", at: due)
        case .branch(let criteria, let then, let otherwise):
            let holds = judge(criteria)
            return pass(step, position, holds ? "then" : "else", at: due, jump: holds ? then : otherwise)
        case .split(let ways):
            let index = choice(of: step).index(weights: ways.map(\.weight)) ?? 0
            return pass(step, position, ways[index].step, at: due, jump: ways[index].step)
        case .linkedin, .call, .task: return manual(step, position, due, windows)
        case .email: return email(step, position, due, windows)
        }
    }

    private func choice(of step: Step) -> StableChoice {
        StableChoice("choice", history.person.key, sequence.name, step.id)
    }

    private mutating func email(
        _ step: Step, _ position: Position, _ due: Instant, _ windows: Windows
    ) -> Stop? {
        if history.blockedChannels.contains(.email) { return pass(step, position, "suppressed", at: due) }
        guard let mailbox else { return hold(.noMailbox, "mailbox \(enrollment.mailbox ?? "") is gone") }
        if let hold = outreachHold { return self.hold(hold.reason, hold.detail) }
        let message = message(of: step)
        if let message, message.state == .rejected { return hold(.refused, message.reply ?? "refused") }
        if let message, message.state == .deferred, let retry = message.retryAt, retry > now {
            return sleep(until: retry, before: step)
        }
        guard let open = windows.nextOpen(atOrAfter: max(now, gapEnd ?? now)) else {
            return neverOpen(step, windows)
        }
        if open > now { return sleep(until: open, before: step) }
        if step.review, let stop = approval(step, position, due, mailbox) { return stop }
        if isFinished(step, position) { return nil }
        let deferred = message.flatMap { $0.state == .deferred ? $0 : nil }
        // What was tried under the step's old name goes on under it: its message is one and the same.
        var named = step
        named.id = deferred?.step ?? step.id
        return .email(
            Draft(
                named, of: sequence, for: history, enrollment: enrollment, mailbox: mailbox.name, deferred: deferred,
                at: due))
    }

    /// Why nobody may write to the person yet: no address, or a country that wants consent.
    private var outreachHold: Hold? {
        guard history.person.email != nil else { return Hold(.noAddress, "no email address") }
        guard let country = history.person.facts["country"]?.plainText,
            circumstances.model.settings.consentRequired[country.uppercased()] == .hold
        else { return nil }
        if let basis = history.person.facts["basis"], !basis.isBlank { return nil }
        return Hold(.consent, "\(country) requires consent; set `basis`")
    }

    /// When the person may be written to again after the last automatic touch of any sequence; a try that the server
    /// refused touched nobody.
    var gapEnd: Instant? {
        history.messages.filter { [.finalDot, .sent, .unknown].contains($0.state) }.compactMap(\.fencedAt).max()
            .map { $0 + circumstances.model.settings.personGap }
    }

    /// A step under review waits for somebody to look at the very text.
    private mutating func approval(_ step: Step, _ position: Position, _ due: Instant, _ mailbox: Mailbox) -> Stop? {
        switch task(of: step, attempt: position.attempt) {
        case nil:
            return .task(newTask(step, position, kind: .approve, owner: mailbox.owner, due: due), step)
        case let task? where task.state == .done: return nil
        case let task? where task.state == .open: return sleep(until: task.expiresAt ?? .distantFuture, before: nil)
        case _?: return pass(step, position, "skipped", at: due)
        }
    }

    private mutating func manual(_ step: Step, _ position: Position, _ due: Instant, _ windows: Windows) -> Stop? {
        if let reason = impossible(step) { return pass(step, position, reason, at: due) }
        if step.parallel, task(of: step, attempt: position.attempt) != nil {
            return pass(step, position, "parallel", at: due)
        }
        guard let open = windows.nextOpen(atOrAfter: now) else { return neverOpen(step, windows) }
        if open > now { return sleep(until: open, before: nil) }
        guard let mailbox else { return hold(.noMailbox, "mailbox \(enrollment.mailbox ?? "") is gone") }
        return .task(
            newTask(step, position, kind: OutreachTask.Kind(step), owner: mailbox.owner, due: due), step)
    }

    /// Why a manual step can't be done for this person; the step is skipped and says so.
    private func impossible(_ step: Step) -> String? {
        if let channel = step.channel, history.blockedChannels.contains(channel) { return "suppressed" }
        let connected = history.touchpoints.contains { $0.kind.isA(.linkedinConnected) }
        switch step.kind {
        case .call: return history.person.facts["phone"]?.isBlank ?? true ? "no_phone" : nil
        case .linkedin(let action, _):
            if history.person.facts["linkedin"]?.isBlank ?? true { return "no_linkedin" }
            if action == .connect, connected { return "already_connected" }
            if action == .message, !connected { return "not_connected" }
            return nil
        case .email, .task, .branch, .split, .pause: return nil
        }
    }

    private func newTask(
        _ step: Step, _ position: Position, kind: OutreachTask.Kind, owner: String, due: Instant
    ) -> OutreachTask {
        OutreachTask(
            id: 0, enrollment: enrollment.id, step: step.id, attempt: position.attempt, kind: kind, owner: owner,
            dueAt: due, openedAt: now, expiresAt: step.expire.map { windows(of: step).deadline($0, since: due) })
    }

    // MARK: decisions

    func task(of step: Step, attempt: Int) -> OutreachTask? {
        history.tasks.last {
            $0.enrollment == enrollment.id && isCalled(step, $0.step) && $0.attempt == attempt && $0.kind != .answer
                && $0.state != .cancelled
        }
    }

    func message(of step: Step) -> Message? {
        history.messages.last { $0.enrollment == enrollment.id && isCalled(step, $0.step) && $0.state != .cancelled }
    }

    /// Whether the step has this id, or had it before it was renamed.
    private func isCalled(_ step: Step, _ id: String) -> Bool {
        step.id == id || (step.was == id && sequence.step(id) == nil)
    }

    private mutating func record(
        _ step: Step, _ position: Position, _ result: String, at: Instant, jump: String? = nil
    ) {
        let result = StepResult(
            enrollment: enrollment.id, step: step.id, attempt: position.attempt, result: result, at: at, jump: jump)
        decisions.append(.record(result))
        history.results.append(result)
    }

    /// Records the end of a step that touched nobody, and goes on.
    private mutating func pass(
        _ step: Step, _ position: Position, _ result: String, at: Instant, jump: String? = nil
    ) -> Stop? {
        record(step, position, result, at: at, jump: jump)
        return nil
    }

    /// Puts a task on its owner's list; a parallel one lets the walk go on, another one blocks it.
    mutating func open(_ task: OutreachTask, _ step: Step) {
        decisions.append(.open(task))
        history.tasks.append(task)
        guard step.waits(for: task) else { return }
        _ = sleep(until: task.expiresAt ?? .distantFuture, before: nil)
    }

    /// Binds a fresh person to a mailbox for good.
    mutating func admit(to mailbox: String, expecting days: [LocalDate]) {
        decisions.append(.admit(enrollment.id, mailbox: mailbox, projected: days))
        enrollment.mailbox = mailbox
        enrollment.projected = days
        isAdmitted = true
    }

    /// The template itself leaves this person out of the step.
    mutating func skip(_ step: Step, _ reason: String, at due: Instant) {
        record(step, Position(in: sequence, results: results, storedOrder: storedOrder), "skipped", at: due)
    }

    /// The text that was approved for a step under review.
    func approvedText(of step: Step) -> String? {
        history.tasks.last { $0.enrollment == enrollment.id && isCalled(step, $0.step) && $0.kind == .approve }?
            .approvedSHA256
    }

    /// Whether a person let the held step go since the last result.
    var isReleased: Bool {
        let last = results.map(\.at).max() ?? .distantPast
        return enrollment.isReleased
            || history.touchpoints.contains {
                $0.kind.isA("released") && $0.enrollment == enrollment.id && $0.recordedAt >= last
                    && $0.detail["as"]?.plainText == "send"
            }
    }

    /// When it wants to be asked again, if it waits with nothing but time in the way; `nil` where it is held.
    var wakeAt: Instant? {
        if case .wake(_, let instant, _, nil)? = decisions.last { instant } else { nil }
    }

    /// Moves that moment, and ends what held it.
    mutating func wake(at instant: Instant) {
        guard case .wake(let id, _, let queue, _)? = decisions.last else { return }
        decisions[decisions.count - 1] = .wake(id, at: instant, queue: queue, hold: nil)
    }

    /// Notes that these are the emails left.
    mutating func projectRest(_ days: [LocalDate]) {
        guard days != enrollment.projected, let mailbox = enrollment.mailbox else { return }
        decisions.append(.project(enrollment.id, mailbox: mailbox, days: days))
        enrollment.projected = days
    }

    /// Wakes again at `instant`; before an email it waits in the stream of its mailbox.
    mutating func sleep(until instant: Instant, before step: Step?) -> Stop {
        let isEmail = step?.isEmail ?? false
        if isEmail, let step { project(from: step, at: instant) }
        // A stream of emails is read as far as there are slots; what has to happen at its time waits elsewhere.
        let expiry = leftBehind.compactMap(\.expiresAt).min() ?? .distantFuture
        let queue: Enrollment.Queue = !isAdmitted ? .fresh : isEmail && expiry > instant ? .followUp : .open
        decisions.append(.wake(enrollment.id, at: min(instant, expiry), queue: queue, hold: nil))
        return .decided
    }

    mutating func hold(_ reason: Hold.Reason, _ detail: String) -> Stop {
        let queue: Enrollment.Queue = isAdmitted ? .open : .fresh
        decisions.append(.wake(enrollment.id, at: .distantFuture, queue: queue, hold: Hold(reason, detail)))
        return .decided
    }

    private mutating func end(_ state: Enrollment.State, _ reason: String) -> Stop {
        decisions.append(.end(enrollment.id, state: state, reason: reason))
        return .decided
    }

    private mutating func finish() -> Stop {
        let stop = end(.finished, "reached the end")
        if case .nurture(let name) = sequence.finish, let next = circumstances.model.sequences[name] {
            let round = 1 + (history.enrollments.filter { $0.sequence == name }.map(\.round).max() ?? 0)
            decisions.append(
                .enroll(history.person, sequence: next, round: round, reason: "finished \(sequence.name)"))
        }
        return stop
    }
}

extension Step {
    /// Whether the way goes no further while this task of the step is open.
    func waits(for task: OutreachTask) -> Bool { !parallel || task.kind == .approve }
}

extension Decision {
    var isEnd: Bool { if case .end = self { true } else { false } }
}

extension OutreachTask.Kind {
    /// What a manual step asks of its owner.
    package init(_ step: Step) {
        switch step.kind {
        case .linkedin(.connect, let template): self = template == nil ? .connect : .connectNote
        case .linkedin(.message, _): self = .message
        case .linkedin(.inmail, _): self = .inmail
        case .linkedin(.view, _): self = .view
        case .linkedin(.follow, _): self = .follow
        case .linkedin(.like, _): self = .like
        case .linkedin(.comment, _): self = .comment
        case .call: self = .call
        default: self = .other
        }
    }
}

extension Zone {
    /// The first midnight of this clock after an instant.
    func nextMidnight(after instant: Instant) -> Instant { start(of: date(at: instant) + 1) }
}
