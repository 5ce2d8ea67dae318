import CivilTime
import Facts
import Foundation
import Ledger
import Outreach
import Planning

/// A small workspace in memory and a pretend clock, for tests of decisions.
final class World {
    let store = MemoryStore()
    var model: Model
    var now: Instant
    var epoch: Epoch
    var ready: (Draft) -> Readiness = { _ in .ready(text: "text") }
    var unread: [String: String] = [:]

    /// Monday 2 March 2026, 09:00 in Berlin (UTC+1).
    static let monday = Instant(1_772_438_400)

    static func zone(_ name: String) -> Zone? {
        guard let data = FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)") else { return nil }
        return try? Zone(name: name, tzif: Array(data))
    }

    static let berlin = zone("Europe/Berlin") ?? Zone(name: "UTC", fixed: ZoneOffset(seconds: 0, abbreviation: "UTC"))

    init(_ sequences: [Outreach.Sequence], mailboxes: [Mailbox] = [World.mailbox()]) throws {
        model = Model(
            hash: "h",
            settings: Settings(timezone: World.berlin, company: "Acme", postalAddress: "Berlin", personGap: 0),
            owners: ["ana": Owner(key: "ana", name: "Ana Pop", timezone: World.berlin)],
            mailboxes: Dictionary(uniqueKeysWithValues: mailboxes.map { ($0.name, $0) }),
            sequences: Dictionary(uniqueKeysWithValues: sequences.map { ($0.name, $0) }), templates: [:])
        now = World.monday
        epoch = try store.begin(RunEntry(host: "test", pid: 1, version: "1"), at: World.monday)
    }

    static func mailbox(
        _ name: String = "ana", cap: Int? = nil, gap: Int = 0, companyCap: Int? = nil, ramp: Mailbox.Ramp? = nil
    ) -> Mailbox {
        Mailbox(
            name: name, owner: "ana", fromName: "Ana", fromAddress: "\(name)@acme.example", timezone: berlin,
            dailyCap: cap, ramp: ramp, gap: gap, companyCap: companyCap)
    }

    static func email(_ id: String, after: Delay? = nil, when: Criteria? = nil) -> Step {
        Step(id: id, kind: .email([Step.Variant(arm: id, template: id)]), after: after, when: when)
    }

    static func sequence(_ name: String = "s", _ steps: [Step], mailboxes: [String] = ["ana"]) -> Outreach.Sequence {
        Outreach.Sequence(
            name: name, mailboxes: mailboxes, clock: .workspace, steps: steps, version: "v-\(steps.map(\.id))")
    }

    /// Adds a person and enrolls them in the sequence.
    @discardableResult
    func enroll(_ email: String, in sequence: String = "s", facts: Record = [:], company: String? = nil) throws
        -> Person.ID
    {
        let entry = PersonEntry(
            email: email, facts: facts, company: company.map { ["name": .text($0)] } ?? [:], companyDomain: company,
            source: "test", at: now)
        _ = try store.commit([.put(entry)], epoch: nil)
        let person = try require(try store.person(withEmail: email))
        let sequence = try require(model.sequences[sequence])
        _ = try store.commit([.enroll(EnrollmentEntry(person, in: sequence, round: 1, at: now))], epoch: nil)
        return person.id
    }

    struct Absent: Error {}
    func require<T>(_ value: T?) throws -> T {
        guard let value else { throw Absent() }
        return value
    }

    /// One turn of cron: decides, performs, and gives the decisions.
    @discardableResult
    func turn() throws -> [Decision] {
        let circumstances = Circumstances(
            model: model, now: now, zone: World.zone, standing: { _ in Standing() }, ready: ready, unread: unread)
        let decisions = try tick(store, circumstances)
        for decision in decisions { try perform(decision) }
        return decisions
    }

    /// A turn that wants nothing more once it was given decisions `enough` times; what it was given each time.
    ///
    /// All that it was given is performed, as a run does that is asked to stop.
    @discardableResult
    func turn(stoppingAt enough: Int) throws -> [[Decision]] {
        let circumstances = Circumstances(
            model: model, now: now, zone: World.zone, standing: { _ in Standing() }, ready: ready, unread: unread)
        var given: [[Decision]] = []
        try tick(store, circumstances) { (made) throws(StoreError) in
            given.append(made)
            return given.count < enough
        }
        for decision in given.joined() { try perform(decision) }
        return given
    }

    private func perform(_ decision: Decision) throws {
        switch decision {
        case .send(let draft):
            let entry = MessageEntry(
                enrollment: draft.enrollment.id, step: draft.step.id, mailbox: draft.mailbox,
                messageID: "\(draft.enrollment.id.row)-\(draft.step.id)@x", date: now,
                sha256: String(repeating: "a", count: 64), subject: "Hi")
            guard case .row(let id, _)? = try store.commit([.intend(entry)], epoch: epoch).first else { return }
            let zone = model.mailboxes[draft.mailbox]?.timezone ?? World.berlin
            let sent = Touchpoint(
                person: draft.enrollment.person, enrollment: draft.enrollment.id, step: draft.step.id,
                kind: .emailSent, at: now, recordedAt: now)
            _ = try store.commit(
                [
                    .fence(message: id, at: now, day: zone.date(at: now)),
                    .settle(message: id, Settlement(state: .sent, reply: "250 ok", touchpoint: sent), at: now),
                ], epoch: epoch)
        case .enroll(let person, let sequence, let round, _):
            _ = try store.commit([.enroll(EnrollmentEntry(person, in: sequence, round: round, at: now))], epoch: epoch)
        default: _ = try store.commit([.decide(decision, at: now)], epoch: epoch)
        }
    }

    /// Every turn of five minutes up to `end`; what was sent, as `step@instant`.
    @discardableResult
    func run(until end: Instant, every: Int = 300) throws -> [(at: Instant, decision: Decision)] {
        var all: [(Instant, Decision)] = []
        while now < end {
            all += try turn().map { (now, $0) }
            now = now + every
        }
        return all
    }

    /// Steps sent to a person, in order.
    func sent(to person: Person.ID) throws -> [String] {
        try store.history(of: person).results.filter { $0.result == "sent" }.map(\.step)
    }

    /// `2026-03-05 10:12` on the workspace's clock.
    func local(_ instant: Instant) -> String {
        let local = World.berlin.local(at: instant)
        return "\(local.date) \(local.time)"
    }
}

extension Decision {
    var sentStep: String? { if case .send(let draft) = self { draft.step.id } else { nil } }
}
