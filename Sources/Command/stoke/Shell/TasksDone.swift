import Diagnostics
import Interchange
import Reports
import SQLiteLedger

/// `tasks done --json` and `tasks sync --json`: what was recorded, also where a later task failed.
struct TasksDone {
    private let office: Office
    private var lines: [(item: TaskListing.Item, outcome: String, next: String?)] = []
    /// What was heard in the talk.
    var evidence: [EvidenceEntry] = []

    init(_ office: Office) { self.office = office }

    /// - Parameter next: the command that carries a decision out.
    mutating func add(_ item: TaskListing.Item, _ outcome: String, next: String? = nil) {
        lines.append((item, outcome, next))
    }

    var json: JSON {
        let heard = evidence.map { ($0.field, JSON.string($0.text)) }
        return ["recorded": recorded, "evidence": .object(JSONObject(heard))]
    }

    func json(of file: String, _ match: TaskMatch) -> JSON {
        [
            "file": .string(file), "recorded": recorded, "known": .integer(match.known),
            "findings": .array(match.findings.map(\.json)),
        ]
    }

    private var recorded: JSON {
        .array(
            lines.map { item, outcome, next in
                // A talk that can't be read again has nothing to ask about.
                let open = (try? CallNotes(office, item))?.missing ?? []
                return [
                    "code": .string(item.code.description), "id": .string(item.code.full), "owner": .string(item.owner),
                    "person": .string(item.person), "sequence": .string(item.sequence), "step": .string(item.step),
                    "outcome": .string(outcome), "next": .text(next), "open_fields": .array(open.map { .string($0) }),
                ]
            })
    }
}

extension Finding {
    /// A finding for programs.
    var json: JSON {
        [
            "code": .string(code.name), "severity": .string(severity.rawValue), "file": .text(place?.file),
            "line": place.map { .integer($0.line) } ?? .null, "column": place.map { .integer($0.column) } ?? .null,
            "message": .string(message), "hint": .text(hint),
        ]
    }
}
