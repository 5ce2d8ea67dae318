package import CivilTime
package import Outreach
import Planning

extension EnrollmentEntry {
    /// The entry of a person into a sequence as it stands now.
    package init(_ person: Person, in sequence: Sequence, round: Int, at: Instant) {
        self.init(
            person: person.id, sequence: sequence.name, round: round, exclusive: sequence.exclusive,
            version: sequence.version, stepOrder: sequence.steps.map(\.id),
            tie: Planning.tie(of: person, in: sequence, round: round), at: at)
    }
}
