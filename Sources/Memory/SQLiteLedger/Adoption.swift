#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Host
package import Ledger

extension SQLiteStore {
    /// How far a ledger is from what this machine knows of it.
    package struct Adopted: Sendable, Hashable {
        /// The ledger's commits.
        package var commits: Int
        /// How many this machine remembers; `nil` where it does not know the ledger.
        package var remembered: Int?

        package init(commits: Int, remembered: Int?) {
            self.commits = commits
            self.remembered = remembered
        }
    }

    /// Makes this copy of a ledger this machine's own, under a new name: what it lacks is taken as never done.
    ///
    /// - Parameter lock: held, so that nobody runs meanwhile.
    /// - Throws: `damaged` where the file is; nothing was changed then.
    package static func adopt(_ place: LedgerPlace, holding lock: RunLock) throws(StoreError) -> Adopted {
        defer { withExtendedLifetime(lock) {} }
        guard Files.exists(place.file) else { throw .unreadable(path: place.file, reason: "there is no ledger") }
        let db = try Connection(place.file, .write)
        try check(db)
        guard let meta = try db.first(.meta, Meta.init) else { throw .damaged(reason: "no meta row") }
        let remembered = try HighWaterMark(place, workspace: meta.workspace).read()?.commits
        let gate = try place.takeGate()
        defer { withExtendedLifetime(gate) {} }
        let workspace = Birth.random(16)
        guard let commits = try db.first(.setWorkspace, { $0.bind(workspace) }, { $0.int() }) else {
            throw .damaged(reason: "no meta row")
        }
        let mark = HighWaterMark(place, workspace: workspace)
        try mark.write(commits, logFrames: db.logFrames)
        try Birth.mark(place, workspace: workspace)
        mark.close(db)
        return Adopted(commits: meta.commits, remembered: remembered)
    }

    /// Puts a backup in the ledger's place; a damaged ledger is kept beside it under another name.
    ///
    /// Unless the backup has everything that the ledger had, the next run refuses until it is adopted.
    /// - Parameter lock: held, so that nobody runs meanwhile.
    /// - Throws: `damaged` or `newerSchema` where the backup can't be used; the ledger is untouched then.
    package static func restore(_ place: LedgerPlace, from file: String, holding lock: RunLock) throws(StoreError) {
        defer { withExtendedLifetime(lock) {} }
        let source = try Connection(file, .read)
        try check(source)
        guard let meta = try source.first(.meta, Meta.init) else { throw .damaged(reason: "\(file) is no ledger") }
        let gate = try place.takeGate()
        defer { withExtendedLifetime(gate) {} }
        do throws(StoreError) {
            try fill(place, from: source)
        } catch .damaged {
            setAside(place)
            try fill(place, from: source)
        }
        try Birth.mark(place, workspace: meta.workspace)
    }

    private static func fill(_ place: LedgerPlace, from source: Connection) throws(StoreError) {
        if !Files.exists(place.file) {
            do throws(HostError) { try Files.create([], at: place.file) } catch { throw StoreError(error) }
        }
        let db = try Connection(place.file, .write)
        defer { db.close() }
        // Reading it first tells a damaged file from one that can be written over page by page.
        _ = try db.first(.schemaVersion, { $0.int() })
        try db.copy(from: source)
        try db.execute("PRAGMA journal_mode=WAL")
    }

    private static func setAside(_ place: LedgerPlace) {
        for ending in ["", "-wal", "-shm"] {
            rename(place.file + ending, "\(place.file).damaged-\(Clocks.wallSeconds())\(ending)")
        }
    }

    private static func check(_ db: Connection) throws(StoreError) {
        let version = try db.first(.schemaVersion, { $0.int() }) ?? 0
        if version > Schema.current.version { throw .newerSchema(found: version, known: Schema.current.version) }
        guard version > 0 else { throw .damaged(reason: "\(db.path) is no ledger") }
        let findings = try db.all(.integrity) { $0.text() }
        guard findings == ["ok"] else { throw .damaged(reason: findings.first ?? "the check says nothing") }
    }
}
