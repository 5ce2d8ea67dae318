import Diagnostics
import Outreach

/// What `qualification.yaml` must fulfil besides its form: nobody it sorts out may be forgotten.
struct QualificationChecks {
    let file: QualificationFile
    let reading: Reading
    /// Names of the sequences that there are.
    let sequences: [String]
    /// Whether some sequence takes people in at the end of another, or by itself.
    let isNurturing: Bool

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
        guard let node, file.rules.nurture[stage] == nil, !isNurturing else { return }
        reading.report(
            .noNurture, "\(people) have no sequence that nurtures them", at: node.caret,
            hint: "add nurture: {\(stage.rawValue): SEQUENCE}")
    }
}
