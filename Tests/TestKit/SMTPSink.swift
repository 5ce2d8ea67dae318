import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Postfix's `smtp-sink`, which writes each message into a file.
package final class SMTPSink: Sendable {
    /// Where it listens, on 127.0.0.1.
    package let port = Loopback.freePort()
    private let folder: TemporaryFolder
    private let program: RunningProgram

    /// Starts it.
    package init() throws {
        folder = try TemporaryFolder()
        chmod(folder.path, 0o777)
        // As root it must become somebody else.
        let user = getuid() == 0 ? ["-u", "nobody"] : []
        program = try RunningProgram(
            Programs.path("smtp-sink") ?? "smtp-sink", user + ["-d", folder.path("%M."), "127.0.0.1:\(port)", "100"])
        guard Loopback.waitForListener(on: port) else {
            throw ChildProcess.Failed(status: 1, errors: program.errors)
        }
    }

    /// How many messages it has.
    package var count: Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.count { (try? folder.read($0).count) ?? 0 > 0 && !$0.hasPrefix("input") }
    }

    /// The messages it has, once they are `count`; without the lines it puts before them.
    package func messages(_ count: Int) throws -> [[UInt8]] {
        for _ in 0..<500 {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                .filter { (try? folder.read($0).count) ?? 0 > 0 && !$0.hasPrefix("input") }
            if names.count >= count {
                usleep(100_000)
                return try names.map { try folder.read($0) }
            }
            usleep(20_000)
        }
        return []
    }
}
