import Digest
package import Outreach

extension Snapshot {
    /// A snapshot of `files`, in any order.
    package init(_ files: [File]) {
        let sorted = files.sorted { $0.path < $1.path }
        self.init(hash: Snapshot.hash(of: sorted), files: sorted)
    }

    /// The folders of a workspace that hold its files; `stoke.yaml` and `qualification.yaml` stand at the top.
    package static let folders = ["sequences", "templates", "signatures", "calendars"]

    /// Whether a path, relative to the workspace with `/` between, is one of its files; hidden files and editors'
    /// copies are none.
    package static func contains(path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard let folder = parts.first, let name = parts.last,
            !parts.contains(where: { $0.isEmpty || $0.hasPrefix(".") })
        else { return false }
        if name.hasSuffix("~") || name.hasPrefix("#") { return false }
        if parts.count == 1 {
            return ["stoke.yaml", "qualification.yaml", "stoke.yml", "qualification.yml"].contains(name)
        }
        return folders.contains(String(folder)) && endings.contains { name.hasSuffix($0) }
    }

    private static let endings = [".yaml", ".yml", ".md", ".txt", ".html", ".ics"]

    /// SHA-256 over the names and contents of files that are sorted by path, 64 hex digits.
    static func hash(of files: [File]) -> String {
        var hash = SHA256()
        for file in files {
            hash.update("\(file.path.utf8.count):\(file.path):\(file.bytes.count):")
            hash.update(file.bytes)
        }
        return hash.finish().hex
    }

    /// SHA-256 of one file, 64 hex digits.
    static func hash(of bytes: [UInt8]) -> String { SHA256.hash(bytes).hex }
}
