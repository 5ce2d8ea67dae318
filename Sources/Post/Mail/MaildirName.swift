import Host
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A Maildir file's name, never given twice on this machine: `seconds.MmicrosecondsPprocessQcount.host`.
enum MaildirName {
    private static let count = Atomic<Int>(0)

    /// A new one.
    static func next() -> String {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let number = count.add(1, ordering: .relaxed).newValue
        return "\(now.tv_sec).M\(now.tv_nsec / 1000)P\(getpid())Q\(number).\(host)"
    }

    /// This machine's name, without what a file name or the Maildir's info part gives another meaning.
    private static let host: String = {
        let name = ProcessSettings.hostName.utf8.map { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") ? 95 : $0 }
        return name.isEmpty ? "localhost" : String(decoding: name, as: UTF8.self)
    }()
}
