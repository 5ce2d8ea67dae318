import Reports
import TestKit
import Testing

@Suite struct TaskRoundTests {
    static let seed = UInt64.random(in: 0...UInt64.max)

    @Test func `a decision is held back until the next one and can be taken back till then`() {
        var round = TaskRound([Listings.connect, Listings.call])
        #expect(round.position == "1 of 2" && round.current?.code == Listings.connect.code)
        round.note = "warm"
        #expect(round.decide(.done(outcome: "sent", note: round.note)) == nil)
        #expect(round.current?.code == Listings.call.code && round.note == nil && round.position == "2 of 2")
        #expect(round.undo()?.code == Listings.connect.code)
        #expect(round.current?.code == Listings.connect.code && round.note == "warm")
        #expect(round.undo() == nil)
        #expect(round.decide(.skipped(note: nil)) == nil)
        let earlier = round.decide(.done(outcome: "voicemail", note: nil))
        #expect(earlier?.item.code == Listings.connect.code && earlier?.decision.word == "skipped")
        #expect(round.current == nil)
        #expect(round.take()?.decision.word == "voicemail" && round.take() == nil)
    }

    @Test func `whatever somebody presses, each task is written down once at most and none is lost`() {
        var random = SeededRandom(seed: TaskRoundTests.seed)
        for _ in 0..<500 {
            let items = Listings.many(random.int(1...12)).items
            var round = TaskRound(items)
            var written: [String] = []
            for _ in 0..<random.int(0...40) {
                switch random.int(0...6) {
                case 0, 1:
                    if let one = round.decide(.done(outcome: "sent", note: nil)) { written.append(one.item.code.full) }
                case 2: if let one = round.decide(.skipped(note: "x")) { written.append(one.item.code.full) }
                case 3: _ = round.undo()
                case 4: round.pass()
                case 5: round.goBack()
                default: if let one = round.take() { written.append(one.item.code.full) }
                }
            }
            if let one = round.take() { written.append(one.item.code.full) }
            #expect(Set(written).count == written.count, "seed \(TaskRoundTests.seed)")
            #expect(written.count + round.left == items.count, "seed \(TaskRoundTests.seed)")
        }
    }

    @Test func `a line says what a key does, and more`() {
        let outcomes = ["sent", "not_found"]
        let expected: [(String, TaskWish?)] = [
            ("sent", .outcome("sent")), ("2", .outcome("not_found")), ("3", nil), ("", .next), ("  ", .next),
            ("copy", .copy), ("c", .copy), ("undo", .undo), ("note  call back ", .noted("call back")), ("n", .note),
            ("snooze 2d", .snoozed("2d")), ("z", .snooze), ("?", .help), ("sentt", nil), ("skip it", nil), ("0", nil),
        ]
        for (line, wish) in expected { #expect(TaskWish(line: line, outcomes: outcomes) == wish, "\(line)") }
        #expect(TaskWish(key: " ", outcomes: outcomes) == .next && TaskWish(key: "9", outcomes: outcomes) == nil)
        #expect(Set(TaskWish.keys.map(\.key)).count == TaskWish.keys.count)
    }
}
