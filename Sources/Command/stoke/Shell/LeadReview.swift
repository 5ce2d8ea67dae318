import CivilTime
import Facts
import Interchange
import Ledger
import Outreach
import Qualification
import SQLiteLedger

/// Leads that nobody has reviewed, best fit first.
struct LeadReview {
    struct Lead {
        var history: History
        var fit: FitJudgement
    }

    let office: Office
    private(set) var waiting: [Lead] = []

    init(_ office: Office) throws {
        self.office = office
        let qualifier = office.qualifier
        for person in try office.everybody() {
            let history = try office.store.history(of: person.id)
            guard qualifier.standing(of: history, at: office.now).stage == .lead, let fit = qualifier.fit(of: person)
            else {
                continue
            }
            waiting.append(Lead(history: history, fit: fit))
        }
        waiting.sort { ($0.fit.score ?? -1, $1.history.person.key) > ($1.fit.score ?? -1, $0.history.person.key) }
    }

    var text: String {
        guard !waiting.isEmpty else { return "nobody waits for review" }
        var table = Table(columns: [
            .init("fit", alignment: .right), .init("person", minimum: 14), .init("title", minimum: 10),
            .init("company", minimum: 10), .init("why not more", minimum: 12),
        ])
        for lead in waiting.prefix(40) {
            let person = lead.history.person
            table.add([
                .init(lead.fit.score.map(String.init) ?? "?"), .init(person.displayName),
                .init(person.facts["title"]?.plainText ?? ""),
                .init(person.facts[path: ["company", "name"]]?.plainText ?? ""), .init(reason(lead.fit)),
            ])
        }
        if waiting.count > 40 { table.add(note: "and \(waiting.count - 40) more (--json lists all)") }
        return table.text(width: office.desk.output.width, style: office.desk.output.style)
            + "stoke qualify PERSON... --accept | --reject REASON"
    }

    private func reason(_ fit: FitJudgement) -> String {
        if !fit.missingFacts.isEmpty { return "no " + fit.missingFacts.joined(separator: ", ") }
        return (fit.requirements + fit.preferences).first { $0.truth == .no }?.criteria.description ?? ""
    }

    var json: JSON {
        .array(
            waiting.map { lead in
                [
                    "person": .string(lead.history.person.key), "icp": .string(lead.fit.icp),
                    "fit": lead.fit.score.map { .integer($0) } ?? .null,
                    "missing": .array(lead.fit.missingFacts.map { .string($0) }),
                ]
            })
    }
}
