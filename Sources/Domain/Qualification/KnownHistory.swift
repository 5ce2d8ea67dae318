package import CivilTime
package import Outreach

/// What was known of a person at an instant: touchpoints that had happened and had been recorded by then.
package struct KnownHistory: Sendable {
    package let person: Person
    /// By (at, id), whatever order they came in.
    package let touchpoints: [Touchpoint]
    /// The instant itself.
    package let at: Instant

    package init(_ history: History, at instant: Instant) {
        person = history.person
        at = instant
        var known = history.touchpoints.filter { $0.at <= instant && $0.recordedAt <= instant }
        if !known.isSorted { known.sort { ($0.at, $0.id) < ($1.at, $1.id) } }
        touchpoints = known
    }
}

extension [Touchpoint] {
    fileprivate var isSorted: Bool {
        zip(self, dropFirst()).allSatisfy { ($0.at, $0.id) <= ($1.at, $1.id) }
    }
}
