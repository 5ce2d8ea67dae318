package import CivilTime
import Digest
package import Ledger
package import Outreach
import Planning

/// What people and servers do between two turns of a simulation: replies, bounces, acceptances, work on tasks.
///
/// Every event hashes the seed and whom it happens to, so a simulation comes again with its seed, and another step
/// changes nobody else's luck.
package final class SimulatedWorld<S: Store> {
    /// How often things happen.
    package struct Rates: Sendable, Hashable {
        /// Of the emails, 0-1.
        package var reply: Double
        /// Of the addresses, 0-1.
        package var bounce: Double
        /// Of the invitations, 0-1.
        package var accept: Double

        /// Of the tasks, 0-1: done within about a day; the others stay open or expire.
        package var work: Double

        package init(reply: Double = 0.03, bounce: Double = 0.01, accept: Double = 0.25, work: Double = 1) {
            self.reply = reply
            self.bounce = bounce
            self.accept = accept
            self.work = work
        }
    }

    private enum Event {
        case fact(Person.ID, TouchpointKind)
        case work(OutreachTask, person: String)
    }

    private let store: S
    private let model: Model
    private let rates: Rates
    private let seed: Int
    private let consequences: Consequences
    /// What comes, by the turn before which it is there.
    private var coming: [Instant: [Event]] = [:]
    private var last: Instant?

    /// Throws its dice by `seed`; what happens is written into `store`.
    package init(_ store: S, model: Model, rates: Rates, seed: Int) {
        self.store = store
        self.model = model
        self.rates = rates
        self.seed = seed
        consequences = Consequences(model)
    }

    /// What the turn at `now` finds done since the one before.
    package func happen(before now: Instant) throws(StoreError) {
        var moment = last ?? now
        while moment <= now {
            for event in coming.removeValue(forKey: moment) ?? [] {
                switch event {
                case .fact(let person, let kind): try record(kind, person, at: now)
                case .work(let task, let person): try work(task, person, at: now)
                }
            }
            moment = moment + model.settings.every
        }
        last = moment
    }

    /// Decides what will come of a turn.
    package func follow(_ turn: Forecast<S>.Turn) throws(StoreError) {
        for (draft, _) in turn.sent { follow(draft, at: turn.at) }
        for task in turn.opened {
            guard let person = try store.enrollment(task.enrollment).map(\.person) else { continue }
            let key = try store.history(of: person).person.key
            guard luck("done", key, task.step, task.attempt) < rates.work else { continue }
            // Somebody looks at the list within a working day.
            let delay = Int(luck("work", key, task.step, task.attempt) * Double(26 * Int.hour))
            plan(.work(task, person: key), turn.at + delay)
        }
    }

    private func follow(_ draft: Draft, at now: Instant) {
        let person = draft.history.person
        if draft.history.messages.isEmpty, luck("bounce", person.key, "", 0) < rates.bounce {
            return plan(.fact(person.id, .bounceHard), now + model.settings.every)
        }
        guard luck("reply", person.key, draft.step.id, 0) < rates.reply else { return }
        let delay = luck("reply after", person.key, draft.step.id, 0)
        plan(.fact(person.id, .reply), now + .hour + Int(delay * Double(3 * Int.day)))
    }

    private func luck(_ what: String, _ person: String, _ step: String, _ attempt: Int) -> Double {
        StableChoice("simulate", what, person, step).with(seed).with(attempt).fraction
    }

    private func plan(_ event: Event, _ at: Instant) {
        let every = max(model.settings.every, 1)
        coming[Instant((at.seconds + every - 1) / every * every), default: []].append(event)
    }

    private func record(_ kind: TouchpointKind, _ person: Person.ID, at now: Instant) throws(StoreError) {
        let fact = Touchpoint(person: person, kind: kind, at: now, recordedAt: now)
        _ = try store.commit(try consequences.operations(fact, in: store), epoch: nil)
    }

    /// Does a task, if it is still to be done.
    private func work(_ task: OutreachTask, _ key: String, at now: Instant) throws(StoreError) {
        guard let open = try store.task(task.id), open.state == .open,
            let enrollment = try store.enrollment(task.enrollment), enrollment.state == .active
        else { return }
        let step = model.sequences[enrollment.sequence].flatMap { sequence in
            sequence.index(of: task.step).map { sequence.steps[$0] }
        }
        if task.kind == .approve {
            // Texts are not rendered here, so any of them is the approved one.
            _ = try store.commit(
                [.approve(task: task.id, sha256: SimulatedWorld.approved, at: now)], epoch: nil)
            return
        }
        let names = step?.outcomes.map(\.name) ?? []
        let choice = luck("outcome", key, task.step, task.attempt)
        let outcome = names.isEmpty ? "done" : names[min(Int(choice * Double(names.count)), names.count - 1)]
        let (jump, stops) = step.map { $0.landing($0.onward(after: outcome), attempt: task.attempt) } ?? (nil, false)
        let result = StepResult(
            enrollment: task.enrollment, step: task.step, attempt: task.attempt, result: outcome, at: now, jump: jump)
        let touch = Touchpoint(
            person: enrollment.person, enrollment: enrollment.id, step: task.step,
            kind: SimulatedWorld.kind(of: task.kind, outcome), at: now,
            recordedAt: now)
        var operations: [Operation] = [
            .close(task: task.id, state: .done, result: result, touchpoint: touch, at: now)
        ]
        if stops {
            operations.append(
                .halt(task.enrollment, state: .stopped, reason: outcome, until: nil, at: now))
        }
        _ = try store.commit(operations, epoch: nil)
        if [.connect, .connectNote].contains(task.kind), luck("accept", key, task.step, 0) < rates.accept {
            let delay = luck("accept after", key, task.step, 0)
            plan(.fact(enrollment.person, .linkedinConnected), now + .hour + Int(delay * Double(5 * Int.day)))
        }
    }

    /// A talk would end the way, but a simulation's talks come from its rates of replies: here a call is only a call.
    private static func kind(of task: OutreachTask.Kind, _ outcome: String) -> TouchpointKind {
        task == .call ? .callMade : TouchpointKind(of: task, outcome: outcome)
    }

    /// The text that a simulation approves; its `ready` must answer with it.
    package static var approved: String { String(repeating: "0", count: 64) }
}
