import Foundation

/// Recorded outputs under `Tests/Golden`: what a command or a report printed when somebody last looked at it.
///
/// `RECORD=1 swift test` writes what the tests see now, and the tests fail while recording; look at `git diff` then.
package enum Golden {
    /// What is wrong with `text` as the golden file `name`; `nil` where they are equal.
    package static func difference(_ name: String, _ text: String, file: String = #filePath) -> String? {
        guard let tests = file.range(of: "/Tests/") else { return "\(file) is not under Tests" }
        let url = URL(filePath: String(file[..<tests.lowerBound])).appending(path: "Tests/Golden/\(name)")
        if ProcessInfo.processInfo.environment["RECORD"] != nil {
            try? FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try? Data(text.utf8).write(to: url)
            return "recorded \(name); look at it and run again without RECORD"
        }
        guard let data = try? Data(contentsOf: url) else { return "no golden file \(name); run with RECORD=1" }
        let expected = String(decoding: data, as: UTF8.self)
        return expected == text ? nil : firstDifference(name, expected, text)
    }

    private static func firstDifference(_ name: String, _ expected: String, _ text: String) -> String {
        let a = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let b = text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = zip(a, b).enumerated().first { $1.0 != $1.1 }?.offset ?? min(a.count, b.count)
        let was = line < a.count ? String(a[line]) : "(end)"
        let now = line < b.count ? String(b[line]) : "(end)"
        return "\(name):\(line + 1) differs\n  golden: \(was)\n  now:    \(now)"
    }
}
