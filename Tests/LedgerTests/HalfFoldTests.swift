import CivilTime
import Facts
import Foundation
import Ledger
import Outreach
import TestKit
import Testing

@testable import SQLiteLedger

/// A kill amid the folding of the log into the ledger, and the log lost before anybody opens the ledger again.
@Suite struct `A log that is lost amid its fold` {
    private enum Loss: String, CaseIterable {
        case removed, emptied
        case cut = "cut in its head"
        case flipped = "a bit of its head flipped"
    }

    @Test func `is noticed at every page but the last, and harmless once the last is folded in`() throws {
        let (folder, amid) = (try TemporaryFolder(), try TemporaryFolder())
        let before = try fold(in: folder, keepingIn: amid)
        let after = try Data(contentsOf: URL(filePath: Bed.place(folder).file))
        let pages = max(before.count, after.count) / 4096
        var (refused, opened) = (0, 0)
        for page in 0...pages {
            let half = after.prefix(page * 4096) + before.dropFirst(page * 4096)
            for loss in Loss.allCases {
                let copy = try TemporaryFolder()
                try FileManager.default.copyItem(atPath: amid.path("state"), toPath: copy.path("state"))
                try FileManager.default.copyItem(atPath: amid.path(".stoke"), toPath: copy.path(".stoke"))
                let place = Bed.place(copy)
                try half.write(to: URL(filePath: place.file))
                try lose(place.file + "-wal", loss)
                if half == after {
                    #expect(try SQLiteStore(place, clock: .real).person(withEmail: "p99@x.example") != nil)
                    opened += 1
                    continue
                }
                let error = #expect(throws: StoreError.self, "page \(page), \(loss.rawValue)") {
                    try SQLiteStore(place, clock: .real)
                }
                if case .needsAdoption? = error { refused += 1 }
            }
        }
        print("half folds: \(pages) pages, \(Loss.allCases.count) losses: \(refused) refused, \(opened) whole")
        #expect(refused > 4 * 8 && opened >= 4)
        #expect(refused + opened == (pages + 1) * Loss.allCases.count)
    }

    @Test func `is no reason to refuse once the fold is over`() throws {
        let (folder, amid) = (try TemporaryFolder(), try TemporaryFolder())
        _ = try fold(in: folder, keepingIn: amid)
        let mark = try HighWaterMark(Bed.place(folder), workspace: workspace(folder)).read()
        #expect(mark?.fold == nil)
        #expect(try SQLiteStore(Bed.place(folder), clock: .real).doubt() == nil)
    }

    /// Commits a hundred people and lets the log be folded in.
    ///
    /// - Returns: the ledger's file before the fold; `amid` gets the log and the state as they were while it went on.
    private func fold(in folder: TemporaryFolder, keepingIn amid: TemporaryFolder) throws -> Data {
        let place = Bed.place(folder)
        let store = try SQLiteStore(place, clock: .real)
        // The file has older pages of everything.
        for number in 0..<100 { try add(number, to: store) }
        try store.write { (writer) throws(StoreError) in try writer.scrub() }
        for number in 0..<100 {
            let note = Ledger.Operation.put(
                PersonEntry(
                    email: "p\(number)@x.example", facts: ["first_name": .text("P\(number)")], source: "again",
                    at: Bed.start))
            _ = try store.commit([note], epoch: nil)
        }
        try FileManager.default.copyItem(atPath: place.folder, toPath: amid.path(".stoke"))
        try? FileManager.default.removeItem(atPath: amid.path(".stoke/ledger.db-shm"))
        let mark = HighWaterMark(place, workspace: try workspace(folder))
        let wasCalled = mark.noting {
            try? FileManager.default.copyItem(atPath: place.state, toPath: amid.path("state"))
            return true
        }
        #expect(wasCalled)
        return try Data(contentsOf: URL(filePath: amid.path(".stoke/ledger.db")))
    }

    private func workspace(_ folder: TemporaryFolder) throws -> [UInt8] {
        let text = String(decoding: try folder.read(".stoke/workspace"), as: UTF8.self)
        let digits = Array(text.prefix { $0 != "\n" })
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }

    private func add(_ number: Int, to store: SQLiteStore) throws {
        let entry = PersonEntry(email: "p\(number)@x.example", facts: [:], source: "t", at: Bed.start)
        _ = try store.commit([.put(entry)], epoch: nil)
    }

    private func lose(_ log: String, _ loss: Loss) throws {
        var octets = try Data(contentsOf: URL(filePath: log))
        switch loss {
        case .removed: return try FileManager.default.removeItem(atPath: log)
        case .emptied: octets = Data()
        case .cut: octets = octets.prefix(20)
        case .flipped: octets[17] ^= 8
        }
        try octets.write(to: URL(filePath: log))
    }
}
