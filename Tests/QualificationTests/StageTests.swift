import CivilTime
import Facts
import Outreach
import Qualification
import Testing

@Suite struct StageTests {
    let qualifier = Qualifier(Samples.rules, zone: .utc)

    /// An MQL who was spoken to, with evidence for everything but `missing`.
    static func talked(missing: String? = nil) -> [Touchpoint] {
        var touchpoints = [
            Samples.touch(1, .stage(.prospect), day: 1), Samples.touch(2, .stage(.mql), day: 2),
            Samples.touch(3, .callConnected, day: 3),
        ]
        for (index, field) in QualificationRules.Framework.bant.fields.enumerated() where field != missing {
            touchpoints.append(
                Samples.touch(
                    10 + index, .evidence(field), day: 3.5, ["text": .text("said so"), "cites": .integer(3)]))
        }
        return touchpoints
    }

    private func decide(
        _ stage: Stage, _ detail: Record = [:], _ touchpoints: [Touchpoint], day: Double = 5
    ) throws(GateRefusal) -> Touchpoint {
        try qualifier.decision(
            stage, by: "ana", detail: detail, of: Samples.history(touchpoints), at: Samples.day(day))
    }

    private func refusal(_ stage: Stage, _ detail: Record = [:], _ touchpoints: [Touchpoint]) -> [Gate.Requirement
        .Subject]
    {
        do {
            _ = try decide(stage, detail, touchpoints, day: 8)
            return []
        } catch {
            return error.missing
        }
    }

    @Test func `an SQL needs a talk and evidence for every field, and everything missing is said at once`() throws {
        #expect(refusal(.sql, [:], Self.talked(missing: "budget")) == [.evidence("budget")])
        #expect(
            refusal(.sql, [:], [Samples.touch(1, .replyPositive, day: 1)])
                == [.stageBefore([.prospect, .iql, .mql, .recycled]), .conversation]
                + QualificationRules.Framework.bant.fields.map { .evidence($0) })
        let entry = try decide(.sql, [:], Self.talked())
        #expect(entry.detail["rules"] == .text("00ff") && entry.detail["framework"] == .text("bant"))
        var recorded = entry
        recorded.id = 99
        let history = Samples.history(Self.talked() + [recorded])
        #expect(qualifier.standing(of: history, at: Samples.day(6)).stage == .sql)
    }

    @Test func `evidence that cites nothing or says nothing is none`() {
        for detail: Record in [
            ["text": .text("said so")], ["cites": .integer(3)], ["text": .text("  "), "cites": .integer(3)],
            ["text": .text("x"), "cites": .integer(77)], ["text": .text("x"), "cites": .integer(10)],
        ] {
            var touchpoints = Self.talked(missing: "budget")
            touchpoints.append(Samples.touch(10, .evidence("budget"), day: 3.5, detail))
            #expect(refusal(.sql, [:], touchpoints) == [.evidence("budget")], "\(detail)")
        }
    }

    @Test func `a forged SQL moves nobody, nor does a rule's`() {
        for detail: Record in [[:], ["by": .text("rule")]] {
            let history = Samples.history(Self.talked() + [Samples.touch(99, .stage(.sql), day: 4, detail)])
            #expect(qualifier.standing(of: history, at: Samples.day(6)).stage == .mql)
        }
    }

    @Test func `an opportunity needs a dated next step, a win its value, a loss its reason`() throws {
        var touchpoints = Self.talked()
        func add(_ stage: Stage, _ detail: Record, _ id: Int) throws {
            var entry = try decide(stage, detail, touchpoints, day: 5 + Double(id) / 100)
            entry.id = id
            touchpoints.append(entry)
        }
        try add(.sql, [:], 50)
        #expect(refusal(.opportunity, ["next_step": .text("offer")], touchpoints) == [.nextStep])
        #expect(refusal(.won, ["value": .integer(9)], touchpoints) == [.stageBefore([.opportunity])])
        try add(.opportunity, ["next_step": .text("offer"), "next_step_on": .text("2026-03-20")], 51)
        #expect(refusal(.sql, [:], touchpoints) == [.reason])
        let back = try decide(.sql, ["reason": .text("their budget is gone")], touchpoints, day: 8)
        let returned =
            touchpoints
            + [back].map { (touchpoint: Touchpoint) in
                var numbered = touchpoint
                numbered.id = 60
                return numbered
            }
        #expect(qualifier.standing(of: Samples.history(returned), at: Samples.day(9)).stage == .sql)
        #expect(refusal(.won, [:], touchpoints) == [.value])
        #expect(refusal(.lost, [:], touchpoints) == [.reason])
        try add(.won, ["value": .decimal(9000.5)], 52)
        #expect(qualifier.standing(of: Samples.history(touchpoints), at: Samples.day(9)).stage == .won)
    }

    @Test func `neither decay nor other rules move anybody back, only a reason does`() {
        let reached = Samples.history(Self.talked())
        var strict = Samples.rules
        strict.gates.mqlIntent = 10_000
        strict.icps = [:]
        #expect(Qualifier(strict, zone: .utc).standing(of: reached, at: Samples.day(2000)).stage == .mql)
        let back = Samples.touch(60, .stage(.prospect), day: 7)
        let reasoned = Samples.touch(61, .stage(.prospect), day: 7, ["reason": .text("too early")])
        #expect(qualifier.standing(of: Samples.history(Self.talked() + [back]), at: Samples.day(8)).stage == .mql)
        #expect(
            qualifier.standing(of: Samples.history(Self.talked() + [reasoned]), at: Samples.day(8)).stage == .prospect)
    }

    @Test func `who was turned down is proposed again only after doing something more`() {
        var touchpoints = [
            Samples.touch(1, .stage(.prospect), day: 0, ["by": .text("ana")]),
            Samples.touch(2, "form.demo", day: 1), Samples.touch(3, .stage(.mql), day: 1),
            Samples.touch(4, .temperature(.hot), day: 1),
            Samples.touch(5, .handoffRejected, day: 2, ["reason": .text("student")]),
        ]
        func proposals(_ day: Double) -> [TouchpointKind] {
            qualifier.changes(of: Samples.history(touchpoints), at: Samples.day(day)).map(\.kind)
        }
        #expect(qualifier.standing(of: Samples.history(touchpoints), at: Samples.day(3)).stage == .prospect)
        #expect(proposals(3) == [])
        touchpoints.append(Samples.touch(6, .replyPositive, day: 3.5))
        #expect(proposals(4) == [.stage(.mql)])
    }

    @Test func `recycled needs a reason of the rules and a day, and gets the nurture sequence`() throws {
        var rules = Samples.rules
        rules.reasons = ["recycled": ["timing"]]
        rules.nurture = [.recycled: "quarterly-news"]
        let qualifier = Qualifier(rules, zone: .utc)
        let history = Samples.history(Self.talked())
        let missing = #expect(throws: GateRefusal.self) {
            try qualifier.decision(
                .recycled, by: "ana", detail: ["reason": .text("mood")], of: history, at: Samples.day(5))
        }
        #expect(missing?.missing == [.returnDay, .reasonCode(["timing"])])
        let entry = try qualifier.decision(
            .recycled, by: "ana", detail: ["reason": .text("timing"), "until": .text("2026-09-01")], of: history,
            at: Samples.day(5))
        #expect(entry.detail["nurture"] == .text("quarterly-news"))
    }

    @Test func `a disqualified person comes back with a reason only`() {
        let out = Samples.touch(60, .stage(.disqualified), day: 6, ["reason": .text("competitor")])
        let plain = Samples.touch(61, .stage(.prospect), day: 7, ["by": .text("ana")])
        let reasoned = Samples.touch(61, .stage(.prospect), day: 7, ["by": .text("ana"), "reason": .text("moved")])
        let at = Samples.day(9)
        #expect(qualifier.standing(of: Samples.history(Self.talked() + [out, plain]), at: at).stage == .disqualified)
        #expect(!qualifier.isProspect(Samples.history(Self.talked() + [out, plain]), at: at))
        #expect(qualifier.isProspect(Samples.history(Self.talked() + [out, reasoned]), at: at))
    }

    @Test func `an opportunity shows which fields of MEDDPICC are missing`() throws {
        var rules = Samples.rules
        rules.gates.tracksMEDDPICC = true
        let qualifier = Qualifier(rules, zone: .utc)
        let detail: Record = ["by": .text("ana"), "next_step": .text("offer"), "next_step_on": .text("2026-04-01")]
        let touchpoints =
            Self.talked() + [
                Samples.touch(50, .stage(.sql), day: 4, detail),
                Samples.touch(51, .stage(.opportunity), day: 5, detail),
                Samples.touch(52, .evidence("champion"), day: 5.5, ["text": .text("Li"), "cites": .integer(3)]),
            ]
        let evidence = qualifier.evidence(of: Samples.history(touchpoints), at: Samples.day(6))
        #expect(evidence.map(\.field) == QualificationRules.Framework.meddpicc)
        #expect(evidence.filter { $0.touchpoint != nil }.map(\.field) == ["champion"])
    }
}
