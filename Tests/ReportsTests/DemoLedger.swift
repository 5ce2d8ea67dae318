import CivilTime
import Facts
import Ledger
import Outreach
import Planning
import Qualification
import TestKit

/// A ledger of 160 people over ten weeks, the same each time it is made.
struct DemoLedger {
    let store = MemoryStore()
    let qualifier = DemoPeople.qualifier
    let now = DemoPeople.now
    private var random = SeededRandom(seed: 20_260_312)

    static let model = Model(
        hash: "h",
        settings: Settings(timezone: DemoPeople.zone, company: "Acme", postalAddress: "Berlin", personGap: 0),
        owners: [
            "ana": Owner(
                key: "ana", name: "Ana Pop", timezone: DemoPeople.zone, invitesPerWeek: 80, notesPerMonth: 5)
        ],
        mailboxes: [
            "ana": Mailbox(
                name: "ana", owner: "ana", fromName: "Ana", fromAddress: "ana@acme.example",
                timezone: DemoPeople.zone)
        ],
        sequences: [
            "founders": sequence(
                "founders",
                [
                    Step(
                        id: "intro",
                        kind: .email([.init(arm: "a", template: "intro"), .init(arm: "b", template: "short")])),
                    Step(id: "connect", kind: .linkedin(.connect, template: "note"), after: .businessDays(2)),
                    Step(
                        id: "hello", kind: .linkedin(.message, template: "hello"),
                        wait: .init(
                            condition: .fact("linkedin.connected", .equals(.bool(true))), atMost: .days(3),
                            otherwise: .step("call"))),
                    Step(
                        id: "call", kind: .call(template: "script"), after: .businessDays(1),
                        outcomes: [.init(name: "send_info", onward: .next)]),
                ]),
            "nurture": sequence(
                "nurture", [Step(id: "news", kind: .email([.init(arm: "news", template: "news")]))]),
        ], templates: [:], qualification: DemoPeople.rules)

    private static func sequence(_ name: String, _ steps: [Step]) -> Outreach.Sequence {
        Outreach.Sequence(
            name: name, mailboxes: ["ana"], clock: .workspace, steps: steps,
            experiment: name == "founders" ? Experiment(metric: .replyPositive, minimumEffect: 0.05) : nil,
            version: "v-\(name)")
    }

    init() throws {
        _ = try store.begin(RunEntry(host: "test", pid: 1, version: "1"), at: now - 80 * .day)
        for index in 0..<160 { try add(index) }
    }

    private mutating func add(_ index: Int) throws {
        let firstNames = ["Maya", "Jonas", "Zoë", "Óscar", "Li", "Ada", "Noor", "太郎"]
        let lastNames = ["Chen", "Weber", "Müller", "Núñez", "Na", "Byron", "山田", "Okafor", "Svensson"]
        let sources = ["list", "list", "list", "webinar", "form", "referral"]
        let entry = PersonEntry(
            email: "p\(index)@company\(index % 60).example",
            facts: [
                "first_name": .text(firstNames[index % 8]), "last_name": .text(lastNames[index % 9]),
                "title": .text(index % 3 == 0 ? "Founder" : "Office Manager"),
            ],
            company: [
                "name": .text("Company \(index % 60)"), "domain": .text("company\(index % 60).example"),
                "industry": .text(index % 4 == 0 ? "Retail" : "SaaS"), "employees": .integer(20 + index),
            ], companyDomain: "company\(index % 60).example", source: sources[index % 6], at: now - 75 * .day)
        guard case .row(let row, _)? = try store.commit([.put(entry)], epoch: nil).first else { return }
        let start = now - (5 + index * 67 % 65) * .day
        try live(Person.ID(row), from: start, isOutbound: sources[index % 6] == "list")
    }

    /// A person's way: touched, perhaps interested, perhaps a customer.
    private mutating func live(_ person: Person.ID, from start: Instant, isOutbound: Bool) throws {
        var clock = start
        if !isOutbound { try record(person, random.oneIn(2) ? "form.download" : "form.demo", &clock) }
        try propose(person, clock)
        guard isOutbound || random.oneIn(2), let enrollment = try enroll(person, clock) else { return }
        let arm = random.oneIn(2) ? "a" : "b"
        try record(
            person, .emailSent, &clock, enrollment, "intro",
            ["mailbox": .text("ana"), "variant": .text(arm), "subject": .text("a question")])
        if random.oneIn(12) { return try record(person, .bounceHard, &clock, enrollment, "intro") }
        if random.oneIn(9) { try record(person, .autoReply, &clock, enrollment, "intro") }
        if random.oneIn(2) { try record(person, .linkedinSent, &clock, enrollment, "connect") }
        if random.oneIn(arm == "b" ? 3 : 6) {
            try record(person, .replyPositive, &clock, enrollment, nil)
            try propose(person, clock)
            try sell(person, &clock)
        } else if random.oneIn(8) {
            try record(person, .replyNegative, &clock, enrollment, nil)
        }
    }

    private mutating func sell(_ person: Person.ID, _ clock: inout Instant) throws {
        guard !random.oneIn(3) else { return }
        try record(person, .meeting, &clock)
        let meeting = try store.history(of: person).touchpoints.last { $0.kind == .meeting }?.id ?? 0
        for field in DemoPeople.rules.gates.sqlFramework.fields {
            let evidence = qualifier.evidence(field, text: "said so", cites: meeting, by: "ana", of: person, at: clock)
            _ = try store.commit([.record(evidence, .none)], epoch: nil)
        }
        guard try decide(.sql, person, &clock, [:]) else { return }
        let next: Record = ["next_step": .text("offer"), "next_step_on": .text("2026-03-20")]
        guard random.oneIn(2), try decide(.opportunity, person, &clock, next) else { return }
        if random.oneIn(2) { _ = try decide(.won, person, &clock, ["value": .integer(9000)]) }
    }

    private mutating func decide(
        _ stage: Stage, _ person: Person.ID, _ clock: inout Instant, _ detail: Record
    ) throws -> Bool {
        clock = clock + random.int(1...3) * .day
        guard clock < now else { return false }
        let history = try store.history(of: person)
        guard let entry = try? qualifier.decision(stage, by: "ana", detail: detail, of: history, at: clock) else {
            return false
        }
        _ = try store.commit([.record(entry, .none)], epoch: nil)
        return true
    }

    private func propose(_ person: Person.ID, _ at: Instant) throws {
        let changes = qualifier.changes(of: try store.history(of: person), at: at)
        _ = try store.commit(changes.map { .record($0, .none) }, epoch: nil)
    }

    private func enroll(_ person: Person.ID, _ at: Instant) throws -> Enrollment.ID? {
        let history = try store.history(of: person)
        guard let sequence = Self.model.sequences[history.person.id.row % 5 == 0 ? "nurture" : "founders"] else {
            return nil
        }
        let entry = EnrollmentEntry(history.person, in: sequence, round: 1, at: at)
        guard case .row(let row, _)? = try store.commit([.enroll(entry)], epoch: nil).first else { return nil }
        let id = Enrollment.ID(row)
        _ = try store.commit([.decide(.admit(id, mailbox: "ana", projected: []), at: at)], epoch: nil)
        return id
    }

    private mutating func record(
        _ person: Person.ID, _ kind: TouchpointKind, _ clock: inout Instant, _ enrollment: Enrollment.ID? = nil,
        _ step: String? = nil, _ detail: Record = [:]
    ) throws {
        clock = clock + random.int(1...40) * .hour
        guard clock < now else { return }
        let touchpoint = Touchpoint(
            person: person, enrollment: enrollment, step: step, kind: kind, at: clock, recordedAt: clock,
            detail: detail)
        _ = try store.commit([.record(touchpoint, .none)], epoch: nil)
    }
}
