#if canImport(Glibc)
    import CLinux
    import Glibc
#else
    import Darwin
#endif

/// Runs another program, without a shell, and waits for it.
package struct ChildProcess: Sendable {
    /// How a child ended, and what it wrote.
    package struct Ending: Sendable {
        /// How it ended.
        package enum Status: Sendable, Hashable {
            case exited(Int32)
            case signalled(Int32)
        }

        /// How it ended.
        package var status: Status
        /// What it wrote to standard output.
        package var output: [UInt8]
        /// What it wrote to standard error.
        package var errors: [UInt8]
    }

    /// The program, looked for in PATH unless it has a slash, and its arguments.
    package var command: [String]
    /// All its variables.
    package var environment: Environment
    /// What it reads from standard input; nothing unless given. A child that ends before it has read all raises SIGPIPE here,
    /// which the process must ignore (`ProcessSettings.harden`).
    package var input: [UInt8] = []
    /// Where it works; here unless given.
    package var folder: String?
    /// It is killed, with the children it has in its group, after so long.
    package var timeLimit: Duration = .seconds(30)
    /// It is killed when it writes more octets than this to one of its outputs.
    package var outputLimit = 1 << 20
    /// Asked ten times a second while it runs: `true` kills it, as at its time limit.
    package var isCancelled: @Sendable () -> Bool = { false }

    package init(_ command: [String], environment: Environment) {
        self.command = command
        self.environment = environment
    }

    /// Runs it to its end.
    ///
    /// An exit status other than 0 is not an error.
    ///
    /// - Throws: `HostError` when it can't be started, takes too long, writes too much or is cancelled.
    package func run() throws(HostError) -> Ending {
        guard let name = command.first, !name.isEmpty else { throw HostError(.run, "(no command)", .empty) }
        var toChild = try Pipe()
        var output = try Pipe()
        var errors = try Pipe()
        let child = try spawn(name, input: toChild, output: output, errors: errors)
        // Only the child holds these ends now; else the end of its output would never come.
        toChild.closeReading()
        output.closeWriting()
        errors.closeWriting()
        let deadline = Clocks.monotonic() + timeLimit
        do throws(HostError) {
            var streams = ChildStreams(name: name, input: input, limit: outputLimit)
            while try !streams.exchange(&toChild, output, errors, until: slice(of: deadline)) {
                try checkTime(name, deadline)
            }
            let status = try wait(for: child, name, until: deadline)
            return Ending(status: status, output: streams.output, errors: streams.errors)
        } catch {
            kill(-child, SIGKILL)
            var ignored: Int32 = 0
            _ = retrying { waitpid(child, &ignored, 0) }
            throw error
        }
    }

    private func wait(for child: pid_t, _ name: String, until deadline: Duration) throws(HostError) -> Ending.Status {
        var pause = Duration.microseconds(200)
        while true {
            var status: Int32 = 0
            let result = retrying { waitpid(child, &status, WNOHANG) }
            if result == child {
                let signal = status & 0x7F
                return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
            }
            guard result == 0 else { throw HostError(.run, name) }
            try checkTime(name, deadline)
            Clocks.sleep(pause)
            pause = min(pause * 2, .milliseconds(20))
        }
    }

    /// When to look next whether to go on.
    private func slice(of deadline: Duration) -> Duration { min(deadline, Clocks.monotonic() + .milliseconds(100)) }

    private func checkTime(_ name: String, _ deadline: Duration) throws(HostError) {
        if isCancelled() { throw HostError(.run, name, .cancelled) }
        guard Clocks.monotonic() < deadline else {
            throw HostError(.run, name, .timedOut(seconds: Int(timeLimit.components.seconds)))
        }
    }

    private func spawn(_ name: String, input: borrowing Pipe, output: borrowing Pipe, errors: borrowing Pipe)
        throws(HostError) -> pid_t
    {
        var actions = SpawnActions()
        defer { actions.destroy() }
        actions.connect(input.reading, to: 0)
        actions.connect(output.writing, to: 1)
        actions.connect(errors.writing, to: 2)
        if let folder { actions.changeFolder(folder) }
        var attributes = SpawnAttributes()
        defer { attributes.destroy() }
        let arguments = command.map { strdup($0) } + [nil]
        let variables = environment.entries.map { strdup($0) } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var child: pid_t = 0
        let result = posix_spawnp(&child, name, &actions.raw, &attributes.raw, arguments, variables)
        guard result == 0 else { throw HostError(.run, name, .system(errno: result)) }
        return child
    }
}
