import Facts
import Testing

@Suite struct `The catalogue of facts` {
    private var catalogue: FactCatalogue {
        var catalogue = FactCatalogue.person
        catalogue.steps = ["intro", "call"]
        catalogue.touchpoints = ["reply.positive"]
        catalogue.add(custom: ["trigger", "title"])
        return catalogue
    }

    @Test(arguments: [
        ("title", FactType.text), ("company.employees", .number), ("trigger", .custom), ("steps.intro.outcome", .text),
        ("touchpoints.reply.positive.count", .number), ("touchpoints.anything.days_ago", .number),
    ])
    func `knows the type of a path`(_ path: String, _ type: FactType) {
        #expect(catalogue.type(of: path) == type)
    }

    @Test(arguments: [
        "titel", "company", "company.", "", ".", "steps.other.outcome", "steps.intro", "steps.intro.result",
        "touchpoints.count", "touchpoints..count", "touchpoints.reply",
    ])
    func `knows no other path`(_ path: String) {
        #expect(catalogue.type(of: path) == nil)
    }

    @Test func `lists what may be suggested`() {
        let paths = catalogue.paths
        #expect(paths == paths.sorted())
        #expect(Set(["trigger", "steps.call.outcome", "touchpoints.reply.positive.days_ago"]).isSubset(of: paths))
        #expect(paths.allSatisfy { catalogue.type(of: $0) != nil })
    }
}
