package import CivilTime

/// The midnights of the workspace: the only moments at which decay acts.
package struct Midnights: Sendable {
    private let zone: Zone

    package init(_ zone: Zone) { self.zone = zone }

    /// The first moment of the local day that has `instant`.
    package func last(before instant: Instant) -> Instant {
        let offset = zone.offset(at: instant).seconds
        let local = instant.seconds + offset
        let sinceMidnight = ((local % .day) + .day) % .day
        let candidate = instant - sinceMidnight
        // On most days the offset was the same at midnight and before it, and subtraction is enough.
        if zone.offset(at: candidate).seconds == offset, zone.offset(at: candidate - 1).seconds == offset {
            return candidate
        }
        return zone.start(of: zone.date(at: instant))
    }

    /// The midnight `days` after the one that `last(before:)` gave.
    func after(_ midnight: Instant, days: Int) -> Instant {
        // Noon of that day, give or take a change of the clocks.
        last(before: midnight + days * .day + 12 * .hour)
    }

    /// How many midnights lie after `from`, up to and with `to`; both are midnights.
    func days(from: Instant, to: Instant) -> Int { zone.date(at: to) - zone.date(at: from) }
}
