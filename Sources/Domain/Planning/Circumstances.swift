import Facts
package import CivilTime
package import Outreach

/// Everything a decision depends on besides the ledger: the model, the moment, and three questions to other rooms.
package struct Circumstances {
    package let model: Model
    /// The tick's instant; every decision of the tick is made as of now.
    package let now: Instant
    /// The zone of a name from a person's record; `nil` for an unknown name.
    package let zone: (String) -> Zone?
    /// Temperature, stage, fit and intent of a person, for criteria.
    package let standing: (History) -> Standing
    /// Renders a draft: the only way a template can hold a message and so free a slot.
    package let ready: (Draft) -> Readiness
    /// Mailboxes whose follow-ups wait because their inbox could not be read, with the reason.
    package let unread: [String: String]

    package init(
        model: Model, now: Instant, zone: @escaping (String) -> Zone?,
        standing: @escaping (History) -> Standing, ready: @escaping (Draft) -> Readiness,
        unread: [String: String] = [:]
    ) {
        self.model = model
        self.now = now
        self.zone = zone
        self.standing = standing
        self.ready = ready
        self.unread = unread
    }

    /// The zone on a person's record, else the workspace's.
    package func zone(of person: Person) -> Zone {
        person.facts["timezone"]?.plainText.flatMap(zone) ?? model.settings.timezone
    }
}
