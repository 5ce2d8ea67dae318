import CivilTime
import Facts
package import Outreach

/// Everything that a memory store keeps of one person; an overlay copies it from its base when it is first touched.
final class Shelf {
    var row: PersonRow
    var identities: [Identity]
    /// Whether `identities` are known here; until then the base's hold.
    var hasOwnIdentities = true
    /// By id.
    var enrollments: [Enrollment] = []
    /// By (at, attempt).
    var results: [StepResult] = []
    /// By id.
    var messages: [MessageRow] = []
    /// By id.
    var tasks: [OutreachTask] = []
    /// By (at, id).
    var touchpoints: [Touchpoint] = []
    var standing: (standing: Standing, rules: String)?
    /// Whether `standing` was computed here; until then the base's holds.
    var hasOwnStanding = false

    init(row: PersonRow, identities: [Identity]) {
        self.row = row
        self.identities = identities
    }

    var id: Person.ID { row.person.id }

    /// A copy of what a base store has.
    ///
    /// - Parameter epoch: the base's; messages under way belong to it, because every newer run settles the others.
    convenience init(copying history: History, epoch: Epoch) {
        var person = history.person
        person.facts["company"] = nil
        let row = PersonRow(person: person, addedAt: .distantPast, blocked: history.blockedChannels)
        self.init(row: row, identities: [])
        hasOwnIdentities = false
        enrollments = history.enrollments
        results = history.results
        messages = history.messages.map { MessageRow($0, epoch: epoch) }
        tasks = history.tasks
        touchpoints = history.touchpoints
    }

    /// With the company among the person's facts.
    func person(company: Company?) -> Person {
        var person = row.person
        if let company, !person.isForgotten { person.facts["company"] = .record(company.facts) }
        return person
    }

    func history(company: Company?) -> History {
        History(
            person: person(company: company), enrollments: enrollments, results: results,
            messages: messages.map(\.message), tasks: tasks, touchpoints: touchpoints, blockedChannels: row.blocked)
    }

    func insert(_ touchpoint: Touchpoint) {
        touchpoints.insertSorted(touchpoint) { ($0.at, $0.id) < ($1.at, $1.id) }
    }

    func put(_ result: StepResult) {
        results.removeAll {
            $0.enrollment == result.enrollment && $0.step == result.step && $0.attempt == result.attempt
        }
        results.insertSorted(result) { $0.isBefore($1) }
    }

    /// What this person adds to `Store.counts`.
    var counts: [String: Int] {
        var counts = row.mergedInto == nil ? [row.person.isForgotten ? "forgotten" : "people": 1] : [:]
        for enrollment in enrollments {
            counts[enrollment.state.rawValue, default: 0] += 1
            if enrollment.state == .active, enrollment.hold != nil { counts["held", default: 0] += 1 }
        }
        for message in messages { counts["message.\(message.message.state.rawValue)", default: 0] += 1 }
        for task in tasks where task.state == .open { counts["tasks", default: 0] += 1 }
        if !touchpoints.isEmpty { counts["touchpoints"] = touchpoints.count }
        return counts
    }
}

extension Identity {
    /// What a person's own row says to find them by.
    static func all(of person: Person) -> [Identity] {
        if person.isForgotten { return [] }
        let known = [
            person.email.map { Identity(.email, $0) },
            person.facts["linkedin"]?.plainText.map { Identity(.linkedin, $0) },
            person.facts["phone"]?.plainText.map { Identity(.phone, $0) },
        ].compactMap { $0 }
        return known.isEmpty ? [Identity(.key, person.key)] : known
    }
}

extension StepResult {
    /// The order in which a history lists results.
    package func isBefore(_ other: StepResult) -> Bool {
        (at, attempt, enrollment, step) < (other.at, other.attempt, other.enrollment, other.step)
    }
}

extension Array {
    /// Inserts behind all that are not after `element`; quick at the end, where new facts go.
    mutating func insertSorted(_ element: Element, _ isBefore: (Element, Element) -> Bool) {
        var place = count
        while place > 0, isBefore(element, self[place - 1]) { place -= 1 }
        insert(element, at: place)
    }
}
