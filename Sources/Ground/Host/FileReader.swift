#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that is read from its start to its end in pieces, so that its size does not matter.
package final class FileReader {
    private let file: FileDescriptor
    private let path: String
    private var buffer: [UInt8]

    /// Opens the file at `path`; `-` is the standard input.
    ///
    /// - Parameter size: of a piece at most, in octets.
    /// - Throws: `HostError`.
    package init(_ path: String, size: Int = 1 << 18) throws(HostError) {
        self.path = path
        buffer = [UInt8](repeating: 0, count: size)
        if path == "-" {
            file = FileDescriptor(owning: retrying { fcntl(0, F_DUPFD_CLOEXEC, 3) })
        } else {
            file = try FileDescriptor(path, O_RDONLY, for: .read)
        }
    }

    /// The next octets; none at the end.
    ///
    /// - Throws: `HostError`.
    package func chunk() throws(HostError) -> [UInt8] {
        let count = retrying { read(file.number, &buffer, buffer.count) }
        guard count >= 0 else { throw HostError(.read, path) }
        return Array(buffer[..<count])
    }
}
