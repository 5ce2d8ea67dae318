import Foundation
import TestKit

/// The built command in a workspace of its own.
struct Stoke {
    let folder: TemporaryFolder
    /// Passed with every command, so that a whole life is rehearsed.
    var now: String?

    /// The binary that was built beside the tests.
    static let binary: String = {
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
        var folder = URL(filePath: bundle)
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let candidate = folder.appending(path: "stoke").path(percentEncoded: false)
            if FileManager.default.isExecutableFile(atPath: candidate), !candidate.contains(".xctest/") {
                return candidate
            }
        }
        return "stoke"
    }()

    /// The package's own top level, which is the sample workspace.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// An empty folder.
    init(now: String? = nil) throws {
        folder = try TemporaryFolder()
        self.now = now
    }

    /// A copy of the sample workspace.
    static func sample(now: String? = nil) throws -> Stoke {
        let stoke = try Stoke(now: now)
        try FileManager.default.createDirectory(atPath: stoke.path, withIntermediateDirectories: true)
        for name in [
            "stoke.yaml", "qualification.yaml", "sequences", "templates", "signatures", "calendars", "prospects",
        ] {
            try FileManager.default.copyItem(
                at: root.appending(path: name), to: stoke.folder.url.appending(path: "work/\(name)"))
        }
        return stoke
    }

    /// The workspace's folder.
    var path: String { folder.path("work") }

    struct Output {
        var status: Int32
        var text: String
        var errors: String
    }

    /// Runs a command in the workspace; state and home are the test's own.
    @discardableResult
    func callAsFunction(_ arguments: String..., now: String? = nil, environment: [String: String] = [:]) throws
        -> Output
    {
        try run(arguments, now: now, environment: environment)
    }

    @discardableResult
    func run(_ arguments: [String], now: String? = nil, environment: [String: String] = [:]) throws -> Output {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        var variables = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path]
        variables["STOKE_STATE"] = folder.path("state")
        variables.merge(environment) { $1 }
        let clock = (now ?? self.now).map { ["--now", $0] } ?? []
        let result = try ChildProcess.run(
            Stoke.binary, arguments + clock, environment: variables, folder: path)
        return Output(status: result.status, text: result.text, errors: result.errorText)
    }

    /// Changes a file of the workspace.
    func edit(_ name: String, _ change: (String) -> String) throws {
        let text = String(decoding: try folder.read("work/\(name)"), as: UTF8.self)
        try folder.write("work/\(name)", text: change(text))
    }

    /// The result of a command with `--json`.
    func json(_ arguments: String..., now: String? = nil) throws -> Any {
        let output = try run(arguments + ["--json"], now: now)
        return try JSONSerialization.jsonObject(with: Data(output.text.utf8), options: .fragmentsAllowed)
    }
}
