import CivilTime
import Host
import Ledger

/// The one connection of a store that writes, with the gate and the mark around it.
final class Writer {
    let place: LedgerPlace
    let db: Connection
    let tables: SQLiteTables
    let mark: HighWaterMark
    let key: [UInt8]
    private var keepsLog = false

    /// Opens the ledger, or lets one be born.
    init(_ place: LedgerPlace, clock: LedgerClock, schema: Schema) throws(StoreError) {
        self.place = place
        db = try Birth(place: place, clock: clock, schema: schema).open()
        tables = SQLiteTables(db)
        guard let workspace = try db.first(.meta, { $0.octets() }) else { throw .damaged(reason: "no meta row") }
        mark = HighWaterMark(place, workspace: workspace)
        // The mark is read first: a commit of another process in between makes it lower, never higher.
        let reached = try mark.read()
        guard let meta = try db.first(.meta, Meta.init) else { throw .damaged(reason: "no meta row") }
        key = meta.secret
        guard meta.clock == clock else { throw .wrongClock(isPretend: meta.clock == .pretend) }
        if reached == nil, meta.commits == 0 {
            try mark.write(0)
        } else if let reason = try place.insideGate({ mark.doubt(commits: meta.commits, reached: reached, of: db) }) {
            throw .needsAdoption(reason: reason)
        }
        db.foldsLog { [mark] frames, fold in _ = mark.noting(frames: frames, fold) }
        if clock == .real { try FolderMemory(place).keep(workspace: workspace) }
    }

    /// One transaction inside the gate: all of `body`'s writes, or none.
    func transaction<T>(
        lastFact: Instant? = nil, _ body: (SQLiteTables) throws(StoreError) -> T
    ) throws(StoreError) -> T {
        let gate = try place.takeGate()
        defer { withExtendedLifetime(gate) {} }
        let result: T
        let commits: Int?
        do throws(StoreError) {
            try db.run(.beginWrite)
            result = try body(tables)
            commits = try db.first(.countCommit, { $0.bind(lastFact) }, { $0.int() })
            try db.run(.commit)
        } catch {
            try? db.run(.rollback)
            db.versions = [:]
            throw error
        }
        try mark.write(commits ?? 0, logFrames: db.logFrames)
        return result
    }

    /// Leaves nothing of what was deleted in the file or its log.
    func scrub() throws(StoreError) {
        let gate = try place.takeGate()
        defer { withExtendedLifetime(gate) {} }
        try db.execute("VACUUM")
        var failure: StoreError?
        let isNoted = mark.noting(frames: db.logFrames) {
            do throws(StoreError) {
                if try db.first(.checkpoint, { $0.bool() }) ?? true { failure = .busy(seconds: 10) }
            } catch { failure = error }
            return failure == nil
        }
        if !isNoted { failure = .notWritten(reason: mark.path) }
        if let failure { throw failure }
    }

    /// Leaves the log to the next writer when this one closes, while reading it costs less than folding it in.
    func leaveShortLog() {
        guard let log = try? Files.facts(place.file + "-wal"), log.size <= 256 << 10 else { return }
        keepsLog = true
    }

    /// Closes the connection; its checkpoint needs the gate, so without it the log stays for the next one.
    func close() {
        let gate = keepsLog ? nil : try? FileLock.attempt(place.gate)
        if gate == nil {
            db.keepLogOnClose()
            db.close()
        } else {
            mark.close(db)
        }
        withExtendedLifetime(gate) {}
    }
}

/// The ledger's own row.
struct Meta {
    var workspace: [UInt8]
    var secret: [UInt8]
    var clock: LedgerClock
    var epoch: Epoch
    var commits: Int
    var lastFact: Instant?

    init(_ row: Statement) throws(StoreError) {
        workspace = row.octets()
        secret = row.octets()
        clock = try row.name(LedgerClock.self)
        epoch = Epoch(row.int())
        commits = row.int()
        lastFact = row.optionalInstant()
    }
}
