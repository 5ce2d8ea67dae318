import Foundation
import TestKit
import Testing

@testable import Host
// Both TestKit and Host have one.
import struct Host.ChildProcess

@Suite struct ChildProcessTests {
    typealias Child = ChildProcess

    let environment = Environment.ofProcess()

    init() { signal(SIGPIPE, SIG_IGN) }

    private func text(_ command: [String], _ change: (inout Child) -> Void = { _ in }) throws -> String {
        var child = Child(command, environment: environment)
        change(&child)
        return String(decoding: try child.run().output, as: UTF8.self)
    }

    @Test func `arguments arrive as they are, without a shell`() throws {
        #expect(try text(["printf", "%s|", "a b", "$HOME", "`id`", "*", "", ";"]) == "a b|$HOME|`id`|*||;|")
    }

    @Test func `both outputs, the status and the signal are told apart`() throws {
        let ending = try Child(["sh", "-c", "echo out; echo err >&2; exit 3"], environment: environment).run()
        #expect(ending.output == Array("out\n".utf8))
        #expect(ending.errors == Array("err\n".utf8))
        #expect(ending.status == .exited(3))
        #expect(try Child(["sh", "-c", "kill -9 $$"], environment: environment).run().status == .signalled(9))
    }

    @Test func `much input and output go both ways at once`() throws {
        var child = Child(["cat"], environment: environment)
        child.input = [UInt8](repeating: 120, count: 3_000_000)
        child.outputLimit = 3_000_000
        #expect(try child.run().output == child.input)
        child.outputLimit = 2_999_999
        #expect(throws: HostError(.run, "cat", .tooLarge(limit: 2_999_999))) { try child.run() }
    }

    @Test func `a child that does not read its input ends well`() throws {
        var child = Child(["true"], environment: environment)
        child.input = [UInt8](repeating: 120, count: 1_000_000)
        #expect(try child.run().status == .exited(0))
    }

    @Test func `it has the variables and the folder that it is given, and no others`() throws {
        let folder = try TemporaryFolder()
        let ending = try text(["/usr/bin/env"]) { $0.environment = Environment(["A": "1", "B": "x=y\nz"]) }
        #expect(ending == "A=1\nB=x=y\nz\n")
        #expect(try text(["pwd", "-P"]) { $0.folder = folder.path } == Files.resolve(folder.path) + "\n")
    }

    @Test func `it inherits no open file and ignores no signal`() throws {
        let path = try TemporaryFolder()
        let lock = try FileLock.attempt(path.path)
        #expect(lock != nil)
        let output = try text([
            "python3", "-c", "import os, signal; print(sorted(map(int, os.listdir('/proc/self/fd')))[:4])",
        ])
        #expect(output == "[0, 1, 2, 3]\n")  // 3 is the listing itself
        let status = try text(["grep", "-h", "-e", "SigIgn", "-e", "SigBlk", "/proc/self/status"])
        let masks = status.split(whereSeparator: \.isWhitespace).compactMap { UInt64($0, radix: 16) }
        // The C library keeps the first signals behind the 31 named ones to itself.
        #expect(masks.map { $0 & 0x7FFF_FFFF } == [0, 0])
    }

    @Test func `a child is killed as soon as we are asked to stop, long before its time is over`() throws {
        let folder = try TemporaryFolder()
        let begun = folder.path("begun")
        var child = Child(["sh", "-c", "touch '\(begun)'; exec sleep 600"], environment: environment)
        child.timeLimit = .seconds(3600)
        child.isCancelled = { FileManager.default.fileExists(atPath: begun) }
        #expect(throws: HostError(.run, "sh", .cancelled)) { try child.run() }
        let secret = SecretSource.command(child.command)
        #expect(throws: HostError(.readSecret, "sh", .cancelled)) {
            try secret.read(environment, timeLimit: .seconds(3600)) { true }
        }
        // One that has closed its outputs and goes on is waited for in another place.
        child.command = ["sh", "-c", "exec >&- 2>&-; sleep 600"]
        #expect(throws: HostError(.run, "sh", .cancelled)) { try child.run() }
    }

    @Test func `a child that takes too long is killed with its own children`() throws {
        let folder = try TemporaryFolder()
        var child = Child(["sh", "-c", "sleep 600 & echo $! >\(folder.path)/pid; wait"], environment: environment)
        child.timeLimit = .seconds(1)
        #expect(throws: HostError(.run, "sh", .timedOut(seconds: 1))) { try child.run() }
        let text = String(decoding: try folder.read("pid"), as: UTF8.self).trimmingCharacters(
            in: .whitespacesAndNewlines)
        let grandchild = try #require(Int32(text))
        for _ in 0..<2000 where kill(grandchild, 0) == 0 && !isZombie(grandchild) { Clocks.sleep(.milliseconds(5)) }
        #expect(kill(grandchild, 0) != 0 || isZombie(grandchild))
    }

    private func isZombie(_ process: Int32) -> Bool {
        (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8).contains("State:\tZ")) ?? true
    }

    @Test func `what can't be started says why`() {
        #expect(throws: HostError(.run, "no-such-program", .system(errno: ENOENT))) {
            try Child(["no-such-program"], environment: environment).run()
        }
        #expect(throws: HostError(.run, "(no command)", .empty)) { try Child([], environment: environment).run() }
    }
}
