package import CivilTime
package import Ledger
import Outreach
package import Planning

extension SQLiteStore {
    /// Begins a run; where nothing is due, ends it in the same commit.
    ///
    /// A tick decides nothing while nobody is due in a lane that it reads, so a run that finds this needs no model.
    ///
    /// - Parameter lanes: all that a tick of the applied model reads.
    /// - Returns: the run's epoch, and whether it is over.
    /// - Throws: as `begin`.
    package func begin(
        _ run: RunEntry, at now: Instant, orPass lanes: [Lane]
    ) throws(StoreError) -> (epoch: Epoch, isOver: Bool) {
        try write { (writer) throws(StoreError) in
            let begun = try writer.transaction(lastFact: now) { (tables) throws(StoreError) in
                let epoch = try tables.begin(run, at: now)
                let isOver = try !tables.isAnythingDue(in: lanes, at: now)
                if isOver { try tables.finish(epoch, counts: [:], exit: 0, at: now) }
                return (epoch: epoch, isOver: isOver)
            }
            // Such turns come every few minutes: most of them leave the log for the next one to write on.
            if begun.isOver { writer.leaveShortLog() }
            return begun
        }
    }

    package func steady<T>(_ body: (SQLiteStore) throws(StoreError) -> T) throws(StoreError) -> T {
        // A connection of its own: this one's readers go on seeing what is committed.
        let view = try SQLiteStore(reading: place)
        try view.read { (db) throws(StoreError) in try db.run(.beginRead) }
        return try body(view)
    }

    /// The hash of the files that were applied last; `nil` before the first.
    package func appliedHash() throws(StoreError) -> String? {
        try write { (writer) throws(StoreError) in
            try writer.db.first(.lastSnapshot) {
                _ = $0.int()
                return $0.text()
            }
        }
    }
}

extension SQLiteTables {
    /// The next epoch, with what an earlier run left settled.
    func begin(_ run: RunEntry, at now: Instant) throws(StoreError) -> Epoch {
        let epoch = try db.first(.newEpoch) { (row) throws(StoreError) in
            let epoch = Epoch(row.int())
            if let last = row.optionalInstant(), now.seconds < last.seconds - 2 * .minute {
                throw .clockBehind(now: now, lastFact: last)
            }
            return epoch
        }
        guard let epoch else { throw .damaged(reason: "no meta row") }
        let bookkeeper = Bookkeeper(self, current: epoch, mine: epoch)
        try bookkeeper.noteOutage(before: now)
        try bookkeeper.settleOrphans(at: now)
        _ = try bookkeeper.apply(.endPauses(at: now))
        try db.run(.insertRun) {
            $0.bind(epoch.number)
            $0.bind(now)
            $0.bind(run.host)
            $0.bind(run.pid)
            $0.bind(run.version)
        }
        return epoch
    }

    func finish(_ epoch: Epoch, counts: [String: Int], exit: Int32, at now: Instant) throws(StoreError) {
        try db.run(.finishRun) {
            $0.bind(now)
            $0.bind(FactsText.text(counts))
            $0.bind(Int(exit))
            $0.bind(epoch.number)
        }
    }

    /// Whether somebody is due in one of the lanes, or changes standing by decay alone.
    func isAnythingDue(in lanes: [Lane], at now: Instant) throws(StoreError) -> Bool {
        let isJudgement = try db.has(.standingsDue) {
            $0.bind(now)
            $0.bind(1)
        }
        if isJudgement { return true }
        for lane in lanes {
            let isDue = try db.has(.due) {
                $0.bind(lane, at: now)
                $0.bind(1)
            }
            if isDue { return true }
        }
        return false
    }
}

extension Statement {
    /// A lane and how far in time it is read.
    func bind(_ lane: Lane, at now: Instant) {
        bind(lane.sequence)
        bind(lane.mailbox)
        bind(lane.queue.rawValue)
        bind(now)
    }
}
