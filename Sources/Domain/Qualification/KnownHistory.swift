package import CivilTime
import Facts
package import Outreach

/// What was known of a person at an instant: touchpoints that had happened and had been recorded by then, and facts as they
/// were before later changes replaced them.
package struct KnownHistory: Sendable {
    /// With the facts as they were.
    package let person: Person
    /// By (at, id), whatever order they came in.
    package let touchpoints: [Touchpoint]
    /// The instant itself.
    package let at: Instant

    /// Of a whole history, what was known at `instant`.
    package init(_ history: History, at instant: Instant) {
        at = instant
        var known: [Touchpoint] = []
        var later: [Touchpoint] = []
        known.reserveCapacity(history.touchpoints.count)
        for touchpoint in history.touchpoints {
            if touchpoint.at <= instant, touchpoint.recordedAt <= instant {
                known.append(touchpoint)
            } else {
                later.append(touchpoint)
            }
        }
        person = later.isEmpty ? history.person : history.person.before(later)
        if !known.isSorted { known.sort { ($0.at, $0.id) < ($1.at, $1.id) } }
        touchpoints = known
    }
}

extension Person {
    /// The person with the facts that `later` replaced; a fact that was first learned later cannot be told from others.
    fileprivate func before(_ later: [Touchpoint]) -> Person {
        var person = self
        let changes = later.filter { $0.kind == .factsChanged }.sorted { ($0.at, $0.id) > ($1.at, $1.id) }
        for change in changes {
            guard case .record(let replaced)? = change.detail[DetailKey.changed] else { continue }
            for (name, value) in replaced.elements { person.facts[name] = value }
        }
        return person
    }
}

extension [Touchpoint] {
    fileprivate var isSorted: Bool {
        zip(self, dropFirst()).allSatisfy { ($0.at, $0.id) <= ($1.at, $1.id) }
    }
}
