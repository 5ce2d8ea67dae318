import CivilTime
import Facts
import Testing

@Suite struct `Criteria over facts` {
    private let facts: [String: Value] = [
        "title": .text("Co-Founder & CTO"), "country": .text("DE"), "company.employees": .integer(85),
        "company.revenue": .decimal(1.5), "age": .text("42"), "replied": .bool(false), "note": .text("  "),
        "tags": .list([.text("Zendesk"), .text("Intercom")]), "gone": .missing,
    ]

    private func judge(_ path: String, _ test: FactTest) -> Truth { Criteria.fact(path, test).judge { facts[$0] } }

    @Test(arguments: [
        ("country", FactTest.equals(.text("de")), Truth.yes),
        ("country", .equals(.text("AT")), .no),
        ("country", .oneOf([.text("at"), .text("De")]), .yes),
        ("company.employees", .equals(.decimal(85)), .yes),
        ("age", .equals(.integer(42)), .yes),
        ("replied", .equals(.bool(false)), .yes),
        ("replied", .equals(.bool(true)), .no),
        ("company.employees", .range(from: 85, to: 85), .yes),
        ("company.employees", .range(from: 86, to: nil), .no),
        ("company.employees", .range(from: nil, to: 84.9), .no),
        ("company.revenue", .range(from: 1.5, to: nil), .yes),
        ("age", .range(from: 40, to: 50), .yes),
        ("country", .range(from: 0, to: nil), .no),
        ("title", .words(["cto"]), .yes),
        ("title", .words(["founder"]), .yes),
        ("title", .words(["found"]), .no),
        ("title", .words(["founder & cto"]), .yes),
        ("title", .words(["cto founder"]), .no),
        ("title", .words([""]), .no),
        ("tags", .equals(.text("intercom")), .yes),
        ("tags", .words(["hubspot"]), .no),
        ("phone", .missing(true), .yes),
        ("note", .missing(true), .yes),
        ("gone", .missing(true), .yes),
        ("country", .missing(true), .no),
        ("country", .missing(false), .yes),
        ("country", .not(.equals(.text("AT"))), .yes),
        ("phone", .equals(.text("1")), .unknown(["phone"])),
        ("note", .words(["x"]), .unknown(["note"])),
        ("phone", .not(.equals(.text("1"))), .unknown(["phone"])),
    ])
    func `judge a fact`(_ path: String, _ test: FactTest, _ expected: Truth) {
        #expect(judge(path, test) == expected)
    }

    @Test func `of several keys must all hold, and any is or`() {
        let yes = Criteria.fact("country", .equals(.text("DE")))
        let no = Criteria.fact("country", .equals(.text("AT")))
        let unknown = Criteria.fact("phone", .equals(.text("1")))
        let other = Criteria.fact("fax", .equals(.text("1")))
        func judge(_ criteria: Criteria) -> Truth { criteria.judge { facts[$0] } }
        #expect(judge(.all([])) == .yes && judge(.any([])) == .no)
        #expect(judge(.all([yes, yes])) == .yes && judge(.all([yes, no])) == .no)
        #expect(judge(.any([no, yes])) == .yes && judge(.any([no, no])) == .no)
        // What decides, decides, whatever is unknown; else all that is missing is named, once.
        #expect(judge(.all([unknown, no])) == .no && judge(.any([unknown, yes])) == .yes)
        #expect(judge(.all([unknown, yes, other, unknown])) == .unknown(["phone", "fax"]))
        #expect(judge(.any([no, unknown])) == .unknown(["phone"]))
    }

    @Test func `name each path once, in the order written`() {
        let criteria = Criteria.all([
            .fact("b", .missing(true)), .any([.fact("a", .missing(true)), .fact("b", .missing(false))]),
        ])
        #expect(criteria.paths == ["b", "a"])
    }
}
