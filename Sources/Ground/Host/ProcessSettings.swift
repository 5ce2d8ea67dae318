#if canImport(Glibc)
    import CLinux
    import Glibc
#else
    import Darwin
#endif

/// What a process that holds secrets sets before anything else.
package enum ProcessSettings {
    /// Makes a crash silent and a broken pipe an error.
    ///
    /// Crash signals get the system's own effect back: Swift's crash report prints values of the environment. The process
    /// can't be dumped or traced by its own user's other processes. Standard input, output and error are never other
    /// files. SIGPIPE is ignored, so a write to a closed connection says EPIPE.
    package static func harden() {
        keepStandardPlaces()
        for signal in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGQUIT, SIGSYS] {
            setEffect(signal, SIG_DFL)
        }
        setEffect(SIGPIPE, SIG_IGN)
        #if canImport(Glibc)
            _ = stoke_set_not_dumpable()
        #endif
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(coreLimit, &none)
    }

    /// A file that is opened where standard output was closed would get its number, and the results with it: the ledger
    /// among them. Such places are taken; to write there is still an error.
    private static func keepStandardPlaces() {
        for number in Int32(0)...2 where fcntl(number, F_GETFD) < 0 && errno == EBADF {
            _ = open("/dev/null", number == 0 ? O_WRONLY : O_RDONLY)
        }
    }

    /// Whether the process may be dumped and traced.
    static var isDumpable: Bool {
        #if canImport(Glibc)
            stoke_is_dumpable() == 1
        #else
            true
        #endif
    }

    /// The process's number.
    package static var identifier: Int32 { getpid() }

    /// The user's number; 0 is root.
    package static var user: UInt32 { geteuid() }

    /// The user's own folder: HOME, else what the system's list of users says; `nil` where neither does.
    package static func homeFolder(_ environment: Environment) -> String? {
        if let home = environment.text("HOME") { return home }
        guard let entry = getpwuid(geteuid()), let folder = entry.pointee.pw_dir else { return nil }
        return String(cString: folder)
    }

    /// The machine's name, as the network knows it.
    package static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    #if canImport(Glibc)
        private static func setEffect(_ number: Int32, _ effect: __sighandler_t?) { signal(number, effect) }
        private static let coreLimit = __rlimit_resource_t(RLIMIT_CORE.rawValue)
    #else
        private static func setEffect(_ number: Int32, _ effect: sig_t?) { signal(number, effect) }
        private static let coreLimit = RLIMIT_CORE
    #endif
}
