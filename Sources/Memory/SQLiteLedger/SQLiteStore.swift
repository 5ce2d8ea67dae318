package import CivilTime
import Host
package import Ledger
import Outreach
import Planning
import Synchronization

/// A ledger in an SQLite file: durable, for one run at a time and any number of other commands beside it.
///
/// Writes go through one connection inside the write gate; reads through another that never writes, so that they
/// do not wait for a disk.
package final class SQLiteStore: Store {
    let place: LedgerPlace
    private let writer: Mutex<Writer?>
    private let reader: Mutex<Connection?>

    /// Opens the ledger for writing; where there is none yet, one is born under this clock.
    ///
    /// - Parameter schema: another one than the current only in tests of migrations.
    /// - Throws: `wrongClock`, `newerSchema`, `needsAdoption`, `damaged`, `networkFileSystem`, `unreadable`, `busy`.
    package init(_ place: LedgerPlace, clock: LedgerClock, schema: Schema = .current) throws(StoreError) {
        self.place = place
        writer = Mutex(try Writer(place, clock: clock, schema: schema))
        reader = Mutex(nil)
    }

    /// Opens an existing ledger to read; nothing can be committed. One that an older Stoke wrote is brought up first,
    /// so that an update stops nobody from looking.
    ///
    /// - Throws: `unreadable` where there is none, `newerSchema`, `damaged`; `busy` while it can't be brought up.
    package init(reading place: LedgerPlace) throws(StoreError) {
        self.place = place
        writer = Mutex(nil)
        var db = try Connection(place.file, .read)
        let version = try db.first(.schemaVersion, { $0.int() }) ?? 0
        if version > Schema.current.version { throw .newerSchema(found: version, known: Schema.current.version) }
        if version < Schema.current.version {
            db.close()
            // The clock is only for a ledger that is born.
            try Birth(place: place, clock: .real, schema: .current).open().close()
            db = try Connection(place.file, .read)
        }
        reader = Mutex(db)
    }

    deinit {
        reader.withLock { $0?.close() }
        writer.withLock { $0?.close() }
    }

    /// Reads by the reading connection, which is opened at the first use.
    func read<T: Sendable>(_ body: (Connection) throws(StoreError) -> T) throws(StoreError) -> T {
        let result: Result<T, StoreError> = reader.withLock { opened in
            do throws(StoreError) {
                if let db = opened { return .success(try body(db)) }
                let db = try Connection(place.file, .read)
                opened = db
                return .success(try body(db))
            } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// Works on the writing connection.
    func write<T: Sendable>(_ body: (Writer) throws(StoreError) -> T) throws(StoreError) -> T {
        let result: Result<T, StoreError> = writer.withLock { writer in
            guard let writer else { return .failure(.notWritten(reason: "the ledger was opened to be read")) }
            do throws(StoreError) { return .success(try body(writer)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    package func begin(_ run: RunEntry, at now: Instant) throws(StoreError) -> Epoch {
        try write { (writer) throws(StoreError) in
            try writer.transaction(lastFact: now) { (tables) throws(StoreError) in try tables.begin(run, at: now) }
        }
    }

    package func commit(_ operations: [Operation], epoch: Epoch?) throws(StoreError) -> [Outcome] {
        if operations.isEmpty { return [] }
        return try write { (writer) throws(StoreError) in
            let outcomes = try writer.transaction(lastFact: operations.compactMap(\.instant).max()) {
                (tables) throws(StoreError) in
                let current = Epoch(try tables.db.first(.lastEpoch, { $0.int() }) ?? 0)
                let bookkeeper = Bookkeeper(tables, current: current, mine: epoch)
                var outcomes: [Outcome] = []
                outcomes.reserveCapacity(operations.count)
                for operation in operations { outcomes.append(try bookkeeper.apply(operation)) }
                return outcomes
            }
            let hasForgotten = zip(operations, outcomes).contains { operation, outcome in
                if case .forget = operation { outcome == .done } else { false }
            }
            if hasForgotten { try writer.scrub() }
            return outcomes
        }
    }

    package func finish(
        _ epoch: Epoch, counts: [String: Int], exit: Int32, at now: Instant
    ) throws(StoreError) {
        try write { (writer) throws(StoreError) in
            try writer.transaction(lastFact: now) { (tables) throws(StoreError) in
                try tables.finish(epoch, counts: counts, exit: exit, at: now)
            }
        }
    }

    package func secret() throws(StoreError) -> [UInt8] { try meta().secret }

    /// Which clock the ledger was born under.
    package func clock() throws(StoreError) -> LedgerClock { try meta().clock }

    /// When the latest fact happened; `nil` before the first.
    package func lastFact() throws(StoreError) -> Instant? { try meta().lastFact }

    /// Why the next command that writes will refuse this ledger as perhaps not the latest; `nil` where it will not.
    package func doubt() throws(StoreError) -> String? {
        let mark = HighWaterMark(place, workspace: try meta().workspace)
        // First the mark, then the commits: as a writer does.
        let reached = try mark.read()
        return try read { (db) throws(StoreError) in
            guard let commits = try db.first(.meta, Meta.init)?.commits else { throw .damaged(reason: "no meta row") }
            return try place.insideGate { mark.doubt(commits: commits, reached: reached, of: db) }
        }
    }

    private func meta() throws(StoreError) -> Meta {
        try read { (db) throws(StoreError) in
            guard let meta = try db.first(.meta, Meta.init) else { throw .damaged(reason: "no meta row") }
            return meta
        }
    }

    /// Writes a consistent copy of the ledger to a new file, mode 0600, while others go on writing.
    package func backup(to path: String) throws(StoreError) {
        try read { (db) throws(StoreError) in try Backup.write(db, to: path) }
    }
}
