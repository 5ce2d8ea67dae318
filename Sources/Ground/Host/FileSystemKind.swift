#if canImport(Glibc)
    import CLinux
    import Glibc
#else
    import Darwin
#endif

extension Files {
    /// Refuses a folder on a network file system, where `flock` holds on one machine only or not at all.
    ///
    /// - Throws: `HostError` with `networkFileSystem`.
    package static func refuseNetworkFileSystem(_ path: String) throws(HostError) {
        var facts = statfs()
        guard statfs(path, &facts) == 0 else { throw HostError(.inspect, path) }
        #if canImport(Glibc)
            let magic = UInt32(truncatingIfNeeded: facts.f_type)
            guard let kind = networkKinds[magic] else { return }
            throw HostError(.lock, path, .networkFileSystem(kind: kind))
        #else
            guard facts.f_flags & UInt32(MNT_LOCAL) == 0 else { return }
            throw HostError(.lock, path, .networkFileSystem(kind: "remote"))
        #endif
    }

    /// The file systems of statfs(2) that live on another machine. FUSE is not among them: encrypted local folders use it,
    /// and their locks hold.
    private static let networkKinds: [UInt32: String] = [
        0x6969: "nfs", 0x517B: "smb", 0xFF53_4D42: "cifs", 0xFE53_4D42: "smb2", 0x5346_414F: "afs",
        0x7375_7245: "coda", 0x564C: "ncp", 0x0102_1997: "9p", 0x00C3_6400: "ceph", 0x0BD0_0BD0: "lustre",
        0x7461_636F: "ocfs2", 0x0116_1970: "gfs2", 0x786F_4256: "vboxsf", 0x1980_0204: "beegfs",
    ]
}
