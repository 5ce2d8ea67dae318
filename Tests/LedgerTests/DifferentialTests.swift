import CivilTime
import Facts
import Ledger
import Outreach
import Planning
import TestKit
import Testing

/// The same operations on every store give the same answers, whatever they are.
@Suite struct DifferentialTests {
    @Test(arguments: 1...12) func `stores agree on random operations`(_ run: Int) throws {
        let seed = UInt64(run) &* 7919
        var random = SeededRandom(seed: seed)
        // The third begins as a plain SQLite ledger; somewhere on its way memory is laid over it.
        let beds = [try Bed(.memory), try Bed(.sqlite), try Bed(.sqlite)]
        var worlds = beds.map { World(bed: $0) }
        let layer = random.int(0...50)
        for round in 0..<60 {
            if round == layer { try worlds[2].layOver() }
            let size = random.oneIn(4) ? random.int(10...25) : random.int(1...4)
            let steps = (0..<size).map { _ in random.next() }
            let now = Bed.start + round * 600
            let answers = try worlds.indices.map { try worlds[$0].perform(steps, at: now) }
            for (index, answer) in answers.enumerated() where answer != answers[0] {
                Issue.record("seed \(seed), round \(round): store \(index) says \(answer), memory \(answers[0])")
                return
            }
            if random.oneIn(3) {
                let views = try worlds.indices.map { try worlds[$0].view(at: now) }
                for (index, view) in views.enumerated() {
                    for (mine, first) in zip(view, views[0]) where mine != first {
                        Issue.record("seed \(seed), round \(round): store \(index): \(mine)\n\(first)")
                        return
                    }
                }
            }
        }
        for world in worlds {
            let findings = try world.bed.store.verify(at: Bed.start)
            #expect(findings == [], "seed \(seed)")
        }
    }
}

/// One store, and its rows under numbers that are the same in all: an overlay counts from elsewhere.
private struct World {
    var bed: Bed
    var people: [Person.ID] = []
    var enrollments: [Enrollment.ID] = []
    var messages: [Int] = []
    var tasks: [Int] = []
    var epochs: [Epoch] = []

    init(bed: Bed) { self.bed = bed }

    mutating func layOver() throws {
        bed.base = bed.store
        bed.store = try MemoryStore(over: bed.store)
    }

    static let steps = ["intro", "bump", "call"]
    static let sequences = ["outbound", "news", "other"]

    mutating func perform(_ numbers: [UInt64], at now: Instant) throws -> [String] {
        var first = SeededRandom(seed: numbers[0])
        if epochs.isEmpty || first.oneIn(25) {
            epochs.append(try bed.store.begin(RunEntry(host: "h", pid: 1, version: "0"), at: now))
        }
        let epoch = first.oneIn(12) ? first.pick(epochs) : epochs.last
        var operations: [Operation] = []
        for number in numbers {
            var random = SeededRandom(seed: number)
            operations.append(operation(&random, now))
        }
        let outcomes = try bed.store.commit(operations, epoch: epoch)
        return zip(operations, outcomes).map { note($0, $1) }
    }

    /// What came of it, in the numbers that all share.
    private mutating func note(_ operation: Operation, _ outcome: Outcome) -> String {
        switch (operation, outcome) {
        case (.put, .row(let row, let isNew)): return "\(place(&people, Person.ID(row))) \(isNew)"
        case (.merge, .row(let row, let isNew)): return "\(place(&people, Person.ID(row))) \(isNew)"
        case (.enroll, .row(let row, let isNew)): return "\(place(&enrollments, Enrollment.ID(row))) \(isNew)"
        case (.intend, .row(let row, let isNew)): return "\(place(&messages, row)) \(isNew)"
        case (.decide, .row(let row, let isNew)): return "\(place(&tasks, row)) \(isNew)"
        case (.record, .row(_, let isNew)): return "touchpoint \(isNew)"
        case (_, .refused(.conflict(let ids))): return "conflict \(ids.map { people.firstIndex(of: $0) ?? -1 })"
        default: return "\(outcome)"
        }
    }

    private func place<T: Equatable>(_ list: inout [T], _ element: T) -> Int {
        if let known = list.firstIndex(of: element) { return known }
        list.append(element)
        return list.count - 1
    }

    private func operation(_ random: inout SeededRandom, _ now: Instant) -> Operation {
        let person = people.isEmpty ? Person.ID(1 << 50) : random.pick(people)
        let enrollment = enrollments.isEmpty ? Enrollment.ID(1 << 50) : random.pick(enrollments)
        let message = messages.isEmpty ? 1 << 50 : random.pick(messages)
        let task = tasks.isEmpty ? 1 << 50 : random.pick(tasks)
        let at = now + random.int(0...300)
        switch random.int(0...38) {
        case 0...5: return .put(entry(&random, now))
        case 6...10: return .enroll(enrolling(&random, person, now))
        case 11:
            return random.oneIn(3)
                ? .merge(into: person, from: people.first ?? person, at: now) : .snooze(task: task, until: at)
        case 12:
            return random.oneIn(4)
                ? .forget(person, keyedHash: "h\(random.int(1...3))", at: now) : .edit(task: task, text: "é")
        case 13: return random.oneIn(2) ? .suppress(suppression(&random, now)) : .unpause(.mailbox("m1"))
        case 14...16:
            return .intend(bed.messageFor(enrollment, index: enrollments.firstIndex(of: enrollment) ?? 0, &random))
        case 17...19: return .fence(message: message, at: at, day: Bed.today + random.int(0...4))
        case 20...22: return .settle(message: message, settlement(&random, message, at), at: at)
        case 23: return .resolve(message: message, sent: random.oneIn(2), evidence: "e", at: at)
        case 24...29: return .decide(decision(&random, enrollment, task, now), at: now)
        case 30:
            return .halt(
                enrollment, state: random.pick(Enrollment.State.allCases), reason: "r",
                until: random.oneIn(2) ? at : nil, at: now)
        case 31: return .resume(enrollment, at: now)
        case 32:
            return .release(enrollment, random.pick(Release.allCases), step: random.oneIn(2) ? "bump" : nil, at: now)
        case 33: return random.oneIn(4) ? .wakeSequence(random.pick(World.sequences), at: at) : .endPauses(at: at)
        case 34, 35: return .record(touchpoint(&random, person, now), reaction(&random, enrollment, at))
        case 36:
            let result = StepResult(enrollment: enrollment, step: "call", result: "done", at: at)
            return .close(
                task: task, state: random.pick(OutreachTask.State.allCases), result: random.oneIn(2) ? result : nil,
                touchpoint: nil, at: at)
        case 37: return .approve(task: task, sha256: String(repeating: "ab", count: random.pick([32, 31])), at: at)
        default:
            let standing = Standing(fit: random.oneIn(2) ? 5 : nil, intent: 1.5, nextChange: random.oneIn(2) ? at : nil)
            return .stand(person, standing, rules: "r")
        }
    }

    private func entry(_ random: inout SeededRandom, _ now: Instant) -> PersonEntry {
        let number = random.int(1...12)
        let company = random.int(1...4)
        return PersonEntry(
            email: random.oneIn(5) ? nil : "p\(number)@mail.c\(company).example",
            linkedin: random.oneIn(3) ? "in/p\(random.int(1...12))" : nil,
            phone: random.oneIn(3) ? "+49\(random.int(1...6))" : nil,
            facts: ["first_name": .text("P\(number)"), "city": .text(random.pick(["Ulm", "Bonn", " "]))],
            company: random.oneIn(2) ? ["name": .text("C\(company)")] : [:],
            companyDomain: random.oneIn(2) ? "c\(company).example" : nil, source: "s", at: now,
            keyedHashes: random.oneIn(9) ? ["h\(random.int(1...3))"] : [])
    }

    private func enrolling(_ random: inout SeededRandom, _ person: Person.ID, _ now: Instant) -> EnrollmentEntry {
        let sequence = random.pick(World.sequences)
        return EnrollmentEntry(
            person: person, sequence: sequence, round: random.int(1...2), exclusive: sequence != "news",
            version: "v\(random.int(1...2))", stepOrder: World.steps, tie: random.int(0...3), at: now)
    }

    private func suppression(_ random: inout SeededRandom, _ now: Instant) -> Suppression {
        let values: [(Suppression.Scope, String)] = [
            (.address, "p\(random.int(1...12))@mail.c1.example"), (.domain, "c\(random.int(1...4)).example"),
            (.domain, "mail.c2.example"), (.phone, "+49\(random.int(1...6))"), (.linkedin, "in/p\(random.int(1...12))"),
        ]
        let (scope, value) = random.pick(values)
        return Suppression(
            scope: scope, value: value, reason: "r", channel: random.oneIn(3) ? nil : random.pick(Channel.allCases),
            at: now)
    }

    private func settlement(_ random: inout SeededRandom, _ message: Int, _ at: Instant) -> Settlement {
        let state = random.pick([Message.State.sent, .deferred, .rejected, .unknown, .sending])
        return Settlement(
            state: state, reply: "250 \(state)", retryAt: random.oneIn(2) ? at : nil,
            hold: random.oneIn(4) ? Hold(.late, "x") : nil,
            suppress: random.oneIn(9) ? "gone" : nil)
    }

    private func decision(
        _ random: inout SeededRandom, _ enrollment: Enrollment.ID, _ task: Int, _ now: Instant
    ) -> Decision {
        let days = (0..<random.int(0...3)).map { Bed.today + $0 * 2 }
        let result = StepResult(
            enrollment: enrollment, step: random.pick(World.steps), attempt: random.int(1...2), result: "skipped",
            at: now)
        switch random.int(0...8) {
        case 0, 1: return .admit(enrollment, mailbox: random.pick(["m1", "m2"]), projected: days)
        case 2: return .project(enrollment, mailbox: "m1", days: days)
        case 3:
            return .wake(
                enrollment, at: now + random.int(0...900), queue: random.pick(Enrollment.Queue.allCases),
                hold: random.oneIn(3) ? Hold(.consent, "DE") : nil)
        case 4: return .record(result)
        case 5: return .end(enrollment, state: random.pick([.stopped, .finished]), reason: "e")
        case 6: return .move(enrollment, version: "v\(random.int(1...3))", cancelled: ["bump"])
        case 7: return .expire(task: task, result)
        default:
            return .open(
                OutreachTask(
                    id: 0, enrollment: enrollment, step: random.pick(World.steps), attempt: 1,
                    kind: random.pick([.call, .answer, .connect]), owner: random.pick(["ana", "bo"]), dueAt: now,
                    openedAt: now))
        }
    }

    private func touchpoint(_ random: inout SeededRandom, _ person: Person.ID, _ now: Instant) -> Touchpoint {
        Touchpoint(
            person: person, kind: random.pick([.reply, .meeting, .callMade]), at: now - random.int(0...500),
            recordedAt: now, sourceKey: random.oneIn(2) ? "k\(random.int(1...20))" : nil, detail: ["n": .integer(1)])
    }

    private func reaction(_ random: inout SeededRandom, _ enrollment: Enrollment.ID, _ at: Instant) -> Reaction {
        random.pick([
            .none, .none, .stopAll(reason: "r"), .pauseAll(reason: "p", until: at),
            .pauseCompany(reason: "c", until: at),
            .stop(enrollment, reason: "s"),
            .several([.pauseAll(reason: "p", until: nil), .stop(enrollment, reason: "s")]),
        ])
    }

    // MARK: what can be read

    /// Everything that a store says, in the numbers that all share.
    func view(at now: Instant) throws -> [String] {
        let store = bed.store
        var lines: [String] = []
        for (index, person) in people.enumerated() {
            lines.append("person \(index): \(text(try store.history(of: person)))")
        }
        for sequence in World.sequences {
            for mailbox in [nil, "m1", "m2"] {
                for queue in Enrollment.Queue.allCases {
                    let lane = Lane(sequence: sequence, mailbox: mailbox, queue: queue)
                    let all = try store.due(lane, at: now, after: nil, limit: 100)
                    let some = try store.due(lane, at: now, after: all.first.map { Cursor($0) }, limit: 2)
                    lines.append("\(lane): \(all.map(text)) \(some.map(text)) \(try store.dueCount(lane, at: now))")
                }
            }
        }
        for mailbox in ["m1", "m2", "ana"] {
            lines.append("fences \(try store.fences(of: mailbox, since: now - 3000).map(\.seconds))")
            lines.append("days \(try (0...5).map { try store.sendingDays(of: mailbox, before: Bed.today + $0) })")
            let projected = try store.projected(for: mailbox, from: Bed.today, through: Bed.today + 9)
            lines.append("projected \(projected.map { "\($0.key.dayNumber)=\($0.value)" }.sorted())")
        }
        lines.append("tasks \(try store.openTasks(owner: nil).map { tasks.firstIndex(of: $0.id) ?? -1 }.sorted())")
        lines.append("opened \(try store.tasksOpened(for: "ana", kinds: [.call, .connect], since: now - 5000))")
        lines.append("held \(try store.held(limit: 99).map(text))")
        lines.append("over \(try store.pausesOver(at: now).map { enrollments.firstIndex(of: $0) ?? -1 }.sorted())")
        lines.append("standings \(try store.standingsDue(at: now, limit: 99).map { people.firstIndex(of: $0) ?? -1 })")
        for state in Message.State.allCases {
            let rows = try store.messages(in: state, limit: 99).map { messages.firstIndex(of: $0.id) ?? -1 }
            lines.append("\(state) \(rows)")
        }
        lines.append("suppressions \(try store.suppressions())")
        lines.append("counts \(try store.counts().sorted { $0.key < $1.key })")
        let standings = try store.standingCounts()
        lines.append("stages \(standings.stages.map { "\($0.key)=\($0.value)" }.sorted())")
        lines.append("temperatures \(standings.temperatures.map { "\($0.key)=\($0.value)" }.sorted())")
        lines.append("touchpoints \(try store.touchpoints(after: 0, limit: 999).map(text))")
        lines.append("walk \(try store.people(after: nil, limit: 5).map { people.firstIndex(of: $0.id) ?? -1 })")
        let page = try store.enrollments(sequence: "outbound", state: .active, after: enrollments.first, limit: 3)
        lines.append("page \(page.map(text))")
        for text in ["in/p3", "+492", "p2@mail.c2.example"] {
            lines.append(
                "\(text) \(try store.people(matching: text, limit: 9).map { people.firstIndex(of: $0.id) ?? -1 })")
        }
        return lines
    }

    /// In the order of the record's keys; Swift's own description of one changes from run to run.
    private func show(_ value: Value) -> String {
        switch value {
        case .record(let record): "{\(record.elements.map { "\($0.key)=\(show($0.value))" }.joined(separator: " "))}"
        case .list(let values): "\(values.map(show))"
        default: "\(value)"
        }
    }

    private func text(_ touchpoint: Touchpoint) -> String {
        "\(people.firstIndex(of: touchpoint.person) ?? -1) \(touchpoint.kind) \(touchpoint.at.seconds) \(touchpoint.sourceKey ?? "-") \(show(.record(touchpoint.detail)))"
    }

    private func text(_ row: Enrollment) -> String {
        "\(enrollments.firstIndex(of: row.id) ?? -1) p\(people.firstIndex(of: row.person) ?? -1) \(row.sequence) \(row.round)"
            + " \(row.version) \(row.state) \(row.reason ?? "-") \(row.mailbox ?? "-") \(row.queue) \(row.wakeAt.seconds)"
            + " \(row.tie) \(row.hold?.detail ?? "-") \(row.pausedUntil?.seconds ?? 0) \(row.isReleased) \(row.projected.map(\.dayNumber))"
    }

    private func text(_ history: History) -> String {
        let person = history.person
        let company = person.companyID == nil
        return "\(person.key) \(person.email ?? "-") \(person.isForgotten) \(company) \(show(.record(person.facts)))"
            + " \(history.blockedChannels.map(\.rawValue).sorted()) \(history.enrollments.map(text))"
            + " \(history.results.map { "\($0.step)\($0.attempt)\($0.result)\($0.at.seconds)\($0.jump ?? "")" })"
            + " \(history.messages.map { "\(messages.firstIndex(of: $0.id) ?? -1)\($0.state)\($0.attempts)\($0.fencedAt?.seconds ?? 0)\($0.retryAt?.seconds ?? 0)\($0.reply ?? "")\($0.subject ?? "")" })"
            + " \(history.tasks.map { "\(tasks.firstIndex(of: $0.id) ?? -1)\($0.state)\($0.kind)\($0.outcome ?? "")\($0.editedText ?? "")\($0.closedAt?.seconds ?? 0)" })"
            + " \(history.touchpoints.map(text))"
    }
}

extension Bed {
    /// An intent that every store names alike.
    fileprivate func messageFor(_ id: Enrollment.ID, index: Int, _ random: inout SeededRandom) -> MessageEntry {
        let step = random.pick(["intro", "bump"])
        let other = random.oneIn(15) ? "x" : step
        return MessageEntry(
            enrollment: id, step: step, mailbox: "m1", messageID: "<\(index).\(other)@stoke>", date: Bed.start,
            sha256: String(repeating: "0b", count: random.oneIn(20) ? 3 : 32), arm: "a", subject: "S")
    }
}
