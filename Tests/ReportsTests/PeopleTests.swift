import CivilTime
import Diagnostics
import Facts
import Interchange
import Outreach
import Qualification
import Reports
import TestKit
import Testing

@Suite struct PeopleTests {
    /// Whether every line fits a terminal and none of it could move its cursor.
    static func fits(_ text: String) -> Bool {
        text.split(separator: "\n").allSatisfy { DisplayText.width($0) <= 80 } && !text.contains("\u{1B}")
    }

    @Test func `show has the facts, the sequences and the touchpoints in order`() {
        let page = PersonPage(
            DemoPeople.mayasHistory, qualifier: DemoPeople.qualifier, zone: DemoPeople.zone, now: DemoPeople.now)
        #expect(Self.fits(page.text()))
        #expect(Golden.difference("people/show.txt", page.text()) == nil)
        #expect(Golden.difference("people/show.json", page.json().pretty + "\n") == nil)
    }

    @Test func `explain lists every point with its touchpoint and the sum is the score`() throws {
        let explanation = DemoPeople.qualifier.explanation(of: DemoPeople.mayasHistory, at: DemoPeople.now)
        let text = ExplanationText(explanation, name: "Maya Chen", zone: DemoPeople.zone)
        #expect(Self.fits(text.text()))
        #expect(Golden.difference("people/explain.txt", text.text()) == nil)
        let adds = try #require(text.json()["points"]?.array).compactMap { $0["adds"]?.double }
        #expect(adds.count == 3)
        #expect(abs(adds.reduce(0, +) - explanation.standing.intent) < 1e-9)
    }

    @Test func `a hand-over says who, why now, what was and what to ask next`() throws {
        let packet = try #require(DemoPeople.qualifier.handoff(DemoPeople.mayasHistory, at: DemoPeople.now))
        #expect(packet.nextField == "budget")
        var record = HandoffRecord()
        record.add(DemoPeople.mayasHistory, DemoPeople.qualifier, at: DemoPeople.now)
        var turnedDown = DemoPeople.mayasHistory
        turnedDown.touchpoints.append(
            DemoPeople.touch(20, .handoffRejected, daysAgo: 0.1, ["reason": .text("student"), "by": .text("ana")]))
        record.add(turnedDown, DemoPeople.qualifier, at: DemoPeople.now)
        #expect(DemoPeople.qualifier.handoff(turnedDown, at: DemoPeople.now) == nil)
        let text = HandoffText([packet], record: record, zone: DemoPeople.zone, now: DemoPeople.now) { $0 + .day }
        #expect(Self.fits(text.text()))
        #expect(Golden.difference("people/handoff.txt", text.text()) == nil)
    }

    @Test func `the ledger's hand-overs wait against the target of the rules`() throws {
        let demo = try DemoLedger()
        let text = try HandoffText(demo.store, DemoLedger.model, now: demo.now).text()
        #expect(Self.fits(text))
        #expect(Golden.difference("people/handoffs.txt", text) == nil)
        // Friday noon; the next business day is Monday.
        let friday = try #require(Instant("2026-03-13T12:00:00+01:00"))
        #expect(DemoLedger.model.handoffDeadline(friday) == friday + 3 * .day)
    }

    @Test func `an ICP that is too narrow or cannot be judged is warned about`() {
        var share = FitShare(DemoPeople.rules)
        for index in 0..<100 {
            var person = DemoPeople.maya
            let industry: Value = index < 3 ? .text("SaaS") : .text("Retail")
            person.facts["company"] = .record([
                "industry": industry, "employees": index % 4 == 0 ? .missing : .integer(index * 7),
            ])
            share.add(person)
        }
        #expect(Golden.difference("people/fit-share.txt", FitShareText(share).text()) == nil)
        guard case .tooNarrow? = share.concerns.first else {
            Issue.record("no warning")
            return
        }
        var blind = FitShare(DemoPeople.rules)
        for _ in 0..<40 { blind.add(Person(id: .init(1), key: "x")) }
        guard case .cannotBeJudged? = blind.concerns.first else {
            Issue.record("no warning")
            return
        }
        var broad = FitShare(DemoPeople.rules)
        for _ in 0..<40 { broad.add(DemoPeople.maya) }
        #expect(FitShareText(broad).text().contains("too broad"))
    }

    @Test func `a backtest names who would be MQL and which wins would be missed`() {
        var strict = DemoPeople.rules
        strict.gates.mqlIntent = 500
        var won = DemoPeople.mayasHistory
        let detail: Record = [
            "by": .text("ana"), "value": .integer(9000), "next_step": .text("call"),
            "next_step_on": .text("2026-04-01"), "text": .text("yes"), "cites": .integer(40),
        ]
        let kinds: [TouchpointKind] =
            [.callConnected] + DemoPeople.rules.gates.sqlFramework.fields.map { .evidence($0) }
            + [.stage(.sql), .stage(.opportunity), .stage(.won)]
        for (index, kind) in kinds.enumerated() {
            won.touchpoints.append(DemoPeople.touch(40 + index, kind, daysAgo: 0.5 - Double(index) / 100, detail))
        }
        #expect(DemoPeople.qualifier.standing(of: won, at: DemoPeople.now).stage == .won)
        var backtest = Backtest(
            present: DemoPeople.qualifier, other: Qualifier(strict, zone: DemoPeople.zone), at: DemoPeople.now)
        backtest.add(won)
        backtest.add(History(person: DemoPeople.maya))
        #expect(backtest.presentCount == 1 && backtest.otherCount == 0 && backtest.missedWins.count == 1)
        #expect(Golden.difference("people/backtest.txt", BacktestText(backtest, zone: DemoPeople.zone).text()) == nil)
    }

    @Test(arguments: [
        (Criteria.all([]), "anything"),
        (.fact("a", .not(.equals(.text("x")))), "a is not x"),
        (
            .all([
                .fact("a", .range(from: 10, to: nil)),
                .any([.fact("b", .words(["c", "d"])), .fact("e", .missing(true))]),
            ]),
            "a is at least 10 and (b has c or d or e is missing)"
        ),
    ]) func `criteria are said in words`(criteria: Criteria, words: String) {
        #expect(CriteriaText.words(criteria) == words)
    }

    @Test func `numbers are short and exact`() {
        #expect(Numbers.grouped(1_234_567) == "1,234,567" && Numbers.grouped(-12) == "-12")
        #expect(Numbers.points(-1500) == "-1.5" && Numbers.points(12_345) == "12.345" && Numbers.points(7000) == "7")
        #expect(Numbers.percent(0.062) == "6.2 %" && Numbers.percent(0.126) == "13 %" && Numbers.percent(0) == "0 %")
        #expect(
            Numbers.bar(0.5, cells: 3) == "█▌" && Numbers.bar(2, cells: 2) == "██" && Numbers.bar(0, cells: 2) == "")
        #expect(Numbers.median([5, 1, 9, 7]) == 5 && Numbers.median([]) == nil)
    }
}
