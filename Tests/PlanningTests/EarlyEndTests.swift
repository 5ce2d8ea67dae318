import CivilTime
import Facts
import Ledger
import Outreach
import Planning
import Testing

/// A tick whose decisions are not wanted any more before its end, because somebody asked the run to stop.
@Suite struct `A tick that ends early` {
    /// Two mailboxes with few slots, two sequences, people with two ways, skipped steps, tasks and follow-ups that are due.
    private func world(cap: Int?) throws -> World {
        let call = Step(id: "call", kind: .call(template: "script"), outcomes: [])
        let never = Criteria.fact("linkedin.connected", .equals(.bool(true)))
        let sequences = [
            World.sequence(
                "a", [World.email("one"), World.email("no", when: never), World.email("two", after: .days(1)), call],
                mailboxes: ["ana", "bob"]),
            World.sequence("b", [call, World.email("three")], mailboxes: ["bob"]),
        ]
        let world = try World(sequences, mailboxes: [World.mailbox("ana", cap: cap), World.mailbox("bob", cap: cap)])
        for index in 0..<8 { try world.enroll("early\(index)@x.example", in: "a") }
        try world.turn()
        // A day later their follow-ups are due, along with people who are new.
        world.now = World.monday + 2 * .day
        for index in 0..<12 {
            try world.enroll("new\(index)@x.example", in: "a", facts: ["phone": .text("+49 30 \(index)")])
            if index < 6 {
                try world.enroll("call\(index)@x.example", in: "b", facts: ["phone": .text("+49 40 \(index)")])
            }
        }
        return world
    }

    /// Where everybody stands: what was sent, which tasks are open, how far each way is. Not by which mailbox new people are
    /// mailed: those take turns, and begin anew with each tick.
    private func standing(_ world: World) throws -> [String] {
        try world.store.people(after: nil, limit: 100).map { person in
            let history = try world.store.history(of: person.id)
            let ways = history.enrollments.map { "\($0.sequence) \($0.state) \($0.mailbox != nil) \($0.queue)" }
            let done = history.results.map { "\($0.step)=\($0.result)" }
            let open = history.tasks.map { "\($0.step) \($0.state)" }
            return "\(person.email ?? ""): \(ways) \(done) \(open) \(history.messages.map(\.state))"
        }
    }

    /// Where everybody stands once a turn at the same instant has nothing more to do.
    private func settled(_ world: World) throws -> [String] {
        var last: [String] = []
        while try standing(world) != last {
            last = try standing(world)
            try world.turn()
        }
        return last
    }

    @Test(arguments: [nil, 9]) func `decides on nobody by half, and the next one on the rest, as one would have on all`(
        _ cap: Int?
    ) throws {
        let whole = try world(cap: cap)
        let all = try whole.turn(stoppingAt: .max)
        let wanted = try settled(whole)
        #expect(all.count > 8, "the decisions come in parts")
        var interrupted = 0
        for enough in 1..<all.count {
            let world = try world(cap: cap)
            let given = try world.turn(stoppingAt: enough)
            #expect(given.prefix(enough).map { "\($0)" } == all.prefix(enough).map { "\($0)" }, "stopped at \(enough)")
            // After the end nothing new is decided: only other ways of the same people are woken.
            for decision in given.dropFirst(enough).joined() {
                guard case .wake = decision else {
                    Issue.record("stopped at \(enough): \(decision)")
                    continue
                }
            }
            if given.count < all.count { interrupted += 1 }
            #expect(try world.store.verify(at: world.now) == [], "stopped at \(enough)")
            let left = try settled(world)
            #expect(left == wanted, "stopped at \(enough): \(zip(left, wanted).first { $0 != $1 } ?? ("", ""))")
        }
        print("early ends, cap \(cap.map(String.init) ?? "none"): \(all.count) parts, \(interrupted) ended early")
        #expect(interrupted > 8)
    }

    @Test func `that wants nothing at all leaves everybody due`() throws {
        let world = try world(cap: nil)
        let before = try standing(world)
        let circumstances = Circumstances(
            model: world.model, now: world.now, zone: World.zone, standing: { _ in Standing() },
            ready: { _ in .ready(text: "") })
        var asked = 0
        try tick(world.store, circumstances) { (_) throws(StoreError) in
            asked += 1
            return false
        }
        #expect(asked > 0)
        #expect(try standing(world) == before, "a tick itself writes nothing")
    }
}
