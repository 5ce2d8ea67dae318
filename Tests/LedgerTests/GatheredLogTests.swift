import CSQLite
import Foundation
import TestKit
import Testing

@testable import SQLiteLedger

/// The layer that gathers what SQLite writes to its log, over a log in memory that tells what reached it, and when.
@Suite struct `The gathered log` {
    private static let piece = 64 << 10
    private static let most = 1 << 20

    /// A log that is open through the layer, as SQLite would use it.
    private final class Log {
        let below: MemoryLayer
        private let file: UnsafeMutablePointer<sqlite3_file>
        private var methods: sqlite3_io_methods { file.pointee.pMethods.pointee }

        init() throws {
            below = try MemoryLayer()
            let layer = try #require(GatheredLog.register("gathered-\(UUID().uuidString)", over: below.vfs))
            let memory = UnsafeMutableRawPointer.allocate(byteCount: Int(layer.pointee.szOsFile), alignment: 16)
            file = memory.bindMemory(to: sqlite3_file.self, capacity: 1)
            let flags = SQLITE_OPEN_WAL | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            #expect(layer.pointee.xOpen(layer, nil, file, flags, nil) == SQLITE_OK)
        }

        deinit { UnsafeMutableRawPointer(file).deallocate() }

        func write(_ octets: [UInt8], at offset: Int) -> Int32 {
            methods.xWrite(file, octets, Int32(octets.count), Int64(offset))
        }
        func sync() -> Int32 { methods.xSync(file, SQLITE_SYNC_NORMAL) }
        func truncate(_ size: Int) -> Int32 { methods.xTruncate(file, Int64(size)) }
        func close() -> Int32 { methods.xClose(file) }
        func size() -> Int {
            var size: Int64 = -1
            #expect(methods.xFileSize(file, &size) == SQLITE_OK)
            return Int(size)
        }
        /// `nil` where the log has fewer octets.
        func read(_ count: Int, at offset: Int) -> [UInt8]? {
            var octets = [UInt8](repeating: 0xEE, count: count)
            return methods.xRead(file, &octets, Int32(count), Int64(offset)) == SQLITE_OK ? octets : nil
        }

        /// What reached the log, without what was only asked.
        var writes: [MemoryLayer.Call] { below.calls.filter { if case .write = $0 { true } else { false } } }
    }

    private static func octets(_ count: Int, from first: Int = 0) -> [UInt8] {
        (first..<first + count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    }

    @Test(arguments: [1, 24, 4120, piece - 1, piece, piece + 1, 2 * piece, 2 * piece + 1, most - 1, most])
    func `what is synced was written before, in pieces of 64 KB`(_ total: Int) throws {
        let log = try Log()
        let all = Self.octets(total)
        // As SQLite writes: the head of a frame, then its page.
        var (offset, part) = (0, 24)
        while offset < total {
            let count = min(part, total - offset)
            #expect(log.write(Array(all[offset..<offset + count]), at: offset) == SQLITE_OK)
            (offset, part) = (offset + count, part == 24 ? 4096 : 24)
        }
        #expect(log.below.calls == [], "nothing is written before it must be")
        #expect(log.sync() == SQLITE_OK)
        let pieces = stride(from: 0, to: total, by: Self.piece).map { start in
            MemoryLayer.Call.write(offset: start, count: min(Self.piece, total - start))
        }
        #expect(log.below.calls == pieces + [.sync])
        #expect(log.below.octets == all)
        #expect(log.sync() == SQLITE_OK)
        #expect(log.below.calls == pieces + [.sync, .sync], "what was written is not written again")
    }

    @Test func `more than a megabyte is not kept`() throws {
        let log = try Log()
        let all = Self.octets(Self.most + 4096)
        for offset in stride(from: 0, to: all.count, by: 4096) {
            #expect(log.write(Array(all[offset..<offset + 4096]), at: offset) == SQLITE_OK)
        }
        #expect(log.below.octets == Array(all[..<Self.most]))
        #expect(log.sync() == SQLITE_OK)
        #expect(log.below.octets == all)
    }

    @Test func `who reads, asks for the size or closes finds what was not yet written`() throws {
        for ask in 0..<4 {
            let log = try Log()
            #expect(log.write(Self.octets(100), at: 0) == SQLITE_OK)
            #expect(log.below.octets == [])
            switch ask {
            case 0: #expect(log.read(60, at: 40) == Array(Self.octets(100)[40...]))
            case 1: #expect(log.size() == 100)
            case 2: #expect(log.truncate(70) == SQLITE_OK)
            default: #expect(log.close() == SQLITE_OK)
            }
            #expect(log.below.octets == Array(Self.octets(100)[..<(ask == 2 ? 70 : 100)]))
            #expect(log.below.calls.first == .write(offset: 0, count: 100), "the write comes first")
            #expect(log.below.calls.count == 2)
        }
    }

    @Test(arguments: 0...3) func `a piece that can't be written fails the sync, and nothing is synced`(
        _ failing: Int
    ) throws {
        let log = try Log()
        let all = Self.octets(3 * Self.piece + 5)
        #expect(log.write(all, at: 0) == SQLITE_OK)
        log.below.failsAtWrite = failing
        #expect(log.sync() == SQLITE_FULL)
        #expect(log.writes.count == failing, "nothing is tried behind the piece that failed")
        #expect(!log.below.calls.contains(.sync))
        #expect(log.below.octets == Array(all[..<(failing * Self.piece)]))
        // What SQLite does then: it rolls back, and writes the next commit over the place.
        let next = Self.octets(4096, from: 7)
        #expect(log.write(next, at: 0) == SQLITE_OK)
        #expect(log.sync() == SQLITE_OK)
        #expect(Array(log.below.octets[..<4096]) == next)
        #expect(log.below.calls.last == .sync)
    }

    @Test func `whatever is asked in whatever order, the log has what a plain file would have`() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededRandom(seed: seed)
        var asked = 0
        for _ in 0..<20 {
            let log = try Log()
            var plain: [UInt8] = []
            for _ in 0..<300 {
                asked += 1
                switch random.int(0...9) {
                case 0...6:
                    // Mostly on from the end; now and then over what is there.
                    let offset = random.oneIn(8) ? random.int(0...plain.count) : plain.count
                    let part = Self.octets(random.pick([8, 24, 4096, 70_000]), from: random.int(0...999))
                    #expect(log.write(part, at: offset) == SQLITE_OK)
                    plain.replaceSubrange(offset..<min(offset + part.count, plain.count), with: part)
                case 7:
                    let offset = random.int(0...plain.count)
                    let count = random.int(1...5000)
                    let there = Array(plain.dropFirst(offset).prefix(count))
                    #expect(log.read(count, at: offset) == (there.count == count ? there : nil), "seed \(seed)")
                case 8: #expect(log.size() == plain.count, "seed \(seed)")
                default:
                    if random.oneIn(3) {
                        let size = random.int(0...plain.count)
                        #expect(log.truncate(size) == SQLITE_OK)
                        plain.removeLast(plain.count - size)
                    } else {
                        #expect(log.sync() == SQLITE_OK)
                        #expect(log.below.octets == plain, "seed \(seed)")
                    }
                }
            }
            #expect(log.close() == SQLITE_OK)
            #expect(log.below.octets == plain, "seed \(seed)")
        }
        print("gathered log: \(asked) calls in random order as on a plain file (seed \(seed))")
    }

    // MARK: Under SQLite itself

    /// A database whose log lies in memory, with `synchronous=FULL`, as a ledger's.
    private final class Database {
        let below: MemoryLayer
        let path: String
        private(set) var handle: OpaquePointer?

        init(_ folder: TemporaryFolder) throws {
            below = try MemoryLayer()
            path = folder.path("ledger.db")
            let layer = try #require(GatheredLog.register("gathered-\(UUID().uuidString)", over: below.vfs))
            let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            #expect(sqlite3_open_v2(path, &handle, flags, layer.pointee.zName) == SQLITE_OK)
            #expect(run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0") == SQLITE_OK)
            #expect(run("CREATE TABLE t(id INTEGER PRIMARY KEY, octets BLOB)") == SQLITE_OK)
        }

        deinit { sqlite3_close_v2(handle) }

        func run(_ statements: String) -> Int32 { sqlite3_exec(handle, statements, nil, nil, nil) & 0xFF }

        func number(_ query: String) -> Int {
            var statement: OpaquePointer?
            defer { sqlite3_finalize(statement) }
            guard sqlite3_prepare_v2(handle, query, -1, &statement, nil) == SQLITE_OK,
                sqlite3_step(statement) == SQLITE_ROW
            else { return -1 }
            return Int(sqlite3_column_int64(statement, 0))
        }
    }

    private static let insert = "INSERT INTO t(octets) VALUES(randomblob(20000));"

    @Test func `each commit's frames are sound, and synced before SQLite says that it is made`() throws {
        let folder = try TemporaryFolder()
        let database = try Database(folder)
        for rows in 1...12 {
            database.below.calls = []
            let statements = String(repeating: Self.insert, count: rows)
            #expect(database.run("BEGIN IMMEDIATE; \(statements) COMMIT") == SQLITE_OK)
            let end = try #require(database.below.calls.lastIndex(of: .sync), "a commit syncs")
            #expect(!database.below.calls[end...].contains { if case .write = $0 { true } else { false } })
            // What a crash would leave now: the file as it was, and the log as it is.
            let ledger = Array(try Data(contentsOf: URL(filePath: database.path)))
            let path = try folder.write("after-\(rows).db", ledger)
            try folder.write("after-\(rows).db-wal", database.below.octets)
            let said = try ChildProcess.python(Self.reader, [path])
            let frames = (database.below.octets.count - 32) / 4120
            let wanted = "\(frames) frames, \(rows * (rows + 1) / 2) rows, ok\n"
            #expect(String(decoding: said, as: UTF8.self) == wanted)
        }
    }

    /// Checks a log by the words of SQLite's file format, then reads it by Python's SQLite.
    private static let reader = """
        import sqlite3, struct, sys
        log = open(sys.argv[1] + "-wal", "rb").read()
        magic, version, page, sequence, salt1, salt2, sum1, sum2 = struct.unpack(">8I", log[:32])
        order = ">" if magic & 1 else "<"
        def add(octets, s0, s1):
            for x, y in struct.iter_unpack(order + "2I", octets):
                s0 = (s0 + x + s1) & 0xFFFFFFFF
                s1 = (s1 + y + s0) & 0xFFFFFFFF
            return s0, s1
        sums = add(log[:24], 0, 0)
        assert magic & ~1 == 0x377F0682 and sums == (sum1, sum2), "head"
        frames, place = 0, 32
        while place < len(log):
            number, size, one, two, first, second = struct.unpack(">6I", log[place:place + 24])
            octets = log[place + 24:place + 24 + page]
            sums = add(octets, *add(log[place:place + 8], *sums))
            assert len(octets) == page and (one, two) == (salt1, salt2) and sums == (first, second), frames
            frames, place = frames + 1, place + 24 + page
        assert size > 0, "the last one commits"
        db = sqlite3.connect(sys.argv[1])
        rows = db.execute("SELECT count(*) FROM t WHERE length(octets) = 20000").fetchone()[0]
        print(f"{frames} frames, {rows} rows, {db.execute('PRAGMA integrity_check').fetchone()[0]}")
        """

    @Test func `a commit whose log can't be written is none, wherever it fails, and the next one is`() throws {
        let folder = try TemporaryFolder()
        let database = try Database(folder)
        var (made, failed) = (0, 0)
        for failing in 0..<12 {
            let before = database.number("SELECT count(*) FROM t")
            database.below.failsAtWrite = failing
            let statements = String(repeating: Self.insert, count: 30)
            let code = database.run("BEGIN IMMEDIATE; \(statements) COMMIT")
            if database.below.failsAtWrite == nil {
                failed += 1
                #expect(code == SQLITE_FULL, "write \(failing)")
                _ = database.run("ROLLBACK")
                #expect(database.number("SELECT count(*) FROM t") == before, "write \(failing)")
            } else {
                database.below.failsAtWrite = nil
                #expect(code == SQLITE_OK)
                made += 1
            }
            #expect(database.run(Self.insert) == SQLITE_OK, "the next commit is made")
            #expect(database.number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check='ok'") == 1)
        }
        // 30 rows of 20,000 octets are ten pieces or so.
        #expect(failed >= 8 && made >= 1, "\(failed) failed, \(made) made")
        #expect(database.number("SELECT count(*) FROM t") == 12 + 30 * made)
    }
}
