import TestKit
import Testing

/// The delivery promise by the built command, against a server that counts.
@Suite(.serialized, .enabled(if: Programs.exist("python3", "cc"))) struct `Never twice, never silently lost` {
    @Test func `a run that is killed at any call sends nothing twice and loses nothing`() throws {
        try Torture.run("kill_sweep.py", (usual: 600, full: 10_000), [Torture.isFull ? "10000" : "300"])
    }

    @Test func `of many runs at once one works, and work by hand goes on meanwhile`() throws {
        try Torture.run("overlap.py", (usual: 100, full: 1_000))
    }

    @Test func `a disk that fails loses no record of what was sent`() throws {
        try Torture.run("disk.py", (usual: 200, full: 2_000))
    }

    @Test func `one bad message in a thousand leaves the others sent once, whatever is wrong with it`() throws {
        try Torture.run("one_bad.py", (usual: 1_000, full: 1_000))
    }

    @Test func `a password shows nowhere, whoever repeats it and whatever crashes`() throws {
        try Torture.run("secrets_kept.py", (usual: 1, full: 1))
    }

    @Test func `a wrong password, bounces, policies and signals stop what they should, and nothing else`() throws {
        try Torture.run("brakes.py", (usual: 80, full: 800))
    }
}
