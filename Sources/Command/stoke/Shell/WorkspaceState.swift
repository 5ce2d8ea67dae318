import Outreach
import Workspace

/// How the files on disk stand to those that are live.
enum WorkspaceState {
    /// One line when the files have moved on since they were applied; `nil` when they are the same.
    static func staleness(_ office: Office) throws -> String? {
        let current = Snapshot(try office.folder.files()).hash
        return current == office.model.hash
            ? nil : "the files have changed since they were applied; stoke apply makes them live"
    }
}
