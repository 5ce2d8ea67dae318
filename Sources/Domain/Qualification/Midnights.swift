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
        // On most days the offset was the same at midnight, and subtraction is enough.
        if zone.offset(at: candidate).seconds == offset { return candidate }
        return zone.start(of: zone.date(at: instant))
    }

    /// The midnight `days` after the one that `last(before:)` gave.
    func after(_ midnight: Instant, days: Int) -> Instant { zone.start(of: zone.date(at: midnight) + days) }
}
