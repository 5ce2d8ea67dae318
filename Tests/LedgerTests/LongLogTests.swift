import Foundation
import TestKit
import Testing

@testable import SQLiteLedger

/// A log that is long enough to be folded in, while somebody reads an older state of the ledger.
@Suite struct `A long log` {
    /// One write that makes the log longer by so many pages of 4 KB.
    private func grow(_ db: Connection, pages: Int) throws {
        try db.execute("BEGIN IMMEDIATE; INSERT INTO filler(octets) VALUES(zeroblob(\(pages * 4000))); COMMIT")
    }

    @Test func `is tried again only once it has grown by a good deal, and folded in when nobody is in the way`() throws
    {
        let folder = try TemporaryFolder()
        let path = folder.path("long.db")
        try Data().write(to: URL(filePath: path))
        let writer = try Connection(path, .write)
        try writer.execute("PRAGMA journal_mode=WAL; CREATE TABLE filler(id INTEGER PRIMARY KEY, octets BLOB)")
        var tries = 0
        var isFolded = false
        writer.foldsLog { _, fold in
            tries += 1
            isFolded = fold()
        }
        let reader = try Connection(path, .read)
        try reader.execute("BEGIN; SELECT count(*) FROM filler")

        for _ in 0..<17 { try grow(writer, pages: 1000) }
        #expect(tries >= 1 && !isFolded, "somebody reads what was before")
        let before = tries
        for _ in 0..<300 { try grow(writer, pages: 1) }
        #expect(tries - before <= 1, "\(tries - before) tries for 300 commits")

        try reader.execute("COMMIT")
        for _ in 0..<3 where !isFolded { try grow(writer, pages: 1000) }
        #expect(isFolded)
        // Whoever writes next begins the log anew.
        try grow(writer, pages: 1)
        #expect(writer.logFrames < 100, "\(writer.logFrames) frames")
        tries = 0
        for _ in 0..<17 { try grow(writer, pages: 1000) }
        #expect(tries >= 1, "the next long log is folded in as the first one was")
    }
}
