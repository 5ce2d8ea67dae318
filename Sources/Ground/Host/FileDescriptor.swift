#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An open file of this process; closed when it goes out of scope, not inherited by children.
package struct FileDescriptor: ~Copyable, Sendable {
    /// The system's number; owned.
    package let number: Int32

    /// Takes over `number`.
    package init(owning number: Int32) { self.number = number }

    deinit { close(number) }

    /// Opens `path` with `flags` (O_CLOEXEC is added).
    init(_ path: String, _ flags: Int32, mode: mode_t = 0, for attempt: HostError.Attempt) throws(HostError) {
        let number = retrying { open(path, flags | O_CLOEXEC, mode) }
        guard number >= 0 else { throw HostError(attempt, path) }
        self.init(owning: number)
    }

    /// What the system says of it.
    func facts(_ path: String) throws(HostError) -> FileFacts {
        var status = stat()
        guard fstat(number, &status) == 0 else { throw HostError(.inspect, path) }
        return FileFacts(status)
    }

    /// Everything up to the end.
    func readAll(_ path: String, limit: Int, expecting size: Int = 0) throws(HostError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(size, limit) + 1)
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = retrying { read(number, &chunk, chunk.count) }
            guard count >= 0 else { throw HostError(.read, path) }
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else { throw HostError(.read, path, .tooLarge(limit: limit)) }
            bytes += chunk[..<count]
        }
    }

    /// Writes all of `bytes`.
    func writeAll(_ bytes: [UInt8], _ path: String) throws(HostError) {
        var written = 0
        while written < bytes.count {
            let count = retrying {
                bytes[written...].withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
            }
            guard count >= 0 else { throw HostError(.write, path) }
            written += count
        }
    }

    /// Waits until the disk has what was written.
    func synchronize(_ path: String) throws(HostError) {
        guard retrying({ fsync(number) }) == 0 else { throw HostError(.write, path) }
    }
}

/// The result of a system call, made again while a signal interrupts it.
func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}
