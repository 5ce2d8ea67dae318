import CivilTime
import Facts
import Outreach
import Qualification
import Testing

@Suite struct FitTests {
    let qualifier = Qualifier(Samples.rules, zone: .utc)

    private func fit(_ change: (inout Person) -> Void) throws -> FitJudgement {
        var person = Samples.founder
        change(&person)
        return try #require(qualifier.fit(of: person, icp: "saas-founders"))
    }

    @Test func `fit is fifty and the share of what is preferred`() throws {
        #expect(try fit { _ in }.score == 90)
        #expect(try fit { $0.facts["country"] = .text("de") }.score == 100)
        #expect(try fit { $0.facts["title"] = .text("Intern") }.score == 50)
    }

    @Test func `a failed requirement is zero, a missing fact is unknown and named`() throws {
        func company(_ industry: Value, _ employees: Value) -> Value {
            .record(["industry": industry, "employees": employees])
        }
        #expect(try fit { $0.facts["company"] = company(.text("Retail"), .integer(40)) }.score == 0)
        let unknown = try fit { $0.facts["company"] = company(.text("SaaS"), .missing) }
        #expect(unknown.score == nil && unknown.missingFacts == ["company.employees"])
        // What fails fails, whatever else is missing.
        #expect(try fit { $0.facts["company"] = company(.text("Retail"), .missing) }.score == 0)
    }

    @Test func `an ICP without preferences is met in full`() {
        let icp = QualificationRules.ICP(name: "any", require: [])
        #expect(FitJudgement(Samples.founder, icp).score == 100)
    }

    @Test func `the best of several ICPs counts, and a lead over its threshold is accepted by rule`() {
        var rules = Samples.rules
        rules.icps["agencies"] = .init(name: "agencies", require: [.fact("company.industry", .equals(.text("Agency")))])
        let qualifier = Qualifier(rules, zone: .utc)
        let lead = Samples.history([])
        #expect(qualifier.fit(of: Samples.founder)?.icp == "saas-founders")
        let changes = qualifier.changes(of: lead, at: Samples.day(1))
        #expect(changes.map(\.kind) == [.stage(.prospect)])
        #expect(changes.first?.detail["icp"] == .text("saas-founders"))
        #expect(changes.first?.detail["by"] == .text("rule"))
    }

    @Test func `a fact that was changed later counts as it was`() {
        var history = Samples.history([
            Samples.touch(
                1, "facts.changed", day: 10,
                ["source": .text("list"), "changed": .record(["title": .text("Intern")])])
        ])
        history.person.facts["title"] = .text("CEO")
        #expect(qualifier.standing(of: history, at: Samples.day(9)).fit == 50)
        #expect(qualifier.standing(of: history, at: Samples.day(11)).fit == 90)
    }
}
