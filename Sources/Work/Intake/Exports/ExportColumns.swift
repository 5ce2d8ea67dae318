import Facts
import Outreach

/// A person under the names of columns.
struct PersonColumns {
    let history: History
    let standing: Standing?

    func value(_ column: String) -> Value? {
        let person = history.person
        switch column {
        case "key": return .text(person.key)
        case "id": return .integer(person.id.row)
        case "email": return person.email.map { .text($0) }
        case "stage": return .text((standing?.stage ?? .lead).rawValue)
        case "temperature": return .text((standing?.temperature ?? .cold).rawValue)
        case "fit": return standing?.fit.map { .integer($0) }
        case "intent": return .decimal(standing?.intent ?? 0)
        case "suppressed":
            return .text(history.blockedChannels.map(\.rawValue).sorted().joined(separator: " "))
        default: return person.facts[path: column.split(separator: ".").map(String.init)]
        }
    }
}

/// A touchpoint under the names of columns.
struct TouchpointColumns {
    let touchpoint: Touchpoint
    let person: Person?
    let sequence: String?

    func value(_ column: String) -> Value? {
        switch column {
        case "id": .integer(touchpoint.id)
        case "person": person.map { .text($0.key) }
        case "email": person?.email.map { .text($0) }
        case "kind": .text(touchpoint.kind.name)
        // A stage's kind is `stage.` and its name.
        case "stage": .text(String(touchpoint.kind.name.dropFirst("stage.".count)))
        case "at": .instant(touchpoint.at)
        case "recorded_at": .instant(touchpoint.recordedAt)
        case "sequence": sequence.map { .text($0) }
        case "step": touchpoint.step.map { .text($0) }
        case "source_key": touchpoint.sourceKey.map { .text($0) }
        case "detail": touchpoint.detail.isEmpty ? nil : .record(touchpoint.detail)
        default: touchpoint.detail[column]
        }
    }
}
