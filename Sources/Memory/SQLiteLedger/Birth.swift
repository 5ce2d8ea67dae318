import Digest
import Host
import Ledger

/// Opens a ledger's file for writing: the first time it is made, after an update its schema is brought up.
struct Birth {
    var place: LedgerPlace
    var clock: LedgerClock
    var schema: Schema

    func open() throws(StoreError) -> Connection {
        try onHost { () throws(HostError) in
            if !Files.exists(place.folder) { try Files.createFolder(place.folder) }
            try Files.refuseNetworkFileSystem(place.folder)
        }
        if !Files.exists(place.file) { try bear() }
        let db = try Connection(place.file, .write)
        let version = try db.first(.schemaVersion, { $0.int() }) ?? 0
        if version > schema.version { throw .newerSchema(found: version, known: schema.version) }
        // Born half: whoever made the file was killed before its tables stood.
        if version == 0 { try fill(db) }
        if version > 0, version < schema.version { try migrate(db, from: version) }
        return db
    }

    private func bear() throws(StoreError) {
        let gate = try place.takeGate()
        defer { withExtendedLifetime(gate) {} }
        if Files.exists(place.birthmark) {
            throw .damaged(
                reason: "\(place.file) is gone; restore a backup, or remove \(place.birthmark) to start anew")
        }
        if !Files.exists(place.file), let known = FolderMemory(place).known().first {
            throw .damaged(
                reason:
                    "\(place.file) is gone, and this folder had one; restore a backup, or remove \(known) to start anew"
            )
        }
        if !Files.exists(place.file) {
            try onHost { () throws(HostError) in try Files.create([], at: place.file) }
        }
    }

    private func fill(_ db: Connection) throws(StoreError) {
        if Files.exists(place.birthmark) {
            throw .damaged(
                reason: "\(place.file) is empty; restore a backup, or remove \(place.birthmark) to start anew")
        }
        let gate = try place.takeGate()
        defer { withExtendedLifetime(gate) {} }
        try db.execute("PRAGMA journal_mode=WAL")
        try transaction(db) { () throws(StoreError) in
            // Another process may have been quicker while we waited for the gate.
            guard try db.first(.schemaVersion, { $0.int() }) == 0 else { return }
            for step in schema.steps { try db.execute(step) }
            try db.run(.birth) {
                $0.bind(Birth.random(16))
                $0.bind(Birth.random(32))
                $0.bind(clock.rawValue)
            }
            try db.execute("PRAGMA user_version=\(schema.version)")
        }
        guard let born = try db.first(.meta, Meta.init) else { throw .damaged(reason: "no meta row") }
        try Birth.mark(place, workspace: born.workspace)
    }

    /// Says that a ledger was born here: from now on an empty file is no new ledger.
    static func mark(_ place: LedgerPlace, workspace: [UInt8]) throws(StoreError) {
        do throws(HostError) {
            try Files.write(Array("\(Hex.encode(workspace))\n".utf8), to: place.birthmark)
        } catch { throw StoreError(error) }
    }

    /// Takes the steps that are missing, each in a transaction of its own, behind a backup.
    private func migrate(_ db: Connection, from version: Int) throws(StoreError) {
        let gate = try place.takeGate()
        defer { withExtendedLifetime(gate) {} }
        try Backup.write(db, to: Paths.join(place.folder, "before-\(version + 1).db"))
        for (index, step) in schema.steps.enumerated().dropFirst(version) {
            try transaction(db) { () throws(StoreError) in
                guard try db.first(.schemaVersion, { $0.int() }) == index else { return }
                try db.execute(step)
                try db.execute("PRAGMA user_version=\(index + 1)")
            }
        }
    }

    private func transaction(_ db: Connection, _ body: () throws(StoreError) -> Void) throws(StoreError) {
        try db.run(.beginWrite)
        do throws(StoreError) {
            try body()
            try db.run(.commit)
        } catch {
            try? db.run(.rollback)
            throw error
        }
    }

    private func onHost(_ body: () throws(HostError) -> Void) throws(StoreError) {
        do throws(HostError) { try body() } catch { throw StoreError(error) }
    }

    /// Octets from the system's own generator.
    static func random(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255) } }
}
