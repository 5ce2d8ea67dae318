import CivilTime
import Facts
import Interchange
import Ledger
import Outreach
import Qualification
import Reports
import SQLiteLedger

/// Records decisions about people, and says what came of each.
struct StageChange {
    let office: Office

    /// Everything is judged before anything is recorded, so that one who is refused leaves the others as they were.
    func perform(_ decision: StageDecision, _ histories: [History]) throws {
        let before = histories.map { office.standing($0).stage }
        let facts = try histories.map { history in
            try decision.facts(history, by: office.decider(about: history), office)
        }
        try office.record(facts.flatMap { $0 })
        if office.desk.wantsJSON { return office.desk.output.print(try json(histories, before)) }
        if histories.count > 5 {
            let being = histories.count == 1 ? StageText.being(decision.stage) : plural(decision.stage)
            return office.desk.output.print("\(Numbers.grouped(histories.count)) people are \(being) now")
        }
        for (index, history) in histories.enumerated() {
            office.desk.output.print(try lines(decision, history, before[index]).joined(separator: "\n"))
        }
    }

    private func json(_ histories: [History], _ before: [Stage]) throws -> JSON {
        .array(
            try zip(histories, before).map { history, stage in
                let after = try office.store.history(of: history.person.id)
                return [
                    "person": .string(history.person.key), "from": .string(stage.rawValue),
                    "to": .string(office.standing(after).stage.rawValue),
                    "by": .string(office.decider(about: history)),
                    "entered": .array(entered(history, after).map { .string($0) }),
                ]
            })
    }

    private func plural(_ stage: Stage) -> String {
        [.lead, .prospect, .iql, .mql, .sql].contains(stage) ? StageText.name(stage) + "s" : StageText.name(stage)
    }

    private func lines(_ decision: StageDecision, _ history: History, _ before: Stage) throws -> [String] {
        let after = try office.store.history(of: history.person.id)
        let stage = office.standing(after).stage
        let by = office.decider(about: history)
        var lines = [
            "\(Sink.line(history.person.displayName)): \(StageText.name(before)) → \(StageText.name(stage)), by \(by)"
        ]
        lines += ended(history, after).map { "  \($0) has ended for them" }
        lines += entered(history, after).map { "  enters \($0)" }
        switch stage {
        case .won: lines.append("  suppressed on every channel: customers get no outreach")
        case .recycled: lines += recycled(after)
        default: break
        }
        let gates = GateText(after, office.qualifier, zone: office.zone, now: office.now)
        if [.sql, .opportunity].contains(stage) { lines += gates.next.map { "  next: \($0)" } }
        return lines
    }

    private func ended(_ before: History, _ after: History) -> [String] {
        let live = before.enrollments.filter { [.active, .paused].contains($0.state) }.map(\.id)
        return after.enrollments.filter { live.contains($0.id) && $0.state == .stopped }.map(\.sequence)
    }

    private func entered(_ before: History, _ after: History) -> [String] {
        let known = Set(before.enrollments.map(\.id))
        return after.enrollments.filter { !known.contains($0.id) }.map(\.sequence)
    }

    private func recycled(_ after: History) -> [String] {
        guard let entry = office.qualifier.stages(of: after, at: office.now).present?.touchpoint else { return [] }
        let day = entry.day(DetailKey.until).map { "  stoke qualify lists them again from \(Dates.full($0))" }
        guard let name = entry.text(DetailKey.nurture) else {
            return [day, "  no sequence nurtures them: --nurture SEQUENCE, or nurture: in qualification.yaml"]
                .compactMap { $0 }
        }
        let isIn = after.enrollments.contains { $0.sequence == name && [.active, .paused].contains($0.state) }
        guard !isIn, let sequence = office.model.sequences[name] else { return [day].compactMap { $0 } }
        let rules = EnrollmentRules(ground: office.ground, sequence: sequence, again: true, perCompany: nil)
        let why = try? rules.refusal(after)
        return [day, "  enters \(name) later: \(why ?? "with the next run")"].compactMap { $0 }
    }
}
