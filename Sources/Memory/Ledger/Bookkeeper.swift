package import CivilTime
import Facts
import Outreach
import Planning

/// What each operation does to the rows: the one place, so that all stores mean the same by it.
///
/// An operation is judged before it changes anything: a refused one has left no trace, so the others of its group
/// stand.
package struct Bookkeeper<Tables: LedgerTables> {
    /// The tables it writes to.
    package let tables: Tables
    /// The ledger's epoch.
    package let current: Epoch
    /// The committer's; `nil` for commands that do not send.
    package let mine: Epoch?

    package init(_ tables: Tables, current: Epoch, mine: Epoch?) {
        self.tables = tables
        self.current = current
        self.mine = mine
    }

    /// Does one operation.
    /// - Throws: what the rows could not do; the group must not be committed then.
    package func apply(_ operation: Operation) throws(StoreError) -> Outcome {
        switch operation {
        case .put(let entry): try put(entry)
        case .merge(let into, let from, let at): try merge(into: into, from: from, at: at)
        case .forget(let person, let hash, let at): try forget(person, keyedHash: hash, at: at)
        case .suppress(let suppression): try suppress(suppression)
        case .enroll(let entry): try enroll(entry)
        case .decide(let decision, let at): try decide(decision, at: at)
        case .halt(let id, let state, let reason, let until, let at):
            try halt(id, state: state, reason: reason, until: until, at: at)
        case .resume(let id, let at): try resume(id, at: at)
        case .endPauses(let at): try endPauses(at: at)
        case .release(let id, let release, let step, let at): try self.release(id, release, step: step, at: at)
        case .spread(let id, let until, let days, let at): try spread(id, until: until, days: days, at: at)
        case .wakeSequence(let sequence, let at):
            try done { () throws(StoreError) in
                try tables.wake(sequence: sequence, at: at)
            }
        case .intend(let entry): try intend(entry)
        case .fence(let message, let at, let day): try fence(message, at: at, day: day)
        case .settle(let message, let settlement, let at): try settle(message, settlement, at: at)
        case .resolve(let message, let sent, let evidence, let at):
            try resolve(message, sent: sent, evidence: evidence, at: at)
        case .close(let task, let state, let result, let touchpoint, let at):
            try close(task, state: state, result: result, touchpoint: touchpoint, at: at)
        case .approve(let task, let sha256, let at): try approve(task, sha256: sha256, at: at)
        case .snooze(let task, let until): try change(task) { $0.snoozedUntil = until }
        case .edit(let task, let text): try change(task) { $0.editedText = text }
        case .record(let touchpoint, let reaction): try record(touchpoint, reaction)
        case .stand(let person, let standing, let rules): try stand(person, standing, rules: rules)
        case .pause(let pause): try self.pause(pause)
        case .unpause(let subject): try done { () throws(StoreError) in try tables.removePause(of: subject) }
        case .apply(let snapshot, let versions, let at):
            try done { () throws(StoreError) in
                for version in versions { try tables.note(version, at: at) }
                try tables.put(snapshot, at: at)
            }
        case .conclude(let conclusion): try done { () throws(StoreError) in try tables.add(conclusion) }
        case .read(let mark, let at): try done { () throws(StoreError) in try tables.put(mark, at: at) }
        }
    }

    private func done(_ body: () throws(StoreError) -> Void) throws(StoreError) -> Outcome {
        try body()
        return .done
    }

    /// Whether the committer's run was overtaken by a newer one.
    var isOvertaken: Bool { mine.map { $0 != current } ?? false }
}

extension Operation {
    /// When it happens, as far as it says: what the ledger's last fact is told by.
    package var instant: Instant? {
        switch self {
        case .put(let entry): entry.at
        case .suppress(let suppression): suppression.at
        case .conclude(let conclusion): conclusion.at
        case .enroll(let entry): entry.at
        case .record(let touchpoint, _): touchpoint.recordedAt
        case .merge(_, _, let at), .forget(_, _, let at), .decide(_, let at), .halt(_, _, _, _, let at),
            .resume(_, let at),
            .endPauses(let at), .release(_, _, _, let at), .spread(_, _, _, let at), .wakeSequence(_, let at),
            .fence(_, let at, _),
            .settle(_, _, let at), .resolve(_, _, _, let at), .close(_, _, _, _, let at), .approve(_, _, let at),
            .apply(_, _, let at), .read(_, let at):
            at
        case .intend, .snooze, .edit, .stand, .pause, .unpause: nil
        }
    }

    /// Whether only the newest run may do it.
    var needsEpoch: Bool {
        switch self {
        case .intend, .fence, .decide: true
        default: false
        }
    }
}
