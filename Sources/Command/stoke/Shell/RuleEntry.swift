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
struct RuleEntry<S: Store> {
    private let ground: EntryGround<S>
    private let rules: [(sequence: Outreach.Sequence, when: Criteria)]

    init(_ ground: EntryGround<S>) {
        self.ground = ground
        rules = ground.model.sequences.values.sorted { $0.name < $1.name }.compactMap { sequence in
            sequence.enrollWhen.map { (sequence, $0) }
        }
    }

    /// Whether any rule could let anybody in.
    var hasRules: Bool { !rules.isEmpty || !ground.model.qualification.nurture.isEmpty }

    /// Enrolls those of `people` whom a rule lets in; how many entered each sequence.
    @discardableResult
    func enter(_ people: some Swift.Sequence<Person.ID>, epoch: Epoch? = nil) throws(StoreError) -> [String: Int] {
        var waiting: [Person.ID] = []
        return try enter(people, epoch: epoch, waiting: &waiting)
    }

    /// The same for everybody; where there are no rules, nobody is looked at.
    func enterEverybody(epoch: Epoch?) throws(StoreError) -> [String: Int] {
        var entered: [String: Int] = [:]
        guard hasRules else { return entered }
        try ground.store.pages { (people) throws(StoreError) in
            entered.merge(try enter(people.lazy.map(\.id), epoch: epoch), uniquingKeysWith: +)
        }
        return entered
    }

    /// - Parameter waiting: gets those whom a rule may let in later though nobody does anything: by time alone, or when
    ///   what keeps them out has ended.
    func enter(
        _ people: some Swift.Sequence<Person.ID>, epoch: Epoch?, waiting: inout [Person.ID]
    ) throws(StoreError) -> [String: Int] {
        guard hasRules else { return [:] }
        var entered: [String: Int] = [:]
        for id in people {
            let (names, mayLater) = try enter(id, epoch)
            for name in names { entered[name, default: 0] += 1 }
            if mayLater { waiting.append(id) }
        }
        return entered
    }

    private func enter(_ id: Person.ID, _ epoch: Epoch?) throws(StoreError) -> (entered: [String], mayLater: Bool) {
        var entered: [String] = []
        var history = try ground.store.history(of: id)
        guard !history.person.isForgotten else { return ([], false) }
        let wanted = wanted(history)
        for sequence in wanted {
            let admission = EnrollmentRules(ground: ground, sequence: sequence, again: false, perCompany: nil)
            guard try admission.refusal(history) == nil else { continue }
            let entry = EnrollmentEntry(history.person, in: sequence, round: 1, at: ground.now)
            guard case .row? = try ground.store.commit([.enroll(entry)], epoch: epoch).first else { continue }
            entered.append(sequence.name)
            history = try ground.store.history(of: id)
        }
        return (entered, !wanted.isEmpty || mayChange(history))
    }

    /// Whether a rule's answer may change without an event: by time, or by what the person is sent.
    private func mayChange(_ history: History) -> Bool {
        history.enrollments.contains { [.active, .paused].contains($0.state) }
            || rules.contains { rule in
                rule.when.nextChange(of: history.touchpoints, after: ground.now, in: ground.zone) != nil
            }
    }

    /// The sequences whose rules hold for somebody now, those that write about what they did before those that nurture.
    private func wanted(_ history: History) -> [Outreach.Sequence] {
        let facts = CriteriaFacts(history, at: ground.now) { ground.qualifier.standing(of: history, at: ground.now) }
        let byRule = rules.filter { facts.judge($0.when).holds }.map(\.sequence)
        return byRule + [nurture(history)].compactMap { $0 }.filter { !byRule.contains($0) }
    }

    private func nurture(_ history: History) -> Outreach.Sequence? {
        guard let entry = ground.qualifier.stages(of: history, at: ground.now).present,
            [.iql, .recycled].contains(entry.stage)
        else { return nil }
        let name = entry.touchpoint.text(DetailKey.nurture) ?? ground.model.qualification.nurture[entry.stage]
        return name.flatMap { ground.model.sequences[$0] }
    }
}

extension RuleEntry where S == SQLiteStore {
    init(_ office: Office) { self.init(office.ground) }

    /// `demo-request 2, quarterly-news 1`.
    static func words(_ entered: [String: Int]) -> String {
        entered.sorted { $0.key < $1.key }.map { "\(Sink.line($0.key)) \($0.value)" }.joined(separator: ", ")
    }
}

/// Whom rules will let in, as runs do it: on the first turn of each of the workspace's days, and when somebody's standing
/// fades.
struct ForeseenEntries {
    private let model: Model
    private let qualifier: Qualifier
    /// The day of the last round over everybody.
    private var lastDay: LocalDate?
    /// Who is asked on the next round; `nil`: everybody.
    private var waiting: [Person.ID]?
    /// How many enter each sequence.
    private(set) var entered: [String: Int] = [:]

    init(_ office: Office) throws(StoreError) {
        model = office.model
        qualifier = office.qualifier
        lastDay = try office.store.lastFinishedRun().map { office.zone.date(at: $0) }
    }

    /// What a run does before it decides.
    mutating func pass(_ now: Instant, in store: MemoryStore) throws(StoreError) {
        let faded = try Standings(qualifier).updateDue(in: store, at: now, epoch: nil)
        let rules = RuleEntry(EntryGround(store: store, model: model, qualifier: qualifier, now: now))
        guard rules.hasRules else { return }
        let day = model.settings.timezone.date(at: now)
        if day != lastDay {
            lastDay = day
            var later: [Person.ID] = []
            let people: [Person.ID]
            if let waiting { people = waiting } else { people = try store.everybody().map(\.id) }
            entered.merge(try rules.enter(people, epoch: nil, waiting: &later)) { $0 + $1 }
            waiting = later
        }
        var later: [Person.ID] = []
        entered.merge(try rules.enter(faded, epoch: nil, waiting: &later)) { $0 + $1 }
        if let known = waiting.map(Set.init) { waiting?.append(contentsOf: later.filter { !known.contains($0) }) }
    }
}
