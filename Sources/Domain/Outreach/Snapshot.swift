/// The files of a workspace as they were applied.
package struct Snapshot: Sendable, Hashable {
    /// SHA-256 over names and contents, 64 hex digits.
    package var hash: String
    /// Path and content, sorted by path.
    package var files: [File]

    /// One file of the workspace.
    package struct File: Sendable, Hashable {
        /// Relative to the workspace, with `/` between.
        package var path: String
        /// Its octets as they were read.
        package var bytes: [UInt8]
        package init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    package init(hash: String, files: [File]) {
        self.hash = hash
        self.files = files
    }
}
