#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Synchronization

/// Whether somebody asked this process to stop: SIGTERM, SIGINT or SIGHUP.
///
/// The first signal asks; a second one of the same kind ends the process at once, as without us.
package final class StopSignal: Sendable {
    /// The signals that ask.
    package static let signals: [Int32] = [SIGTERM, SIGINT, SIGHUP]

    private let pipe: Pipe
    private let received = Atomic<Int32>(0)

    /// One that nobody has asked yet, and that listens to no signals: for rehearsals and tests.
    ///
    /// - Throws: `HostError` when there are no more file descriptors.
    package init() throws(HostError) {
        pipe = try Pipe(nonBlocking: true)
    }

    /// Asks to stop, as if `signal` had come.
    package func raise(_ signal: Int32 = SIGTERM) {
        // Runs in signal handlers: atomics and write(2) only.
        _ = received.compareExchange(expected: 0, desired: signal, ordering: .sequentiallyConsistent)
        var byte: UInt8 = 1
        write(pipe.writing, &byte, 1)
    }

    /// The first signal that came; `nil` while none did.
    package var signal: Int32? {
        let signal = received.load(ordering: .sequentiallyConsistent)
        return signal == 0 ? nil : signal
    }

    /// Whether to stop.
    package var isRaised: Bool { signal != nil }

    /// Becomes readable, for poll(2), once the signal came, and stays so. Owned by this object.
    package var descriptor: Int32 { pipe.reading }

    /// Waits for `limit`, or until the signal comes; true when it did.
    package func wait(atMost limit: Duration) -> Bool {
        let deadline = Clocks.monotonic() + limit
        while !isRaised {
            let left = deadline - Clocks.monotonic()
            guard left > .zero else { return false }
            var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            poll(&wanted, 1, Duration.milliseconds(forPoll: left))
        }
        return true
    }

    /// The one that listens to the process's signals; a handler can know of nothing else.
    private static let installed = Mutex<StopSignal?>(nil)
    private static let listening = Atomic<UInt>(0)

    /// Makes the process's stop signals ask `self`, from now on and for good.
    package func install() {
        StopSignal.installed.withLock { $0 = self }
        let address = UInt(bitPattern: Unmanaged.passUnretained(self).toOpaque())
        StopSignal.listening.store(address, ordering: .sequentiallyConsistent)
        for signal in StopSignal.signals {
            var action = sigaction()
            setHandler(&action) { number in
                let address = StopSignal.listening.load(ordering: .sequentiallyConsistent)
                guard let pointer = UnsafeRawPointer(bitPattern: address) else { return }
                let before = errno
                Unmanaged<StopSignal>.fromOpaque(pointer).takeUnretainedValue().raise(number)
                errno = before
            }
            // SA_RESETHAND: the second one has the system's own effect.
            action.sa_flags = Int32(bitPattern: UInt32(truncatingIfNeeded: SA_RESETHAND))
            sigaction(signal, &action, nil)
        }
    }
}

/// Sets the plain handler of `action`, a member of a union that every platform spells in its own way.
func setHandler(_ action: inout sigaction, _ handler: @escaping @convention(c) (Int32) -> Void) {
    #if canImport(Glibc)
        action.__sigaction_handler.sa_handler = handler
    #else
        action.__sigaction_u.__sa_handler = handler
    #endif
}

/// Gives the signal of `action` the system's own effect.
func setDefault(_ action: inout sigaction) {
    #if canImport(Glibc)
        action.__sigaction_handler.sa_handler = SIG_DFL
    #else
        action.__sigaction_u.__sa_handler = SIG_DFL
    #endif
}
