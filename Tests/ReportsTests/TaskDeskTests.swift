import CivilTime
import Facts
import Interchange
import Ledger
import Outreach
import Planning
import Reports
import TestKit
import Testing

@Suite struct TaskDeskTests {
    /// A person in the sequence with what they are known by.
    private func person(_ store: MemoryStore, _ email: String, _ sequence: String) throws -> Enrollment.ID {
        let now = DemoPeople.now
        let entry = PersonEntry(
            email: email, linkedin: "www.linkedin.com/in/\(email.prefix(4))", phone: "+1 512 555 01\(email.utf8.count)",
            facts: [
                "first_name": .text("Maya"), "last_name": .text("Chen"), "title": .text("COO"),
                "timezone": .text("America/Chicago"),
            ], company: ["name": .text("Fathom")], source: "list", at: now - 5 * .day)
        _ = try store.commit([.put(entry)], epoch: nil)
        let person = try #require(try store.person(withEmail: email))
        let sequence = try #require(DemoLedger.model.sequences[sequence])
        let enroll = EnrollmentEntry(person, in: sequence, round: 1, at: now - 5 * .day)
        guard case .row(let row, _)? = try store.commit([.enroll(enroll)], epoch: nil).first else {
            throw StoreError.notWritten(reason: "not enrolled")
        }
        let id = Enrollment.ID(row)
        _ = try store.commit([.decide(.admit(id, mailbox: "ana", projected: []), at: now - 5 * .day)], epoch: nil)
        return id
    }

    private func desk(_ store: MemoryStore) -> TaskDesk {
        TaskDesk(store, model: DemoLedger.model, now: DemoPeople.now) { name in
            name == "America/Chicago" ? Listings.chicago : nil
        }
    }

    @Test func `the ledger's open tasks, holds and questions are one list`() throws {
        let store = MemoryStore()
        let now = DemoPeople.now
        let epoch = try store.begin(RunEntry(host: "h", pid: 1, version: "1"), at: now - 5 * .day)
        let first = try person(store, "maya@fathom.example", "founders")
        let second = try person(store, "chen@fathom.example", "founders")
        let call = OutreachTask(
            id: 0, enrollment: first, step: "call", kind: .call, owner: "ana", dueAt: now - .hour, openedAt: now - .hour
        )
        let connect = OutreachTask(
            id: 0, enrollment: second, step: "connect", kind: .connectNote, owner: "ana", dueAt: now - 2 * .day,
            openedAt: now - 2 * .day)
        let snoozed = OutreachTask(
            id: 0, enrollment: second, step: "hello", kind: .message, owner: "ana", dueAt: now, openedAt: now,
            snoozedUntil: now + .day)
        _ = try store.commit([call, connect, snoozed].map { .decide(.open($0), at: $0.openedAt) }, epoch: epoch)
        let third = try person(store, "held@fathom.example", "nurture")
        let hold = Hold(.missingFact, "industry")
        _ = try store.commit(
            [.decide(.wake(third, at: .distantFuture, queue: .open, hold: hold), at: now)], epoch: epoch)
        try store.finish(epoch, counts: [:], exit: 0, at: now - 300)
        let listing = try desk(store).listing(owner: "ana") { _, _, task in
            TaskWording(task.kind == .call ? "Ask." : "Hi there.")
        }
        #expect(Golden.difference("tasklists/desk.txt", listing.text()) == nil)
        #expect(listing.items.map(\.group) == [.held, .linkedin, .calls])
        #expect(listing.items.last?.outcomes.last == "send_info")
        #expect(listing.items[1].length == "9/200")
        #expect(listing.items[1].link == "https://www.linkedin.com/in/chen")
        #expect(listing.items[0].subject == .hold(third, step: "news"))
        #expect(try desk(store).listing(owner: "bob") { _, _, _ in nil }.items.isEmpty)
    }

    @Test func `what a paused sequence keeps back is counted, with the command that brings it back`() throws {
        let store = MemoryStore()
        let now = DemoPeople.now
        let epoch = try store.begin(RunEntry(host: "h", pid: 1, version: "1"), at: now - 5 * .day)
        for (index, email) in ["maya@fathom.example", "chen@fathom.example"].enumerated() {
            let way = try person(store, email, "founders")
            let call = OutreachTask(
                id: 0, enrollment: way, step: "call", kind: .call, owner: "ana", dueAt: now - .hour,
                openedAt: now - .hour, snoozedUntil: index == 0 ? nil : now - .hour)
            _ = try store.commit([.decide(.open(call), at: now - .hour)], epoch: epoch)
        }
        _ = try store.commit([.pause(Pause(.sequence("founders"), until: nil, reason: "Easter"))], epoch: nil)
        let listing = try desk(store).listing(owner: "ana") { _, _, _ in nil }
        #expect(listing.items.isEmpty && listing.pausedTasks == ["founders": 2])
        let words = "2 tasks wait for the paused sequence founders: stoke resume founders"
        #expect(listing.text().contains("Nothing to do now.\n\(words)\n"), "\(listing.text())")
        #expect(listing.page().contains(words))
        #expect(listing.json()["paused"]?["founders"]?.integer == 2)
        #expect(try desk(store).listing(owner: "bob") { _, _, _ in nil }.text().contains("Nothing to do.\n"))
    }

    @Test func `who was asked and has not answered stands under Accepted`() throws {
        let store = MemoryStore()
        let now = DemoPeople.now
        _ = try store.begin(RunEntry(host: "h", pid: 1, version: "1"), at: now - 5 * .day)
        let way = try person(store, "maya@fathom.example", "founders")
        let id = try #require(try store.enrollment(way)).person
        let results = [("intro", "sent"), ("connect", "sent")].map { step, result in
            StepResult(enrollment: way, step: step, result: result, at: now - 2 * .day)
        }
        let asked = Touchpoint(
            person: id, enrollment: way, step: "connect", kind: .linkedinSent, at: now - 2 * .day,
            recordedAt: now - 2 * .day)
        _ = try store.commit(
            results.map { .decide(.record($0), at: $0.at) } + [.record(asked, .none)], epoch: nil)
        let items = try desk(store).listing(owner: "ana") { _, _, _ in nil }.items
        #expect(items.map(\.group) == [.accepted])
        #expect(items.first?.subject == .wait(way, step: "hello"))
        #expect(items.first?.context == "10 Mar wrote on LinkedIn, no reply")
        let accepted = Touchpoint(person: id, kind: .linkedinConnected, at: now, recordedAt: now)
        _ = try store.commit([.record(accepted, .none)], epoch: nil)
        #expect(try desk(store).listing(owner: "ana") { _, _, _ in nil }.items.isEmpty)
    }
}
