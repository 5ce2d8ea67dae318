#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Files {
    /// Replaces the file at `path` by one with `bytes`: after a crash there is the old one or the new one, whole.
    ///
    /// - Parameter isNote: it may be lost with the machine's power, so the disk is not waited for.
    /// - Throws: `HostError`; then the old file is untouched.
    package static func write(
        _ bytes: [UInt8], to path: String, mode: UInt32 = 0o600, isNote: Bool = false
    ) throws(HostError) {
        try place(bytes, path, mode, isNote: isNote) { temporary in rename(temporary, path) }
    }

    /// Makes the file at `path` with `bytes`, never over one that is there.
    ///
    /// - Throws: `HostError`, with EEXIST where there is one.
    package static func create(_ bytes: [UInt8], at path: String, mode: UInt32 = 0o600) throws(HostError) {
        try place(bytes, path, mode, isNote: false) { temporary in
            let result = link(temporary, path)
            let number = errno
            unlink(temporary)
            errno = number
            return result
        }
    }

    /// Writes a file beside `path`, durably unless it is a note, and lets `settle` give it its name.
    private static func place(
        _ bytes: [UInt8], _ path: String, _ mode: UInt32, isNote: Bool, settle: (String) -> Int32
    ) throws(HostError) {
        let folder = Paths.parent(path)
        let random = UInt64.random(in: 0...UInt64.max)
        let temporary = Paths.join(folder, ".\(Paths.name(path)).\(String(random, radix: 36)).tmp")
        do throws(HostError) {
            let file = try FileDescriptor(
                temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode_t(mode), for: .write)
            // The mode is meant as it stands, not less the umask.
            guard fchmod(file.number, mode_t(mode)) == 0 else { throw HostError(.write, path) }
            try file.writeAll(bytes, path)
            if !isNote { try file.synchronize(path) }
        } catch {
            unlink(temporary)
            throw HostError(error.attempt, path, error.reason)
        }
        guard settle(temporary) == 0 else {
            let error = HostError(.write, path)
            unlink(temporary)
            throw error
        }
        if !isNote { try FileDescriptor(folder, O_RDONLY | O_DIRECTORY, for: .write).synchronize(folder) }
    }
}
