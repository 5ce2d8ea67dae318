import CSQLite
import Ledger

/// One connection to a database file, with its statements, each prepared once.
final class Connection {
    enum Access { case write, read }

    let path: String
    private let handle: OpaquePointer
    private var isClosed = false
    private let watch = LogWatch()
    /// By the statement's raw value.
    private var statements: [Statement?]
    /// Ids of sequence versions as their texts; rows never change.
    var versions: [Int: String] = [:]

    /// Opens an existing file.
    init(_ path: String, _ access: Access) throws(StoreError) {
        self.path = path
        statements = Array(repeating: nil, count: SQL.allCases.count)
        _ = Connection.isMemoryUncounted
        var opened: OpaquePointer?
        let mode = access == .write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY
        // No mutex: whoever owns the connection keeps others from it.
        let code = sqlite3_open_v2(
            path, &opened, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
            access == .write ? GatheredLog.layer : nil)
        guard let opened else { throw .unreadable(path: path, reason: "out of memory") }
        handle = opened
        guard code == SQLITE_OK else {
            let reason = String(cString: sqlite3_errmsg(opened))
            sqlite3_close_v2(opened)
            throw .unreadable(path: path, reason: reason)
        }
        _ = stoke_sqlite3_lookaside(opened, 4800, 128)
        for (option, value) in Connection.switches { _ = stoke_sqlite3_set(opened, option, value) }
        sqlite3_busy_timeout(opened, 10_000)
        try execute(Schema.connectionPragmas)
        if access == .write {
            try execute(Schema.writerPragmas)
            sqlite3_wal_hook(opened, LogWatch.committed, Unmanaged.passUnretained(watch).toOpaque())
        }
    }

    /// The octets of a page, counted from 1, as they stand in the file itself, whatever the log has; `nil` where there is
    /// none. Read by SQLite's own file: to open and close another would set its locks free.
    func pageInFile(_ number: Int) -> [UInt8]? {
        // The header has the size of a page at octet 16; 1 stands for 65536 (SQLite file format, 1.3.2).
        guard let header = octetsInFile(18, at: 0) else { return nil }
        let told = Int(header[16]) << 8 | Int(header[17])
        let size = told == 1 ? 65536 : told
        guard size >= 512, size & (size - 1) == 0 else { return nil }
        return octetsInFile(size, at: (number - 1) * size)
    }

    private func octetsInFile(_ count: Int, at offset: Int) -> [UInt8]? {
        var file: UnsafeMutablePointer<sqlite3_file>?
        guard sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK, let file else {
            return nil
        }
        var octets = [UInt8](repeating: 0, count: count)
        let code = file.pointee.pMethods.pointee.xRead(file, &octets, Int32(count), Int64(offset))
        return code == SQLITE_OK ? octets : nil
    }

    /// Lets `body` fold a long log in, by what it is given along with the number of frames; instead of just doing so.
    func foldsLog(by body: @escaping (_ frames: Int, _ fold: () -> Bool) -> Void) { watch.folding = body }

    /// How many frames of the log are committed; 0 before the first commit.
    var logFrames: Int { Int(watch.frames) }

    /// Nobody asks how much memory SQLite has; said once, before the first connection.
    private static let isMemoryUncounted = stoke_sqlite3_uncounted() == SQLITE_OK
    private static let switches: [(Int32, Int32)] = [
        (SQLITE_DBCONFIG_ENABLE_FKEY, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0), (SQLITE_DBCONFIG_DEFENSIVE, 1),
        (SQLITE_DBCONFIG_DQS_DML, 0), (SQLITE_DBCONFIG_DQS_DDL, 0),
    ]

    deinit { close() }

    /// Closes it now; nothing can be asked of it afterwards.
    func close() {
        if isClosed { return }
        isClosed = true
        statements = []
        sqlite3_close_v2(handle)
    }

    /// Leaves the log as it is when this connection closes as the last one.
    func keepLogOnClose() { _ = stoke_sqlite3_set(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1) }

    /// Runs statements that give no rows and take no values: schema, pragmas.
    func execute(_ text: String) throws(StoreError) {
        let code = sqlite3_exec(handle, text, nil, nil, nil)
        guard code == SQLITE_OK else { throw error(code) }
    }

    /// The statement, prepared at its first use, ready for values.
    func statement(_ sql: SQL) throws(StoreError) -> Statement {
        if let statement = statements[sql.rawValue] { return statement }
        let statement = try prepare(sql.text)
        statements[sql.rawValue] = statement
        return statement
    }

    func prepare(_ text: String) throws(StoreError) -> Statement {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else { throw error(code) }
        return Statement(prepared, of: self)
    }

    /// Runs a statement that gives no rows.
    func run(_ sql: SQL, _ bind: (Statement) -> Void = { _ in }) throws(StoreError) {
        let statement = try statement(sql)
        defer { statement.reset() }
        bind(statement)
        while try statement.step() {}
    }

    /// The first row of a statement without values.
    func first<T>(_ sql: SQL, _ read: (Statement) throws(StoreError) -> T) throws(StoreError) -> T? {
        try first(sql, { _ in }, read)
    }

    /// The first row.
    func first<T>(
        _ sql: SQL, _ bind: (Statement) -> Void, _ read: (Statement) throws(StoreError) -> T
    ) throws(StoreError) -> T? {
        let statement = try statement(sql)
        defer { statement.reset() }
        bind(statement)
        return try statement.step() ? try read(statement) : nil
    }

    /// All rows of a statement without values.
    func all<T>(_ sql: SQL, _ read: (Statement) throws(StoreError) -> T) throws(StoreError) -> [T] {
        try all(sql, { _ in }, read)
    }

    /// All rows.
    func all<T>(
        _ sql: SQL, _ bind: (Statement) -> Void, _ read: (Statement) throws(StoreError) -> T
    ) throws(StoreError) -> [T] {
        let statement = try statement(sql)
        defer { statement.reset() }
        bind(statement)
        var rows: [T] = []
        while try statement.step() { rows.append(try read(statement)) }
        return rows
    }

    /// Whether there is a row.
    func has(_ sql: SQL, _ bind: (Statement) -> Void) throws(StoreError) -> Bool {
        try first(sql, bind) { _ in true } ?? false
    }

    /// How many rows the last statement changed.
    var changes: Int { Int(sqlite3_changes64(handle)) }
    /// The row that the last insert made.
    var insertedRow: Int { Int(sqlite3_last_insert_rowid(handle)) }

    /// Runs `body` in one read transaction, so that what it reads belongs together.
    func reading<T>(_ body: () throws(StoreError) -> T) throws(StoreError) -> T {
        // Inside a longer one it is that one.
        if isInTransaction { return try body() }
        try run(.beginRead)
        let result: T
        do throws(StoreError) { result = try body() } catch {
            try? run(.rollback)
            throw error
        }
        try run(.commit)
        return result
    }

    /// Whether a transaction is open.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Copies a whole database into this one, as of one moment.
    func copy(from source: Connection) throws(StoreError) {
        guard let backup = sqlite3_backup_init(handle, "main", source.handle, "main") else {
            throw error(sqlite3_errcode(handle))
        }
        var code = sqlite3_backup_step(backup, -1)
        if code == SQLITE_DONE { code = SQLITE_OK }
        let finished = sqlite3_backup_finish(backup)
        guard code == SQLITE_OK, finished == SQLITE_OK else { throw error(code == SQLITE_OK ? finished : code) }
    }

    /// What a code of SQLite means to whoever uses the ledger; values never stand in it.
    func error(_ code: Int32) -> StoreError {
        let reason = "\(String(cString: sqlite3_errmsg(handle))) (SQLite \(code))"
        return switch code & 0xFF {
        case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged(reason: reason)
        case SQLITE_BUSY, SQLITE_LOCKED: .busy(seconds: 10)
        case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: .unreadable(path: path, reason: reason)
        default: .notWritten(reason: reason)
        }
    }
}

/// Sees how far each commit brings the log, and folds it in when it is long; in the place of SQLite's own hook.
private final class LogWatch {
    /// The log is folded in at 64 MB: each of a message's commits writes the same few pages, which then are written once.
    private static let longLog: Int32 = 16000
    /// What can't be folded in, because somebody reads what was before, is tried again once the log has grown by 4 MB.
    private static let growth: Int32 = 1000

    var frames: Int32 = 0
    /// So long a log is folded in.
    private var limit = longLog
    var folding: (_ frames: Int, _ fold: () -> Bool) -> Void = { _, fold in _ = fold() }

    static let committed:
        @convention(c) (
            UnsafeMutableRawPointer?, OpaquePointer?, UnsafePointer<CChar>?, Int32
        ) -> Int32 = { context, handle, name, frames in
            guard let context else { return SQLITE_OK }
            let watch = Unmanaged<LogWatch>.fromOpaque(context).takeUnretainedValue()
            watch.frames = frames
            // The log began anew.
            if frames < longLog { watch.limit = longLog }
            if frames < watch.limit { return SQLITE_OK }
            watch.limit = frames + growth
            watch.folding(Int(frames)) {
                var (all, folded): (Int32, Int32) = (0, 0)
                let code = sqlite3_wal_checkpoint_v2(handle, name, SQLITE_CHECKPOINT_PASSIVE, &all, &folded)
                return code == SQLITE_OK && all == folded
            }
            return SQLITE_OK
        }
}
