import CSQLite
import CivilTime

/// A table of touchpoints in a temporary SQLite database.
final class Rows {
    private var database: OpaquePointer?

    struct Failed: Error {
        var message: String
    }

    init(people: Int, touchpoints: Int) throws {
        // An empty name is a temporary file of SQLite's own.
        guard sqlite3_open("", &database) == SQLITE_OK else { throw Failed(message: "cannot open") }
        try run(
            "CREATE TABLE touchpoint(person_id INTEGER, at INTEGER, kind TEXT, PRIMARY KEY(person_id, at)) WITHOUT ROWID"
        )
        try run("BEGIN")
        var insert: OpaquePointer?
        sqlite3_prepare_v2(database, "INSERT OR IGNORE INTO touchpoint VALUES(?, ?, ?)", -1, &insert, nil)
        var state: UInt64 = 42
        for person in 0..<people {
            for index in 0..<touchpoints {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let kind = ScoringBenchmark.kinds[Int(state >> 33) % ScoringBenchmark.kinds.count]
                let age = Int(state >> 40) % (9 * 86_400) + (touchpoints - index) * 9 * 86_400
                sqlite3_bind_int64(insert, 1, Int64(person))
                sqlite3_bind_int64(insert, 2, Int64(ScoringBenchmark.now.seconds - age))
                sqlite3_bind_text(insert, 3, kind, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
                sqlite3_step(insert)
                sqlite3_reset(insert)
            }
        }
        sqlite3_finalize(insert)
        try run("COMMIT")
    }

    deinit { sqlite3_close(database) }

    private func run(_ sql: String) throws {
        guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else {
            throw Failed(message: String(cString: sqlite3_errmsg(database)))
        }
    }

    /// Calls `body` with each row, by person and time; the kind is a C string of SQLite's.
    @inline(__always)
    func each(_ body: (_ person: Int, _ at: Int, _ kind: UnsafePointer<UInt8>) -> Void) {
        var select: OpaquePointer?
        sqlite3_prepare_v2(
            database, "SELECT person_id, at, kind FROM touchpoint ORDER BY person_id, at", -1, &select, nil)
        while sqlite3_step(select) == SQLITE_ROW {
            guard let kind = sqlite3_column_text(select, 2) else { continue }
            body(Int(sqlite3_column_int64(select, 0)), Int(sqlite3_column_int64(select, 1)), kind)
        }
        sqlite3_finalize(select)
    }
}
