import CivilTime
import Facts
import Outreach
import TestKit
import Testing

@Suite struct `A diff of two versions of a sequence` {
    private func email(_ id: String, _ template: String? = nil, was: String? = nil, after: Delay? = nil) -> Step {
        Step(
            id: id, was: was, kind: .email([Step.Variant(arm: template ?? id, template: template ?? id)]), after: after)
    }

    private func diff(
        _ old: [Step], _ new: [Step], oldTexts: [String: String] = [:], newTexts: [String: String] = [:]
    ) -> SequenceDiff {
        func source(_ texts: [String: String]) -> (String) -> TemplateSource? {
            { name in
                TemplateSource(name: name, format: .markdown, file: "\(name).md", text: texts[name] ?? "same")
            }
        }
        return SequenceDiff(
            from: Sequence(name: "s", steps: old), to: Sequence(name: "s", steps: new), oldText: source(oldTexts),
            newText: source(newTexts))
    }

    private func change(_ step: String, _ kind: SequenceDiff.Change.Kind) -> SequenceDiff.Change {
        SequenceDiff.Change(step: step, kind: kind)
    }

    @Test func `is empty for equal ones`() {
        #expect(diff([email("a"), email("b")], [email("a"), email("b")]).isEmpty)
    }

    @Test func `names what came and what went`() {
        let diff = diff([email("a"), email("b"), email("c")], [email("a"), email("x"), email("c")])
        #expect(diff.changes == [change("x", .added), change("b", .removed)])
        #expect(diff.suspectedRenames.isEmpty)
    }

    @Test func `moves as few steps as possible`() {
        let diff = diff(
            [email("a"), email("b"), email("c"), email("d")], [email("d"), email("a"), email("b"), email("c")])
        #expect(diff.changes == [change("d", .moved)])
    }

    @Test func `knows a step by what it was called`() {
        let diff = diff([email("a"), email("b", "t")], [email("a"), email("c", "t", was: "b")])
        #expect(diff.changes == [change("c", .renamed(from: "b"))])
    }

    @Test func `asks about a step that went and one that came with its template`() throws {
        let diff = diff([email("a"), email("b", "t")], [email("a"), email("c", "t")])
        #expect(diff.changes == [change("c", .added), change("b", .removed)])
        let suspect = try #require(diff.suspectedRenames.first)
        #expect(suspect.old == "b" && suspect.new == "c" && diff.suspectedRenames.count == 1)
    }

    @Test func `sees other words, in the template or by another template`() {
        #expect(
            diff([email("a")], [email("a")], oldTexts: ["a": "x"], newTexts: ["a": "y"]).changes
                == [change("a", .textChanged)])
        #expect(diff([email("a", "t")], [email("a", "u")]).changes == [change("a", .textChanged)])
    }

    @Test(arguments: [
        ("after", Step(id: "a", kind: .call(template: "t"), after: .days(2))),
        ("when", Step(id: "a", kind: .call(template: "t"), when: .fact("replied", .equals(.bool(true))))),
        ("expire", Step(id: "a", kind: .call(template: "t"), expire: .days(1))),
        ("outcomes", Step(id: "a", kind: .call(template: "t"), outcomes: [.init(name: "meeting", onward: .stop)])),
        ("parallel", Step(id: "a", kind: .call(template: "t"), parallel: true)),
        ("calendar", Step(id: "a", kind: .call(template: "t"), calendar: .standard)),
        ("task", Step(id: "a", kind: .task(template: "t"))),
    ])
    func `names the keys that differ`(_ key: String, _ changed: Step) {
        let plain = Step(id: "a", kind: .call(template: "t"))
        #expect(diff([plain], [changed]).changes == [change("a", .rulesChanged([key]))])
    }

    @Test func `names the keys of the sequence`() {
        let old = Sequence(name: "s", mailboxes: ["a"], steps: [])
        let new = Sequence(name: "s", mailboxes: ["a", "b"], steps: [], finish: .nurture("n"))
        let diff = SequenceDiff(from: old, to: new, oldText: { _ in nil }, newText: { _ in nil })
        #expect(diff.keys == ["mailboxes", "finish"] && diff.changes.isEmpty)
    }

    /// Whatever is changed: what was added, less what was removed, makes the new version of the old.
    @Test func `accounts for every step of random versions`() {
        var random = SeededRandom(seed: 70)
        for round in 0..<500 {
            let names = (0..<8).map { "s\($0)" }
            let old = names.filter { _ in random.oneIn(2) }.map { email($0) }
            let new = names.shuffled(using: &random).filter { _ in random.oneIn(2) }.map { email($0) }
            let diff = diff(old, new)
            var ids = Set(old.map(\.id))
            for change in diff.changes {
                switch change.kind {
                case .added: #expect(ids.insert(change.step).inserted, "round \(round)")
                case .removed: #expect(ids.remove(change.step) != nil, "round \(round)")
                default: #expect(change.kind == .moved, "round \(round)")
                }
            }
            #expect(ids == Set(new.map(\.id)), "round \(round)")
        }
    }
}
