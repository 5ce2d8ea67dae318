import Host
import Intake
import Outreach

/// Looks through a workspace for files that still name somebody.
struct TraceSearch {
    let folder: WorkspaceFolder
    let traces: PersonTraces
    /// The files of the ledger itself, from which a person is erased by other means.
    private static let own: Set<String> = ["ledger.db", "ledger.db-wal", "ledger.db-shm"]
    private static let limit = 1 << 28

    /// What was found, by paths that start at the workspace.
    struct Result {
        var named: [String] = []
        /// Too large, or closed to us.
        var unread: [String] = []
    }

    func search() throws -> Result {
        var result = Result()
        try search("", &result)
        return result
    }

    /// Git's own folder is left out: what it keeps is packed.
    private func search(_ path: String, _ result: inout Result) throws {
        for name in try Files.list(path.isEmpty ? folder.path : folder.join(path)) where name != ".git" {
            let entry = path.isEmpty ? name : "\(path)/\(name)"
            switch (try? Files.linkFacts(folder.join(entry)))?.kind {
            case .folder: try search(entry, &result)
            case .file where path == ".stoke" && Self.own.contains(name): break
            case .file: look(entry, &result)
            case .link, .other, nil: break
            }
        }
    }

    private func look(_ path: String, _ result: inout Result) {
        guard let octets = try? Files.read(folder.join(path), limit: Self.limit) else {
            result.unread.append(path)
            return
        }
        // A path may name somebody, too.
        if traces.isNamed(in: octets) || traces.isNamed(in: Array(path.utf8)) { result.named.append(path) }
    }

    /// Whether the files that were applied last name them: they stand in the ledger until the next `apply`.
    func isApplied(_ snapshot: Snapshot?) -> Bool {
        snapshot?.files.contains { traces.isNamed(in: $0.bytes) } ?? false
    }
}
