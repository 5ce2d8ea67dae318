import Foundation

/// Executables of this package, built beside its tests.
package enum BuiltProgram {
    /// Where `name` is; `nil` where it was not built.
    package static func path(_ name: String) -> String? {
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
        var folder = URL(filePath: bundle)
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let candidate = folder.appending(path: name).path(percentEncoded: false)
            if FileManager.default.isExecutableFile(atPath: candidate), !candidate.contains(".xctest/") {
                return candidate
            }
        }
        return nil
    }
}
