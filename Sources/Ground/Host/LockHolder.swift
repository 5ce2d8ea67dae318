#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The process that holds a lock, as far as the system tells: on Linux, from /proc.
package struct LockHolder: Sendable, Hashable, CustomStringConvertible {
    /// The process's number.
    package var process: Int32
    /// `running`, `sleeping`, `waiting for the disk`, `stopped`, `dead`; `nil` where it is not told.
    package var state: String?
    /// Seconds since the process was started; `nil` where it is not told.
    package var age: Int?

    /// `process 4711, sleeping, started 340 s ago`.
    package var description: String {
        var parts = ["process \(process)"]
        if let state { parts.append(state) }
        if let age { parts.append("started \(age) s ago") }
        return parts.joined(separator: ", ")
    }
}

extension FileLock {
    /// Who holds the lock on `path`; `nil` where nobody does, or the system does not tell.
    package static func holder(_ path: String) -> LockHolder? {
        guard let facts = try? Files.facts(path), let table = try? proc("/proc/locks") else { return nil }
        let lines = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        // 1: FLOCK ADVISORY WRITE 4711 fe:01:131 0 EOF; a waiter's line has "->" in it. The device of some file
        // systems differs from what stat(2) says, so the inode decides.
        let held = lines.first { fields in
            fields.count >= 6 && fields[1] == "FLOCK" && fields[3] == "WRITE"
                && fields[5].split(separator: ":").last.flatMap { UInt64($0) } == facts.inode
        }
        guard let held, let process = Int32(held[4]), process > 0 else { return nil }
        return described(process)
    }

    private static func described(_ process: Int32) -> LockHolder {
        var holder = LockHolder(process: process)
        // The command in parentheses may have spaces; what counts stands behind the last of them.
        guard let text = try? proc("/proc/\(process)/stat"), let end = text.utf8.lastIndex(of: UInt8(ascii: ")")) else {
            return holder
        }
        let fields = text[text.utf8.index(after: end)...].split(separator: " ")
        holder.state = fields.first.flatMap { states[String($0)] }
        if fields.count > 19, let started = Int(fields[19]) {
            let ticks = max(sysconf(Int32(_SC_CLK_TCK)), 1)
            holder.age = max(0, Int(Clocks.sinceBoot().components.seconds) - started / ticks)
        }
        return holder
    }

    private static let states = [
        "R": "running", "S": "sleeping", "I": "sleeping", "D": "waiting for the disk", "T": "stopped", "t": "stopped",
        "Z": "dead", "X": "dead",
    ]

    /// A file of /proc, whose size is not known before it is read.
    private static func proc(_ path: String) throws(HostError) -> String {
        let bytes = try FileDescriptor(path, O_RDONLY, for: .inspect).readAll(path, limit: 1 << 20)
        return String(decoding: bytes, as: UTF8.self)
    }
}
