import CivilTime
import Glibc
import Outreach
import Qualification

/// The loop that somebody in a hurry would write: the rules in the code, the C library's `exp2`.
enum ByHand {
    private static let kinds: [(name: [CChar], points: Double, halfLife: Double, cap: Double, slot: Int)] = [
        (Array("reply.positive".utf8CString), 50, 30, 100, 0), (Array("reply.neutral".utf8CString), 20, 21, 40, 1),
        (Array("form.demo".utf8CString), 15, 14, 60, 2), (Array("form.download".utf8CString), 15, 14, 60, 2),
        (Array("page.pricing".utf8CString), 10, 7, 30, 3), (Array("call.connected".utf8CString), 20, 30, 1e9, 4),
        (Array("meeting".utf8CString), 60, 60, 120, 5),
    ]

    static func run(_ rows: Rows) -> Int {
        let midnight = ScoringBenchmark.now.seconds / 86_400 * 86_400
        let kinds = kinds
        var sums = [Double](repeating: 0, count: 6)
        var (total, last) = (0, -1)
        func close() {
            for kind in kinds where kind.name.count != 14 || kind.slot != 2 {
                total += Int((min(sums[kind.slot], kind.cap) * 1000).rounded())
                sums[kind.slot] = 0
            }
        }
        rows.each { person, at, kind in
            if person != last {
                close()
                last = person
            }
            let text = UnsafeRawPointer(kind).assumingMemoryBound(to: CChar.self)
            for one in kinds where strcmp(text, one.name) == 0 {
                sums[one.slot] += one.points * exp2(-Double(max(0, midnight - at)) / (one.halfLife * 86_400))
                return
            }
        }
        close()
        return total
    }
}

/// The same through the rules of a file.
enum Scored {
    static func run(_ rows: Rows) -> Int {
        let qualifier = Qualifier(ScoringBenchmark.rules, zone: .utc)
        var tally = IntentTally(qualifier.scale, midnight: qualifier.midnights.last(before: ScoringBenchmark.now))
        var (total, last) = (0, -1)
        rows.each { person, at, kind in
            if person != last {
                total += tally.thousandths
                tally.reset()
                last = person
            }
            if let slot = qualifier.scale.slot(of: TouchpointKind(String(cString: kind))) { tally.add(slot, at: at) }
        }
        return total + tally.thousandths
    }
}

/// Everything that can be said of each person, from histories made of the rows.
enum Standings {
    static func run(_ rows: Rows) -> Int {
        let qualifier = Qualifier(ScoringBenchmark.rules, zone: .utc)
        var history = History(person: Person(id: .init(0), key: ""))
        var (total, last) = (0, -1)
        func close() {
            let standing = qualifier.standing(of: history, at: ScoringBenchmark.now)
            total += Int((standing.intent * 1000).rounded())
            history.touchpoints.removeAll(keepingCapacity: true)
        }
        rows.each { person, at, kind in
            if person != last {
                close()
                last = person
            }
            let at = Instant(at)
            history.touchpoints.append(
                Touchpoint(
                    id: history.touchpoints.count + 1, person: .init(person),
                    kind: TouchpointKind(String(cString: kind)),
                    at: at, recordedAt: at))
        }
        close()
        return total
    }
}
