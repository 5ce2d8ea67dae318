import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A program that runs beside a test, a server for one; ended by its process id with the value that started it.
///
/// `@unchecked Sendable`: nothing of it changes after `init`, and the system guards the pipes.
package final class RunningProgram: @unchecked Sendable {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let errorsPath: String
    private let scratch: TemporaryFolder

    /// Starts `program`, found on PATH; its input stays open until the end.
    package init(_ program: String, _ arguments: [String] = [], folder: String? = nil) throws {
        scratch = try TemporaryFolder()
        errorsPath = try scratch.write("errors", [])
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        if let folder { process.currentDirectoryURL = URL(filePath: folder) }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle(forWritingAtPath: errorsPath)
        try SignalMask.withNothingBlocked { try process.run() }
    }

    deinit { stop() }

    /// The process id.
    package var pid: Int32 { process.processIdentifier }

    /// Whether it is still there.
    package var isRunning: Bool { process.isRunning }

    /// What it wrote to its error output so far.
    package var errors: String { (try? scratch.read("errors")).map { String(decoding: $0, as: UTF8.self) } ?? "" }

    /// The next line of its output, without its end; blocks. `nil` when it ended.
    package func readLine() -> String? {
        var line: [UInt8] = []
        while let octet = try? output.fileHandleForReading.read(upToCount: 1)?.first {
            if octet == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(octet)
        }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }

    /// Ends it, and waits until it is gone.
    package func stop() {
        try? input.fileHandleForWriting.close()
        guard process.isRunning else { return }
        process.terminate()
        for _ in 0..<500 where process.isRunning { usleep(10_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
}

/// What a child inherits besides its files.
enum SignalMask {
    /// Calls `body` with no signal blocked on this thread.
    ///
    /// Threads of the test runner block most signals, and a child inherits that: it would never see SIGTERM.
    static func withNothingBlocked<Result>(_ body: () throws -> Result) rethrows -> Result {
        var nothing = sigset_t()
        var before = sigset_t()
        sigemptyset(&nothing)
        pthread_sigmask(SIG_SETMASK, &nothing, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        return try body()
    }
}
