#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
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
    }

    /// Commits, the log's salt and its frames, eight octets each; the first alone where there was no log.
    private static let length = 24

    let path: String
    private let log: LedgerLog
    private var descriptor: Int32 = -1

    /// - Parameter workspace: the ledger's own name, 16 octets.
    init(_ place: LedgerPlace, workspace: [UInt8]) {
        path = Paths.join(place.state, Hex.text(workspace))
        log = LedgerLog(of: place.file)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// What stands there; `nil` where there is nothing.
    func read() throws(StoreError) -> Reached? {
        guard Files.exists(path) else { return nil }
        do throws(HostError) {
            let octets = try Files.read(path, limit: 64)
            guard octets.count == 8 || octets.count == Self.length else { return nil }
            let numbers = stride(from: 0, to: octets.count, by: 8).map { start in
                octets[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            }
            var reached = Reached(commits: Int(truncatingIfNeeded: numbers[0]))
            if numbers.count == 3, numbers[2] > 0 {
                reached.log = LedgerLog.Position(salt: numbers[1], frames: Int(truncatingIfNeeded: numbers[2]))
            }
            return reached
        } catch { throw StoreError(error) }
    }

    /// Why a ledger of so many commits may not be the latest; `nil` where it is.
    ///
    /// - Parameter reached: what `read` said before the commits were counted.
    func doubt(commits: Int, reached: Reached?) -> String? {
        guard let reached else { return "this machine does not know the ledger: it was copied or restored" }
        if reached.commits > commits {
            return "the ledger has \(commits) commits of \(reached.commits): it was restored or damaged"
        }
        // Its pages may be folded in by half, and the page that counts the commits be among them.
        guard let position = reached.log, log.lacks(position) else { return nil }
        return "\(log.path) has lost what was committed: it was damaged or cut"
    }

    /// Writes how far a ledger has come; the commits are made, and no dot of them has left.
    ///
    /// - Parameter frames: of the log; 0 where there is none.
    func write(_ commits: Int, logFrames frames: Int = 0) throws(StoreError) {
        if descriptor < 0 {
            do throws(HostError) { try Files.createFolder(Paths.parent(path)) } catch { throw StoreError(error) }
            descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        }
        let position = log.position(frames: frames)
        let numbers = [UInt64(commits), position?.salt ?? 0, UInt64(position?.frames ?? 0)]
        let octets = numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) } }
        guard descriptor >= 0, pwrite(descriptor, octets, octets.count, 0) == octets.count else {
            throw .notWritten(reason: "\(path): \(String(cString: strerror(errno)))")
        }
    }
}
