package import CivilTime
import Facts
import Interchange
package import Ledger
package import Outreach
package import Qualification

/// The stages as one would draw them on a wall: who stands where, who got on, how long it took.
package struct PipelineBoard: Sendable {
    /// The stages of the wall, left to right; the others are beside it.
    package static let wall: [Stage] = [.lead, .prospect, .iql, .mql, .sql, .opportunity, .won]
    /// Beside it.
    package static let beside: [Stage] = [.recycled, .lost, .disqualified]

    /// One person on the wall.
    package struct Card: Sendable, Hashable {
        /// The person's name.
        package var name: String
        /// Their company; `nil` where it is not known.
        package var company: String?
        /// Since when they are in the stage; `nil`: from the beginning.
        package var since: Instant?
    }

    /// From one stage to another.
    package struct Conversion: Sendable, Hashable {
        /// The stage before.
        package var from: Stage
        /// The stage behind.
        package var to: Stage
        /// People who ever got as far as `from`, and those of them who got as far as `to` then.
        package internal(set) var reached = 0
        /// Of those, who got as far as `to` then.
        package internal(set) var converted = 0
        /// Seconds from one to the other.
        package internal(set) var times: [Int] = []

        /// The share that converts, with its interval.
        package var interval: WilsonInterval { WilsonInterval(converted, of: reached) }
    }

    /// What opportunities are expected to bring, with what it is computed from.
    package struct Velocity: Sendable, Hashable {
        /// Open opportunities.
        package var opportunities: Int
        /// The share that is won, 0-1.
        package var won: Double
        /// What a won one brings, on average.
        package var value: Int
        /// Seconds from SQL to won.
        package var cycle: Int

        /// What all are expected to bring a day.
        package var perDay: Double { Double(opportunities) * won * Double(value) / (Double(cycle) / 86_400) }
    }

    /// Everybody of one origin.
    package struct Lane: Sendable {
        /// Where its people came from.
        package var origin: Origin
        /// Everybody who came from there, those beside the wall too.
        package internal(set) var people = 0
        /// Who is in a stage now, the longest there first.
        package internal(set) var cards: [Stage: [Card]] = [:]
        /// Along the wall, in order.
        package internal(set) var conversions: [Conversion]
        /// Seconds from SQL to won, and what was won.
        package internal(set) var cycles: [Int] = []
        /// What each was won for.
        package internal(set) var values: [Double] = []

        /// How many are in `stage` now.
        package func count(_ stage: Stage) -> Int { cards[stage]?.count ?? 0 }

        /// Seconds that people of `stage` are in it.
        package func ages(_ stage: Stage, at now: Instant) -> [Int] {
            (cards[stage] ?? []).compactMap { card in card.since.map { now - $0 } }
        }

        /// What the opportunities are expected to bring: their number x share won x median value / median time from SQL to
        /// won; `nil` before three were won.
        package var velocity: Velocity? {
            guard cycles.count >= 3, let cycle = Numbers.median(cycles), cycle > 0,
                let value = Numbers.median(values.map { Int($0) }), let won = conversions.last?.interval.share
            else { return nil }
            return Velocity(opportunities: count(.opportunity), won: won, value: value, cycle: cycle)
        }
    }

    /// The instant it is of.
    package let now: Instant
    /// The clock that its days are on.
    package let zone: Zone
    /// By origin; all of them, empty ones too.
    package private(set) var lanes: [Lane]
    private let qualifier: Qualifier

    /// Counts nobody yet; `add` does.
    package init(_ qualifier: Qualifier, now: Instant, zone: Zone) {
        self.qualifier = qualifier
        self.now = now
        self.zone = zone
        let ways: [(Stage, Stage)] = [
            (.lead, .prospect), (.prospect, .mql), (.iql, .mql), (.mql, .sql), (.sql, .opportunity),
            (.opportunity, .won),
        ]
        lanes = Origin.allCases.map { origin in
            Lane(origin: origin, conversions: ways.map { Conversion(from: $0.0, to: $0.1) })
        }
    }

    /// The board of everybody in the ledger.
    ///
    /// - Throws: `StoreError`.
    package init(_ store: any Store, _ qualifier: Qualifier, now: Instant, zone: Zone) throws(StoreError) {
        self.init(qualifier, now: now, zone: zone)
        try Everybody.each(in: store) { (history) throws(StoreError) in
            let isUntouched = history.touchpoints.isEmpty && history.enrollments.isEmpty
            add(history, addedAt: isUntouched ? try store.addedAt(history.person.id) : nil)
        }
        sort()
    }

    /// How many people there are.
    package var people: Int { lanes.reduce(0) { $0 + $1.people } }

    /// Puts one person on the board; forgotten ones are no one.
    ///
    /// `addedAt` is since when somebody is there about whom nothing is recorded yet.
    package mutating func add(_ history: History, addedAt: Instant? = nil) {
        guard !history.person.isForgotten,
            let lane = lanes.firstIndex(where: { $0.origin == Origin(of: history.person) })
        else { return }
        let track = qualifier.stages(of: history, at: now)
        lanes[lane].add(history, track, now, addedAt)
    }

    /// Brings cards in order: the longest in a stage first.
    package mutating func sort() {
        for lane in lanes.indices {
            for stage in Stage.allCases {
                lanes[lane].cards[stage]?.sort { a, b in
                    (a.since ?? .distantFuture, a.name) < (b.since ?? .distantFuture, b.name)
                }
            }
        }
    }
}

extension PipelineBoard.Lane {
    fileprivate mutating func add(
        _ history: History, _ track: StageTrack, _ now: Instant, _ addedAt: Instant?
    ) {
        people += 1
        let firstSeen = (history.touchpoints.map(\.at) + history.enrollments.map(\.enrolledAt)).min() ?? addedAt
        let company = history.person.facts[path: ["company", "name"]]?.plainText
        let card = PipelineBoard.Card(
            name: history.person.displayName, company: company, since: track.present?.at ?? firstSeen)
        cards[track.stage, default: []].append(card)
        let entries = track.entries
        /// When they got as far as `stage`; a lead who talked before anybody reviewed them was a prospect, too.
        func first(_ stage: Stage, after: Instant? = nil) -> Instant? {
            if stage == .lead { return firstSeen ?? now }
            return entries.first { entry in
                let isFar = stage != .iql && entry.stage != .iql && (entry.stage.rank ?? 0) > (stage.rank ?? 0)
                return (entry.stage == stage || isFar) && entry.at >= (after ?? .distantPast)
            }?.at
        }
        for index in conversions.indices {
            guard let reached = first(conversions[index].from) else { continue }
            conversions[index].reached += 1
            if let converted = first(conversions[index].to, after: reached) {
                conversions[index].converted += 1
                conversions[index].times.append(converted - reached)
            }
        }
        guard let won = entries.first(where: { $0.stage == .won }) else { return }
        if let sql = first(.sql) { cycles.append(won.at - sql) }
        if let value = won.touchpoint.detail[DetailKey.value]?.number { values.append(value) }
    }
}
