#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The files of this machine. Paths are as the system takes them, relative ones from the working folder.
package enum Files {
    /// All octets of the file at `path`.
    ///
    /// - Throws: `HostError` when it is not there, not a regular file (a pipe could block for ever), or larger than
    ///   `limit` octets.
    package static func read(_ path: String, limit: Int) throws(HostError) -> [UInt8] {
        try read(path, limit: limit, checking: { _ throws(HostError) in })
    }

    /// All octets of the file at `path`, which only this user may own and read.
    ///
    /// - Throws: `HostError`, also when others may read it or another user owns it.
    package static func readPrivate(_ path: String, limit: Int) throws(HostError) -> [UInt8] {
        try read(path, limit: limit) { facts throws(HostError) in
            guard facts.owner == geteuid() else { throw HostError(.read, path, .foreignOwner(user: facts.owner)) }
            guard facts.isPrivate else { throw HostError(.read, path, .tooOpen(mode: facts.mode)) }
        }
    }

    private static func read(
        _ path: String, limit: Int, checking check: (FileFacts) throws(HostError) -> Void
    ) throws(HostError) -> [UInt8] {
        // O_NONBLOCK: opening a named pipe must not wait for its writer.
        let file = try FileDescriptor(path, O_RDONLY | O_NONBLOCK, for: .read)
        let facts = try file.facts(path)
        guard facts.kind == .file else { throw HostError(.read, path, .notAFile) }
        try check(facts)
        guard facts.size <= limit else { throw HostError(.read, path, .tooLarge(limit: limit)) }
        return try file.readAll(path, limit: limit, expecting: facts.size)
    }

    /// All octets of standard input.
    ///
    /// - Throws: `HostError` also when they are more than `limit`.
    package static func readStandardInput(limit: Int) throws(HostError) -> [UInt8] {
        let number = fcntl(0, F_DUPFD_CLOEXEC, 0)
        guard number >= 0 else { throw HostError(.read, "standard input") }
        return try FileDescriptor(owning: number).readAll("standard input", limit: limit)
    }

    /// What the system says of `path`, following links; `nil` where nothing is there.
    ///
    /// - Throws: `HostError` when it can't be asked (a folder on the way is closed to us).
    package static func facts(_ path: String) throws(HostError) -> FileFacts? {
        var status = stat()
        if stat(path, &status) == 0 { return FileFacts(status) }
        if errno == ENOENT || errno == ENOTDIR { return nil }
        throw HostError(.inspect, path)
    }

    /// What the system says of `path` itself, a link where it is one; `nil` where nothing is there.
    ///
    /// - Throws: `HostError` when it can't be asked.
    package static func linkFacts(_ path: String) throws(HostError) -> FileFacts? {
        var status = stat()
        if lstat(path, &status) == 0 { return FileFacts(status) }
        if errno == ENOENT || errno == ENOTDIR { return nil }
        throw HostError(.inspect, path)
    }

    /// Whether something is at `path`; false where it can't be told.
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The names in the folder `path`, sorted, without `.` and `..`.
    package static func list(_ path: String) throws(HostError) -> [String] {
        guard let folder = opendir(path) else { throw HostError(.list, path) }
        defer { closedir(folder) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(folder) else { break }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw HostError(.list, path) }
        return names.sorted()
    }

    /// Makes the folder `path` and those above it that are missing; new ones get `mode`. One that is there is left alone.
    package static func createFolder(_ path: String, mode: UInt32 = 0o700) throws(HostError) {
        if let facts = try facts(path) {
            guard facts.kind == .folder else { throw HostError(.create, path, .system(errno: ENOTDIR)) }
            return
        }
        let parent = Paths.parent(path)
        if parent != path { try createFolder(parent, mode: mode) }
        guard mkdir(path, mode_t(mode)) == 0 || errno == EEXIST else { throw HostError(.create, path) }
    }

    /// Removes the file at `path`; one that is not there is no error.
    package static func remove(_ path: String) throws(HostError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw HostError(.remove, path) }
    }

    /// The path without links, dots and doubled slashes.
    package static func resolve(_ path: String) throws(HostError) -> String {
        guard let resolved = realpath(path, nil) else { throw HostError(.inspect, path) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The working folder.
    package static func workingFolder() throws(HostError) -> String { try resolve(".") }
}

/// Texts of paths; nothing is looked up.
package enum Paths {
    /// `base/name`, or `name` where that is absolute.
    package static func join(_ base: String, _ name: String) -> String {
        if name.utf8.first == UInt8(ascii: "/") || base.isEmpty { return name }
        return base.utf8.last == UInt8(ascii: "/") ? base + name : base + "/" + name
    }

    /// The folder that has `path`: `a/b` -> `a`, `a` -> `.`, `/` -> `/`.
    package static func parent(_ path: String) -> String {
        let trimmed = withoutEndingSlashes(path)
        guard let slash = trimmed.utf8.lastIndex(of: UInt8(ascii: "/")) else { return trimmed == "/" ? "/" : "." }
        let parent = withoutEndingSlashes(String(trimmed[..<slash]))
        return parent.isEmpty ? "/" : parent
    }

    /// The last part of `path`.
    package static func name(_ path: String) -> String {
        let trimmed = withoutEndingSlashes(path)
        guard trimmed != "/", let slash = trimmed.utf8.lastIndex(of: UInt8(ascii: "/")) else { return trimmed }
        return String(trimmed[trimmed.utf8.index(after: slash)...])
    }

    private static func withoutEndingSlashes(_ path: String) -> String {
        var path = path
        while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
        return path
    }
}
