import Outreach
import Workspace

/// How the files on disk stand to those that are live.
enum WorkspaceState {
    /// One line when the files have moved on since they were applied; `nil` when they are the same.
    static func staleness(_ office: Office) throws -> String? {
        try staleness(of: office.folder, since: office.model.hash)
    }

    /// - Parameter hash: of the files that were applied.
    static func staleness(of folder: WorkspaceFolder, since hash: String) throws -> String? {
        Snapshot(try folder.files()).hash == hash
            ? nil : "the files have changed since they were applied; stoke apply makes them live"
    }
}
