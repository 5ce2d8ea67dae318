#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An exclusive `flock` on a file or on a folder itself; let go when this object goes, and when the process ends, however.
///
/// Children do not inherit it (O_CLOEXEC): an inherited one would outlive us.
package final class FileLock: Sendable {
    private let file: FileDescriptor

    private init(_ file: consuming FileDescriptor) { self.file = file }

    /// The lock on `path`, or `nil` where another process (or another object of this one) holds it.
    ///
    /// A folder is locked as it is; a file that is missing is made, mode 0600.
    ///
    /// - Throws: `HostError` when `path` can't be opened or its file system has no locks.
    package static func attempt(_ path: String) throws(HostError) -> FileLock? {
        let file = try opened(path)
        if retrying({ flock(file.number, LOCK_EX | LOCK_NB) }) == 0 { return FileLock(file) }
        guard errno == EWOULDBLOCK else { throw HostError(.lock, path) }
        return nil
    }

    /// The lock on `path`, waited for up to `seconds`; `nil` where it was held all that time.
    ///
    /// - Throws: as `attempt`.
    package static func wait(_ path: String, seconds: Double) throws(HostError) -> FileLock? {
        let deadline = Clocks.monotonic() + .seconds(seconds)
        var pause = Duration.milliseconds(1)
        while true {
            if let lock = try attempt(path) { return lock }
            let now = Clocks.monotonic()
            guard now < deadline else { return nil }
            Clocks.sleep(min(pause, deadline - now))
            pause = min(pause * 2, .milliseconds(50))
        }
    }

    private static func opened(_ path: String) throws(HostError) -> FileDescriptor {
        if try Files.facts(path)?.kind == .folder {
            return try FileDescriptor(path, O_RDONLY | O_DIRECTORY, for: .lock)
        }
        return try FileDescriptor(path, O_RDWR | O_CREAT, mode: 0o600, for: .lock)
    }
}
