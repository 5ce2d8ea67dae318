import CivilTime
import Foundation
import Ledger
import Outreach
import Planning
import Testing

@Suite struct `In random workspaces` {
    #if DEBUG
        private static let usual = 25
    #else
        private static let usual = 600
    #endif
    /// How many of each; the environment may ask for more.
    static let count = ProcessInfo.processInfo.environment["STOKE_PROPERTIES"].flatMap(Int.init) ?? usual

    @Test(arguments: 0..<4) func `every promise of a turn holds`(part: Int) throws {
        var (sends, tasks) = (0, 0)
        for seed in (0..<Self.count).map({ UInt64(4 * $0 + part) }) {
            let life = try RandomLife(RandomWorkspace(seed: seed))
            let audit = Audit()
            try life.run(days: 14, audit: audit)
            let findings = try audit.finish(life)
            #expect(findings.isEmpty, "seed \(seed): \(findings.prefix(3))")
            sends += life.sends.count
            tasks += life.opened.count
        }
        print("\(Self.count) workspaces: \(sends) mails, \(tasks) tasks")
        #expect(sends > 0 && tasks > 0)
    }

    @Test func `the order in which people came makes no difference`() throws {
        for seed in (0..<Self.count).map({ UInt64(100_000 + $0) }) {
            let workspace = RandomWorkspace(seed: seed)
            let one = try RandomLife(workspace)
            try one.run(days: 14)
            let other = try RandomLife(workspace, reversed: true)
            try other.run(days: 14)
            #expect(one.log == other.log, "seed \(seed)")
        }
    }

    @Test func `with daily caps alone, every follow-up goes on its day, and new people keep coming`() throws {
        var (followUps, unseen, tooLate) = (0, 0, 0)
        for seed in (0..<Self.count).map({ UInt64(200_000 + $0) }) {
            let workspace = RandomWorkspace(seed: seed, .plain)
            let life = try RandomLife(workspace, isNoisy: false)
            try life.run(days: 14, audit: Audit())
            let findings = try Audit().finish(life)
            #expect(findings.isEmpty, "seed \(seed): \(findings.prefix(3))")
            for sent in life.sends where sent.isFollowUp {
                followUps += 1
                let zone = life.model.settings.timezone
                let late = zone.date(at: sent.at) - zone.date(at: sent.draft.dueAt)
                tooLate += late > 0 ? 1 : 0
            }
            unseen += try life.store.people(after: nil, limit: 100).count {
                try life.store.history(of: $0.id).messages.isEmpty
            }
        }
        print(
            "\(Self.count) plain workspaces: \(followUps) follow-ups, \(tooLate) a day late, \(unseen) people not begun after 14 days"
        )
        #expect(followUps > 0)
        #expect(tooLate * 1000 <= followUps, "\(tooLate) of \(followUps) follow-ups are late")
    }
}
