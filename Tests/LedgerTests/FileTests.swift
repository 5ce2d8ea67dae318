import CivilTime
import Facts
import Foundation
import Ledger
import Outreach
import Planning
import SQLiteLedger
import TestKit
import Testing

/// What only a ledger on a disk promises.
@Suite struct FileTests {
    private let run = RunEntry(host: "here", pid: 1, version: "0")

    private func open(_ folder: TemporaryFolder, clock: LedgerClock = .real) throws -> SQLiteStore {
        try SQLiteStore(Bed.place(folder), clock: clock)
    }

    private func add(_ name: String, to store: SQLiteStore) throws {
        let entry = PersonEntry(email: "\(name)@x.example", facts: [:], source: "t", at: Bed.start)
        #expect(try store.commit([.put(entry)], epoch: nil).count == 1)
    }

    /// Another tool's view of the file, by Python's own SQLite.
    private func sql(_ folder: TemporaryFolder, _ statement: String) throws -> String {
        let script = """
            import sqlite3, sys
            db = sqlite3.connect(sys.argv[1])
            try:
                rows = db.execute(sys.argv[2]).fetchall(); db.commit(); print(rows)
            except Exception as e: print("error:", e)
            """
        let output = try ChildProcess.python(script, [Bed.place(folder).file, statement])
        return String(decoding: output, as: UTF8.self)
    }

    @Test func `the ledger is there when it is opened again, and only its user may read it`() throws {
        let folder = try TemporaryFolder()
        do {
            let store = try open(folder)
            try add("a", to: store)
            for path in [".stoke", ".stoke/ledger.db", ".stoke/ledger.db-wal", ".stoke/workspace"] {
                let mode =
                    try FileManager.default.attributesOfItem(atPath: folder.path(path))[.posixPermissions] as? Int
                #expect(mode == (path == ".stoke" ? 0o700 : 0o600), "\(path)")
            }
        }
        #expect(try open(folder).person(withEmail: "a@x.example") != nil)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(".stoke"))
        #expect(!names.contains("ledger.db-wal"), "the last writer leaves one file")
        #expect(try SQLiteStore(reading: Bed.place(folder)).person(withEmail: "a@x.example") != nil)
    }

    @Test func `a reader writes nothing, and finds nothing where nothing was born`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: StoreError.self) { try SQLiteStore(reading: Bed.place(folder)) }
        #expect(!FileManager.default.fileExists(atPath: folder.path(".stoke/ledger.db")))
        try add("a", to: try open(folder))
        let reader = try SQLiteStore(reading: Bed.place(folder))
        #expect(throws: StoreError.notWritten(reason: "the ledger was opened to be read")) {
            try reader.commit([.endPauses(at: Bed.start)], epoch: nil)
        }
    }

    @Test func `a reader sees what is committed while it is open, and a writer is not held up`() throws {
        let folder = try TemporaryFolder()
        let (store, other) = (try open(folder), try open(folder))
        let reader = try SQLiteStore(reading: Bed.place(folder))
        for name in ["a", "b", "c"] {
            try add(name, to: name == "b" ? other : store)
            for each in [store, other, reader] { #expect(try each.person(withEmail: "\(name)@x.example") != nil) }
        }
    }

    @Test func `real and pretend time never meet in one ledger`() throws {
        for clock in LedgerClock.allCases {
            let folder = try TemporaryFolder()
            #expect(try open(folder, clock: clock).clock() == clock)
            let other: LedgerClock = clock == .real ? .pretend : .real
            #expect(throws: StoreError.wrongClock(isPretend: clock == .pretend)) { try open(folder, clock: other) }
            #expect(try open(folder, clock: clock).clock() == clock)
        }
    }

    @Test func `touchpoints are append-only, whoever writes`() throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        try add("a", to: store)
        try add("b", to: store)
        let touchpoint = Touchpoint(
            person: Person.ID(1), kind: .reply, at: Bed.start, recordedAt: Bed.start, sourceKey: "k", detail: ["a": "b"]
        )
        _ = try store.commit([.record(touchpoint, .none)], epoch: nil)
        let forbidden = [
            "DELETE FROM touchpoint", "UPDATE touchpoint SET at=at+1", "UPDATE touchpoint SET kind='meeting'",
            "UPDATE touchpoint SET detail='{}'", "UPDATE touchpoint SET person_id=2, detail=NULL, source_key=NULL",
            "UPDATE touchpoint SET person_id=2", "UPDATE touchpoint SET recorded_at=0, detail=NULL, source_key=NULL",
            "UPDATE touchpoint SET step='x'",
        ]
        for statement in forbidden { #expect(try sql(folder, statement).contains("append-only"), "\(statement)") }
        #expect(try store.history(of: Person.ID(1)).touchpoints.map(\.detail) == [["a": "b"]])
        #expect(try sql(folder, "UPDATE touchpoint SET detail=NULL, source_key=NULL").hasPrefix("[]"))
        #expect(try store.history(of: Person.ID(1)).touchpoints.map(\.detail) == [[:]])
    }

    @Test func `a forgotten person's bytes are in no file any more`() throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        let name = "Zacharias-Quellwasser"
        let facts: Record = [
            "first_name": .text(name), "note": .text("\(name) \(String(repeating: "x", count: 9000))"),
        ]
        let entry = PersonEntry(email: "\(name)@x.example", facts: facts, source: "t", at: Bed.start)
        _ = try store.commit([.put(entry)], epoch: nil)
        let touchpoint = Touchpoint(
            person: Person.ID(1), kind: .reply, at: Bed.start, recordedAt: Bed.start, detail: ["text": .text(name)])
        _ = try store.commit([.record(touchpoint, .none)], epoch: nil)
        let found = { () throws -> [String] in
            try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { path in
                let file = folder.url.appending(path: path)
                guard let data = try? Data(contentsOf: file) else { return false }
                return data.range(of: Data("Quellwasser".utf8)) != nil
            }
        }
        #expect(try !found().isEmpty)
        #expect(try store.commit([.forget(Person.ID(1), keyedHash: "h", at: Bed.start)], epoch: nil) == [.done])
        #expect(try found() == [])
    }

    @Test func `a restored copy refuses until it is adopted`() throws {
        let folder = try TemporaryFolder()
        let place = Bed.place(folder)
        let backup = folder.path("backup.db")
        do {
            let store = try open(folder)
            try add("a", to: store)
            try store.backup(to: backup)
            let mode = try FileManager.default.attributesOfItem(atPath: backup)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(throws: StoreError.self) { try store.backup(to: backup) }
            try add("b", to: store)
        }
        let lock = try RunLock.take(place, what: "restore")
        try SQLiteStore.restore(place, from: backup, holding: lock)
        #expect(try SQLiteStore(reading: place).person(withEmail: "b@x.example") == nil)
        let refusal = "the ledger has 1 commits of 2: it was restored or damaged"
        #expect(throws: StoreError.needsAdoption(reason: refusal)) { try open(folder) }
        let adopted = try SQLiteStore.adopt(place, holding: lock)
        #expect(adopted == SQLiteStore.Adopted(commits: 1, remembered: 2))
        let store = try open(folder)
        try add("c", to: store)
        #expect(try store.people(after: nil, limit: 9).count == 2)
        #expect(try store.verify(at: Bed.start) == [])
    }

    @Test func `a copy on another machine refuses until it is adopted`() throws {
        let (folder, other) = (try TemporaryFolder(), try TemporaryFolder())
        try add("a", to: try open(folder))
        try FileManager.default.copyItem(atPath: folder.path(".stoke"), toPath: other.path(".stoke"))
        #expect(throws: StoreError.self) { try open(other) }
        let lock = try RunLock.take(Bed.place(other), what: "adopt")
        #expect(try SQLiteStore.adopt(Bed.place(other), holding: lock).remembered == nil)
        try add("b", to: try open(other))
        try add("b", to: try open(folder))
    }

    @Test func `a ledger that is gone, empty or broken is never taken for a new one`() throws {
        let damages: [(String, (String) throws -> Void)] = [
            ("gone", { try FileManager.default.removeItem(atPath: $0) }),
            ("empty", { try Data().write(to: URL(filePath: $0)) }),
            (
                "text",
                { try Data("no database at all, but long enough for a header".utf8).write(to: URL(filePath: $0)) }
            ),
        ]
        for (name, damage) in damages {
            let folder = try TemporaryFolder()
            let place = Bed.place(folder)
            let backup = folder.path("backup.db")
            do {
                let store = try open(folder)
                try add("a", to: store)
                try store.backup(to: backup)
            }
            try damage(place.file)
            let error = #expect(throws: StoreError.self, "\(name)") { try open(folder) }
            if case .damaged? = error {} else { Issue.record("\(name): \(String(describing: error))") }
            let lock = try RunLock.take(place, what: "restore")
            try SQLiteStore.restore(place, from: backup, holding: lock)
            #expect(
                try open(folder).person(withEmail: "a@x.example") != nil, "nothing was lost, nothing to adopt: \(name)")
        }
    }

    @Test func `a folder whose ledger was swept away gets no new one unasked`() throws {
        let folder = try TemporaryFolder()
        try add("a", to: try open(folder))
        try FileManager.default.removeItem(atPath: folder.path(".stoke"))
        let error = #expect(throws: StoreError.self) { try open(folder) }
        guard case .damaged(let reason)? = error else { throw Bed.NoRow() }
        #expect(reason.contains("is gone, and this folder had one"))
        let words = reason.split(separator: " ")
        let memory = try #require(words.first { $0.hasSuffix(".folder") }.map(String.init))
        try FileManager.default.removeItem(atPath: memory)
        #expect(try open(folder).person(withEmail: "a@x.example") == nil, "who says so may start anew")
    }

    @Test func `a rehearsal's ledger may be swept away`() throws {
        let folder = try TemporaryFolder()
        do { _ = try SQLiteStore(Bed.place(folder), clock: .pretend) }
        try FileManager.default.removeItem(atPath: folder.path(".stoke"))
        _ = try SQLiteStore(Bed.place(folder), clock: .pretend)
    }

    @Test func `a backup that is none is not restored`() throws {
        let folder = try TemporaryFolder()
        let place = Bed.place(folder)
        try add("a", to: try open(folder))
        let lock = try RunLock.take(place, what: "restore")
        for bytes in [[], Array("SQLite format 3\u{0} or so".utf8)] {
            let path = try folder.write("broken.db", bytes)
            #expect(throws: StoreError.self) { try SQLiteStore.restore(place, from: path, holding: lock) }
        }
        #expect(try open(folder).person(withEmail: "a@x.example") != nil)
    }

    @Test func `a lost tail of the log is noticed by the mark`() throws {
        let folder = try TemporaryFolder()
        let copy = try TemporaryFolder()
        do {
            let store = try open(folder)
            for name in ["a", "b", "c"] { try add(name, to: store) }
            try FileManager.default.copyItem(atPath: folder.path(".stoke"), toPath: copy.path(".stoke"))
        }
        try FileManager.default.copyItem(atPath: folder.path("state"), toPath: copy.path("state"))
        let log = copy.path(".stoke/ledger.db-wal")
        try? FileManager.default.removeItem(atPath: copy.path(".stoke/ledger.db-shm"))
        var bytes = try Data(contentsOf: URL(filePath: log))
        bytes[bytes.count - 3000] ^= 1
        try bytes.write(to: URL(filePath: log))
        let error = #expect(throws: StoreError.self) { try open(copy) }
        if case .needsAdoption? = error {} else { Issue.record("\(String(describing: error))") }
    }

    /// What a kill in the midst of folding leaves: pages that are folded in already, the one with the count among them,
    /// and a log that the others still need.
    @Test(arguments: ["whole", "flipped in the middle", "flipped at its end", "cut", "begun anew", "gone"])
    func `a log that lost what was committed is noticed, though the count is folded in`(_ log: String) throws {
        let folder = try TemporaryFolder()
        let copy = try TemporaryFolder()
        do {
            let store = try open(folder)
            for name in ["a", "b", "c"] { try add(name, to: store) }
            try FileManager.default.copyItem(atPath: folder.path(".stoke"), toPath: copy.path(".stoke"))
        }
        try FileManager.default.copyItem(atPath: folder.path("state"), toPath: copy.path("state"))
        // The last to close has folded everything in.
        try Data(contentsOf: URL(filePath: folder.path(".stoke/ledger.db")))
            .write(to: URL(filePath: copy.path(".stoke/ledger.db")))
        try? FileManager.default.removeItem(atPath: copy.path(".stoke/ledger.db-shm"))
        let path = copy.path(".stoke/ledger.db-wal")
        var bytes = try Data(contentsOf: URL(filePath: path))
        #expect(bytes.count > 32 + 3 * 4120)
        switch log {
        case "flipped in the middle": bytes[bytes.count / 2] ^= 4
        case "flipped at its end": bytes[bytes.count - 100] ^= 1
        case "begun anew": bytes.replaceSubrange(8..<16, with: repeatElement(7, count: 8))
        case "cut": bytes = bytes.prefix(bytes.count - 4120)
        case "gone": bytes = Data()
        default: break
        }
        try bytes.write(to: URL(filePath: path))
        // Whoever closes a ledger last removes the log, and a kill may leave a new one's head by half.
        if ["whole", "begun anew", "gone"].contains(log) {
            #expect(try open(copy).person(withEmail: "c@x.example") != nil)
            return
        }
        let error = #expect(throws: StoreError.self) { try open(copy) }
        if case .needsAdoption? = error {} else { Issue.record("\(log): \(String(describing: error))") }
        let place = Bed.place(copy)
        _ = try SQLiteStore.adopt(place, holding: try RunLock.take(place, what: "adopt"))
        #expect(try open(copy).person(withEmail: "a@x.example") != nil)
    }

    @Test func `an older ledger is backed up and brought up, a newer one refused`() throws {
        let folder = try TemporaryFolder()
        let place = Bed.place(folder)
        try add("a", to: try open(folder))
        let next = Schema(steps: Schema.current.steps + ["CREATE TABLE novelty(id INTEGER PRIMARY KEY) STRICT;"])
        do {
            let store = try SQLiteStore(place, clock: .real, schema: next)
            #expect(try store.person(withEmail: "a@x.example") != nil)
        }
        #expect(try sql(folder, "SELECT count(*) FROM novelty").hasPrefix("[(0,)]"))
        let known = Schema.current.version
        #expect(throws: StoreError.newerSchema(found: known + 1, known: known)) { try open(folder) }
        #expect(throws: StoreError.newerSchema(found: known + 1, known: known)) { try SQLiteStore(reading: place) }
        let lock = try RunLock.take(place, what: "restore")
        try SQLiteStore.restore(place, from: folder.path(".stoke/before-\(known + 1).db"), holding: lock)
        #expect(try open(folder).person(withEmail: "a@x.example") != nil)
        let broken = Schema(steps: Schema.current.steps + ["CREATE TABLE a(b); CREATE TABLE person(b);"])
        try FileManager.default.removeItem(atPath: folder.path(".stoke/before-\(known + 1).db"))
        #expect(throws: StoreError.self) { try SQLiteStore(place, clock: .real, schema: broken) }
        #expect(try open(folder).person(withEmail: "a@x.example") != nil, "a failed step leaves the ledger as it was")
    }

    @Test func `one process runs at a time, and the other learns who`() throws {
        let folder = try TemporaryFolder()
        let place = Bed.place(folder)
        do {
            let lock = try RunLock.take(place, what: "run")
            let error = #expect(throws: StoreError.self) { try RunLock.take(place, what: "inbox") }
            guard case .running(let owner)? = error else { throw Bed.NoRow() }
            #expect(owner.hasPrefix("run, process \(ProcessInfo.processInfo.processIdentifier), since "))
            try add("a", to: try open(folder))
            withExtendedLifetime(lock) {}
        }
        _ = try RunLock.take(place, what: "inbox")
    }

    @Test func `commits of several processes stand side by side`() async throws {
        let folder = try TemporaryFolder()
        _ = try open(folder)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let store = try self.open(folder)
                    for number in 0..<25 { try self.add("p\(writer).\(number)", to: store) }
                }
            }
            try await group.waitForAll()
        }
        let store = try open(folder)
        #expect(try store.counts() == ["people": 100])
        #expect(try store.verify(at: Bed.start) == [])
    }

    @Test func `a difference between what is derived and its facts is told`() throws {
        let folder = try TemporaryFolder()
        let bed = try Bed(.sqlite)
        let epoch = try bed.begin()
        let id = try bed.admitted("a")
        #expect(try bed.fence(try bed.intend(id, epoch), epoch))
        let own = try #require(bed.folder)
        _ = try sql(own, "UPDATE mailbox_day SET fenced=7, projected=2")
        _ = try sql(own, "UPDATE person SET blocked=1")
        _ = try sql(own, "DELETE FROM fence")
        let late = try bed.store.verify(at: Bed.start) { _, _ in Bed.start - 1 }
        #expect(
            late == [
                "message 1: behind its fence, but no fence is counted",
                "mailbox ana, day \(Bed.today.dayNumber): 7 fences stored, 0 counted",
                "mailbox ana, day \(Bed.today.dayNumber): 2 expected emails stored, 0 counted",
                "person 1: blocked channels differ from the suppressions",
                "enrollment 1: wakes at \(Bed.start.seconds), may have to act at \(Bed.start.seconds - 1)",
            ])
        withExtendedLifetime(folder) {}
    }

    @Test func `every statement that serves a tick finds its rows by an index`() throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        let ofOneRow = ["meta", "lastEpoch", "newEpoch", "countCommit", "setWorkspace"]
        let ofFewRows = ["conclusions", "pauses", "suppressions", "runs", "lastSnapshot"]
        // A partial index has only what is asked for.
        let ofPartialIndexes = ["held", "openTasks", "sendCount"]
        let ofReports = [
            "counts", "fencedDifferences", "fencelessMessages", "projectedDays", "projectedRows", "sentWithoutResult",
            "messagesInState", "standingCounts", "closedTasks",
        ]
        #expect(
            try store.scanningStatements().sorted() == (ofOneRow + ofFewRows + ofPartialIndexes + ofReports).sorted())
    }
}
