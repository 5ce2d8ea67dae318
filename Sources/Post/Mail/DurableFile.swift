import Host

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is on the disk when the call returns, with one sync each: in a Maildir, `tmp` already is the name beside.
enum DurableFile {
    /// Makes a new file, 0600, writes and syncs it.
    static func create(_ path: String, _ octets: [UInt8]) throws(HostError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw HostError(.write, path, .system(errno: errno)) }
        defer { _ = close(descriptor) }
        var written = 0
        while written < octets.count {
            let count = octets[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw HostError(.write, path, .system(errno: errno)) }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw HostError(.write, path, .system(errno: errno)) }
    }

    /// Makes a folder's entries durable.
    static func syncFolder(_ path: String) throws(HostError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw HostError(.write, path, .system(errno: errno)) }
        defer { _ = close(descriptor) }
        guard fsync(descriptor) == 0 else { throw HostError(.write, path, .system(errno: errno)) }
    }
}
