import CivilTime
import Foundation
import Ledger
import Outreach
import Planning
import Testing

/// Each property over many random workspaces of up to 20 people and 14 days, in memory.
@Suite struct `In random workspaces` {
    #if DEBUG
        private static let usual = 25
    #else
        private static let usual = 600
    #endif
    /// How many in each of four parts; `STOKE_TORTURE=full` makes it 10,000 in all.
    static let count = ProcessInfo.processInfo.environment["STOKE_TORTURE"] == "full" ? 2500 : usual

    private static func seeds(_ part: Int, from first: UInt64) -> [UInt64] {
        (0..<count).map { first + UInt64(4 * $0 + part) }
    }

    @Test(arguments: 0..<4) func `every promise of a turn holds`(part: Int) throws {
        var (sends, tasks) = (0, 0)
        for seed in Self.seeds(part, from: 0) {
            let life = try RandomLife(RandomWorkspace(seed: seed))
            let audit = Audit()
            try life.run(days: 14, audit: audit)
            let findings = try audit.finish(life)
            #expect(findings.isEmpty, "seed \(seed): \(findings.prefix(3))")
            sends += life.sends.count
            tasks += life.opened.count
        }
        print("\(Self.count) workspaces: \(sends) mails, \(tasks) tasks, every promise held")
        #expect(sends > 0 && tasks > 0)
    }

    @Test(arguments: 0..<4) func `the order in which people came makes no difference`(part: Int) throws {
        var acts = 0
        for seed in Self.seeds(part, from: 100_000) {
            let workspace = RandomWorkspace(seed: seed)
            let one = try RandomLife(workspace)
            try one.run(days: 14)
            let other = try RandomLife(workspace, reversed: true)
            try other.run(days: 14)
            #expect(one.log == other.log, "seed \(seed)")
            acts += one.log.count
        }
        print("\(Self.count) workspaces, people in both orders: the same \(acts) mails and tasks")
        #expect(acts > 0)
    }

    @Test(arguments: 0..<4)
    func `with daily caps alone, every follow-up goes on its day, and new people keep coming`(part: Int) throws {
        var (followUps, begun, waiting) = (0, 0, 0)
        for seed in Self.seeds(part, from: 200_000) {
            let life = try RandomLife(RandomWorkspace(seed: seed, .plain), isNoisy: false)
            let audit = Audit()
            try life.run(days: 14, audit: audit)
            let findings = try audit.finish(life) + life.lateFollowUps
            #expect(findings.isEmpty, "seed \(seed): \(findings.prefix(3))")
            let own = try life.peopleBegun()
            #expect(own.begun > 0, "seed \(seed): nobody began")
            followUps += life.sends.count(where: \.isFollowUp)
            begun += own.begun
            waiting += own.waiting
        }
        print(
            "\(Self.count) workspaces: \(followUps) follow-ups, 0 late; \(begun) people begun, \(waiting) wait for a place"
        )
        #expect(followUps > 0)
    }
}
