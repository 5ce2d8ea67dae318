import CivilTime
import Facts
import Foundation
import Ledger
import Outreach
import Planning
import SQLiteLedger
import TestKit
import Testing

/// A ledger that each version of the schema wrote is still read by this one.
@Suite struct FixtureTests {
    private func fixture(_ version: Int) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/ledger-\(version).db")
    }

    @Test(arguments: 1...Schema.current.version) func `a ledger of every version opens`(_ version: Int) throws {
        if ProcessInfo.processInfo.environment["RECORD"] != nil, version == Schema.current.version {
            try record(version)
            Issue.record("recorded \(fixture(version).lastPathComponent); run again without RECORD")
            return
        }
        let folder = try TemporaryFolder()
        let place = Bed.place(folder)
        let lock = try RunLock.take(place, what: "test")
        try FileManager.default.copyItem(atPath: fixture(version).path(percentEncoded: false), toPath: place.file)
        _ = try SQLiteStore.adopt(place, holding: lock)
        let store = try SQLiteStore(place, clock: .pretend)
        let findings = try store.verify(at: Bed.start)
        #expect(findings == [])
        let history = try store.history(of: Person.ID(1))
        #expect(history.person.facts["first_name"] == "Jörg")
        #expect(history.person.facts[path: ["company", "name"]] == "Nordlicht")
        #expect(history.messages.map(\.state) == [.sent])
        #expect(history.results.map(\.result) == ["sent"])
        #expect(history.touchpoints.map(\.kind) == [.emailSent])
        #expect(history.tasks.map(\.state) == [.open])
        #expect(try store.snapshot()?.files.map(\.path) == ["stoke.yaml"])
        #expect(try store.begin(RunEntry(host: "h", pid: 1, version: "0"), at: Bed.start) > Epoch(1))
    }

    @Test(arguments: 1..<Schema.current.version) func `who only looks brings an older ledger up, too`(
        _ version: Int
    ) throws {
        let folder = try TemporaryFolder()
        let place = Bed.place(folder)
        _ = try RunLock.take(place, what: "test")
        try FileManager.default.copyItem(atPath: fixture(version).path(percentEncoded: false), toPath: place.file)
        let store = try SQLiteStore(reading: place)
        #expect(try store.history(of: Person.ID(1)).messages.map(\.state) == [.sent])
        #expect(FileManager.default.fileExists(atPath: place.folder + "/before-\(version + 1).db"))
    }

    /// Something of everything, as this version writes it.
    private func record(_ version: Int) throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(Bed.place(folder), clock: .pretend)
        let epoch = try store.begin(RunEntry(host: "h", pid: 1, version: "0"), at: Bed.start)
        let person = PersonEntry(
            email: "joerg@nordlicht.example", linkedin: "in/joerg", facts: ["first_name": "Jörg"],
            company: ["name": "Nordlicht"], companyDomain: "nordlicht.example", source: "list", at: Bed.start)
        let enrollment = EnrollmentEntry(
            person: Person.ID(1), sequence: "outbound", round: 1, exclusive: true, version: "v1", stepOrder: ["intro"],
            tie: 3, at: Bed.start)
        let task = OutreachTask(
            id: 0, enrollment: Enrollment.ID(1), step: "call", kind: .call, owner: "ana", dueAt: Bed.start,
            openedAt: Bed.start)
        let sent = Touchpoint(
            person: Person.ID(1), kind: .emailSent, at: Bed.start, recordedAt: Bed.start, sourceKey: "k",
            detail: ["mailbox": "ana"])
        let message = MessageEntry(
            enrollment: Enrollment.ID(1), step: "intro", mailbox: "ana", messageID: "<1@stoke>", date: Bed.start,
            sha256: String(repeating: "0a", count: 32), subject: "Grüße")
        let snapshot = Snapshot(hash: "h", files: [Snapshot.File(path: "stoke.yaml", bytes: [0x61])])
        _ = try store.commit(
            [
                .apply(snapshot, at: Bed.start), .put(person), .enroll(enrollment),
                .decide(.admit(Enrollment.ID(1), mailbox: "ana", projected: [Bed.today + 3]), at: Bed.start),
                .intend(message), .fence(message: 1, at: Bed.start, day: Bed.today),
                .settle(message: 1, Settlement(state: .sent, reply: "250", touchpoint: sent), at: Bed.start),
                .decide(.open(task), at: Bed.start),
                .suppress(Suppression(scope: .domain, value: "else.example", reason: "r", at: Bed.start)),
                .pause(Pause(.mailbox("bo"), until: nil, reason: "r")),
            ], epoch: epoch)
        try store.finish(epoch, counts: ["sent": 1], exit: 0, at: Bed.start)
        try FileManager.default.createDirectory(
            at: fixture(version).deletingLastPathComponent(), withIntermediateDirectories: true)
        try? FileManager.default.removeItem(at: fixture(version))
        try store.backup(to: fixture(version).path(percentEncoded: false))
    }
}
