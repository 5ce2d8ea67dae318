import CivilTime
import Facts
import Foundation
import Outreach
import Qualification
import TestKit
import Testing

/// Properties over random histories; a failure prints the seed that repeats it.
@Suite struct PropertyTests {
    /// As many as the promise names; ten times that under STOKE_TORTURE=full.
    static let runs = ProcessInfo.processInfo.environment["STOKE_TORTURE"] == "full" ? 100_000 : 10_000
    static let zone = Zone(name: "Test/East", fixed: ZoneOffset(seconds: 7200, abbreviation: "EET"))

    /// Calls `body` with a seed of its own for each history.
    static func each(_ name: String, _ body: (inout RandomHistory) -> Bool) {
        let seed = UInt64.random(in: 0...UInt64.max)
        var failed: [UInt64] = []
        for run in 0..<UInt64(runs) {
            var random = RandomHistory(seed: seed &+ run)
            if !body(&random) { failed.append(seed &+ run) }
        }
        print("\(name): \(runs) histories from seed \(seed), \(failed.count) failed \(failed.prefix(5))")
        #expect(failed.isEmpty)
    }

    @Test func `the same history gives the same standing in whatever order it was recorded`() {
        Self.each("order") { random in
            let qualifier = Qualifier(random.rules(), zone: Self.zone)
            var history = random.history()
            // Stages of one second are told apart by their ids only; points never are.
            history.touchpoints.removeAll { $0.kind.stage != nil || $0.kind.isA("evidence") }
            let at = Samples.day(Double(random.random.int(0...120)) + 0.3)
            let first = qualifier.standing(of: history, at: at)
            var other = history
            let ids = history.touchpoints.map(\.id).shuffled(using: &random.random)
            for (index, id) in ids.enumerated() { other.touchpoints[index].id = id }
            other.touchpoints.shuffle(using: &random.random)
            return qualifier.standing(of: other, at: at) == first
                && qualifier.intent(of: other, at: at) == first.intent
        }
    }

    @Test func `what is said of an instant depends only on what was known by then`() {
        Self.each("past") { random in
            let qualifier = Qualifier(random.rules(), zone: Self.zone)
            let history = random.history()
            let at = Samples.day(Double(random.random.int(0...90)) + 0.5)
            var then = history
            then.touchpoints.removeAll { $0.at > at || $0.recordedAt > at }
            return qualifier.standing(of: history, at: at) == qualifier.standing(of: then, at: at)
                && qualifier.changes(of: history, at: at) == qualifier.changes(of: then, at: at)
        }
    }

    @Test func `nobody is an SQL without a conversation, evidence for every field and a person's word`() {
        var found = 0
        Self.each("SQL") { random in
            let rules = random.rules()
            let history = random.history(), forged = random.random.oneIn(2) ? history : random.completed(history, rules)
            let qualifier = Qualifier(rules, zone: Self.zone)
            let at = Samples.day(200)
            for entry in qualifier.stages(of: forged, at: at).entries where entry.stage == .sql {
                found += 1
                let before = forged.touchpoints.filter {
                    ($0.at, $0.id) < (entry.at, entry.touchpoint.id) && $0.recordedAt <= at
                }
                guard before.contains(where: { $0.kind.isConversation }), entry.touchpoint.detail["by"] != .text("rule")
                else { return false }
                for field in rules.gates.sqlFramework.fields {
                    let evidence = before.contains { touchpoint in
                        touchpoint.kind == .evidence(field) && before.contains { $0.id == touchpoint.cited }
                    }
                    guard evidence else { return false }
                }
            }
            return true
        }
        print("SQL: \(found) SQLs among them")
        #expect(found > 100)
    }

    @Test func `rules propose nothing beyond MQL and nothing twice`() {
        Self.each("proposals") { random in
            let qualifier = Qualifier(random.rules(), zone: Self.zone)
            var history = random.history()
            let at = Samples.day(Double(random.random.int(0...120)) + 0.3)
            let changes = qualifier.changes(of: history, at: at)
            let allowed: [Stage?] = [nil, .prospect, .iql, .mql]
            guard changes.allSatisfy({ allowed.contains($0.kind.stage) && $0.decidedBy == nil }) else { return false }
            for (index, change) in changes.enumerated() {
                var recorded = change
                recorded.id = 1000 + index
                history.touchpoints.append(recorded)
            }
            return qualifier.changes(of: history, at: at).isEmpty
        }
    }

    @Test func `temperature changes only with a touchpoint or at midnight and never flaps within a day`() {
        Self.each("hysteresis") { random in
            let rules = random.rules()
            let qualifier = Qualifier(rules, zone: Self.zone)
            let history = random.history()
            let changes = qualifier.temperatures(of: history, at: Samples.day(200))
            var days: [LocalDate: [TemperatureChange]] = [:]
            for change in changes {
                days[Self.zone.date(at: change.at), default: []].append(change)
                let midnight = qualifier.midnights.last(before: change.at)
                if change.cause == nil, change.at != midnight { return false }
            }
            let canCool = rules.intent.values.contains { $0.points < 0 }
            return days.values.allSatisfy { changes in
                // Up and down again on one day takes a touchpoint that costs points.
                let falls = changes.dropFirst().contains { $0.to < $0.from }
                return canCool || !falls
            }
        }
    }

    @Test func `the next change is the first midnight at which the temperature differs`() {
        Self.each("next change") { random in
            var rules = random.rules()
            rules.gates.mqlFit = 101
            let qualifier = Qualifier(rules, zone: Self.zone)
            var history = random.history()
            let at = Samples.day(100 + Double(random.random.int(0...20)))
            // What is recorded late would change it, too; here decay is alone.
            history.touchpoints.removeAll { $0.recordedAt > at }
            let standing = qualifier.standing(of: history, at: at)
            let midnight = qualifier.midnights.last(before: at)
            if let next = standing.nextChange {
                return next == qualifier.midnights.last(before: next)
                    && qualifier.standing(of: history, at: next).temperature != standing.temperature
                    && qualifier.standing(of: history, at: next - 1).temperature == standing.temperature
            }
            let later = [1, 3, 10, 40, 200, 2000].map { qualifier.standing(of: history, at: midnight + $0 * .day) }
            return later.allSatisfy { $0.temperature == standing.temperature }
        }
    }

    @Test func `what is stored at events and at the announced midnights is what a rebuild says on any day`() {
        var updates = 0
        Self.each("rebuild") { random in
            let qualifier = Qualifier(random.rules(), zone: Self.zone)
            let history = random.history()
            let end = Samples.day(Double(random.random.int(0...160)) + 0.4)
            var events = history.touchpoints.map(\.recordedAt).filter { $0 <= end }.sorted()[...]
            var stored = qualifier.standing(of: History(person: history.person), at: Samples.day(-1))
            while true {
                let moments = [events.first, stored.nextChange].compactMap { $0 }.filter { $0 <= end }
                guard let moment = moments.min() else { break }
                events = events.drop { $0 <= moment }
                stored = qualifier.standing(of: history, at: moment)
                updates += 1
            }
            let rebuilt = qualifier.standing(of: history, at: end)
            return stored.temperature == rebuilt.temperature && stored.stage == rebuilt.stage
                && stored.fit == rebuilt.fit && stored.nextChange == rebuilt.nextChange
        }
        print("rebuild: \(updates) updates of what is stored")
    }

    @Test func `the points of an explanation add up to the score`() {
        Self.each("explanation") { random in
            let qualifier = Qualifier(random.rules(), zone: Self.zone)
            let history = random.history()
            let at = Samples.day(Double(random.random.int(0...150)) + 0.7)
            let explanation = qualifier.explanation(of: history, at: at)
            return Double(explanation.sum) / 1000 == qualifier.intent(of: history, at: at)
        }
    }
}

extension RandomHistory {
    /// The history with a talk and evidence for every field before each SQL, some of it left out again.
    mutating func completed(_ history: History, _ rules: QualificationRules) -> History {
        var touchpoints = history.touchpoints.filter { $0.kind.stage != .sql && $0.kind.stage != .disqualified }
        var id = 100
        func add(_ kind: TouchpointKind, _ detail: [String: String]) {
            id += 1
            var touchpoint = Samples.touch(id, kind, day: 150)
            for (key, value) in detail { touchpoint.detail[key] = .text(value) }
            if kind.isA("evidence") { touchpoint.detail["cites"] = .integer(102) }
            touchpoints.append(touchpoint)
        }
        add(.stage(.prospect), ["by": "ana", "reason": "again"])
        add(.callConnected, [:])
        for field in rules.gates.sqlFramework.fields { add(.evidence(field), ["text": "yes"]) }
        if random.oneIn(2) { touchpoints.remove(at: touchpoints.count - random.int(1...5)) }
        add(.stage(.sql), ["by": random.oneIn(6) ? "rule" : "ana"])
        return Samples.history(touchpoints, person: history.person)
    }
}
