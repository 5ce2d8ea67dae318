package import CivilTime
import Outreach
import Planning
import Synchronization

/// A ledger in memory: for tests, and, laid over another store, for `plan` and `simulate`.
///
/// Over a base it answers as the base would after the operations that were committed here; the base is only read,
/// and only what the operations touch is copied.
package final class MemoryStore: Store {
    private let tables: Mutex<MemoryTables>
    private let key: [UInt8]
    /// Held while somebody reads as of one moment: commits wait until then.
    private let steadiness = Mutex(())

    /// An empty ledger.
    package init(secret: [UInt8] = Array(repeating: 7, count: 32)) {
        tables = Mutex(MemoryTables())
        key = secret
    }

    /// Memory laid over a base.
    package init(over base: any Store) throws(StoreError) {
        tables = Mutex(try MemoryTables(over: base))
        key = try base.secret()
    }

    /// Reads the tables; typed, which `Mutex.withLock` is not where the tables are no `Sendable`.
    func read<T: Sendable>(_ body: (MemoryTables) throws(StoreError) -> T) throws(StoreError) -> T {
        let result: Result<T, StoreError> = tables.withLock { tables in
            do throws(StoreError) { return .success(try body(tables)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    package func begin(_ run: RunEntry, at now: Instant) throws(StoreError) -> Epoch {
        try read { (tables) throws(StoreError) in
            let epoch = Epoch(tables.epoch.number + 1)
            let last = tables.lastFact
            if now.seconds < last.seconds - 2 * .minute { throw .clockBehind(now: now, lastFact: last) }
            tables.epoch = epoch
            tables.lastFact = max(last, now)
            let bookkeeper = Bookkeeper(tables, current: epoch, mine: epoch)
            try bookkeeper.noteOutage(before: now)
            try bookkeeper.settleOrphans(at: now)
            _ = try bookkeeper.apply(.endPauses(at: now))
            tables.runs.append(RunRecord(epoch: epoch, entry: run, began: now, ended: nil, counts: [:], exit: nil))
            return epoch
        }
    }

    package func steady<T>(_ body: (MemoryStore) throws(StoreError) -> T) throws(StoreError) -> T {
        var failure: StoreError?
        var result: T?
        steadiness.withLock { _ in
            do throws(StoreError) { result = try body(self) } catch { failure = error }
        }
        guard let result else { throw failure ?? .notWritten(reason: "nothing was read") }
        return result
    }

    package func commit(_ operations: [Operation], epoch: Epoch?) throws(StoreError) -> [Outcome] {
        steadiness.withLock { _ in }
        return try read { (tables) throws(StoreError) in
            let bookkeeper = Bookkeeper(tables, current: tables.epoch, mine: epoch)
            var outcomes: [Outcome] = []
            outcomes.reserveCapacity(operations.count)
            for operation in operations {
                outcomes.append(try bookkeeper.apply(operation))
                if let at = operation.instant, at > tables.lastFact { tables.lastFact = at }
            }
            return outcomes
        }
    }

    package func finish(
        _ epoch: Epoch, counts: [String: Int], exit: Int32, at now: Instant
    ) throws(StoreError) {
        try read { (tables) throws(StoreError) in
            tables.lastFact = max(tables.lastFact, now)
            guard let place = tables.runs.firstIndex(where: { $0.epoch == epoch }) else { return }
            tables.runs[place].ended = now
            tables.runs[place].counts = counts
            tables.runs[place].exit = exit
        }
    }

    package func secret() throws(StoreError) -> [UInt8] { key }
}
