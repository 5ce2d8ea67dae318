import Foundation

/// Runs a program to its end, for oracles and for tests of the built command.
package enum ChildProcess {
    package struct Result: Sendable {
        package var status: Int32
        package var output: [UInt8]
        package var errors: [UInt8]

        package var text: String { String(decoding: output, as: UTF8.self) }
        package var errorText: String { String(decoding: errors, as: UTF8.self) }
    }

    /// Runs `program`, found on PATH, gives it `input`, and waits.
    ///
    /// Output goes through files, so that a child that writes much never waits for us.
    package static func run(
        _ program: String, _ arguments: [String] = [], input: [UInt8] = [], environment: [String: String]? = nil,
        folder: String? = nil
    ) throws -> Result {
        let scratch = try TemporaryFolder()
        let inputPath = try scratch.write("input", input)
        let outputPath = try scratch.write("output", [])
        let errorsPath = try scratch.write("errors", [])
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        if let environment { process.environment = environment }
        if let folder { process.currentDirectoryURL = URL(filePath: folder) }
        process.standardInput = FileHandle(forReadingAtPath: inputPath)
        process.standardOutput = FileHandle(forWritingAtPath: outputPath)
        process.standardError = FileHandle(forWritingAtPath: errorsPath)
        try SignalMask.withNothingBlocked { try process.run() }
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: try scratch.read("output"), errors: try scratch.read("errors"))
    }

    /// Runs a Python script, the oracle of many tests; its output.
    /// - Throws: `Failed` with what it wrote to its error output.
    package static func python(_ script: String, _ arguments: [String] = [], input: [UInt8] = []) throws -> [UInt8] {
        let result = try run("python3", ["-c", script] + arguments, input: input)
        if result.status != 0 { throw Failed(status: result.status, errors: result.errorText) }
        return result.output
    }

    package struct Failed: Error, CustomStringConvertible {
        package var status: Int32
        package var errors: String

        package init(status: Int32, errors: String) {
            self.status = status
            self.errors = errors
        }

        package var description: String { "ended with status \(status): \(errors)" }
    }
}
