import CivilTime
import Delivery
import Facts
import Ledger
import Outreach
import Planning
import Testing

/// Each rule of capacity in the smallest world that shows it.
@Suite struct `Capacity` {
    private func days(_ entries: [(at: Instant, decision: Decision)]) -> [Int] {
        let days = Dictionary(grouping: entries.filter { $0.decision.sentStep != nil }) { World.berlin.date(at: $0.at) }
        return days.sorted { $0.key < $1.key }.map(\.value.count)
    }

    @Test func `grows on a ramp by its step a sending day, up to the cap`() throws {
        let ramp = Mailbox.Ramp(start: 1, add: 2)
        let world = try World([World.sequence("s", [World.email("a")])], mailboxes: [World.mailbox(cap: 6, ramp: ramp)])
        for index in 0..<30 { try world.enroll("p\(index)@x.example") }
        world.model.settings.every = 1800
        #expect(days(try world.run(until: World.monday + 7 * .day, every: 1800)).prefix(4) == [1, 3, 5, 6])
    }

    @Test func `of an hour counts rolling hours`() throws {
        var mailbox = World.mailbox()
        mailbox.hourlyCap = 3
        let world = try World([World.sequence("s", [World.email("a")])], mailboxes: [mailbox])
        for index in 0..<12 { try world.enroll("p\(index)@x.example") }
        let sends = try world.run(until: World.monday + 12 * .hour).filter { $0.decision.sentStep != nil }.map(\.at)
        #expect(sends.count == 12)
        for (index, at) in sends.enumerated().dropFirst(3) { #expect(at - sends[index - 3] >= .hour) }
    }

    @Test func `is none on a mailbox's frozen days, and no business day is counted there`() throws {
        var mailbox = World.mailbox()
        let tuesday = World.berlin.date(at: World.monday) + 1
        mailbox.freeze = [try #require(DateRange(tuesday, through: tuesday + 1))]
        let steps = [World.email("a"), World.email("b", after: .businessDays(1))]
        let world = try World([World.sequence("s", steps)], mailboxes: [mailbox])
        try world.enroll("ann@x.example")
        let sends = try world.run(until: World.monday + 5 * .day).filter { $0.decision.sentStep != nil }
        #expect(sends.map { World.berlin.date(at: $0.at) } == [tuesday - 1, tuesday + 2])
    }

    @Test func `lets two sequences without a gap write to one person in one turn`() throws {
        let world = try World([World.sequence("s", [World.email("a")]), World.sequence("t", [World.email("b")])])
        world.model.sequences["t"]?.exclusive = false
        try world.enroll("ann@x.example")
        try world.enroll("ann@x.example", in: "t")
        #expect(Set(try world.turn().compactMap(\.sentStep)) == ["a", "b"])
    }

    @Test func `of one mailbox that never opens for somebody leaves them to another`() throws {
        var night = World.mailbox("bob")
        night.calendar = BusinessCalendar(hours: Hours([2 * .hour..<3 * .hour]))
        var sequence = World.sequence("s", [World.email("a")], mailboxes: ["bob", "ana"])
        sequence.calendar = BusinessCalendar(hours: Hours([9 * .hour..<17 * .hour]))
        let world = try World([sequence], mailboxes: [World.mailbox(), night])
        let ann = try world.enroll("ann@x.example")
        try world.run(until: World.monday + .day)
        #expect(try world.sent(to: ann) == ["a"])
        #expect(try world.store.history(of: ann).enrollments.first?.mailbox == "ana")
    }

    @Test func `that waits is not lateness; an outage is, and spreading ends it without a burst`() throws {
        let steps = [World.email("a"), World.email("b", after: .businessDays(1))]
        let world = try World([World.sequence("s", steps)], mailboxes: [World.mailbox(cap: 9)])
        world.model.settings.maxLateness = 2 * .day
        for index in 0..<9 { try world.enroll("p\(index)@x.example") }
        try world.run(until: World.monday + 10 * .hour)
        try world.store.finish(world.epoch, counts: [:], exit: 0, at: world.now)
        // From Monday evening to the Monday after, nothing runs.
        world.now = World.monday + 7 * .day
        world.epoch = try world.store.begin(RunEntry(host: "test", pid: 1, version: "1"), at: world.now)
        #expect(try world.turn().compactMap(\.sentStep) == [])
        #expect(try world.store.held(limit: 99).map(\.hold?.reason) == Array(repeating: .late, count: 9))

        let circumstances = Circumstances(
            model: world.model, now: world.now, zone: World.zone, standing: { _ in Standing() }, ready: world.ready)
        let all = try world.store.enrollments(sequence: nil, state: .active, after: nil, limit: 99)
        let places = try spread(all, until: world.now + 3 * .day, world.store, circumstances)
        #expect(Set(places.map { World.berlin.date(at: $0.at) }).count == 3 && places.count == 9)
        #expect(Set(places.map(\.at)).count == 9)
        _ = try world.store.commit(
            places.map { .spread($0.enrollment, until: $0.at, days: $0.days, at: world.now) }, epoch: nil)
        var sends: [Int] = []
        while world.now < World.monday + 11 * .day {
            _ = try world.store.commit([.endPauses(at: world.now)], epoch: nil)
            let count = try world.turn().count { $0.sentStep == "b" }
            if count > 0 { sends.append(count) }
            world.now = world.now + 300
        }
        #expect(sends == Array(repeating: 1, count: 9))
        #expect(try world.store.verify(at: world.now) == [])
    }

    @Test func `of owners binds in a simulation where somebody waits for it`() throws {
        let connect = Step(id: "c", kind: .linkedin(.connect, template: "n"))
        let world = try World([World.sequence("s", [connect, World.email("a", after: .days(1))])])
        world.model.owners["ana"]?.notesPerMonth = 2
        for index in 0..<4 {
            let link = Value.text("https://linkedin.example/\(index)")
            try world.enroll("p\(index)@x.example", facts: ["linkedin": link])
        }
        let overlay = try MemoryStore(over: world.store)
        let forecast = Forecast(
            store: overlay, model: world.model, zone: World.zone, standing: { _, _ in Standing() },
            ready: { _, _ in .ready(text: "") })
        var tally = SimulationTally(world.model)
        try forecast.fold(
            from: world.now, until: world.now + 2 * .day,
            each: { (turn) throws(StoreError) in try tally.add(turn, in: overlay) })
        let day = World.berlin.date(at: world.now)
        #expect(tally.tasks[day]?["ana"] == 2)
        #expect(tally.fullLists[day]?["ana"] == .notes)
    }
}

/// Each rule of tasks in the smallest world that shows it.
@Suite struct `A task` {
    private static let linked: Record = ["linkedin": .text("https://linkedin.example/ann"), "phone": .text("+49301")]

    private func world(_ first: Step, _ facts: Record = linked) throws -> (World, Person.ID) {
        let world = try World([World.sequence("s", [first, World.email("b", after: .businessDays(1))])])
        return (world, try world.enroll("ann@x.example", facts: facts))
    }

    private func call(_ change: (inout Step) -> Void = { _ in }) -> Step {
        var step = Step(id: "c", kind: .call(template: "c"))
        change(&step)
        return step
    }

    private func finish(_ task: OutreachTask, _ outcome: String, jump: String? = nil, in world: World) throws {
        let result = StepResult(
            enrollment: task.enrollment, step: task.step, attempt: task.attempt, result: outcome, at: world.now,
            jump: jump)
        _ = try world.store.commit(
            [.close(task: task.id, state: .done, result: result, touchpoint: nil, at: world.now)], epoch: nil)
    }

    @Test func `that blocks keeps the next step, and its overdue time does not eat the delay`() throws {
        let (world, ann) = try world(call())
        try world.run(until: World.monday + 9 * .day)
        #expect(try world.sent(to: ann) == [])
        let task = try #require(try world.store.openTasks(owner: nil).first)
        try finish(task, "done", in: world)
        let done = World.berlin.date(at: world.now)
        let sends = try world.run(until: world.now + 4 * .day).filter { $0.decision.sentStep == "b" }
        #expect(sends.map { World.berlin.date(at: $0.at) - done } == [1])
    }

    @Test func `in parallel lets the way go on, and can be done later`() throws {
        let (world, ann) = try world(call { $0.parallel = true })
        try world.run(until: World.monday + 2 * .day)
        #expect(try world.sent(to: ann) == ["b"])
        let task = try #require(try world.store.openTasks(owner: nil).first)
        try finish(task, "connected", in: world)
        #expect(try world.store.history(of: ann).tasks.first?.outcome == "connected")
    }

    @Test func `that is to be tried again comes back after its own delay, as often as it says`() throws {
        let retry = Step.Onward.retry(times: 2, after: .businessDays(2))
        let (world, ann) = try world(call { $0.outcomes = [Step.Outcome(name: "no_answer", onward: retry)] })
        var dates: [LocalDate] = []
        for _ in 0..<3 {
            while try world.store.openTasks(owner: nil).isEmpty {
                try world.turn()
                world.now = world.now + 300
            }
            let task = try #require(try world.store.openTasks(owner: nil).first)
            dates.append(World.berlin.date(at: task.openedAt))
            let step = try #require(world.model.sequences["s"]?.steps.first)
            let (jump, _) = step.landing(step.onward(after: "no_answer"), attempt: task.attempt)
            try finish(task, "no_answer", jump: jump, in: world)
        }
        let monday = World.berlin.date(at: World.monday)
        #expect(dates == [monday, monday + 2, monday + 4])
        try world.run(until: world.now + 4 * .day)
        #expect(try world.sent(to: ann) == ["b"])
    }

    @Test(arguments: [
        (Step.Kind.call(template: "c"), "no_phone"), (.linkedin(.view, template: nil), "no_linkedin"),
        (.linkedin(.message, template: "n"), "no_linkedin"),
    ])
    func `that can't be done for somebody is skipped, and that is recorded`(kind: Step.Kind, reason: String) throws {
        let (world, ann) = try world(Step(id: "c", kind: kind), [:])
        try world.run(until: World.monday + 2 * .day)
        #expect(try world.store.history(of: ann).results.map(\.result) == [reason, "sent"])
        #expect(try world.store.history(of: ann).tasks.isEmpty)
    }

    @Test func `that no hour is open for says on which two clocks`() throws {
        let world = try World([World.sequence("s", [call()])])
        world.model.settings.calendar = BusinessCalendar(hours: Hours([9 * .hour..<17 * .hour]))
        var facts = Self.linked
        facts["timezone"] = .text("America/Los_Angeles")
        let ann = try world.enroll("ann@x.example", facts: facts)
        try world.turn()
        let hold = try #require(try world.store.history(of: ann).enrollments.first?.hold)
        #expect(hold.reason == .neverOpen)
        #expect(
            hold.detail
                == "c: Ana Pop's hours 09:00-17:00 Europe/Berlin never meet theirs, 09:00-17:00 America/Los_Angeles")
    }

    @Test func `that expires takes its path, though the person was paused meanwhile`() throws {
        let (world, ann) = try world(call { ($0.expire, $0.onExpire) = (.days(2), .stop) })
        try world.turn()
        let way = try #require(try world.store.history(of: ann).enrollments.first)
        _ = try world.store.commit(
            [.halt(way.id, state: .paused, reason: "", until: World.monday + .day, at: world.now)], epoch: nil)
        #expect(try world.store.openTasks(owner: nil).isEmpty)
        _ = try world.store.commit([.endPauses(at: World.monday + .day)], epoch: nil)
        #expect(try world.store.openTasks(owner: nil).count == 1)
        try world.run(until: World.monday + 4 * .day)
        #expect(try world.store.history(of: ann).enrollments.first?.state == .stopped)
    }
}

/// A pause by an event never shortens one that is longer, and grows a shorter one.
@Suite struct `A pause` {
    @Test(arguments: [(1, 5, 5), (5, 1, 5)])
    func `by an absence lasts as long as the longer`(first: Int, then second: Int, days: Int) throws {
        let world = try World([World.sequence("s", [World.email("a")])])
        let ann = try world.enroll("ann@x.example")
        for length in [first, second] {
            let away = Touchpoint(person: ann, kind: .autoReply, at: world.now, recordedAt: world.now)
            let until = World.monday + length * .day
            _ = try world.store.commit([.record(away, .pauseAll(reason: "away", until: until))], epoch: nil)
        }
        #expect(try world.store.history(of: ann).enrollments.first?.pausedUntil == World.monday + days * .day)
    }
}

/// Where an edit has removed the step that somebody was led to.
@Suite struct `A jump to a step that is gone` {
    @Test func `is placed by the older order for good: nobody goes back`() throws {
        var split = Step(id: "way", kind: .split([Step.Weighted(step: "c", weight: 100)]))
        split.after = nil
        let late = Delay.businessDays(5)
        let steps = [
            split, World.email("a"), World.email("b"), World.email("c", after: late), World.email("d", after: late),
        ]
        let world = try World([World.sequence("s", steps)])
        let ann = try world.enroll("ann@x.example")
        try world.turn()
        world.now = world.now + .hour
        world.model.sequences["s"]?.steps = [split, steps[1], steps[2], steps[4]].map { step in
            var step = step
            if step.id == "way" { step.kind = .plainEmail }
            return step
        }
        world.model.sequences["s"]?.version = "v2"
        let version = SequenceVersion(version: "v2", sequence: "s", stepOrder: ["way", "a", "b", "d"])
        _ = try world.store.commit(
            [
                .apply(
                    Snapshot(hash: String(repeating: "b", count: 64), files: []), versions: [version], at: world.now),
                .wakeSequence("s", at: world.now),
            ], epoch: nil)
        try world.run(until: world.now + 20 * .day, every: 1800)
        #expect(try world.sent(to: ann) == ["d"])
    }
}
