import TestKit
import Testing

/// The delivery promise by the built command, against a server that counts.
@Suite(.serialized, .enabled(if: Programs.exist("python3", "cc"))) struct `Never twice, never silently lost` {
    @Test func `a run that is killed at any call sends nothing twice and loses nothing`() throws {
        let (points, kills) = (Torture.size(usual: 600, full: 10_000), Torture.size(usual: 300, full: 10_000))
        let report = try Torture.report("kill_sweep.py", points, [String(kills)])
        #expect(report.status == 0, "\(report.text)")
        #expect(report.figures.contains(" \(kills) kills: 0 twice, 0 lost"))
        #expect(report.figures.contains("all of them from inside the window"))
    }

    @Test func `of many runs at once one works, and work by hand goes on meanwhile`() throws {
        let rounds = Torture.size(usual: 200, full: 1_000)
        let report = try Torture.report("overlap.py", rounds)
        #expect(report.status == 0, "\(report.text)")
        #expect(report.figures.hasPrefix("overlap: \(rounds) rounds"))
        #expect(report.figures.contains("; \(rounds) rounds with a lock of each run's own"))
        #expect(report.figures.contains(": 0 twice, 0 findings"))
    }

    @Test func `a disk that fails loses no record of what was sent`() throws {
        let report = try Torture.report("disk.py", Torture.size(usual: 200, full: 2_000))
        #expect(report.status == 0, "\(report.text)")
        #expect(report.figures.contains(": 0 twice"))
        #expect(report.figures.contains(" 0 findings"))
    }

    @Test func `one bad message in a thousand leaves the others sent once, whatever is wrong with it`() throws {
        let report = try Torture.report("one_bad.py", 1_000)
        #expect(report.status == 0, "\(report.text)")
        #expect(report.figures.contains(": 0 twice, 0 findings"))
    }

    @Test func `a password shows nowhere, whoever repeats it and whatever crashes`() throws {
        let report = try Torture.report("secrets_kept.py", 1)
        #expect(report.status == 0, "\(report.text)")
        #expect(report.figures.contains(" 0 findings"))
    }

    @Test func `a wrong password, bounces, policies and signals stop what they should, and nothing else`() throws {
        let report = try Torture.report("brakes.py", Torture.size(usual: 80, full: 800))
        #expect(report.status == 0, "\(report.text)")
        #expect(report.figures.contains(" 0 findings"))
    }
}
