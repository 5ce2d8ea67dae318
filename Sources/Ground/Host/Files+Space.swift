#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Files {
    /// Octets that this user may still write on the file system of `path`.
    package static func freeSpace(_ path: String) throws(HostError) -> Int {
        var facts = statvfs()
        guard statvfs(path, &facts) == 0 else { throw HostError(.inspect, path) }
        return Int(facts.f_bavail) * Int(facts.f_frsize)
    }
}
