import CivilTime
import Outreach
import Planning
import Testing

/// A mailbox of 50 a day, a sequence of three mails five business days apart, and more people than it can take.
@Suite struct `Admission` {
    @Test func `holds nobody where naive filling holds hundreds`() throws {
        let ours = try admitted()
        let naive = Naive(cap: 50, share: 0.4, gap: 5, mails: 3).heldOver(days: 40)
        let firstDay = naive.firstIndex { $0 > 0 }.map { $0 + 1 } ?? 0
        print("cap 50, three mails five business days apart, 40 business days:")
        print("  naive filling holds its first people on day \(firstDay), \(naive[39]) by day 40")
        print("  ours: \(ours.sent) mails to \(ours.people) people, \(ours.late) of them late")
        #expect(firstDay == 11)
        #expect(naive[39] == 200)
        #expect(ours.late == 0 && ours.mostInADay <= 50)
        // The cap is used: three mails a person leave room for about 16 new people a day.
        #expect(ours.people > 500)
    }

    private func admitted() throws -> (sent: Int, people: Int, late: Int, mostInADay: Int) {
        let delay = Delay.businessDays(5)
        let steps = [World.email("a"), World.email("b", after: delay), World.email("c", after: delay)]
        let world = try World([World.sequence("s", steps)], mailboxes: [World.mailbox(cap: 50)])
        world.model.settings.every = 1800
        for index in 0..<1000 { try world.enroll("p\(index)@x.example") }
        let entries = try world.run(until: World.monday + 56 * .day, every: 1800)
        var days: [LocalDate: Int] = [:]
        var (late, people) = (0, 0)
        for case (let at, .send(let draft)) in entries {
            let day = World.berlin.date(at: at)
            days[day, default: 0] += 1
            if draft.step.id == "a" { people += 1 } else if World.berlin.date(at: draft.dueAt) != day { late += 1 }
        }
        return (days.values.reduce(0, +), people, late, days.values.max() ?? 0)
    }

    /// The model beside it: new people get their share of every day, whatever that means for later days; follow-ups get
    /// the rest, oldest first.
    private struct Naive {
        let cap: Int
        let share: Double
        let gap: Int
        let mails: Int

        /// How many follow-ups are held over at the end of each business day.
        func heldOver(days: Int) -> [Int] {
            let fresh = Int(Double(cap) * share)
            // By day: how many mails those who are due have left after this one.
            var coming = Array(repeating: [Int](), count: days + gap + 1)
            var waiting: [Int] = []
            return (0..<days).map { day in
                waiting += coming[day]
                for left in waiting.prefix(cap - fresh) where left > 0 { coming[day + gap].append(left - 1) }
                waiting = Array(waiting.dropFirst(cap - fresh))
                coming[day + gap] += Array(repeating: mails - 2, count: fresh)
                return waiting.count
            }
        }
    }
}

/// Whom a new person is bound to, where several mailboxes may take them.
@Suite struct `The mailbox of a new person` {
    private static let call = Step(id: "a", kind: .task(template: "a"))

    private func world(_ steps: [Step], caps: [Int?] = [200, 200]) throws -> World {
        let mailboxes = zip(["ana", "ben"], caps).map { name, cap in
            var mailbox = World.mailbox(name, cap: cap)
            mailbox.owner = name
            return mailbox
        }
        let world = try World(
            [World.sequence("s", steps, mailboxes: mailboxes.map(\.name))], mailboxes: mailboxes)
        world.model.owners["ben"] = Owner(key: "ben", name: "Ben Okafor", timezone: World.berlin)
        return world
    }

    /// How many were bound to each mailbox.
    private func bound(_ decisions: [Decision]) -> [String: Int] {
        decisions.reduce(into: [:]) { counts, decision in
            if case .admit(_, let mailbox, _) = decision { counts[mailbox, default: 0] += 1 }
        }
    }

    @Test(arguments: [200, nil] as [Int?])
    func `is shared out evenly where the way opens with a task`(cap: Int?) throws {
        let world = try world([Self.call, World.email("b", after: .days(1))], caps: [cap, cap])
        for index in 0..<140 { try world.enroll("p\(index)@x.example") }
        let counts = bound(try world.turn())
        #expect(counts["ana"] == 70 && counts["ben"] == 70, "\(counts)")
    }

    @Test(arguments: [true, false])
    func `is shared out evenly among those who come one a turn`(withMail: Bool) throws {
        let world = try world([withMail ? World.email("a") : Self.call, World.email("b", after: .days(1))])
        for name in ["ana", "ben"] { world.model.mailboxes[name]?.gap = 90 }
        var counts: [String: Int] = [:]
        for index in 0..<40 {
            try world.enroll("p\(index)@x.example")
            counts.merge(bound(try world.turn())) { $0 + $1 }
            world.now = world.now + 300
        }
        #expect(counts["ana"] == 20 && counts["ben"] == 20, "\(counts)")
    }

    @Test func `is the one that has most room for their later mails`() throws {
        let world = try world([Self.call, World.email("b", after: .days(1))], caps: [100, 40])
        for index in 0..<100 { try world.enroll("p\(index)@x.example") }
        // Sixty more fit the larger one; from there on they take turns.
        #expect(bound(try world.turn()) == ["ana": 80, "ben": 20])
    }

    @Test func `is one whose owner has room on the list`() throws {
        let world = try world([Self.call], caps: [nil, nil])
        world.model.owners["ana"]?.tasksPerDay = 10
        world.model.owners["ben"]?.tasksPerDay = 40
        for index in 0..<60 { try world.enroll("p\(index)@x.example") }
        #expect(bound(try world.turn()) == ["ana": 10, "ben": 40])
    }

    @Test func `hangs on the person where nothing else tells them apart`() throws {
        let world = try world([Self.call], caps: [nil, nil])
        for index in 0..<400 { try world.enroll("p\(index)@x.example") }
        let counts = bound(try world.turn())
        #expect(counts.values.reduce(0, +) == 400 && counts.values.allSatisfy { $0 > 150 }, "\(counts)")
    }
}
