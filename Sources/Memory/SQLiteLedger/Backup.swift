#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Host
import Ledger

/// Copies of a whole ledger.
enum Backup {
    /// Writes a consistent copy, mode 0600, while others go on writing; never over a file that is there.
    static func write(_ source: Connection, to path: String) throws(StoreError) {
        let temporary = "\(path).\(UInt32.random(in: 0 ... .max)).tmp"
        do throws(HostError) { try Files.create([], at: temporary) } catch { throw StoreError(error) }
        do throws(StoreError) {
            let target = try Connection(temporary, .write)
            // A copy is one file: no log beside it.
            try target.copy(from: source)
            try target.execute("PRAGMA journal_mode=DELETE")
            target.close()
            guard link(temporary, path) == 0 else {
                throw StoreError.notWritten(reason: "\(path): \(String(cString: strerror(errno)))")
            }
            unlink(temporary)
        } catch {
            try? Files.remove(temporary)
            throw error
        }
    }
}
