import CivilTime
import Facts
import Ledger
import Outreach
import Planning
import Testing

@Suite struct FactTests {
    private func touch(_ person: Person.ID, _ kind: TouchpointKind = .reply, key: String? = nil) -> Touchpoint {
        Touchpoint(person: person, kind: kind, at: Bed.start, recordedAt: Bed.start + 1, sourceKey: key)
    }

    @Test(arguments: StoreKind.allCases)
    func `the same event twice changes nothing the second time`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let id = try bed.admitted("jonas")
        let person = try bed.enrollment(id).person
        let first = try bed.do(.record(touch(person, key: "event-1"), .none))
        guard case .row(_, isNew: true) = first else { throw Bed.NoRow() }
        let again = try bed.do(.record(touch(person, key: "event-1"), .stopAll(reason: "replied")))
        #expect(again == .refused(.duplicate))
        #expect(try bed.enrollment(id).state == .active)
        #expect(try bed.store.hasTouchpoint(sourceKey: "event-1"))
        #expect(try !bed.store.hasTouchpoint(sourceKey: "event-2"))
        #expect(try bed.store.history(of: person).touchpoints.count == 1)
    }

    @Test(arguments: StoreKind.allCases)
    func `an event stops or pauses whom its reaction names`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let ids = try ["a", "b"].map { try bed.admitted($0, company: "firm.example") }
        let person = try bed.enrollment(ids[0]).person
        let news = try bed.enroll(person, "news", exclusive: false)
        let stranger = try bed.admitted("c", company: "else.example")
        let until = Bed.start + 5 * .day
        let reaction = Reaction.several([
            .stop(news, reason: "wrong list"), .pauseAll(reason: "away", until: nil),
            .pauseCompany(reason: "a colleague answered", until: until),
        ])
        _ = try bed.do(.record(touch(person), reaction))
        #expect(try bed.enrollment(news).state == .stopped)
        #expect(try bed.enrollment(ids[0]).state == .paused)
        #expect(try bed.enrollment(ids[0]).pausedUntil == nil)
        #expect(try bed.enrollment(ids[1]).state == .paused)
        #expect(try bed.enrollment(ids[1]).pausedUntil == until)
        #expect(try bed.enrollment(ids[1]).reason == "a colleague answered")
        #expect(try bed.enrollment(stranger).state == .active)
        _ = try bed.do(.record(touch(person), .stopAll(reason: "replied")))
        #expect(try bed.enrollment(ids[0]).state == .stopped)
        #expect(try bed.enrollment(ids[0]).reason == "replied")
        try bed.verify()
    }

    @Test(arguments: StoreKind.allCases)
    func `the first conclusion about the same texts stays`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        func conclusion(_ arm: String, _ templates: String = "a=x b=y") -> Conclusion {
            Conclusion(sequence: "outbound", step: "intro", arm: arm, templates: templates, at: Bed.start)
        }
        _ = try bed.do(.conclude(conclusion("b")))
        _ = try bed.do(.conclude(conclusion("a")))
        _ = try bed.do(.conclude(conclusion("a", "a=x b=z")))
        #expect(try bed.store.conclusions() == [conclusion("b"), conclusion("a", "a=x b=z")])
        #expect(try MemoryStore(over: bed.store).conclusions() == bed.store.conclusions())
    }

    @Test(arguments: StoreKind.allCases)
    func `touchpoints are listed by when they happened, and walked by when they came`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let person = try bed.add("jonas")
        var rows: [Int] = []
        for seconds in [5, 1, 3, 1] {
            let touchpoint = Touchpoint(
                person: person, kind: .meeting, at: Bed.start + seconds, recordedAt: Bed.start,
                detail: ["text": "🇩🇪 ẞ \u{202E}"])
            rows.append(try bed.row(bed.do(.record(touchpoint, .none))))
        }
        let history = try bed.store.history(of: person)
        #expect(history.touchpoints.map(\.id) == [rows[1], rows[3], rows[2], rows[0]])
        #expect(history.touchpoints[0].detail == ["text": "🇩🇪 ẞ \u{202E}"])
        #expect(try bed.store.touchpoints(after: 0, limit: 9).map(\.id) == rows)
        #expect(try bed.store.touchpoints(after: rows[0], limit: 2).map(\.id) == [rows[1], rows[2]])
    }

    @Test(arguments: StoreKind.allCases)
    func `a task is opened once, closed once, and comes back after a stop`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let id = try bed.admitted("jonas")
        let person = try bed.enrollment(id).person
        let task = OutreachTask(
            id: 0, enrollment: id, step: "call", kind: .call, owner: "ana", dueAt: Bed.start + 5, openedAt: Bed.start,
            expiresAt: Bed.start + .day)
        let row = try bed.row(bed.do(.decide(.open(task), at: Bed.start)))
        #expect(try bed.do(.decide(.open(task), at: Bed.start)) == .row(row, isNew: false))
        #expect(try bed.store.tasksOpened(for: "ana", kinds: [.call, .connect], since: Bed.start) == 1)
        #expect(try bed.store.tasksOpened(for: "ana", kinds: [.connect], since: Bed.start) == 0)
        #expect(try bed.store.tasksOpened(for: "ana", kinds: [.call], since: Bed.start + 1) == 0)
        #expect(try bed.do(.snooze(task: row, until: Bed.start + 9)) == .done)
        #expect(try bed.do(.edit(task: row, text: "Grüß Gott")) == .done)
        #expect(try bed.store.openTasks(owner: "ana").map(\.editedText) == ["Grüß Gott"])
        #expect(try bed.store.openTasks(owner: "ana").map(\.snoozedUntil) == [Bed.start + 9])
        #expect(try bed.store.openTasks(owner: "bo") == [])
        _ = try bed.do(.halt(id, state: .paused, reason: "away", until: nil, at: Bed.start))
        #expect(try bed.store.openTasks(owner: nil) == [], "a paused person's tasks wait")
        _ = try bed.do(.resume(id, at: Bed.start))
        #expect(try bed.store.openTasks(owner: nil).map(\.id) == [row])
        _ = try bed.do(.halt(id, state: .stopped, reason: "x", until: nil, at: Bed.start))
        #expect(try bed.store.task(row)?.state == .cancelled)
        _ = try bed.do(.resume(id, at: Bed.start))
        #expect(try bed.do(.decide(.open(task), at: Bed.start)) == .row(row, isNew: true))

        let result = StepResult(enrollment: id, step: "call", result: "voicemail", at: Bed.start + 7)
        let touchpoint = Touchpoint(person: person, kind: .callMade, at: Bed.start + 7, recordedAt: Bed.start + 7)
        let close = Operation.close(task: row, state: .done, result: result, touchpoint: touchpoint, at: Bed.start + 7)
        #expect(try bed.do(close) == .done)
        #expect(try bed.do(close) == .refused(.wrongState("done")))
        let history = try bed.store.history(of: person)
        #expect(history.results == [result])
        #expect(history.tasks.map(\.outcome) == ["voicemail"])
        #expect(history.tasks.map(\.closedAt) == [Bed.start + 7])
        #expect(history.touchpoints.map(\.kind) == [.callMade])
        #expect(try bed.enrollment(id).wakeAt == Bed.start + 7)
        try bed.verify()
    }

    @Test(arguments: StoreKind.allCases)
    func `a parallel task's outcome does not move the clock of its way`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let id = try bed.admitted("jonas")
        let task = OutreachTask(
            id: 0, enrollment: id, step: "call", kind: .call, owner: "ana", dueAt: Bed.start, openedAt: Bed.start)
        let row = try bed.row(bed.do(.decide(.open(task), at: Bed.start)))
        let parallel = StepResult(enrollment: id, step: "call", result: "parallel", at: Bed.start, jump: "bump")
        #expect(try bed.do(.decide(.record(parallel), at: Bed.start)) == .done)
        #expect(try bed.do(.decide(.record(parallel), at: Bed.start)) == .refused(.duplicate))
        let late = StepResult(enrollment: id, step: "call", result: "connected", at: Bed.start + .day)
        _ = try bed.do(.close(task: row, state: .done, result: late, touchpoint: nil, at: Bed.start + .day))
        var expected = parallel
        expected.result = "connected"
        #expect(try bed.store.history(of: bed.enrollment(id).person).results == [expected])
    }

    @Test(arguments: StoreKind.allCases)
    func `an approval is bound to a text, and an expiry records its step`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let id = try bed.admitted("jonas")
        var task = OutreachTask(
            id: 0, enrollment: id, step: "bump", kind: .approve, owner: "ana", dueAt: Bed.start, openedAt: Bed.start)
        let approval = try bed.row(bed.do(.decide(.open(task), at: Bed.start)))
        let hash = String(repeating: "9f", count: 32)
        #expect(
            try bed.do(.approve(task: approval, sha256: "none", at: Bed.start))
                == .refused(.wrongState("the SHA-256 is none")))
        #expect(try bed.do(.approve(task: approval, sha256: hash, at: Bed.start + 2)) == .done)
        #expect(try bed.store.task(approval)?.approvedSHA256 == hash)
        #expect(try bed.store.task(approval)?.state == .done)
        #expect(try bed.enrollment(id).wakeAt == Bed.start + 2)
        task.step = "call"
        task.kind = .call
        let call = try bed.row(bed.do(.decide(.open(task), at: Bed.start)))
        let result = StepResult(enrollment: id, step: "call", result: "expired", at: Bed.start + 3)
        #expect(try bed.do(.decide(.expire(task: call, result), at: Bed.start + 3)) == .done)
        #expect(try bed.store.task(call)?.state == .expired)
        #expect(try bed.do(.decide(.expire(task: call, result), at: Bed.start)) == .refused(.wrongState("expired")))
        #expect(try bed.store.history(of: bed.enrollment(id).person).results == [result])
    }

    @Test(arguments: StoreKind.allCases)
    func `an answer is asked for although the way has ended`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let id = try bed.admitted("jonas")
        var task = OutreachTask(
            id: 0, enrollment: id, step: "answer", kind: .answer, owner: "ana", dueAt: Bed.start, openedAt: Bed.start)
        let open = try bed.row(bed.do(.decide(.open(task), at: Bed.start)))
        _ = try bed.do(.record(touch(try bed.enrollment(id).person), .stopAll(reason: "replied")))
        #expect(try bed.store.openTasks(owner: nil).map(\.id) == [open])
        task.attempt = 2
        guard case .row = try bed.do(.decide(.open(task), at: Bed.start)) else { throw Bed.NoRow() }
        task.kind = .call
        task.attempt = 3
        #expect(try bed.do(.decide(.open(task), at: Bed.start)) == .refused(.wrongState("stopped")))
    }
}
