#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Digest
import Host
import Ledger

/// How far a ledger has come, kept in a file outside the workspace: its commits, and where its log stood at the last one.
///
/// A ledger that has fewer commits, or a log that has lost some of its own, was restored, cloned or damaged: what it lacks
/// may have been sent.
final class HighWaterMark {
    /// What stands there.
    struct Reached: Equatable {
        var commits: Int
        var log: LedgerLog.Position?
        /// While a log is being folded in, and after a kill amid that.
        var fold: LedgerLog.FoldEnd?
    }

    /// Commits, the log's salt and its frames; then the salt, page and digest of a fold. Eight octets each; older marks
    /// have the first one or the first three.
    private static let numbers = 6

    let path: String
    private let log: LedgerLog
    private var descriptor: Int32 = -1

    /// - Parameter workspace: the ledger's own name, 16 octets.
    init(_ place: LedgerPlace, workspace: [UInt8]) {
        path = Paths.join(place.state, Hex.encode(workspace))
        log = LedgerLog(of: place.file)
    }

    deinit { if descriptor >= 0 { systemClose(descriptor) } }

    /// What stands there; `nil` where there is nothing.
    func read() throws(StoreError) -> Reached? {
        guard Files.exists(path) else { return nil }
        do throws(HostError) {
            let octets = try Files.read(path, limit: 64)
            guard [1, 3, Self.numbers].contains(where: { octets.count == 8 * $0 }) else { return nil }
            var numbers = stride(from: 0, to: octets.count, by: 8).map { start in
                octets[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            }
            numbers += Array(repeating: 0, count: Self.numbers - numbers.count)
            var reached = Reached(commits: Int(truncatingIfNeeded: numbers[0]))
            if numbers[2] > 0 {
                reached.log = LedgerLog.Position(salt: numbers[1], frames: Int(truncatingIfNeeded: numbers[2]))
            }
            if numbers[4] > 0 {
                let page = Int(truncatingIfNeeded: numbers[4])
                reached.fold = LedgerLog.FoldEnd(salt: numbers[3], page: page, digest: numbers[5])
            }
            return reached
        } catch { throw StoreError(error) }
    }

    /// Why a ledger of so many commits may not be the latest; `nil` where it is.
    ///
    /// - Parameters:
    ///   - reached: what `read` said before the commits were counted.
    ///   - ledger: the connection that counted them.
    func doubt(commits: Int, reached: Reached?, of ledger: Connection) -> String? {
        guard let reached else { return "this machine does not know the ledger: it was copied or restored" }
        if reached.commits > commits {
            return "the ledger has \(commits) commits of \(reached.commits): it was restored or damaged"
        }
        // Its pages may be folded in by half, and the page that counts the commits be among them.
        if let fold = reached.fold, log.isGone, ledger.pageInFile(fold.page).map(LogChecksum.digest) != fold.digest {
            return "\(log.path) was lost before all of it was in the ledger"
        }
        guard let position = reached.log, log.lacks(position) else { return nil }
        return "\(log.path) has lost what was committed: it was damaged or cut"
    }

    /// Folds the log into the ledger, with a note of what that ends with as long as it goes on.
    ///
    /// - Parameters:
    ///   - frames: of the log, where the caller has just committed them; else those of the last commit of anybody.
    ///   - fold: says whether all of the log is in the ledger now. Not called where the note can't be written.
    /// - Returns: whether `fold` was called.
    func noting(frames: Int? = nil, _ fold: () -> Bool) -> Bool {
        guard let reached = try? read(), let position = frames.flatMap(log.position(frames:)) ?? reached.log,
            let end = log.foldEnd(position)
        else {
            _ = fold()
            return true
        }
        // A kill amid an earlier fold of the same log leaves a note that stands until all of it is folded in.
        let earlier = reached.fold.flatMap { $0.salt == end.salt ? $0 : nil }
        guard (try? write([end.salt, UInt64(end.page), end.digest], at: 3)) != nil else { return false }
        let left = fold() ? nil : earlier
        // Where this fails the note stays, and says what is so.
        try? write([left?.salt ?? 0, UInt64(left?.page ?? 0), left?.digest ?? 0], at: 3)
        return true
    }

    /// Closes a connection that may be the ledger's last one, which folds the log in and removes it.
    func close(_ ledger: Connection) {
        let isDone = noting {
            ledger.close()
            return log.isGone
        }
        if isDone { return }
        ledger.keepLogOnClose()
        ledger.close()
    }

    /// Writes how far a ledger has come; the commits are made, and no dot of them has left.
    ///
    /// - Parameter frames: of the log; 0 where there is none.
    func write(_ commits: Int, logFrames frames: Int = 0) throws(StoreError) {
        let position = log.position(frames: frames)
        try write([UInt64(commits), position?.salt ?? 0, UInt64(position?.frames ?? 0)], at: 0)
    }

    /// Writes numbers from the `first`-th on.
    private func write(_ numbers: [UInt64], at first: Int) throws(StoreError) {
        if descriptor < 0 {
            do throws(HostError) { try Files.createFolder(Paths.parent(path)) } catch { throw StoreError(error) }
            descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        }
        let octets = numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) } }
        guard descriptor >= 0, pwrite(descriptor, octets, octets.count, off_t(8 * first)) == octets.count else {
            throw .notWritten(reason: "\(path): \(String(cString: strerror(errno)))")
        }
    }
}

private func systemClose(_ descriptor: Int32) { close(descriptor) }
