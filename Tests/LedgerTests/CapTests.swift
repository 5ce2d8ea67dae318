import CivilTime
import Facts
import Ledger
import Outreach
import Planning
import Testing

@Suite struct CapTests {
    @Test(arguments: StoreKind.allCases)
    func `caps count fences, whatever became of the message`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let epoch = try bed.begin()
        let ids = try ["a", "b", "c"].map { try bed.admitted($0, company: "firm.example") }
        let company = try #require(try bed.store.history(of: bed.enrollment(ids[0]).person).person.companyID)
        let messages = try ids.map { try bed.intend($0, epoch) }
        for (offset, message) in messages.enumerated() {
            #expect(try bed.fence(message, epoch, at: Bed.start + offset * 10))
        }
        _ = try bed.do(.settle(message: messages[0], Settlement(state: .sent, reply: "250"), at: Bed.start), epoch)
        let deferred = Settlement(state: .deferred, reply: "451", retryAt: Bed.start)
        _ = try bed.do(.settle(message: messages[1], deferred, at: Bed.start), epoch)
        _ = try bed.do(.intend(bed.message(ids[1])), epoch)
        #expect(try bed.fence(messages[1], epoch, at: Bed.start + 10), "the same second, another try")
        let all = [0, 10, 10, 20].map { Bed.start + $0 }
        #expect(try bed.store.fences(of: "ana", since: Bed.start) == all)
        #expect(try bed.store.fences(of: "ana", since: Bed.start + 20) == [Bed.start + 20])
        #expect(try bed.store.fences(of: "bo", since: Bed.start) == [])
        #expect(try bed.store.companyFences(of: "ana", since: Bed.start + 10) == [company: 3])
        #expect(try bed.store.companyFences(of: "bo", since: Bed.start) == [:])
        #expect(try bed.store.sendingDays(of: "ana", before: Bed.today) == 0)
        #expect(try bed.store.sendingDays(of: "ana", before: Bed.today + 1) == 1)
        try bed.verify()
    }

    @Test(arguments: StoreKind.allCases)
    func `sends and bounces are counted as they are listed`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let epoch = try bed.begin()
        let ids = try ["a", "b", "c", "d", "e"].map { try bed.admitted($0) }
        let messages = try ids.map { try bed.intend($0, epoch) }
        // c is refused before its fence; of the others a and b are sent, d is put off, e never gets so far.
        for index in [0, 1, 3] { #expect(try bed.fence(messages[index], epoch, at: Bed.start + index * 10)) }
        let ends: [(Int, Message.State)] = [(0, .sent), (1, .sent), (2, .rejected), (3, .deferred)]
        for (index, state) in ends {
            let settlement = Settlement(state: state, reply: "250", retryAt: state == .deferred ? Bed.start : nil)
            _ = try bed.do(.settle(message: messages[index], settlement, at: Bed.start + 40), epoch)
        }
        // Twice for b: two reports of one bounce are one.
        for (index, key) in [(1, "first"), (1, "second"), (2, "third")] {
            let bounce = Touchpoint(
                person: try bed.enrollment(ids[index]).person, enrollment: ids[index], step: "intro", kind: .bounceHard,
                at: Bed.start + 50, recordedAt: Bed.start + 50, sourceKey: key)
            _ = try bed.do(.record(bounce, .none))
        }
        for offset in [0, 5, 10, 11, 30, 31, 60] {
            for mailbox in ["ana", "bo"] {
                let listed = try bed.store.sends(of: mailbox, since: Bed.start + offset)
                #expect(try bed.store.sendCount(of: mailbox, since: Bed.start + offset) == listed.count)
                let bounced = listed.count(where: \.hasBounced)
                #expect(try bed.store.bounceCount(of: mailbox, since: Bed.start + offset) == bounced, "\(offset)")
            }
        }
        #expect(try bed.store.sendCount(of: "ana", since: Bed.start) == 4)
        #expect(try bed.store.bounceCount(of: "ana", since: Bed.start) == 2)
        try bed.verify()
    }

    @Test(arguments: StoreKind.allCases)
    func `pauses are in force until they end`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        _ = try bed.do(.pause(Pause(.mailbox("ana"), until: Bed.start + 5, reason: "AUTH failed")))
        _ = try bed.do(.pause(Pause(.sequence("ana"), until: nil, reason: "by hand")))
        _ = try bed.do(.pause(Pause(.mailbox("ana"), until: Bed.start + 9, reason: "421")))
        let subjects = { try bed.store.pauses(at: $0).map(\.subject) }
        #expect(try subjects(Bed.start + 8) == [.mailbox("ana"), .sequence("ana")])
        #expect(try subjects(Bed.start + 9) == [.sequence("ana")])
        #expect(try bed.store.pauses().map(\.reason) == ["421", "by hand"])
        _ = try bed.do(.unpause(.sequence("ana")))
        #expect(try bed.store.pauses().map(\.subject) == [.mailbox("ana")])
    }

    @Test(arguments: StoreKind.allCases)
    func `standings come up when decay changes them`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let people = try ["a", "b", "c"].map { try bed.add($0) }
        let changes: [Instant?] = [Bed.start + 9, nil, Bed.start + 3]
        for (person, change) in zip(people, changes) {
            let standing = Standing(fit: 70, intent: 12.345, temperature: .warm, stage: .mql, nextChange: change)
            #expect(try bed.do(.stand(person, standing, rules: "r1")) == .done)
            #expect(try bed.store.standing(of: person)?.standing == standing)
            #expect(try bed.store.standing(of: person)?.rules == "r1")
        }
        #expect(try bed.store.standingsDue(at: Bed.start + 9, limit: 9) == [people[2], people[0]])
        #expect(try bed.store.standingsDue(at: Bed.start + 9, limit: 1) == [people[2]])
        #expect(try bed.store.standingsDue(at: Bed.start + 2, limit: 9) == [])
        _ = try bed.do(.stand(people[2], Standing(), rules: "r2"))
        #expect(try bed.store.standingsDue(at: Bed.start + 9, limit: 9) == [people[0]])
    }

    @Test(arguments: StoreKind.allCases)
    func `runs are recorded, and a time without one is an outage`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let first = try bed.begin()
        try bed.store.finish(first, counts: ["sent": 3], exit: 0, at: Bed.start + 60)
        #expect(try bed.store.lastFinishedRun() == Bed.start + 60)
        let second = try bed.begin(at: Bed.start + 60 + .hour)
        #expect(try bed.store.outages(since: .distantPast) == [])
        try bed.store.finish(second, counts: [:], exit: 1, at: Bed.start + 2 * .hour)
        let later = Bed.start + 9 * .hour
        _ = try bed.begin(at: later)
        #expect(try bed.store.outages(since: .distantPast) == [Bed.start + 2 * .hour..<later])
        #expect(try bed.store.outages(since: later) == [])
        let runs = try bed.store.runs(limit: 9)
        #expect(runs.map(\.exit) == [nil, 1, 0])
        #expect(runs.last?.counts == ["sent": 3])
        #expect(runs.last?.entry == RunEntry(host: "here", pid: 1, version: "0"))
        #expect(try bed.store.runs(limit: 1).map(\.epoch) == [Epoch(3)])
        #expect(throws: StoreError.clockBehind(now: Bed.start, lastFact: later)) { try bed.begin() }
        #expect(try bed.begin(at: later - 120) == Epoch(4))
    }

    @Test(arguments: StoreKind.allCases)
    func `a folder is remembered as far as it was read`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        #expect(try bed.store.folder("INBOX", of: "ana") == nil)
        for uid in [7, 9] {
            var mark = FolderMark(mailbox: "ana", folder: "INBOX", uidValidity: 3, uid: uid)
            _ = try bed.do(.read(mark, at: Bed.start))
            mark.readAt = Bed.start
            #expect(try bed.store.folder("INBOX", of: "ana") == mark)
        }
        #expect(try bed.store.folder("INBOX", of: "bo") == nil)
    }

    @Test(arguments: StoreKind.allCases)
    func `one refused operation spoils no other of its group`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let epoch = try bed.begin()
        let person = try bed.add("jonas")
        let entry = bed.entry(person)
        let outcomes = try bed.store.commit(
            [
                .enroll(entry), .enroll(entry), .fence(message: 99, at: Bed.start, day: Bed.today),
                .intend(bed.message(Enrollment.ID(99))),
                .settle(message: 4, Settlement(state: .sent, reply: ""), at: Bed.start),
                .close(task: 4, state: .done, result: nil, touchpoint: nil, at: Bed.start),
                .snooze(task: 1, until: Bed.start),
                .merge(into: person, from: Person.ID(77), at: Bed.start),
                .forget(Person.ID(77), keyedHash: "", at: Bed.start),
                .stand(Person.ID(77), Standing(), rules: ""), .resume(Enrollment.ID(99), at: Bed.start),
                .pause(Pause(.sequence("x"), until: nil, reason: "")),
            ], epoch: epoch)
        let notFound = Outcome.refused(.notFound)
        #expect(
            outcomes.dropFirst() == [
                .refused(.alreadyEnrolled(sequence: "outbound")), .granted(false), notFound, notFound, notFound,
                notFound,
                notFound, notFound, notFound, notFound, .done,
            ])
        #expect(try bed.store.history(of: person).enrollments.count == 1)
        #expect(try bed.store.pauses().count == 1)
        #expect(try bed.store.commit([], epoch: nil) == [])
        #expect(throws: StoreError.unknownPerson(Person.ID(77))) { try bed.store.history(of: Person.ID(77)) }
    }

    @Test(arguments: StoreKind.allCases)
    func `counts tell how much there is of everything`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let epoch = try bed.begin()
        let ids = try ["a", "b", "c"].map { try bed.admitted($0) }
        _ = try bed.intend(ids[0], epoch)
        _ = try bed.do(.halt(ids[1], state: .stopped, reason: "x", until: nil, at: Bed.start))
        _ = try bed.do(.forget(try bed.enrollment(ids[1]).person, keyedHash: "h", at: Bed.start))
        _ = try bed.do(.decide(.wake(ids[2], at: .distantFuture, queue: .open, hold: Hold(.late, "3d")), at: Bed.start))
        #expect(
            try bed.store.counts() == [
                "people": 2, "forgotten": 1, "active": 2, "stopped": 1, "held": 1, "message.sending": 1,
            ])
    }

    @Test(arguments: StoreKind.allCases)
    func `a large import lands in one group`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let entries = (0..<3000).map { number in
            Operation.put(
                PersonEntry(
                    email: "p\(number)@c\(number % 100).example", facts: ["first_name": .text("P\(number)")],
                    company: ["name": .text("C\(number % 100)")], companyDomain: "c\(number % 100).example",
                    source: "list", at: Bed.start))
        }
        let rows = try bed.store.commit(entries, epoch: nil).map { try bed.row($0) }
        #expect(Set(rows).count == 3000)
        let enrolled = try bed.store.commit(rows.map { .enroll(bed.entry(Person.ID($0), tie: $0)) }, epoch: nil)
        #expect(enrolled.count == 3000)
        let lane = Lane(sequence: "outbound", mailbox: nil, queue: .fresh)
        #expect(try bed.store.dueCount(lane, at: Bed.start) == 3000)
        #expect(try bed.store.due(lane, at: Bed.start, after: nil, limit: 10).map(\.person.row) == Array(rows[..<10]))
        #expect(try bed.store.counts() == ["people": 3000, "active": 3000])
    }
}
