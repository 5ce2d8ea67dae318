import Foundation
import TestKit
import Testing

/// The programs that do the command harm: they run the built command, do something to it, and count what a server got.
///
/// They are written in Python, so that nothing of Stoke judges Stoke.
enum Torture {
    private static let isFull = ProcessInfo.processInfo.environment["STOKE_TORTURE"] == "full"

    /// The usual size, or the one that takes hours where `STOKE_TORTURE=full` asks for it.
    static func size(usual: Int, full: Int) -> Int { isFull ? full : usual }

    /// Where the programs are.
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/torture")

    /// What a program said.
    struct Report {
        /// 0 where everything held.
        var status: Int32
        /// Its last line: what it did how often, and what came of it.
        var figures: String
        /// Everything it said: a line for each thing that did not hold.
        var text: String
    }

    /// Runs a program with the built command and a folder of its own, and prints its figures.
    ///
    /// - Parameter size: how much it does.
    static func report(_ name: String, _ size: Int, _ more: [String] = []) throws -> Report {
        let stoke = try #require(BuiltProgram.path("stoke"), "the command is built beside its tests")
        let scratch = try TemporaryFolder()
        let program = folder.appending(path: name).path(percentEncoded: false)
        let result = try ChildProcess.run("python3", ["-B", program, stoke, String(size), scratch.path] + more)
        let figures = result.text.split(separator: "\n").last.map(String.init) ?? ""
        print(figures.isEmpty ? "\(name): no figures" : figures)
        return Report(status: result.status, figures: figures, text: result.text + result.errorText)
    }
}
