import Messages
import Testing

@Suite struct `Every text of a template` {
    @Test func `choices of included templates count, those of one name once`() {
        let bench = Bench([
            "t.md":
                "---\nsubject: {a|b}\n---\n{% spin x %}c{% or %}d{% endspin %}{% spin x %}e{% or %}f{% endspin %}{% render 'p' %}",
            "p.md": "{g|h|{i|j}}{% include 'q' %}", "q.md": "{k|l}{% render 'p' %}",
        ])
        let choices = bench.library.choices(in: "t")
        #expect(choices.map(\.key) == ["#0", "x", "templates/p#0", "templates/p#1", "templates/q#0"])
        #expect(choices.map(\.options.count) == [2, 2, 3, 2, 2])
        let decisions = Decisions(choices, limit: 48)
        #expect(decisions.total == 48 && decisions.isComplete && Set(decisions.ways).count == 48)
        let some = Decisions(choices, limit: 47)
        #expect(some.total == 48 && !some.isComplete && some.ways.count == 3)
        for choice in choices {
            #expect(Set(some.ways.map { $0[choice.key] ?? -1 }) == Set(choice.options.indices))
        }
    }

    @Test func `beyond counting is said, not computed`() {
        let choices = (0..<100).map { TextChoice(key: "\($0)", options: ["a", "b", "c"]) }
        let decisions = Decisions(choices, limit: 200)
        #expect(decisions.total == Int.max && decisions.ways.count == 3)
    }
}
