#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Host
import Ledger

/// How many commits a ledger has, kept in 8 octets outside the workspace.
///
/// A ledger that has fewer was restored, cloned or damaged: what it lacks may have been sent.
final class HighWaterMark {
    let path: String
    private var descriptor: Int32 = -1

    /// - Parameter workspace: the ledger's own name, 16 octets.
    init(_ place: LedgerPlace, workspace: [UInt8]) {
        path = Paths.join(place.state, Hex.text(workspace))
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The number that stands there; `nil` where there is none.
    func read() throws(StoreError) -> Int? {
        guard Files.exists(path) else { return nil }
        do throws(HostError) {
            let octets = try Files.read(path, limit: 64)
            guard octets.count == 8 else { return nil }
            return Int(truncatingIfNeeded: octets.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        } catch { throw StoreError(error) }
    }

    /// Why a ledger of so many commits may not be the latest; `nil` where it is.
    ///
    /// - Parameter reached: what `read` said before the commits were counted.
    func doubt(commits: Int, reached: Int?) -> String? {
        guard let reached else { return "this machine does not know the ledger: it was copied or restored" }
        return reached > commits
            ? "the ledger has \(commits) commits of \(reached): it was restored or damaged" : nil
    }

    /// Writes the number; what it is about must be committed, and no dot of that commit have left.
    func write(_ commits: Int) throws(StoreError) {
        if descriptor < 0 {
            do throws(HostError) { try Files.createFolder(Paths.parent(path)) } catch { throw StoreError(error) }
            descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        }
        let octets = (0..<8).map { UInt8(truncatingIfNeeded: commits >> (56 - 8 * $0)) }
        guard descriptor >= 0, pwrite(descriptor, octets, 8, 0) == 8 else {
            throw .notWritten(reason: "\(path): \(String(cString: strerror(errno)))")
        }
    }
}
