#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// SQLite's write-ahead log beside a ledger: how far it reached, and whether it still does (SQLite file format, section 4).
///
/// SQLite reads a log up to the first frame whose checksum is wrong and drops the rest without a word. That is right after
/// a power cut, when the rest was never committed, and wrong after damage: so the mark remembers what was committed.
final class LedgerLog {
    /// So many frames of the log with this salt are committed; the salt changes each time a log begins anew, which SQLite
    /// does only when all of the old one is folded into the file.
    struct Position: Equatable {
        var salt: UInt64
        var frames: Int
    }

    /// What a fold of the log into the ledger ends with: SQLite writes pages in the order of their numbers
    /// (`walIteratorNext` in its wal.c), so where the last of them stands in the ledger, all of them do.
    struct FoldEnd: Equatable {
        /// Of the log.
        var salt: UInt64
        /// The highest number of a page in the log; pages count from 1.
        var page: Int
        /// Of that page's octets, by `LogChecksum`.
        var digest: UInt64
    }

    private static let headerLength = 32
    private static let frameHeaderLength = 24

    let path: String
    private var descriptor: Int32 = -1

    init(of ledger: String) { path = ledger + "-wal" }

    deinit { close() }

    /// Where the log stands once so many frames are committed; `nil` while there is no log.
    ///
    /// Only for whoever holds a connection: as long as one is open the log's file stays the same.
    func position(frames: Int) -> Position? {
        guard frames > 0, open(), let header = read(Self.headerLength, at: 0) else { return nil }
        return Position(salt: Self.salt(header, at: 16), frames: frames)
    }

    /// Whether frames are missing or damaged that were committed.
    ///
    /// A log that is gone is not: whoever closes a ledger last folds it in and removes it. Nor one without a sound head,
    /// which is what a kill leaves while a log begins anew. Inside the gate, so that nobody begins it anew meanwhile.
    func lacks(_ position: Position) -> Bool {
        guard open(), let header = read(Self.headerLength, at: 0), var sum = LogChecksum(header: header),
            Self.salt(header, at: 16) == position.salt
        else { return false }
        let pageSize = Int(LogChecksum.bigEndian(header, at: 8))
        guard (512...65536).contains(pageSize) else { return true }
        let length = Self.frameHeaderLength + pageSize
        for frame in 0..<position.frames {
            guard let octets = read(length, at: Self.headerLength + frame * length),
                Self.salt(octets, at: 8) == position.salt
            else { return true }
            sum.add(octets[..<8])
            sum.add(octets[Self.frameHeaderLength...])
            guard sum.isWritten(in: octets, at: 16) else { return true }
        }
        return false
    }

    /// What folding so much of the log will end with; `nil` where it is another log, or none.
    ///
    /// Looks from the end: the ledger's last page is one of those that are written again and again.
    func foldEnd(_ position: Position) -> FoldEnd? {
        guard open(), let header = read(Self.headerLength, at: 0), LogChecksum(header: header) != nil,
            Self.salt(header, at: 16) == position.salt
        else { return nil }
        let length = Self.frameHeaderLength + Int(LogChecksum.bigEndian(header, at: 8))
        var (pages, end) = (0, (page: 0, frame: 0))
        for frame in (0..<position.frames).reversed() {
            guard let head = read(8, at: Self.headerLength + frame * length) else { return nil }
            // The last frame says how many pages the ledger has; those behind them are not written any more.
            if pages == 0 { pages = Int(LogChecksum.bigEndian(head, at: 4)) }
            let page = Int(LogChecksum.bigEndian(head, at: 0))
            if page > end.page, page <= pages { end = (page, frame) }
            if end.page == pages { break }
        }
        let start = Self.headerLength + end.frame * length + Self.frameHeaderLength
        guard end.page > 0, let octets = read(length - Self.frameHeaderLength, at: start) else { return nil }
        return FoldEnd(salt: position.salt, page: end.page, digest: LogChecksum.digest(octets))
    }

    /// Whether the file has no log that SQLite would read: it is gone, empty, or without a sound head.
    var isGone: Bool {
        // Another file may stand there since it was opened.
        close()
        guard open(), let header = read(Self.headerLength, at: 0) else { return true }
        return LogChecksum(header: header) == nil
    }

    private func open() -> Bool {
        // Closing this file sets no lock of SQLite's free: those stand on the ledger itself and its shared memory.
        if descriptor < 0 { descriptor = systemOpen(path) }
        return descriptor >= 0
    }

    private func close() {
        if descriptor >= 0 { systemClose(descriptor) }
        descriptor = -1
    }

    private func read(_ count: Int, at offset: Int) -> [UInt8]? {
        let octets = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(pread(descriptor, buffer.baseAddress, count, off_t(offset)), 0)
        }
        return octets.count == count ? octets : nil
    }

    private static func salt(_ octets: [UInt8], at offset: Int) -> UInt64 {
        octets[offset..<offset + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
}

private func systemOpen(_ path: String) -> Int32 { open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) }
private func systemClose(_ descriptor: Int32) { close(descriptor) }

/// The running checksum of a log (SQLite file format, section 4.2).
struct LogChecksum {
    private var first: UInt32 = 0
    private var second: UInt32 = 0
    /// Whether words are read as big-endian ones, which the log's magic number says.
    private let isBigEndian: Bool

    /// The checksum behind a log's first 32 octets; `nil` where they are not a header.
    init?(header: [UInt8]) {
        switch Self.bigEndian(header, at: 0) {
        case 0x377F_0682: isBigEndian = false
        case 0x377F_0683: isBigEndian = true
        default: return nil
        }
        add(header[..<24])
        guard isWritten(in: header, at: 24) else { return nil }
    }

    private init() { isBigEndian = false }

    /// Of octets that stand alone.
    static func digest(_ octets: [UInt8]) -> UInt64 {
        var sum = LogChecksum()
        sum.add(octets[...])
        return UInt64(sum.first) << 32 | UInt64(sum.second)
    }

    /// Adds a multiple of eight octets.
    mutating func add(_ octets: ArraySlice<UInt8>) {
        var (first, second) = (first, second)
        let isBigEndian = isBigEndian
        octets.withUnsafeBytes { words in
            for offset in stride(from: 0, to: words.count, by: 8) {
                let one = words.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
                let two = words.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
                first &+= (isBigEndian ? UInt32(bigEndian: one) : UInt32(littleEndian: one)) &+ second
                second &+= (isBigEndian ? UInt32(bigEndian: two) : UInt32(littleEndian: two)) &+ first
            }
        }
        (self.first, self.second) = (first, second)
    }

    func isWritten(in octets: [UInt8], at offset: Int) -> Bool {
        Self.bigEndian(octets, at: offset) == first && Self.bigEndian(octets, at: offset + 4) == second
    }

    static func bigEndian(_ octets: [UInt8], at offset: Int) -> UInt32 {
        octets[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
