import CivilTime
import Facts
import Outreach
import Qualification

/// A few people with a past, for golden files.
enum DemoPeople {
    static let zone = Listings.berlin
    static let now = Listings.now

    static let rules = QualificationRules(
        icps: [
            "saas-founders": .init(
                name: "saas-founders",
                require: [
                    .fact("company.industry", .oneOf([.text("SaaS"), .text("Software")])),
                    .fact("company.employees", .range(from: 10, to: 250)),
                ],
                prefer: [
                    .init(criteria: .fact("title", .words(["founder", "CEO", "CTO"])), points: 40),
                    .init(
                        criteria: .any([.fact("country", .equals(.text("DE"))), .fact("country", .missing(true))]),
                        points: 10),
                ], autoAccept: 70)
        ],
        intent: [
            "reply.positive": .init(points: 50, halfLife: 30 * .day, cap: 60),
            "form": .init(points: 20, halfLife: 14 * .day), "reply.negative": .init(points: -30, halfLife: 60 * .day),
        ],
        gates: .init(iql: ["form.download"], mqlFit: 60, mqlIntent: 30, mqlSLA: .businessDays(1)),
        hash: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef")

    static let qualifier = Qualifier(rules, zone: zone)

    static let maya = Person(
        id: .init(1), key: "maya@fathom.example", email: "maya@fathom.example",
        facts: [
            "first_name": .text("Maya"), "last_name": .text("Chen"), "title": .text("Founder, COO"),
            "country": .text("US"), "phone": .text("+1 512 555 0142"), "source": .text("list"),
            "company": .record([
                "name": .text("Fathom"), "industry": .text("SaaS"), "employees": .integer(40),
            ]),
        ])

    static func touch(_ id: Int, _ kind: TouchpointKind, daysAgo: Double, _ detail: Record = [:]) -> Touchpoint {
        let at = now - Int(daysAgo * 86_400)
        return Touchpoint(
            id: id, person: maya.id, enrollment: .init(1), step: "intro", kind: kind, at: at, recordedAt: at,
            detail: detail)
    }

    static var mayasHistory: History {
        var history = History(
            person: maya,
            enrollments: [
                Enrollment(
                    id: .init(1), person: maya.id, sequence: "founders", state: .stopped, reason: "answered",
                    mailbox: "ana", enrolledAt: now - 20 * .day, wakeAt: now, tie: 1)
            ],
            results: [StepResult(enrollment: .init(1), step: "intro", result: "sent", at: now - 18 * .day)],
            touchpoints: [
                touch(
                    1, .stage(.prospect), daysAgo: 19,
                    ["by": .text("rule"), "fit": .integer(90), "cause": .text("fit")]),
                touch(2, .emailSent, daysAgo: 18, ["subject": .text("Fathom onboarding: a question")]),
                touch(3, "form.download", daysAgo: 12, ["source": .text("checklist")]),
                touch(4, .replyPositive, daysAgo: 3.4, ["text": .text("Sure,\nsend \u{1B}[31mprices")]),
                touch(5, .replyPositive, daysAgo: 1.2),
            ])
        let changes = qualifier.changes(of: history, at: now - .day)
        for (index, change) in changes.enumerated() {
            var recorded = change
            recorded.id = 6 + index
            history.touchpoints.append(recorded)
        }
        return history
    }
}
