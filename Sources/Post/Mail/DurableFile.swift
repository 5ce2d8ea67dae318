#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The system said no; its words.
struct SystemFailure: Error {
    /// `No space left on device`.
    let words: String

    /// Of the last call that failed.
    init() { words = SystemFailure.words(errno) }

    /// The system's words for an error number.
    static func words(_ number: Int32) -> String { String(cString: strerror(number)) }
}

/// Files that are on the disk when the call returns.
enum DurableFile {
    /// Makes a new file, 0600, writes and syncs it.
    static func create(_ path: String, _ octets: [UInt8]) throws(SystemFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemFailure() }
        defer { _ = close(descriptor) }
        var written = 0
        while written < octets.count {
            let count = octets[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw SystemFailure() }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw SystemFailure() }
    }

    /// Makes a folder's entries durable.
    static func syncFolder(_ path: String) throws(SystemFailure) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemFailure() }
        defer { _ = close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SystemFailure() }
    }

    /// Makes a folder, 0700, unless it is there.
    static func makeFolder(_ path: String) throws(SystemFailure) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw SystemFailure() }
    }
}
