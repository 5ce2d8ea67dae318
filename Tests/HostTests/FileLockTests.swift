import Foundation
import Host
import struct Host.ChildProcess
import TestKit
import Testing

@Suite struct FileLockTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `a folder is locked itself, and free again when the lock goes`() throws {
        var lock = try FileLock.attempt(folder.path)
        #expect(lock != nil)
        #expect(try FileLock.attempt(folder.path) == nil)
        lock = nil
        #expect(try FileLock.attempt(folder.path) != nil)
        #expect(try Files.list(folder.path).isEmpty)
    }

    @Test func `a missing file is made, private, and locked`() throws {
        let path = folder.path("write")
        let lock = try FileLock.attempt(path)
        #expect(lock != nil)
        #expect(try Files.facts(path)?.isPrivate == true)
        #expect(throws: HostError.self) { try FileLock.attempt(folder.path("no/such")) }
    }

    @Test func `another process's lock is seen, with who it is, and gone when it is killed`() throws {
        let path = folder.path("write")
        let script =
            "import fcntl, sys, time; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX); print('locked', flush=True); time.sleep(600)"
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, path]
        process.standardOutput = output
        try process.run()
        defer { kill(process.processIdentifier, SIGKILL) }
        #expect(try output.fileHandleForReading.read(upToCount: 6) == Data("locked".utf8))
        #expect(try FileLock.attempt(path) == nil)
        let holder = try #require(FileLock.holder(path))
        #expect(holder.process == process.processIdentifier)
        #expect(holder.state != nil && (holder.age ?? -1) >= 0)
        kill(process.processIdentifier, SIGKILL)
        #expect(try FileLock.wait(path, seconds: 60) != nil)
    }

    @Test func `a lock that stays held is waited for no longer than asked`() throws {
        let lock = try FileLock.attempt(folder.path)
        #expect(lock != nil)
        #expect(try FileLock.wait(folder.path, seconds: 0.05) == nil)
    }

    @Test func `a child does not inherit a lock`() throws {
        var lock = try FileLock.attempt(folder.path)
        #expect(lock != nil)
        let path = folder.path
        let taken = Answer<Bool>()
        let worker = try Worker("child") {
            _ = try? ChildProcess(
                ["sh", "-c", "echo started >\(path)/started; sleep 2"], environment: .ofProcess()
            ).run()
            taken.give(true)
        }
        while !Files.exists(folder.path("started")) { Clocks.sleep(.milliseconds(5)) }
        lock = nil
        // The child lives on; were the lock its own too, it would still be held.
        #expect(try FileLock.attempt(folder.path) != nil)
        #expect(taken.value == nil)
        worker.join()
    }
}
