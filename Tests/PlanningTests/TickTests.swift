import CivilTime
import Facts
import Ledger
import Outreach
import Planning
import Testing

@Suite struct `A tick` {
    @Test func `sends the first email at once and the next on its business day, inside the window`() throws {
        let world = try World([
            World.sequence("s", [World.email("intro"), World.email("bump", after: .businessDays(3))])
        ])
        let ann = try world.enroll("ann@x.example")
        #expect(try world.turn().compactMap(\.sentStep) == ["intro"])
        let rest = try world.run(until: World.monday + 7 * .day)
        let bump = try #require(rest.first { $0.decision.sentStep == "bump" })
        let local = World.berlin.local(at: bump.at)
        #expect(local.date == LocalDate(year: 2026, month: 3, day: 5))
        #expect(local.time >= LocalTime(clamping: 9 * .hour) && local.time < LocalTime(clamping: 17 * .hour))
        #expect(try world.sent(to: ann) == ["intro", "bump"])
        #expect(try world.store.history(of: ann).enrollments.first?.state == .finished)
    }

    @Test func `sends nothing outside the window`() throws {
        let world = try World([World.sequence("s", [World.email("intro")])])
        world.now = World.monday - 3 * .hour
        try world.enroll("ann@x.example")
        #expect(try world.turn().compactMap(\.sentStep) == [])
        let all = try world.run(until: World.monday + .hour)
        #expect(all.first { $0.decision.sentStep != nil }?.at == World.monday)
    }

    @Test func `skips a step whose condition fails and goes on in the same turn`() throws {
        let step = World.email("bump", when: .fact("linkedin.connected", .equals(.bool(true))))
        let world = try World([World.sequence("s", [step, World.email("other")])])
        let ann = try world.enroll("ann@x.example")
        #expect(try world.turn().compactMap(\.sentStep) == ["other"])
        #expect(try world.store.history(of: ann).results.map(\.result) == ["skipped", "sent"])
    }

    @Test func `never lets a mailbox over its daily cap`() throws {
        let world = try World([World.sequence("s", [World.email("intro")])], mailboxes: [World.mailbox(cap: 3)])
        for index in 0..<10 { try world.enroll("p\(index)@x.example") }
        let first = try world.run(until: World.monday + .day - .hour)
        #expect(first.count { $0.decision.sentStep != nil } == 3)
        let second = try world.run(until: World.monday + 2 * .day - .hour)
        #expect(second.count { $0.decision.sentStep != nil } == 3)
    }

    @Test func `keeps the gap between two sends`() throws {
        let world = try World([World.sequence("s", [World.email("intro")])], mailboxes: [World.mailbox(gap: 600)])
        for index in 0..<4 { try world.enroll("p\(index)@x.example") }
        let sends = try world.run(until: World.monday + .hour).filter { $0.decision.sentStep != nil }.map(\.at)
        #expect(sends == [0, 600, 1200, 1800].map { World.monday + $0 })
    }

    @Test func `admits only people whose follow-ups all fit`() throws {
        let steps = [World.email("a"), World.email("b", after: .businessDays(1))]
        let world = try World([World.sequence("s", steps)], mailboxes: [World.mailbox(cap: 4)])
        for index in 0..<30 { try world.enroll("p\(index)@x.example") }
        let all = try world.run(until: World.monday + 12 * .day)
        var due: [Person.ID: Instant] = [:]
        for (at, decision) in all {
            guard case .send(let draft) = decision else { continue }
            if draft.step.id == "a" {
                due[draft.enrollment.person] = at
            } else {
                let first = try #require(due[draft.enrollment.person])
                let days = World.berlin.date(at: at) - World.berlin.date(at: first)
                #expect(days == 1 || days == 3, "a follow-up waited for \(days) days")
            }
        }
    }

    @Test func `binds a person to one mailbox for the whole sequence`() throws {
        let steps = [World.email("a"), World.email("b", after: .businessDays(1)), World.email("c", after: .days(2))]
        let world = try World(
            [World.sequence("s", steps, mailboxes: ["ana", "bob"])],
            mailboxes: [World.mailbox("ana"), World.mailbox("bob")])
        for index in 0..<20 { try world.enroll("p\(index)@x.example") }
        let all = try world.run(until: World.monday + 12 * .day)
        var mailboxes: [Person.ID: Set<String>] = [:]
        for case (_, .send(let draft)) in all {
            mailboxes[draft.enrollment.person, default: []].insert(draft.mailbox)
        }
        #expect(mailboxes.count == 20 && mailboxes.values.allSatisfy { $0.count == 1 })
        #expect(Set(mailboxes.values.flatMap { $0 }) == ["ana", "bob"])
    }

    @Test func `opens a task, waits for it, and counts the next delay from its completion`() throws {
        let call = Step(
            id: "call", kind: .call(template: "script"), after: .businessDays(1),
            outcomes: [
                Step.Outcome(name: "connected", onward: .stop),
                Step.Outcome(name: "no_answer", onward: .retry(times: 1, after: .businessDays(1))),
            ])
        let world = try World([World.sequence("s", [call, World.email("bye", after: .businessDays(1))])])
        let ann = try world.enroll("ann@x.example", facts: ["phone": .text("+49 30 1")])
        try world.run(until: World.monday + 3 * .day)
        let tasks = try world.store.openTasks(owner: "ana")
        #expect(tasks.map(\.kind) == [.call])
        let task = try #require(tasks.first)
        let landing = call.landing(call.onward(after: "no_answer"), attempt: 1)
        #expect(landing.jump == "call")
        let result = StepResult(
            enrollment: task.enrollment, step: "call", attempt: 1, result: "no_answer", at: world.now,
            jump: landing.jump)
        _ = try world.store.commit(
            [.close(task: task.id, state: .done, result: result, touchpoint: nil, at: world.now)], epoch: nil)
        try world.run(until: world.now + 2 * .day)
        let again = try #require(try world.store.openTasks(owner: "ana").first)
        #expect(again.attempt == 2)
        let done = StepResult(
            enrollment: task.enrollment, step: "call", attempt: 2, result: "no_answer", at: world.now, jump: nil)
        _ = try world.store.commit(
            [.close(task: again.id, state: .done, result: done, touchpoint: nil, at: world.now)], epoch: nil)
        try world.run(until: world.now + 5 * .day)
        #expect(try world.sent(to: ann) == ["bye"])
    }

    @Test func `lets an expired task go on by its path`() throws {
        let note = Step(
            id: "note", kind: .linkedin(.connect, template: nil), expire: .days(2), onExpire: .step("late"))
        let world = try World([World.sequence("s", [note, World.email("soon"), World.email("late")])])
        let ann = try world.enroll("ann@x.example", facts: ["linkedin": .text("https://linkedin.example/ann")])
        try world.run(until: World.monday + 4 * .day)
        #expect(try world.sent(to: ann) == ["late"])
        #expect(try world.store.openTasks(owner: nil).isEmpty)
    }

    @Test func `waits for a condition and takes its way out in time`() throws {
        let wait = Step.Wait(
            condition: .fact("linkedin.connected", .equals(.bool(true))), atMost: .days(2), otherwise: .step("bye"))
        let steps = [
            World.email("hi"), Step(id: "hello", kind: .email([Step.Variant(arm: "a", template: "t")]), wait: wait),
            World.email("bye"),
        ]
        let world = try World([World.sequence("s", steps)])
        let ann = try world.enroll("ann@x.example")
        let bob = try world.enroll("bob@x.example")
        try world.run(until: World.monday + .day)
        let fact = Touchpoint(person: bob, kind: .linkedinConnected, at: world.now, recordedAt: world.now)
        _ = try world.store.commit([.record(fact, .none)], epoch: nil)
        try world.run(until: World.monday + 4 * .day)
        #expect(try world.sent(to: ann) == ["hi", "bye"])
        #expect(try world.sent(to: bob) == ["hi", "hello", "bye"])
    }

    @Test func `holds people without an address and people whose country wants consent`() throws {
        let world = try World([World.sequence("s", [World.email("hi")])])
        world.model.settings.consentRequired = ["DE": .hold]
        let ann = try world.enroll("ann@x.example", facts: ["country": .text("de")])
        let bob = try world.enroll("bob@x.example", facts: ["country": .text("DE"), "basis": .text("customer")])
        try world.turn()
        #expect(try world.sent(to: ann) == [])
        #expect(try world.store.history(of: ann).enrollments.first?.hold?.reason == .consent)
        #expect(try world.sent(to: bob) == ["hi"])
    }

    @Test func `a held message frees its slot for somebody else`() throws {
        let world = try World([World.sequence("s", [World.email("hi")])], mailboxes: [World.mailbox(cap: 1)])
        let ann = try world.enroll("ann@x.example")
        let bob = try world.enroll("bob@x.example")
        world.ready = { draft in
            draft.history.person.id == ann ? .hold(Hold(.missingFact, "title")) : .ready(text: "t")
        }
        try world.run(until: World.monday + 30 * .hour)
        #expect(try world.sent(to: bob) == ["hi"])
        #expect(try world.store.held(limit: 9).map(\.person) == [ann])
    }

    @Test func `keeps a person's touches apart across sequences`() throws {
        let world = try World([World.sequence("s", [World.email("hi")]), World.sequence("t", [World.email("ho")])])
        world.model.settings.personGap = 20 * .hour
        world.model.sequences["t"]?.exclusive = false
        let ann = try world.enroll("ann@x.example")
        try world.enroll("ann@x.example", in: "t")
        let all = try world.run(until: World.monday + 3 * .day).filter { $0.decision.sentStep != nil }.map(\.at)
        #expect(all.count == 2 && all[1] - all[0] >= 20 * .hour)
        #expect(try world.store.history(of: ann).messages.count == 2)
    }

    @Test func `a reviewed email waits for the approval of exactly its text`() throws {
        var step = World.email("hi")
        step.review = true
        let world = try World([World.sequence("s", [step])])
        let ann = try world.enroll("ann@x.example")
        try world.turn()
        let task = try #require(try world.store.openTasks(owner: "ana").first)
        #expect(task.kind == .approve)
        _ = try world.store.commit(
            [.approve(task: task.id, sha256: String(repeating: "0", count: 64), at: world.now)], epoch: nil)
        try world.run(until: World.monday + .hour)
        #expect(try world.store.history(of: ann).enrollments.first?.hold?.reason == .textChanged)
        #expect(try world.sent(to: ann) == [])
    }

    @Test func `hands everybody who reaches the end to the nurture sequence`() throws {
        var sequence = World.sequence("s", [World.email("hi")])
        sequence.finish = .nurture("slow")
        let world = try World([sequence, World.sequence("slow", [World.email("news", after: .days(3))])])
        let ann = try world.enroll("ann@x.example")
        try world.run(until: World.monday + 8 * .day)
        #expect(try world.sent(to: ann) == ["hi", "news"])
    }

    @Test func `caps one company's share of a mailbox's day`() throws {
        let world = try World([World.sequence("s", [World.email("hi")])], mailboxes: [World.mailbox(companyCap: 2)])
        for index in 0..<5 { try world.enroll("p\(index)@big.example", company: "big.example") }
        let first = try world.run(until: World.monday + 12 * .hour)
        #expect(first.count { $0.decision.sentStep != nil } == 2)
        let later = try world.run(until: World.monday + 4 * .day)
        #expect(later.count { $0.decision.sentStep != nil } == 3)
    }

    @Test func `a mailbox whose inbox was not read sends no follow-ups, but new people go on`() throws {
        let world = try World([World.sequence("s", [World.email("a"), World.email("b", after: .elapsed(seconds: 60))])])
        try world.enroll("ann@x.example")
        try world.turn()
        world.unread = ["ana": "connection refused"]
        world.now = world.now + .hour
        try world.enroll("bob@x.example")
        #expect(try world.turn().compactMap(\.sentStep) == ["a"])
        world.unread = [:]
        world.now = world.now + .hour
        #expect(Set(try world.turn().compactMap(\.sentStep)) == ["b"])
    }
}
