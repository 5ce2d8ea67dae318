import CivilTime
import Foundation
import Outreach
import Qualification
import TestKit
import Testing

@Suite struct IntentTests {
    let qualifier = Qualifier(Samples.rules, zone: .utc)

    @Test func `points are whole until midnight and halve in a half-life`() {
        let history = Samples.history([Samples.touch(1, "reply.positive", day: 0)])
        #expect(qualifier.intent(of: history, at: Samples.day(0.99)) == 50)
        #expect(qualifier.intent(of: history, at: Samples.day(30)) == 25)
        #expect(qualifier.intent(of: history, at: Samples.day(30.9)) == 25)
        #expect(qualifier.intent(of: history, at: Samples.day(60)) == 12.5)
    }

    @Test func `a cap cuts what one kind adds and an unnamed kind falls to its family`() {
        let downloads = (1...5).map { Samples.touch($0, "form.download", day: 0) }
        #expect(qualifier.intent(of: Samples.history(downloads), at: Samples.day(0)) == 20)
        let reply = Samples.history([Samples.touch(1, "reply.linkedin", day: 0)])
        #expect(qualifier.intent(of: reply, at: Samples.day(0)) == 10)
        let other = Samples.history([Samples.touch(1, "replying", day: 0), Samples.touch(2, "form", day: 0)])
        #expect(qualifier.intent(of: other, at: Samples.day(0)) == 0)
    }

    @Test func `what was recorded later or lies ahead is not known yet`() {
        let history = Samples.history([
            Samples.touch(1, "form.demo", day: 1, recorded: 5), Samples.touch(2, "reply.positive", day: 3),
        ])
        #expect(qualifier.intent(of: history, at: Samples.day(2)) == 0)
        #expect(qualifier.intent(of: history, at: Samples.day(3)) == 50)
        #expect(qualifier.intent(of: history, at: Samples.day(5)) > 90)
    }

    @Test func `fading agrees with Foundation's power function`() {
        var random = SeededRandom(seed: 11)
        var worst = 0.0
        for _ in 0..<20_000 {
            let days = random.int(1...400)
            let halfLife = random.int(1...90)
            let rules = QualificationRules(intent: ["x": .init(points: 1000, halfLife: halfLife * .day)])
            let intent = Qualifier(rules, zone: .utc).intent(
                of: Samples.history([Samples.touch(1, "x", day: 0)]), at: Samples.day(Double(days)))
            let expected = 1000 * pow(2, -Double(days) / Double(halfLife))
            worst = max(worst, expected < 0.001 ? abs(intent) : abs(intent - expected))
        }
        #expect(worst < 0.000_502)
    }
}
