import CivilTime
import Facts
import Outreach
import Qualification

/// Rules and histories that the tests of this target share.
enum Samples {
    /// 2026-03-01T00:00:00Z.
    static let start = Instant(1_772_323_200)

    static let icp = QualificationRules.ICP(
        name: "saas-founders",
        require: [
            .fact("company.industry", .oneOf([.text("SaaS"), .text("Software")])),
            .fact("company.employees", .range(from: 10, to: 250)),
        ],
        prefer: [
            .init(criteria: .fact("title", .words(["founder", "CEO", "CTO"])), points: 40),
            .init(criteria: .fact("country", .equals(.text("DE"))), points: 10),
        ], autoAccept: 80)

    static let rules = QualificationRules(
        icps: ["saas-founders": icp],
        intent: [
            "reply": .init(points: 10, halfLife: 30 * .day),
            "reply.positive": .init(points: 50, halfLife: 30 * .day, cap: 100),
            "reply.negative": .init(points: -25, halfLife: 60 * .day),
            "form.demo": .init(points: 60, halfLife: 14 * .day),
            "form.download": .init(points: 15, halfLife: 14 * .day, cap: 20),
            "customer.event": .init(points: 5, cap: 15),
        ],
        warm: .init(enter: 20, leave: 12), hot: .init(enter: 60, leave: 40),
        gates: .init(iql: ["form.download"], mqlFit: 60, mqlIntent: 30),
        hash: "00ff")

    static let founder = Person(
        id: .init(7), key: "maya@fathom.example", email: "maya@fathom.example",
        facts: [
            "first_name": "Maya", "title": "Founder & CEO", "country": "US",
            "company": .record(["industry": .text("saas"), "employees": .integer(40)]),
        ])

    static func touch(
        _ id: Int, _ kind: TouchpointKind, day: Double, recorded: Double? = nil, _ detail: Record = [:]
    ) -> Touchpoint {
        Touchpoint(
            id: id, person: founder.id, kind: kind, at: start + Int(day * 86_400),
            recordedAt: start + Int((recorded ?? day) * 86_400), detail: detail)
    }

    static func history(_ touchpoints: [Touchpoint], person: Person = founder) -> History {
        History(person: person, touchpoints: touchpoints)
    }

    static func day(_ day: Double) -> Instant { start + Int(day * 86_400) }
}

extension Value: ExpressibleByStringLiteral {
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
}
