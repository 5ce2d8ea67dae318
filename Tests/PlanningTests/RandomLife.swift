import CivilTime
import Digest
import Facts
import Ledger
import Outreach
import Planning

/// Two weeks of a random workspace in memory: turns of cron, and between them what people and servers do.
///
/// All that happens is a hash of the seed and of whom it happens to, so it is the same whatever the order in which
/// people were added.
final class RandomLife {
    struct Sent {
        var at: Instant
        var draft: Draft
        /// By whom, in words that another run of the same life has, too.
        var name: String
        /// Whether its try came to the final dot.
        var isFenced = true
        var isFollowUp: Bool { draft.history.messages.contains { $0.enrollment == draft.enrollment.id } }
    }
    struct Opened {
        var at: Instant
        var task: OutreachTask
        var name: String
    }

    let workspace: RandomWorkspace
    let isNoisy: Bool
    let store = MemoryStore()
    var model: Model
    var now: Instant
    private(set) var sends: [Sent] = []
    private(set) var opened: [Opened] = []
    var findings: [String] = []
    private(set) var outages: [Range<Instant>] = []
    private var epoch: Epoch
    private var waiting: [RandomWorkspace.RandomPerson]
    private var happened: Set<String> = []
    private let text = String(repeating: "b", count: 64)

    init(_ workspace: RandomWorkspace, isNoisy: Bool = true, reversed: Bool = false) throws {
        self.workspace = workspace
        self.isNoisy = isNoisy
        model = workspace.model
        now = workspace.start
        waiting = reversed ? workspace.people.reversed() : workspace.people
        epoch = try store.begin(RunEntry(host: "test", pid: 1, version: "1"), at: workspace.start)
    }

    /// What was done, in words that don't depend on row numbers.
    var log: [String] {
        (sends.map { "\($0.at.seconds) \($0.name) mail from \($0.draft.mailbox)" }
            + opened.map { "\($0.at.seconds) \($0.name) \($0.task.kind) for \($0.task.owner)" }).sorted()
    }

    /// Follow-ups that went on a later day than the one on which they were due.
    var lateFollowUps: [String] {
        let zone = model.settings.timezone
        return sends.filter(\.isFollowUp).compactMap { sent in
            let late = zone.date(at: sent.at) - zone.date(at: sent.draft.dueAt)
            return late == 0 ? nil : "\(sent.name), due \(sent.draft.dueAt), is \(late) days late"
        }
    }

    /// How many people have a mail, and how many wait for their first.
    func peopleBegun() throws -> (begun: Int, waiting: Int) {
        let people = try store.people(after: nil, limit: 100)
        let begun = try people.count { try !store.history(of: $0.id).messages.isEmpty }
        return (begun, people.count - begun)
    }

    func run(days: Int, audit: Audit? = nil) throws {
        let end = now + days * .day
        while now < end {
            try enter()
            if isNoisy { try happen() }
            if !isOut { try turn(audit) }
            now = now + model.settings.every
        }
    }

    /// A number in 0..<1 that belongs to these words.
    private func chance(_ words: String..., number: Int = 0) -> Double {
        words.reduce(StableChoice("life", "\(workspace.seed)")) { $0.with($1) }.with(number).fraction
    }

    private func once(_ name: String, _ body: () throws -> Void) rethrows {
        if happened.insert(name).inserted { try body() }
    }

    // MARK: turns

    private func turn(_ audit: Audit?) throws {
        let circumstances = circumstances
        let decisions = try tick(store, circumstances)
        for decision in decisions { try perform(decision) }
        try audit?.check(self, decisions, circumstances)
    }

    var circumstances: Circumstances {
        let zones = RandomWorkspace.zones
        let unread = isNoisy && chance("unread", number: now.seconds / .day) < 0.05 ? ["m1": "no answer"] : [:]
        return Circumstances(
            model: model, now: now, zone: { name in zones.first { $0.name == name } }, standing: { _ in Standing() },
            ready: { [text] _ in .ready(text: text) }, unread: unread)
    }

    func name(_ enrollment: Enrollment, _ person: Person, _ step: String) -> String {
        "\(person.key) \(enrollment.sequence).\(enrollment.round) \(step)"
    }

    private func perform(_ decision: Decision) throws {
        switch decision {
        case .send(let draft):
            let name = name(draft.enrollment, draft.history.person, draft.step.id)
            sends.append(Sent(at: now, draft: draft, name: name))
            try deliver(draft, name)
        case .enroll(let person, let sequence, let round, _):
            _ = try store.commit([.enroll(EnrollmentEntry(person, in: sequence, round: round, at: now))], epoch: epoch)
        default:
            let outcome = try store.commit([.decide(decision, at: now)], epoch: epoch).first
            if case .refused(let refusal)? = outcome { findings.append("refused \(refusal): \(decision)") }
            if case .open(let task) = decision, let enrollment = try store.enrollment(task.enrollment) {
                if case .row(_, false)? = outcome { findings.append("opened again: \(task)") }
                let person = try store.history(of: enrollment.person).person
                opened.append(Opened(at: now, task: task, name: name(enrollment, person, task.step)))
            }
        }
    }

    private func deliver(_ draft: Draft, _ name: String) throws {
        let entry = MessageEntry(
            enrollment: draft.enrollment.id, step: draft.step.id, mailbox: draft.mailbox,
            messageID: "<\(draft.enrollment.id.row).\(draft.step.id)@x>", date: now, sha256: text, subject: "Hi")
        guard case .row(let id, _)? = try store.commit([.intend(entry)], epoch: epoch).first else {
            return findings.append("no intent for \(name)")
        }
        let luck = isNoisy ? chance("deliver", name, number: draft.deferred?.attempts ?? 0) : 1
        let later = Settlement(state: .deferred, reply: "451", retryAt: now + 40 * .minute)
        if luck < 0.05 {
            _ = try store.commit([.settle(message: id, later, at: now)], epoch: epoch)
            sends[sends.count - 1].isFenced = false
            return
        }
        let day = model.mailboxes[draft.mailbox]?.timezone.date(at: now) ?? LocalDate(dayNumber: 0)
        let fact = Touchpoint(
            person: draft.enrollment.person, enrollment: draft.enrollment.id, step: draft.step.id, kind: .emailSent,
            at: now, recordedAt: now)
        let end =
            luck < 0.1
            ? later
            : luck < 0.12
                ? Settlement(state: .rejected, reply: "554", hold: Hold(.refused, "554"))
                : Settlement(state: .sent, reply: "250", touchpoint: fact)
        _ = try store.commit(
            [.fence(message: id, at: now, day: day), .settle(message: id, end, at: now)], epoch: epoch)
    }

    // MARK: what happens between turns

    private func enter() throws {
        let entering = waiting.filter { workspace.start + $0.delay <= now }
        waiting.removeAll { workspace.start + $0.delay <= now }
        for one in entering {
            var entry = one.entry
            entry.at = now
            guard case .row(let row, _)? = try store.commit([.put(entry)], epoch: nil).first else { continue }
            let person = try store.history(of: Person.ID(row)).person
            for name in one.sequences {
                guard let sequence = model.sequences[name] else { continue }
                _ = try store.commit(
                    [.enroll(EnrollmentEntry(person, in: sequence, round: 1, at: now))], epoch: nil)
            }
        }
    }

    private var isOut: Bool { outages.contains { $0.contains(now) } }

    private func happen() throws {
        try fail()
        let day = (now - workspace.start) / .day
        if day == 5, chance("edit") < 0.3 { try once("edit") { try edit() } }
        for name in model.mailboxes.keys where chance("pause", name) < 0.2 && day == Int(chance("when", name) * 10) {
            try once("pause \(name)") {
                let pause = Pause(.mailbox(name), until: now + 30 * .hour, reason: "test")
                _ = try store.commit([.pause(pause)], epoch: nil)
            }
        }
        _ = try store.commit([.endPauses(at: now)], epoch: nil)
        try visitPeople()
        try workTasks()
    }

    /// Some days without cron.
    private func fail() throws {
        guard chance("outage") < 0.2 else { return }
        let from = workspace.start + Int(chance("outage begins") * 8) * .day + 3 * .hour
        let length = Int(2 * .hour + Int(chance("outage lasts") * 4 * 86_400))
        if now >= from {
            try once("outage") {
                try store.finish(epoch, counts: [:], exit: 0, at: now)
                outages = [now..<now + length]
            }
        }
        if let outage = outages.first, now >= outage.upperBound {
            try once("back") {
                epoch = try store.begin(RunEntry(host: "test", pid: 1, version: "1"), at: now)
            }
        }
    }

    private func visitPeople() throws {
        for person in try store.people(after: nil, limit: 100).sorted(by: { $0.key < $1.key }) {
            if happens("connect", 0.4, person) { try record(.linkedinConnected, person, .none) }
            if happens("reply", 0.1, person) { try record(.reply, person, .stopAll(reason: "reply")) }
            if happens("away", 0.1, person) {
                try record(.autoReply, person, .pauseAll(reason: "away", until: now + 2 * .day))
            }
        }
        for held in try store.held(limit: 100) {
            let key = "\(held.person.row) \(held.sequence) \(now.seconds / .day)"
            guard held.hold?.reason == .refused || held.hold?.reason == .late else { continue }
            try once("release \(key)") {
                _ = try store.commit([.release(held.id, .send, at: now)], epoch: nil)
            }
        }
    }

    private func happens(_ what: String, _ share: Double, _ person: Person) -> Bool {
        guard chance(what, person.key) < share else { return false }
        let at = workspace.start + Int(chance(what, person.key, "at") * 12 * 86_400)
        return now >= at && happened.insert("\(what) \(person.key)").inserted
    }

    private func record(_ kind: TouchpointKind, _ person: Person, _ reaction: Reaction) throws {
        let fact = Touchpoint(person: person.id, kind: kind, at: now, recordedAt: now)
        _ = try store.commit([.record(fact, reaction)], epoch: nil)
    }

    private func workTasks() throws {
        for task in try store.openTasks(owner: nil) {
            guard let enrollment = try store.enrollment(task.enrollment), enrollment.state == .active else { continue }
            let person = try store.history(of: enrollment.person).person
            let name = name(enrollment, person, "\(task.step) \(task.attempt)")
            let patience = chance("work", name)
            guard patience < 0.8, now - task.openedAt >= Int(patience * 4 * 86_400) else { continue }
            if task.kind == .approve {
                _ = try store.commit([.approve(task: task.id, sha256: text, at: now)], epoch: nil)
                continue
            }
            guard let sequence = model.sequences[enrollment.sequence], let index = sequence.index(of: task.step) else {
                continue
            }
            let step = sequence.steps[index]
            let outcome = step.outcomes.isEmpty ? "done" : chance("outcome", name) < 0.5 ? "good" : "bad"
            let (jump, stops) = step.landing(step.onward(after: outcome), attempt: task.attempt)
            let result = StepResult(
                enrollment: task.enrollment, step: task.step, attempt: task.attempt, result: outcome, at: now,
                jump: jump)
            _ = try store.commit(
                [.close(task: task.id, state: .done, result: result, touchpoint: nil, at: now)], epoch: nil)
            if stops {
                _ = try store.commit(
                    [.halt(task.enrollment, state: .stopped, reason: outcome, until: nil, at: now)], epoch: nil)
            }
        }
    }

    /// Applies another version of every sequence: a step goes, one comes, one is renamed, two change places.
    private func edit() throws {
        for (name, sequence) in model.sequences {
            var steps = sequence.steps
            let kinds = chance("edit", name)
            if kinds < 0.4, steps.count > 1 { steps.remove(at: Int(chance("remove", name) * Double(steps.count))) }
            if kinds > 0.3 {
                let place = Int(chance("add", name) * Double(steps.count + 1))
                steps.insert(Step(id: "new", kind: .plainEmail, after: .days(1)), at: place)
            }
            if chance("swap", name) < 0.4, steps.count > 1 { steps.swapAt(0, steps.count - 1) }
            let renamed = Int(chance("rename", name) * Double(2 * steps.count))
            if renamed < steps.count {
                steps[renamed].was = steps[renamed].id
                steps[renamed].id += "x"
            }
            model.sequences[name]?.steps = RandomLife.sound(steps)
            model.sequences[name]?.version = "\(name)2"
        }
        let versions = model.sequences.values.map {
            SequenceVersion(version: $0.version, sequence: $0.name, stepOrder: $0.steps.map(\.id))
        }
        _ = try store.commit(
            [.apply(Snapshot(hash: text, files: []), versions: versions, at: now)]
                + versions.map { .wakeSequence($0.sequence, at: now) }, epoch: nil)
    }

    /// Ways that lead nowhere or back would be findings of `check`.
    private static func sound(_ steps: [Step]) -> [Step] {
        steps.enumerated().map { index, step in
            var step = step
            let later = Set(steps.dropFirst(index + 1).map(\.id))
            func mended(_ onward: Step.Onward) -> Step.Onward {
                if case .step(let id) = onward, !later.contains(id) { .next } else { onward }
            }
            step.onExpire = mended(step.onExpire)
            step.outcomes = step.outcomes.map { Step.Outcome(name: $0.name, onward: mended($0.onward)) }
            if let wait = step.wait { step.wait?.otherwise = mended(wait.otherwise) }
            switch step.kind {
            case .branch(_, let then, let otherwise) where !later.isSuperset(of: [then, otherwise]):
                step.kind = .plainEmail
            case .split(let ways) where !later.isSuperset(of: ways.map(\.step)): step.kind = .plainEmail
            default: break
            }
            return step
        }
    }
}
