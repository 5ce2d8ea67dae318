import CSQLite

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What SQLite writes to its log, gathered into one write a commit.
///
/// SQLite writes a head of 24 octets and a page for each page that a commit changes: a hundred system calls where one
/// does. A layer between it and the system (a VFS) keeps them until SQLite says that they must be durable, reads them or
/// asks for the file's size. Only for connections with `synchronous=FULL`, where each commit says so before anybody else
/// is told of it; what a crash leaves is what it leaves of any write: frames without a sound checksum, which nobody reads.
enum GatheredLog {
    /// The layer's name for `sqlite3_open_v2`; `nil` where there is none, and SQLite writes as it likes.
    static var layer: UnsafePointer<CChar>? { registered.map { UnsafePointer($0.pointee.zName) } }

    // Made once, and only read by SQLite from then on.
    nonisolated(unsafe) private static let registered: UnsafeMutablePointer<sqlite3_vfs>? =
        sqlite3_vfs_find(nil).flatMap { register("stoke-gathered-log", over: $0) }

    /// Makes the layer known to SQLite, for good.
    ///
    /// - Parameter system: what it calls: the system's own layer, outside of tests.
    static func register(
        _ name: String, over system: UnsafeMutablePointer<sqlite3_vfs>
    ) -> UnsafeMutablePointer<sqlite3_vfs>? {
        let layer = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        layer.initialize(to: system.pointee)
        layer.pointee.zName = UnsafePointer(strdup(name))
        layer.pointee.pAppData = UnsafeMutableRawPointer(system)
        layer.pointee.szOsFile = system.pointee.szOsFile + Int32(GatheredFile.headLength)
        layer.pointee.xOpen = { layer, name, file, flags, outFlags in
            guard let system = layer?.pointee.pAppData?.assumingMemoryBound(to: sqlite3_vfs.self), let file else {
                return SQLITE_CANTOPEN
            }
            if flags & SQLITE_OPEN_WAL == 0 { return system.pointee.xOpen(system, name, file, flags, outFlags) }
            let inner = GatheredFile.inner(of: file)
            let code = system.pointee.xOpen(system, name, inner, flags, outFlags)
            guard code == SQLITE_OK else {
                file.pointee.pMethods = nil
                return code
            }
            GatheredFile.install(GatheredFile(inner), in: file)
            return SQLITE_OK
        }
        return sqlite3_vfs_register(layer, 0) == SQLITE_OK ? layer : nil
    }
}

/// One open log; lives in the memory that SQLite gives for it, before the system's own file.
private final class GatheredFile {
    /// What SQLite calls, and us, before the system's own file.
    static let headLength = 2 * MemoryLayout<UnsafeRawPointer>.stride
    /// More than this is not kept.
    private static let most = 1 << 20
    /// The system's layer takes less than 128 KB at once (`seekAndWriteFd` in SQLite's os_unix.c).
    private static let mostAtOnce = 64 << 10

    private let inner: UnsafeMutablePointer<sqlite3_file>
    private var octets: [UInt8] = []
    private var start: Int64 = 0

    init(_ inner: UnsafeMutablePointer<sqlite3_file>) { self.inner = inner }

    static func inner(of file: UnsafeMutablePointer<sqlite3_file>) -> UnsafeMutablePointer<sqlite3_file> {
        (UnsafeMutableRawPointer(file) + headLength).assumingMemoryBound(to: sqlite3_file.self)
    }

    static func install(_ gathered: GatheredFile, in file: UnsafeMutablePointer<sqlite3_file>) {
        let place = UnsafeMutableRawPointer(file) + MemoryLayout<UnsafeRawPointer>.stride
        place.storeBytes(of: Unmanaged.passRetained(gathered).toOpaque(), as: UnsafeMutableRawPointer.self)
        file.pointee.pMethods = UnsafePointer(methods)
    }

    private static func reference(
        of file: UnsafeMutablePointer<sqlite3_file>
    ) -> Unmanaged<GatheredFile> {
        let place = UnsafeRawPointer(file) + MemoryLayout<UnsafeRawPointer>.stride
        return Unmanaged.fromOpaque(place.load(as: UnsafeMutableRawPointer.self))
    }

    /// Writes what was gathered, then does what is asked of the system's file.
    private static func through(
        _ file: UnsafeMutablePointer<sqlite3_file>?,
        _ body: (UnsafeMutablePointer<sqlite3_file>, sqlite3_io_methods) -> Int32
    ) -> Int32 {
        guard let file else { return SQLITE_MISUSE }
        let gathered = reference(of: file).takeUnretainedValue()
        let code = gathered.write()
        return code == SQLITE_OK ? body(gathered.inner, gathered.inner.pointee.pMethods.pointee) : code
    }

    private func write() -> Int32 {
        if octets.isEmpty { return SQLITE_OK }
        defer { octets.removeAll(keepingCapacity: true) }
        return octets.withUnsafeBytes { gathered in
            for offset in stride(from: 0, to: gathered.count, by: Self.mostAtOnce) {
                let count = min(Self.mostAtOnce, gathered.count - offset)
                let code = inner.pointee.pMethods.pointee.xWrite(
                    inner, gathered.baseAddress.map { $0 + offset }, Int32(count), start + Int64(offset))
                if code != SQLITE_OK { return code }
            }
            return SQLITE_OK
        }
    }

    private func gather(_ data: UnsafeRawPointer, _ count: Int32, at offset: Int64) -> Int32 {
        if offset != start + Int64(octets.count) || octets.count >= Self.most {
            let code = write()
            if code != SQLITE_OK { return code }
        }
        if octets.isEmpty { start = offset }
        octets.append(contentsOf: UnsafeRawBufferPointer(start: data, count: Int(count)))
        return SQLITE_OK
    }

    // Made once, and only read by SQLite from then on.
    nonisolated(unsafe) private static let methods: UnsafeMutablePointer<sqlite3_io_methods> = {
        let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        methods.initialize(to: sqlite3_io_methods())
        // Version 1: no shared memory and no mapping, which only the ledger's own file has.
        methods.pointee.iVersion = 1
        methods.pointee.xWrite = { file, data, count, offset in
            guard let file, let data else { return SQLITE_MISUSE }
            return reference(of: file).takeUnretainedValue().gather(data, count, at: offset)
        }
        methods.pointee.xClose = { file in
            let code = through(file) { _, _ in SQLITE_OK }
            guard let file else { return SQLITE_MISUSE }
            let inner = inner(of: file)
            let closed = inner.pointee.pMethods.pointee.xClose(inner)
            reference(of: file).release()
            return code == SQLITE_OK ? closed : code
        }
        methods.pointee.xRead = { file, data, count, offset in through(file) { $1.xRead($0, data, count, offset) } }
        methods.pointee.xTruncate = { file, size in through(file) { $1.xTruncate($0, size) } }
        methods.pointee.xSync = { file, flags in through(file) { $1.xSync($0, flags) } }
        methods.pointee.xFileSize = { file, size in through(file) { $1.xFileSize($0, size) } }
        methods.pointee.xLock = { file, lock in through(file) { $1.xLock($0, lock) } }
        methods.pointee.xUnlock = { file, lock in through(file) { $1.xUnlock($0, lock) } }
        methods.pointee.xCheckReservedLock = { file, held in through(file) { $1.xCheckReservedLock($0, held) } }
        methods.pointee.xFileControl = { file, what, value in through(file) { $1.xFileControl($0, what, value) } }
        methods.pointee.xSectorSize = { file in file.map { sectorSize($0) } ?? 0 }
        methods.pointee.xDeviceCharacteristics = { file in file.map { characteristics($0) } ?? 0 }
        return methods
    }()

    private static func sectorSize(_ file: UnsafeMutablePointer<sqlite3_file>) -> Int32 {
        let inner = inner(of: file)
        return inner.pointee.pMethods.pointee.xSectorSize(inner)
    }

    private static func characteristics(_ file: UnsafeMutablePointer<sqlite3_file>) -> Int32 {
        let inner = inner(of: file)
        return inner.pointee.pMethods.pointee.xDeviceCharacteristics(inner)
    }
}
