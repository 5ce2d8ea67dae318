import CivilTime
import Facts
import Ledger
import Outreach
import Planning
import Testing

@Suite struct EnrollmentTests {
    private let fresh = Lane(sequence: "outbound", mailbox: nil, queue: .fresh)

    @Test(arguments: StoreKind.allCases)
    func `nobody is twice in a sequence, nor in two exclusive ones`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let person = try bed.add("jonas")
        let first = try bed.enroll(person)
        let taken = Outcome.refused(.alreadyEnrolled(sequence: "outbound"))
        #expect(try bed.do(.enroll(bed.entry(person))) == taken)
        #expect(try bed.do(.enroll(bed.entry(person, round: 2))) == taken)
        #expect(try bed.do(.enroll(bed.entry(person, "other"))) == taken)
        let news = try bed.enroll(person, "news", exclusive: false)
        _ = try bed.do(.halt(first, state: .finished, reason: "end", until: nil, at: Bed.start))
        #expect(try bed.do(.enroll(bed.entry(person))) == taken, "round 1 is taken for good")
        let again = try bed.row(bed.do(.enroll(bed.entry(person, round: 2))))
        #expect(try bed.store.history(of: person).enrollments.map(\.id.row) == [first.row, news.row, again])
        #expect(try bed.do(.enroll(bed.entry(Person.ID(999)))) == .refused(.notFound))
        #expect(try bed.store.stepOrder(ofVersion: "v1-outbound") == Bed.order)
        #expect(try bed.store.stepOrder(ofVersion: "v2") == nil)
    }

    @Test(arguments: StoreKind.allCases)
    func `streams come in order, from a cursor, no more than asked for`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        var all: [(at: Instant, tie: Int, id: Enrollment.ID)] = []
        for number in 0..<40 {
            let id = try bed.enroll(bed.add("p\(number)"), tie: (number * 7) % 5)
            let at = Bed.start + (number * 13) % 4
            _ = try bed.do(.decide(.wake(id, at: at, queue: .fresh, hold: nil), at: Bed.start))
            all.append((at, (number * 7) % 5, id))
        }
        let now = Bed.start + 2
        let expected = all.filter { $0.at <= now }.sorted { ($0.at, $0.tie, $0.id) < ($1.at, $1.tie, $1.id) }
        let rows = try bed.store.due(fresh, at: now, after: nil, limit: 100)
        #expect(rows.map(\.id) == expected.map(\.id))
        #expect(try bed.store.dueCount(fresh, at: now) == expected.count)
        var paged: [Enrollment] = []
        while true {
            let page = try bed.store.due(fresh, at: now, after: paged.last.map { Cursor($0) }, limit: 7)
            #expect(page.count <= 7)
            paged += page
            if page.count < 7 { break }
        }
        #expect(paged == rows)
        #expect(
            try bed.store.due(Lane(sequence: "outbound", mailbox: "ana", queue: .fresh), at: now, after: nil, limit: 9)
                == [])
        try bed.verify()
    }

    @Test(arguments: StoreKind.allCases)
    func `a person moves from the fresh into a mailbox's streams`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let id = try bed.enroll(bed.add("jonas"))
        let admit = Decision.admit(id, mailbox: "ana", projected: [Bed.today, Bed.today + 3, Bed.today + 3])
        #expect(try bed.do(.decide(admit, at: Bed.start)) == .done)
        #expect(try bed.do(.decide(admit, at: Bed.start)) == .refused(.wrongState("admitted already")))
        let open = Lane(sequence: "outbound", mailbox: "ana", queue: .open)
        let followUps = Lane(sequence: "outbound", mailbox: "ana", queue: .followUp)
        #expect(try bed.store.due(open, at: Bed.start, after: nil, limit: 9).map(\.id) == [id])
        #expect(try bed.store.due(fresh, at: Bed.start, after: nil, limit: 9) == [])
        let later = Bed.start + .day
        let hold = Hold(.missingFact, "company.industry")
        _ = try bed.do(.decide(.wake(id, at: later, queue: .followUp, hold: hold), at: Bed.start))
        #expect(try bed.store.due(followUps, at: later - 1, after: nil, limit: 9) == [])
        #expect(try bed.store.due(followUps, at: later, after: nil, limit: 9).map(\.hold) == [hold])
        #expect(try bed.store.held(limit: 9).map(\.id) == [id])
        #expect(try bed.store.dueCount(open, at: later) == 0)

        let person = try bed.enrollment(id).person
        let touchpoint = Touchpoint(person: person, kind: .linkedinConnected, at: Bed.start, recordedAt: Bed.start + 9)
        _ = try bed.do(.record(touchpoint, .none))
        #expect(try bed.enrollment(id).queue == .open)
        #expect(try bed.enrollment(id).wakeAt == Bed.start + 9)
        #expect(try bed.enrollment(id).hold == hold, "a hold stays in sight until it is judged again")
        try bed.verify()
    }

    @Test(arguments: StoreKind.allCases)
    func `expected emails add up by day and go with the person`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let epoch = try bed.begin()
        let days = [Bed.today, Bed.today + 3, Bed.today + 3, Bed.today + 9]
        let ids = try ["a", "b"].map { try bed.enroll(bed.add($0)) }
        for id in ids { _ = try bed.do(.decide(.admit(id, mailbox: "ana", projected: days), at: Bed.start)) }
        let projected = { try bed.store.projected(for: "ana", from: Bed.today, through: Bed.today + 9) }
        #expect(try projected() == [Bed.today: 2, Bed.today + 3: 4, Bed.today + 9: 2])
        #expect(try bed.store.projected(for: "ana", from: Bed.today + 1, through: Bed.today + 3) == [Bed.today + 3: 4])
        #expect(try bed.store.projected(for: "bo", from: Bed.today, through: Bed.today + 9) == [:])

        #expect(try bed.fence(try bed.intend(ids[0], epoch), epoch))
        #expect(try projected() == [Bed.today: 1, Bed.today + 3: 4, Bed.today + 9: 2])
        #expect(try bed.enrollment(ids[0]).projected == Array(days[1...]))
        let changed = Decision.project(ids[0], mailbox: "ana", days: [Bed.today + 4])
        #expect(try bed.do(.decide(changed, at: Bed.start)) == .done)
        #expect(try projected() == [Bed.today: 1, Bed.today + 3: 2, Bed.today + 4: 1, Bed.today + 9: 1])
        _ = try bed.do(.halt(ids[1], state: .stopped, reason: "x", until: nil, at: Bed.start))
        #expect(try projected() == [Bed.today + 4: 1])
        try bed.verify()
    }

    @Test(arguments: StoreKind.allCases)
    func `a pause ends by itself, by hand, or not at all`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let ids = try ["a", "b", "c"].map { try bed.admitted($0) }
        let until = Bed.start + .day
        for (id, until) in zip(ids, [until, until + 1, nil]) {
            let pause = Operation.halt(id, state: .paused, reason: "away", until: until, at: Bed.start)
            #expect(try bed.do(pause) == .done)
        }
        let open = Lane(sequence: "outbound", mailbox: "ana", queue: .open)
        #expect(try bed.store.due(open, at: .distantFuture, after: nil, limit: 9) == [])
        #expect(try bed.store.pausesOver(at: until) == [ids[0]])
        #expect(
            try bed.do(.decide(.wake(ids[0], at: until, queue: .open, hold: nil), at: until))
                == .refused(.wrongState("paused")))
        #expect(try bed.do(.endPauses(at: until)) == .done)
        #expect(try ids.map { try bed.enrollment($0).state } == [.active, .paused, .paused])
        #expect(try bed.enrollment(ids[0]).wakeAt == until)
        #expect(try bed.enrollment(ids[0]).pausedUntil == nil)
        _ = try bed.begin(at: until + 1)
        #expect(try ids.map { try bed.enrollment($0).state } == [.active, .active, .paused])
        #expect(try bed.do(.resume(ids[2], at: until)) == .done)
        #expect(try bed.do(.resume(ids[2], at: until)) == .refused(.wrongState("active")))
        try bed.verify()
    }

    @Test(arguments: StoreKind.allCases)
    func `a held step goes on as a person says`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let epoch = try bed.begin()
        let ids = try ["a", "b", "c", "d"].map { try bed.admitted($0) }
        #expect(try bed.do(.release(ids[0], .send, at: Bed.start)) == .refused(.wrongState("not held")))
        let messages = try ids.map { try bed.intend($0, epoch) }
        for message in messages {
            _ = try bed.do(.settle(message: message, Settlement(state: .rejected, reply: "554"), at: Bed.start), epoch)
        }
        #expect(try bed.do(.release(ids[0], .send, at: Bed.start)) == .done)
        #expect(try bed.message(messages[0]).state == .deferred)
        #expect(try bed.enrollment(ids[0]).isReleased)
        #expect(try bed.do(.intend(bed.message(ids[0])), epoch) == .row(messages[0], isNew: false))
        #expect(try bed.do(.release(ids[1], .skip, at: Bed.start)) == .done)
        #expect(try bed.do(.release(ids[2], .stop, at: Bed.start)) == .done)
        let hold = Decision.wake(ids[3], at: .distantFuture, queue: .open, hold: Hold(.consent, "DE"))
        _ = try bed.do(.decide(hold, at: Bed.start))
        #expect(try bed.do(.release(ids[3], .skip, step: "bump", at: Bed.start)) == .done)
        let results = try ids.map { try bed.store.history(of: bed.enrollment($0).person).results.map(\.step) }
        #expect(results == [[], ["intro"], [], ["bump"]])
        #expect(try bed.enrollment(ids[2]).state == .stopped)
        #expect(try bed.store.held(limit: 9) == [])
        #expect(try bed.fence(messages[0], epoch))
        _ = try bed.do(.settle(message: messages[0], Settlement(state: .sent, reply: "250"), at: Bed.start), epoch)
        #expect(try !bed.enrollment(ids[0]).isReleased, "the next result clears it")
        let released = try bed.store.history(of: bed.enrollment(ids[3]).person).touchpoints
        #expect(released.map(\.detail) == [["hold": "consent", "as": "skip"]])
        try bed.verify()
    }

    @Test(arguments: StoreKind.allCases)
    func `a new version cancels what belongs to removed steps`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let epoch = try bed.begin()
        let id = try bed.admitted("a")
        let message = try bed.intend(id, epoch, "bump")
        let kept = try bed.intend(id, epoch, "intro")
        let task = OutreachTask(
            id: 0, enrollment: id, step: "call", kind: .call, owner: "ana", dueAt: Bed.start, openedAt: Bed.start)
        let open = try bed.row(bed.do(.decide(.open(task), at: Bed.start)))
        let versions = [SequenceVersion(version: "v2", sequence: "outbound", stepOrder: ["intro"])]
        let snapshot = Snapshot(hash: "abc", files: [Snapshot.File(path: "stoke.yaml", bytes: [0, 255])])
        #expect(try bed.do(.apply(snapshot, versions: versions, at: Bed.start)) == .done)
        #expect(try bed.store.snapshot() == snapshot)
        #expect(try bed.store.stepOrder(ofVersion: "v2") == ["intro"])
        #expect(try bed.do(.decide(.move(id, version: "v2", cancelled: ["bump", "call"]), at: Bed.start + 1)) == .done)
        #expect(try bed.enrollment(id).version == "v2")
        #expect(try bed.message(message).state == .cancelled)
        #expect(try bed.message(kept).state == .sending)
        #expect(try bed.store.task(open)?.state == .cancelled)
    }

    @Test(arguments: StoreKind.allCases)
    func `a sequence's people are judged again, once, when their rules change`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let ids = [try bed.admitted("a"), try bed.enroll(bed.add("b")), try bed.enroll(bed.add("c"), "other")]
        let stopped = try bed.admitted("d")
        _ = try bed.do(.halt(stopped, state: .stopped, reason: "x", until: nil, at: Bed.start))
        for id in ids {
            _ = try bed.do(.decide(.wake(id, at: .distantFuture, queue: .followUp, hold: nil), at: Bed.start))
        }
        #expect(try bed.do(.wakeSequence("outbound", at: Bed.start + 5)) == .done)
        let rows = try ids.map { try bed.enrollment($0) }
        #expect(rows.map(\.wakeAt) == [Bed.start + 5, Bed.start + 5, .distantFuture])
        #expect(rows.map(\.queue) == [.open, .fresh, .followUp])
        #expect(try bed.enrollment(stopped).wakeAt == Bed.start)
        try bed.verify()
    }
}
