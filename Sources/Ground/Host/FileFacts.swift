#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the system says of a file or folder.
package struct FileFacts: Sendable, Hashable {
    /// What stands at a path.
    package enum Kind: Sendable, Hashable { case file, folder, link, other }

    /// What it is.
    package var kind: Kind
    /// Octets.
    package var size: Int
    /// The permission bits, `0o600`.
    package var mode: UInt32
    /// The user who owns it.
    package var owner: UInt32
    /// When its content last changed, UTC seconds.
    package var modified: Int
    /// When anything about it last changed, its name included: UTC microseconds, as precise as the system's clock ticks.
    package var changed: Int
    /// With `inode`, the identity of the file on this machine.
    package var device: UInt64
    /// Its number within its file system.
    package var inode: UInt64

    init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        case S_IFLNK: kind = .link
        default: kind = .other
        }
        size = Int(status.st_size)
        mode = UInt32(status.st_mode & 0o7777)
        owner = status.st_uid
        #if canImport(Glibc)
            modified = status.st_mtim.tv_sec
            changed = status.st_ctim.tv_sec * 1_000_000 + status.st_ctim.tv_nsec / 1000
        #else
            modified = status.st_mtimespec.tv_sec
            changed = status.st_ctimespec.tv_sec * 1_000_000 + status.st_ctimespec.tv_nsec / 1000
        #endif
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(status.st_ino)
    }

    /// Whether only the user of this process owns and may read it.
    package var isPrivate: Bool { mode & 0o077 == 0 && owner == geteuid() }
}
