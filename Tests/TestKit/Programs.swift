import Foundation

/// Programs of this machine that tests run, servers among them.
package enum Programs {
    /// Where `name` is, on PATH or where servers are kept; `nil` when it is not installed.
    package static func path(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = path.split(separator: ":").map(String.init)
        return (folders + ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"])
            .map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Whether all of `names` are installed.
    package static func exist(_ names: String...) -> Bool { names.allSatisfy { path($0) != nil } }
}
