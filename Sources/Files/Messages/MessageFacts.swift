import CivilTime
import Facts
import Outreach

/// What a template may speak of: the person and what surrounds them, under the names that the formats page lists.
package enum MessageFacts {
    /// The person's facts at the top level, then `company`, `sender`, `sequence`, `step`, `unsubscribe_url`, `now`.
    ///
    /// - Parameters:
    ///   - sender: the facts of who writes.
    ///   - place: the sequence and the step that the message is of.
    ///   - unsubscribeURL: the person's one-click address; `nil` where the workspace has none.
    static func record(
        _ person: Person, from sender: Record, at place: PlaceFacts, unsubscribeURL: String?, now: Instant
    ) -> Record {
        let facts = person.facts
        var others: [(String, Value)] = []
        others.reserveCapacity(7)
        if facts["email"] == nil, let email = person.email { others.append(("email", .text(email))) }
        if facts["company"] == nil { others.append(("company", .record([:]))) }
        others.append(("sender", .record(sender)))
        others.append(("sequence", place.sequence))
        others.append(("step", place.step))
        others.append(("unsubscribe_url", unsubscribeURL.map { .text($0) } ?? .missing))
        others.append(("now", .instant(now)))
        return Record(facts, adding: others)
    }

    /// The names that every template knows besides the imported columns; `sender` has the owners' facts as well.
    package static let standardNames: [String] =
        FactCatalogue.person.paths + [
            "sender.name", "sender.first_name", "sender.last_name", "sender.email", "sender.title", "sender.signature",
            "sequence.name", "step.id", "unsubscribe_url", "now",
        ]
}

/// `sequence` and `step` of a template's facts.
struct PlaceFacts: Sendable {
    let sequence: Value
    let step: Value

    init(sequence: String, step: String) {
        self.sequence = .record(["name": .text(sequence)])
        self.step = .record(["id": .text(step)])
    }
}
