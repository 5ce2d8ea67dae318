import CivilTime
import Outreach
import Qualification
import Testing

@Suite struct TemperatureTests {
    let qualifier = Qualifier(Samples.rules, zone: .utc)

    @Test func `a temperature is entered high and left low, at midnight`() throws {
        let history = Samples.history([Samples.touch(1, "form.demo", day: 0.5)])
        let standing = qualifier.standing(of: history, at: Samples.day(0.5))
        #expect(standing.temperature == .hot && standing.intent == 60)
        // 60 points halve in 14 days: 40 is left after 8.2, 12 after 32.6.
        #expect(standing.nextChange == Samples.day(9))
        let changes = qualifier.temperatures(of: history, at: Samples.day(100))
        #expect(changes.map(\.to) == [.hot, .warm, .cold])
        #expect(changes.map(\.at) == [Samples.day(0.5), Samples.day(9), Samples.day(34)])
        #expect(changes.map(\.cause) == [1, nil, nil])
        #expect(qualifier.standing(of: history, at: Samples.day(35)).nextChange == nil)
    }

    @Test func `between leave and enter the way there decides`() {
        // 15 points: warm when it falls from 60, cold when it rises from nothing.
        let risen = Samples.history([Samples.touch(1, "form.download", day: 28)])
        let fallen = Samples.history([Samples.touch(1, "form.demo", day: 0)])
        #expect(qualifier.standing(of: risen, at: Samples.day(28)).temperature == .cold)
        #expect(qualifier.intent(of: fallen, at: Samples.day(28)) == 15)
        #expect(qualifier.standing(of: fallen, at: Samples.day(28)).temperature == .warm)
    }

    @Test func `what never fades never changes by itself`() {
        let history = Samples.history((1...3).map { Samples.touch($0, "customer.event", day: Double($0)) })
        let standing = qualifier.standing(of: history, at: Samples.day(1000))
        #expect(standing.intent == 15 && standing.nextChange == nil)
    }

    @Test func `where a bad answer fades, interest comes back at a known midnight`() throws {
        let history = Samples.history(
            (1...3).map { Samples.touch($0, "customer.event", day: 0) } + [
                Samples.touch(4, "reply.negative", day: 0), Samples.touch(5, "form.download", day: 0),
            ])
        var rules = Samples.rules
        rules.warm = .init(enter: 6, leave: 2)
        let qualifier = Qualifier(rules, zone: .utc)
        let standing = qualifier.standing(of: history, at: Samples.day(0))
        #expect(standing.temperature == .cold && standing.intent == 5)
        let next = try #require(standing.nextChange)
        #expect(qualifier.standing(of: history, at: next).temperature == .warm)
        #expect(qualifier.standing(of: history, at: next - 1).temperature == .cold)
    }

    @Test func `midnight is the workspace's`() {
        let east = Zone(name: "Test/East", fixed: ZoneOffset(seconds: 5 * 3600, abbreviation: "T"))
        let history = Samples.history([Samples.touch(1, "form.demo", day: 0.5)])
        let next = Qualifier(Samples.rules, zone: east).standing(of: history, at: Samples.day(0.5)).nextChange
        #expect(next.map { east.local(at: $0).time } == .midnight)
    }
}
