#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension ChildProcess {
    /// Runs it on this process's own terminal, as an editor wants, to its end; there is no time limit.
    ///
    /// - Throws: `HostError` when it can't be started.
    package func runOnTerminal() throws(HostError) -> Ending.Status {
        guard let name = command.first, !name.isEmpty else { throw HostError(.run, "(no command)", .empty) }
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child = pid_t()
        let result = posix_spawnp(&child, name, nil, nil, &arguments, environ)
        guard result == 0 else { throw HostError(.run, name, .system(errno: result)) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
    }
}
