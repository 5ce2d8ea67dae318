package import CivilTime
import Facts
package import Outreach

extension ImportReport.Connection {
    /// The acceptance as a fact.
    ///
    /// LinkedIn tells the day only; it is recorded at the day's last second, behind the invitation of the same day, and
    /// never after `now`.
    package func touchpoint(in zone: Zone, at now: Instant) -> Touchpoint {
        let end = zone.start(of: day + 1) - 1
        return Touchpoint(
            person: person, kind: .linkedinConnected, at: min(end, now), recordedAt: now,
            sourceKey: "linkedin-connection:\(person.row)", detail: ["source": .text("LinkedIn Connections")])
    }
}
