import CivilTime
import Facts
import Foundation
import Ledger
import Outreach
import Planning
import SQLiteLedger
import TestKit
import Testing

/// A sender is killed between its commits, again and again, and nobody gets a mail twice.
@Suite struct KillTests {
    private static let people = 60

    @Test(arguments: 1...20) func `a killed sender sends nothing twice and loses nothing silently`(_ round: Int) throws
    {
        let folder = try TemporaryFolder()
        try prepare(folder)
        var random = SeededRandom(seed: UInt64(round))
        var kills = 0
        while kills < 3 {
            let moment = (octets: random.int(0...150), microseconds: random.int(0...1500))
            guard try run(folder, killAt: moment) else { break }
            kills += 1
        }
        #expect(try !run(folder, killAt: nil), "the last run ends by itself")
        try judge(folder, kills: kills, "round \(round)")
    }

    /// The ledger with everybody in it, ready to be sent to.
    private func prepare(_ folder: TemporaryFolder) throws {
        let store = try SQLiteStore(Bed.place(folder), clock: .pretend)
        let people = (1...Self.people).map {
            Operation.put(PersonEntry(email: "p\($0)@example.org", facts: [:], source: "test", at: Bed.start))
        }
        _ = try store.commit(people, epoch: nil)
        let entries = (1...Self.people).map {
            Operation.enroll(
                EnrollmentEntry(
                    person: Person.ID($0), sequence: "outbound", round: 1, exclusive: true, version: "v", stepOrder: [],
                    tie: 0, at: Bed.start))
        }
        _ = try store.commit(entries, epoch: nil)
    }

    /// Runs the victim; true where it was killed before its end.
    ///
    /// - Parameter moment: how many octets of dots it has written before, and how much later it is killed.
    private func run(_ folder: TemporaryFolder, killAt moment: (octets: Int, microseconds: Int)?) throws -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: try #require(BuiltProgram.path("ledger-victim")))
        let place = Bed.place(folder)
        process.arguments = [place.folder, place.state, folder.path("dots"), "\(Self.people)"]
        try process.run()
        if let moment {
            while process.isRunning, size(folder.path("dots")) < moment.octets { usleep(100) }
            usleep(UInt32(moment.microseconds))
            kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
        if process.terminationReason == .exit { #expect(process.terminationStatus == 0) }
        return process.terminationReason == .uncaughtSignal
    }

    private func size(_ path: String) -> Int {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int(facts.st_size) : -1
    }

    private func judge(_ folder: TemporaryFolder, kills: Int, _ comment: Comment) throws {
        let store = try SQLiteStore(Bed.place(folder), clock: .pretend)
        #expect(try store.verify(at: Bed.start) == [], comment)
        let dots = String(decoding: try folder.read("dots"), as: UTF8.self).split(separator: "\n").compactMap {
            Int($0)
        }
        #expect(Set(dots).count == dots.count, "delivered twice: \(comment)")
        var unknown = 0
        for row in 1...Self.people {
            let messages = try store.history(of: Person.ID(row)).messages
            #expect(messages.count == 1, comment)
            switch messages.first?.state {
            case .sent: #expect(dots.contains(row), "sent is not delivered: \(comment)")
            case .unknown: unknown += 1
            default: Issue.record("\(row) is \(messages.first.map { "\($0.state)" } ?? "lost"): \(comment)")
            }
        }
        print("\(comment): \(kills) kills, \(dots.count) delivered, \(unknown) unknown")
        #expect(unknown <= kills * 5, "more unknown than kills times a group: \(comment)")
    }
}
