import CivilTime
import Facts
import Interchange
import Ledger
import Outreach
import Planning
import Qualification
import SQLiteLedger

/// Lets people into sequences by rule: `enroll_when` of a sequence, and `nurture` of `qualification.yaml` for IQLs and
/// recycled people.
///
/// Rules are judged when something about a person changes, and for everybody on the first run of a day: then waits are
/// over, cool-downs have ended, and days have passed.
struct RuleEntry {
    let office: Office
    private let rules: [(sequence: Outreach.Sequence, when: Criteria)]

    init(_ office: Office) {
        self.office = office
        rules = office.model.sequences.values.sorted { $0.name < $1.name }.compactMap { sequence in
            sequence.enrollWhen.map { (sequence, $0) }
        }
    }

    /// Whether any rule could let anybody in.
    private var hasRules: Bool { !rules.isEmpty || !office.model.qualification.nurture.isEmpty }

    /// Enrolls those of `people` whom a rule lets in; how many entered each sequence.
    @discardableResult
    func enter(_ people: some Swift.Sequence<Person.ID>, epoch: Epoch? = nil) throws -> [String: Int] {
        guard hasRules else { return [:] }
        var entered: [String: Int] = [:]
        for id in people {
            for name in try enter(id, epoch) { entered[name, default: 0] += 1 }
        }
        return entered
    }

    private func enter(_ id: Person.ID, _ epoch: Epoch?) throws -> [String] {
        var entered: [String] = []
        var history = try office.store.history(of: id)
        guard !history.person.isForgotten else { return [] }
        for sequence in wanted(history) {
            let admission = EnrollmentRules(office: office, sequence: sequence, again: false, perCompany: nil)
            guard try admission.refusal(history) == nil else { continue }
            let entry = EnrollmentEntry(history.person, in: sequence, round: 1, at: office.now)
            guard case .row? = try office.store.commit([.enroll(entry)], epoch: epoch).first else { continue }
            entered.append(sequence.name)
            history = try office.store.history(of: id)
        }
        return entered
    }

    /// The sequences whose rules hold for somebody now, those that write about what they did before those that nurture.
    private func wanted(_ history: History) -> [Outreach.Sequence] {
        let facts = CriteriaFacts(history, at: office.now) { office.standing(history) }
        let byRule = rules.filter { facts.judge($0.when).holds }.map(\.sequence)
        return byRule + [nurture(history)].compactMap { $0 }.filter { !byRule.contains($0) }
    }

    private func nurture(_ history: History) -> Outreach.Sequence? {
        guard let entry = office.qualifier.stages(of: history, at: office.now).present,
            [.iql, .recycled].contains(entry.stage)
        else { return nil }
        let name = entry.touchpoint.text(DetailKey.nurture) ?? office.model.qualification.nurture[entry.stage]
        return name.flatMap { office.model.sequences[$0] }
    }
}

extension RuleEntry {
    /// `demo-request 2, quarterly-news 1`.
    static func words(_ entered: [String: Int]) -> String {
        entered.sorted { $0.key < $1.key }.map { "\(Sink.line($0.key)) \($0.value)" }.joined(separator: ", ")
    }
}
