import Diagnostics
import Facts
import Outreach

/// What `qualification.yaml` must fulfil besides its form: nobody it sorts out may be forgotten.
struct QualificationChecks {
    let file: QualificationFile
    let reading: Reading
    /// Names of the sequences that there are.
    let sequences: [String]
    /// The rules by which sequences take people in by themselves.
    let entryRules: [Criteria]

    func run() {
        for entry in file.node["nurture"]?.entries ?? [] {
            guard let name = entry.value.text, !sequences.contains(name) else { continue }
            reading.report(
                .unknownSequence, "there is no sequence \"\(name)\"", at: entry.value.caret,
                hint: NearestName.hint(among: sequences, to: name) ?? "write sequences/\(name).yaml")
        }
        warn(.recycled, "recycled leads", at: file.node["reasons"]?["recycled"])
        warn(.iql, "IQLs", at: file.node["gates"]?["iql"])
    }

    private func warn(_ stage: Stage, _ people: String, at node: Node?) {
        let isNurtured = file.rules.nurture[stage] != nil || entryRules.contains { $0.asksFor(stage) }
        guard let node, !isNurtured else { return }
        reading.report(
            .noNurture, "\(people) have no sequence that nurtures them", at: node.caret,
            hint: "add nurture: {\(stage.rawValue): SEQUENCE}")
    }
}

extension Criteria {
    /// Whether they let people of `stage` in because of it.
    fileprivate func asksFor(_ stage: Stage) -> Bool {
        switch self {
        case .all(let parts), .any(let parts): parts.contains { $0.asksFor(stage) }
        case .fact("stage", .equals(let value)): value.plainText == stage.rawValue
        case .fact("stage", .oneOf(let values)): values.contains { $0.plainText == stage.rawValue }
        case .fact: false
        }
    }
}
