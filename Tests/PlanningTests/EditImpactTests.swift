import CivilTime
import Delivery
import Outreach
import Planning
import Testing

/// Who is affected by an edit, kind by kind: Cleo is before the last mail, Ann has the first, Bob has none.
@Suite struct `An edit` {
    private static let day = Delay.businessDays(1)
    private static let steps = [
        World.email("intro"), World.email("bump", after: day), World.email("bye", after: day),
    ]

    private let world: World
    private let ann: Person.ID
    private let bob: Person.ID
    private let cleo: Person.ID

    init() throws {
        world = try World([World.sequence("s", Self.steps)])
        cleo = try world.enroll("cleo@x.example")
        try world.run(until: World.monday + .day + 12 * .hour)
        world.now = World.monday + 2 * .day
        ann = try world.enroll("ann@x.example")
        // Cleo's last mail is due today; she stands before it while Ann gets her first.
        world.ready = { draft in draft.step.id == "bye" ? .hold(Hold(.missingFact, "x")) : .ready(text: "t") }
        try world.run(until: World.monday + 2 * .day + .hour)
        bob = try world.enroll("bob@x.example")
    }

    private func impact(_ steps: [Step]) throws -> EditImpact {
        var model = world.model
        model.sequences["s"]?.steps = steps
        model.sequences["s"]?.version = "v2"
        return try EditImpact(from: world.model, to: model, in: world.store)
    }

    /// The only change that the new steps are.
    private func item(_ steps: [Step]) throws -> EditImpact.Item {
        let items = try impact(steps).items
        #expect(items.count == 1, "\(items)")
        return try #require(items.first)
    }

    @Test func `that adds a step gives it to everybody who is not past it`() throws {
        let item = try item([Self.steps[0], World.email("more"), Self.steps[1], Self.steps[2]])
        #expect(item.kind == .step(.added) && item.step == "more")
        #expect(item.affected == [ann, bob] && item.past == 1 && item.standing == 1)
    }

    @Test func `that removes a step says where those go on who stand at it`() throws {
        let item = try item([Self.steps[0], Self.steps[2]])
        #expect(item.kind == .step(.removed) && item.step == "bump" && item.next == "bye")
        #expect(item.affected == [ann, bob] && item.past == 1 && item.standing == 1)
    }

    @Test func `that renames a step with was keeps everybody's place`() throws {
        var renamed = Self.steps[1]
        renamed.id = "nudge"
        renamed.was = "bump"
        let item = try item([Self.steps[0], renamed, Self.steps[2]])
        #expect(item.kind == .step(.renamed(from: "bump")) && item.step == "nudge")
        #expect(item.affected == [ann, bob] && item.past == 1)
    }

    @Test func `that moves a step counts those who will get it at its new place`() throws {
        let item = try item([Self.steps[1], Self.steps[0], Self.steps[2]])
        guard case .step(.moved) = item.kind else {
            Issue.record("\(item)")
            return
        }
        #expect(item.affected.contains(bob) && item.past > 0)
    }

    @Test func `of a text reaches those who have not got it yet`() throws {
        var model = world.model
        let old = TemplateSource(name: "bye", format: .text, file: "templates/bye.txt", text: "old")
        var before = model
        before.templates["bye"] = old
        model.templates["bye"] = TemplateSource(name: "bye", format: .text, file: "templates/bye.txt", text: "new")
        let items = try EditImpact(from: before, to: model, in: world.store).items
        #expect(items.map(\.kind) == [.step(.textChanged)])
        #expect(items.first?.affected == [cleo, ann, bob])
    }

    @Test func `of a rule names its key`() throws {
        var later = Self.steps[2]
        later.after = .businessDays(3)
        let item = try item([Self.steps[0], Self.steps[1], later])
        #expect(item.kind == .step(.rulesChanged(["after"])) && item.affected == [cleo, ann, bob])
    }

    @Test func `that removes a sequence lets its people wait`() throws {
        var model = world.model
        model.sequences = [:]
        let items = try EditImpact(from: world.model, to: model, in: world.store).items
        #expect(items.map(\.kind) == [.sequenceRemoved] && items.first?.affected.count == 3)
    }

    @Test func `that removes a mailbox counts who is bound to it`() throws {
        var model = world.model
        model.mailboxes = [:]
        let impact = try EditImpact(from: world.model, to: model, in: world.store)
        #expect(impact.stranded == ["ana": 2] && !impact.isEmpty)
    }

    @Test func `of nothing changes nothing`() throws {
        #expect(try EditImpact(from: world.model, to: world.model, in: world.store).isEmpty)
    }
}
