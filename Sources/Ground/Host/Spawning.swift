#if canImport(Glibc)
    import CLinux
    import Glibc
#else
    import Darwin
#endif

/// What a child does between its birth and its program: takes its three streams, goes to its folder.
struct SpawnActions {
    #if canImport(Glibc)
        var raw = posix_spawn_file_actions_t()
    #else
        var raw: posix_spawn_file_actions_t?
    #endif

    init() { posix_spawn_file_actions_init(&raw) }

    mutating func destroy() { posix_spawn_file_actions_destroy(&raw) }

    mutating func connect(_ descriptor: Int32, to stream: Int32) {
        posix_spawn_file_actions_adddup2(&raw, descriptor, stream)
    }

    mutating func changeFolder(_ path: String) { posix_spawn_file_actions_addchdir_np(&raw, path) }
}

/// How a child starts: in a group of its own, so that it can be killed with its children, and with every signal's own
/// effect, for an ignored SIGPIPE would be inherited.
struct SpawnAttributes {
    #if canImport(Glibc)
        var raw = posix_spawnattr_t()
    #else
        var raw: posix_spawnattr_t?
    #endif

    init() {
        posix_spawnattr_init(&raw)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&raw, &all)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&raw, &none)
        posix_spawnattr_setpgroup(&raw, 0)
        posix_spawnattr_setflags(&raw, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
    }

    mutating func destroy() { posix_spawnattr_destroy(&raw) }
}
