import CSQLite

/// A layer below SQLite whose logs lie in memory: it writes down what is asked of them, and refuses when told to.
///
/// Everything but a log is the system's. Registered once under a name of its own and never removed, as SQLite wants it.
final class MemoryLayer {
    enum Call: Equatable {
        case write(offset: Int, count: Int)
        case read(offset: Int, count: Int)
        case truncate(Int)
        case sync
        case size
        case close
    }

    /// Of the log that was opened last.
    var octets: [UInt8] = []
    var calls: [Call] = []
    /// The number of the write from now on, 0 for the next, that fails for want of room.
    var failsAtWrite: Int?

    /// Whoever makes logs of it gives its name to SQLite.
    let vfs: UnsafeMutablePointer<sqlite3_vfs>
    private let system: UnsafeMutablePointer<sqlite3_vfs>

    struct NoLayer: Error {}

    init() throws {
        guard let system = sqlite3_vfs_find(nil) else { throw NoLayer() }
        self.system = system
        vfs = .allocate(capacity: 1)
        vfs.initialize(to: system.pointee)
        // Kept for good, as the layer is.
        vfs.pointee.pAppData = Unmanaged.passRetained(self).toOpaque()
        vfs.pointee.xOpen = { vfs, name, file, flags, outFlags in
            guard let vfs, let file else { return SQLITE_CANTOPEN }
            let layer = MemoryLayer.of(vfs.pointee.pAppData)
            if flags & SQLITE_OPEN_WAL == 0 {
                return layer.system.pointee.xOpen(layer.system, name, file, flags, outFlags)
            }
            let place = UnsafeMutableRawPointer(file) + MemoryLayout<UnsafeRawPointer>.stride
            place.storeBytes(of: vfs.pointee.pAppData, as: UnsafeMutableRawPointer?.self)
            file.pointee.pMethods = UnsafePointer(MemoryLayer.methods)
            outFlags?.pointee = flags
            return SQLITE_OK
        }
    }

    private static func of(_ pointer: UnsafeMutableRawPointer?) -> MemoryLayer {
        guard let pointer else { preconditionFailure("a file of another layer") }
        return Unmanaged<MemoryLayer>.fromOpaque(pointer).takeUnretainedValue()
    }

    private static func of(_ file: UnsafeMutablePointer<sqlite3_file>?) -> MemoryLayer {
        guard let file else { preconditionFailure("no file") }
        let place = UnsafeRawPointer(file) + MemoryLayout<UnsafeRawPointer>.stride
        return of(place.load(as: UnsafeMutableRawPointer?.self))
    }

    private func write(_ data: UnsafeRawPointer?, _ count: Int, at offset: Int) -> Int32 {
        if failsAtWrite == 0 {
            failsAtWrite = nil
            return SQLITE_FULL
        }
        failsAtWrite = failsAtWrite.map { $0 - 1 }
        calls.append(.write(offset: offset, count: count))
        if octets.count < offset + count {
            octets += [UInt8](repeating: 0, count: offset + count - octets.count)
        }
        octets.replaceSubrange(offset..<offset + count, with: UnsafeRawBufferPointer(start: data, count: count))
        return SQLITE_OK
    }

    private func read(_ target: UnsafeMutableRawPointer?, _ count: Int, at offset: Int) -> Int32 {
        calls.append(.read(offset: offset, count: count))
        let there = octets.dropFirst(offset).prefix(count)
        let buffer = UnsafeMutableRawBufferPointer(start: target, count: count)
        buffer.copyBytes(from: there + [UInt8](repeating: 0, count: count - there.count))
        return there.count == count ? SQLITE_OK : SQLITE_IOERR | 2 << 8  // SQLITE_IOERR_SHORT_READ
    }

    // Made once, and only read by SQLite from then on.
    nonisolated(unsafe) private static let methods: UnsafeMutablePointer<sqlite3_io_methods> = {
        let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        methods.initialize(to: sqlite3_io_methods())
        methods.pointee.iVersion = 1
        methods.pointee.xClose = { file in
            of(file).calls.append(.close)
            return SQLITE_OK
        }
        methods.pointee.xRead = { file, target, count, offset in of(file).read(target, Int(count), at: Int(offset)) }
        methods.pointee.xWrite = { file, data, count, offset in of(file).write(data, Int(count), at: Int(offset)) }
        methods.pointee.xTruncate = { file, size in
            let layer = of(file)
            layer.calls.append(.truncate(Int(size)))
            layer.octets.removeLast(max(layer.octets.count - Int(size), 0))
            return SQLITE_OK
        }
        methods.pointee.xSync = { file, _ in
            of(file).calls.append(.sync)
            return SQLITE_OK
        }
        methods.pointee.xFileSize = { file, size in
            let layer = of(file)
            layer.calls.append(.size)
            size?.pointee = Int64(layer.octets.count)
            return SQLITE_OK
        }
        methods.pointee.xLock = { _, _ in SQLITE_OK }
        methods.pointee.xUnlock = { _, _ in SQLITE_OK }
        methods.pointee.xCheckReservedLock = { _, held in
            held?.pointee = 0
            return SQLITE_OK
        }
        methods.pointee.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
        methods.pointee.xSectorSize = { _ in 4096 }
        methods.pointee.xDeviceCharacteristics = { _ in 0 }
        return methods
    }()
}
