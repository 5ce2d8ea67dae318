import Foundation
import TestKit
import Testing

/// The programs that do the command harm: they run the built command, do something to it, and count what a server got.
///
/// They are written in Python, so that nothing of Stoke judges Stoke.
enum Torture {
    /// `STOKE_TORTURE=full` asks for the sizes that take hours.
    static let isFull = ProcessInfo.processInfo.environment["STOKE_TORTURE"] == "full"

    /// Where the programs are.
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/torture")

    /// Runs a program with the built command and a folder of its own; its last line has the figures.
    ///
    /// - Parameter size: how much it does here and by `make torture`.
    static func run(_ name: String, _ size: (usual: Int, full: Int), _ more: [String] = []) throws {
        let stoke = try #require(BuiltProgram.path("stoke"), "the command is built beside its tests")
        let scratch = try TemporaryFolder()
        let program = folder.appending(path: name).path(percentEncoded: false)
        let number = isFull ? size.full : size.usual
        let result = try ChildProcess.run("python3", ["-B", program, stoke, String(number), scratch.path] + more)
        print(result.text.split(separator: "\n").last.map(String.init) ?? "\(name): no figures")
        #expect(result.status == 0, "\(result.text)\(result.errorText)")
    }
}
