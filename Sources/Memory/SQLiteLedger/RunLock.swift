#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Host
package import Ledger

/// The right to run, read mail, forget, adopt, restore or migrate: one process at a time holds it.
///
/// It is a `flock` on the ledger's folder itself, let go when this object goes or the process ends, however.
package final class RunLock: Sendable {
    private let lock: FileLock

    private init(_ lock: FileLock) { self.lock = lock }

    /// Takes the lock at once or not at all.
    ///
    /// - Parameter what: what this process does, for whoever is turned away: `run`.
    /// - Throws: `StoreError.running` with what the holder says of itself; it is never pushed aside.
    package static func take(_ place: LedgerPlace, what: String) throws(StoreError) -> RunLock {
        let lock: FileLock?
        do throws(HostError) {
            try Files.createFolder(place.folder)
            try Files.refuseNetworkFileSystem(place.folder)
            lock = try FileLock.attempt(place.folder)
        } catch { throw StoreError(error) }
        guard let lock else { throw .running(owner: holder(place)) }
        let text = "\(what)\n\(getpid())\n\(Clocks.wallSeconds())\n"
        // The note is a courtesy to whoever is turned away; the lock stands without it.
        try? Files.write(Array(text.utf8), to: place.runNote, isNote: true)
        return RunLock(lock)
    }

    /// `run, process 4711, since 40 s, sleeping`.
    private static func holder(_ place: LedgerPlace) -> String {
        let octets = (try? Files.read(place.runNote, limit: 1000)) ?? []
        let lines = String(decoding: octets, as: UTF8.self).split(separator: "\n").map(String.init)
        guard lines.count == 3, let since = Int(lines[2]) else { return "another process" }
        let state = state(ofProcess: lines[1]).map { ", \($0)" } ?? ""
        return "\(lines[0]), process \(lines[1]), since \(max(0, Clocks.wallSeconds() - since)) s\(state)"
    }

    /// What Linux says of a process; `nil` where it says nothing.
    private static func state(ofProcess process: String) -> String? {
        guard let octets = try? Files.read("/proc/\(process)/status", limit: 100_000) else { return nil }
        let lines = String(decoding: octets, as: UTF8.self).split(separator: "\n")
        guard let line = lines.first(where: { $0.utf8.starts(with: "State:".utf8) }),
            let open = line.utf8.firstIndex(of: UInt8(ascii: "(")), line.utf8.last == UInt8(ascii: ")")
        else { return nil }
        return String(line[line.utf8.index(after: open)...].dropLast())
    }
}
