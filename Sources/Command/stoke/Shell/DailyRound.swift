import CivilTime
import Interchange
import Ledger
import Outreach
import Reports
import SQLiteLedger

/// What a run does once a day, on the first turn of the workspace's day: everybody is walked through.
///
/// Rules of entry are judged again, for waits and cool-downs have ended meanwhile; and experiments that keep their winner
/// are looked at.
struct DailyRound {
    let office: Office

    /// What came of it.
    struct Result {
        /// How many entered each sequence by rule.
        var entered: [String: Int] = [:]
        var conclusions: [Conclusion] = []
    }

    /// Whether a model has anything for it to do.
    static func isAsked(by model: Model) -> Bool {
        !model.qualification.nurture.isEmpty
            || model.sequences.values.contains { $0.enrollWhen != nil || $0.experiment?.keepsWinner == true }
    }

    func perform(epoch: Epoch?) throws -> Result {
        let today = office.zone.date(at: office.now)
        if let last = try office.store.lastFinishedRun(), office.zone.date(at: last) == today { return Result() }
        let entered = try RuleEntry(office).enterEverybody(epoch: epoch)
        return Result(entered: entered, conclusions: try conclude(epoch))
    }

    private func conclude(_ epoch: Epoch?) throws -> [Conclusion] {
        var reports = office.model.sequences.values.filter { $0.experiment?.keepsWinner == true }
            .sorted { $0.name < $1.name }.compactMap { ExperimentReport($0, now: office.now) }
        guard !reports.isEmpty else { return [] }
        try Everybody.each(in: office.store) { history in
            for index in reports.indices { reports[index].add(history) }
        }
        let found = reports.flatMap(\.conclusions)
        _ = try office.store.commit(found.map { .conclude($0) }, epoch: epoch)
        return found
    }
}
