import CivilTime
import Outreach
import Qualification

/// How fast people are scored, next to a loop over the same rows written by hand.
///
///     swift run -c release ScoringBenchmark [PEOPLE]
@main
struct ScoringBenchmark {
    static let now = Instant(1_773_302_400)
    static let kinds = [
        "email.sent", "reply.positive", "reply.neutral", "form.demo", "form.download", "page.pricing", "call.connected",
        "meeting",
    ]
    static let rules = QualificationRules(
        intent: [
            "reply.positive": .init(points: 50, halfLife: 30 * .day, cap: 100),
            "reply.neutral": .init(points: 20, halfLife: 21 * .day, cap: 40),
            "form": .init(points: 15, halfLife: 14 * .day, cap: 60),
            "page.pricing": .init(points: 10, halfLife: 7 * .day, cap: 30),
            "call.connected": .init(points: 20, halfLife: 30 * .day),
            "meeting": .init(points: 60, halfLife: 60 * .day, cap: 120),
        ])

    static func main() throws {
        let people = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000
        let rows = try Rows(people: people, touchpoints: 10)
        let clock = ContinuousClock()
        var (byHand, scored, standings) = (0, 0, 0)
        let handTime = clock.measure { byHand = ByHand.run(rows) } / .seconds(1)
        let scoreTime = clock.measure { scored = Scored.run(rows) } / .seconds(1)
        let standingTime = clock.measure { standings = Standings.run(rows) } / .seconds(1)
        print("\(people) people with 10 touchpoints each; sums in thousandths: \(byHand), \(scored), \(standings)")
        print("by hand:   \(handTime) s")
        print("scored:    \(scoreTime) s, \(handTime / scoreTime) of by hand (at least 0.3)")
        print(
            "standings: \(standingTime) s, \(handTime / standingTime) of by hand: temperature, stage and next change, too"
        )
    }
}
