#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Synchronization

/// The terminal on standard input as a source of single keys, unseen until the program shows something.
///
/// From `init` to `close` the line discipline is ours; it is given back on every way out: at `close`, by a signal that
/// ends the process (crashes among them), and while the process is stopped. SIGTERM, SIGINT and SIGHUP first come as a
/// key, so that nothing decided is lost; a second one ends the process at once.
package final class KeyTerminal {
    /// What a person pressed, or what happened instead.
    package enum Key: Sendable, Hashable {
        case character(Character)
        case enter, backspace, escape, forward, back
        /// Ctrl-C.
        case interrupt
        /// Ctrl-D, or the terminal is gone.
        case end
        /// The process was stopped and goes on: whatever is shown may be gone.
        case resumed
        /// Somebody asks the process to stop.
        case stop(Int32)
        /// A key that means nothing here.
        case other
    }

    private var buffer: [UInt8] = []
    private var isAtEnd = false

    /// Takes the terminal over.
    ///
    /// - Throws: `HostError` where standard input is none, or there are no more file descriptors.
    package init() throws(HostError) {
        guard tcgetattr(0, TerminalState.saved) == 0 else { throw HostError(.read, "the terminal") }
        wake = try Pipe(nonBlocking: true)
        TerminalState.prepare(wakingThrough: wake.writing)
        TerminalState.takeOver()
        TerminalState.listen()
    }

    private let wake: Pipe

    deinit {
        TerminalState.giveBack()
        TerminalState.forgetWaker()
    }

    /// Gives the terminal back; the next call does nothing.
    package func close() { TerminalState.giveBack() }

    /// Runs `body`, an editor for one, with the terminal as it was.
    package func lending<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        TerminalState.giveBack()
        defer { TerminalState.takeOver() }
        return try body()
    }

    /// The next key; waits for it.
    package func key() -> Key {
        guard let byte = nextByte() else { return happened() }
        switch byte {
        case 0x03: return .interrupt
        case 0x04: return .end
        case 0x08, 0x7F: return .backspace
        case 0x0A, 0x0D: return .enter
        case 0x1A:
            kill(0, SIGTSTP)
            return key()
        case 0x1B: return escaped()
        case 0x20...0x7E: return .character(Character(Unicode.Scalar(byte)))
        case 0xC2...0xF4: return character(byte)
        default: return .other
        }
    }

    /// A line, edited and seen as the terminal does it; `nil` where Escape or Ctrl-C took it back, or there is no more.
    package func line() -> String? {
        TerminalState.set(TerminalState.lines)
        defer { TerminalState.takeOver() }
        var bytes: [UInt8] = []
        while let byte = nextByte() {
            switch byte {
            case 0x0A: return String(decoding: bytes, as: UTF8.self)
            case 0x03, 0x1B:
                tcflush(0, TCIFLUSH)
                buffer.removeAll()
                return nil
            default: bytes.append(byte)
            }
        }
        return nil
    }

    /// Why there was no byte.
    private func happened() -> Key {
        if let signal = TerminalState.signal { return .stop(signal) }
        if isAtEnd { return .end }
        return .resumed
    }

    /// What stands behind ESC: an arrow, or nothing.
    private func escaped() -> Key {
        guard let next = nextByte(within: 50) else { return .escape }
        guard next == UInt8(ascii: "[") || next == UInt8(ascii: "O") else { return .other }
        while let byte = nextByte(within: 50) {
            guard (0x40...0x7E).contains(byte) else { continue }
            switch byte {
            case UInt8(ascii: "A"), UInt8(ascii: "D"): return .back
            case UInt8(ascii: "B"), UInt8(ascii: "C"): return .forward
            default: return .other
            }
        }
        return .other
    }

    private func character(_ first: UInt8) -> Key {
        var bytes = [first]
        let count = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        while bytes.count < count, let byte = nextByte(within: 50) { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self).first.map { .character($0) } ?? .other
    }

    /// The next octet; `nil` where none comes in time, or something else happens first.
    private func nextByte(within milliseconds: Int32 = -1) -> UInt8? {
        while buffer.isEmpty {
            if TerminalState.signal != nil || isAtEnd { return nil }
            var wanted = [
                pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wake.reading, events: Int16(POLLIN), revents: 0),
            ]
            let count = poll(&wanted, 2, milliseconds)
            if count == 0 { return nil }
            if count > 0, wanted[1].revents != 0 {
                var octets = [UInt8](repeating: 0, count: 64)
                while read(wake.reading, &octets, octets.count) > 0 {}
                return nil
            }
            if count > 0 { fill() }
        }
        return buffer.removeFirst()
    }

    private func fill() {
        var octets = [UInt8](repeating: 0, count: 1024)
        let count = read(0, &octets, octets.count)
        if count > 0 { buffer = Array(octets[..<count]) }
        isAtEnd = count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN)
    }
}

/// How the terminal was and how it is wanted, where signal handlers find it: they can know of nothing else.
///
/// Everything here is made before the first handler is installed; handlers use atomics, tcsetattr(3), write(2), kill(2)
/// and sigaction(2), which POSIX allows them.
private enum TerminalState {
    /// As it was. Unsafe: a pointer, written before any handler is installed, only read from then on.
    nonisolated(unsafe) static let saved = UnsafeMutablePointer<termios>.allocate(capacity: 1)
    /// For single keys. Unsafe for the same reason.
    nonisolated(unsafe) static let keys = UnsafeMutablePointer<termios>.allocate(capacity: 1)
    /// For lines. Unsafe for the same reason.
    nonisolated(unsafe) static let lines = UnsafeMutablePointer<termios>.allocate(capacity: 1)
    private static let isOurs = Atomic<Bool>(false)
    private static let received = Atomic<Int32>(0)
    private static let waker = Atomic<Int32>(-1)

    /// The signal that asked to stop; `nil` while none did.
    static var signal: Int32? {
        let signal = received.load(ordering: .sequentiallyConsistent)
        return signal == 0 ? nil : signal
    }

    /// Derives both of our settings from the saved one.
    static func prepare(wakingThrough descriptor: Int32) {
        waker.store(descriptor, ordering: .sequentiallyConsistent)
        var settings = saved.pointee
        // Ctrl-C, Ctrl-Z and Ctrl-S are keys here; what is written is treated as before.
        settings.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
        settings.c_iflag &= ~tcflag_t(IXON)
        control(&settings, VMIN, 1)
        control(&settings, VTIME, 0)
        keys.initialize(to: settings)
        var cooked = saved.pointee
        cooked.c_lflag |= tcflag_t(ICANON | ECHO | ECHOE | ECHOK)
        cooked.c_lflag &= ~tcflag_t(ISIG)
        // A line also ends where somebody takes it back.
        control(&cooked, VEOL, 0x03)
        control(&cooked, VEOL2, 0x1B)
        lines.initialize(to: cooked)
    }

    /// The pipe is about to be closed.
    static func forgetWaker() { waker.store(-1, ordering: .sequentiallyConsistent) }

    private static func control(_ settings: inout termios, _ index: Int32, _ value: cc_t) {
        withUnsafeMutableBytes(of: &settings.c_cc) { $0[Int(index)] = value }
    }

    static func set(_ settings: UnsafeMutablePointer<termios>) {
        while tcsetattr(0, TCSADRAIN, settings) != 0, errno == EINTR {}
    }

    static func takeOver() {
        isOurs.store(true, ordering: .sequentiallyConsistent)
        set(keys)
    }

    static func giveBack() {
        if isOurs.exchange(false, ordering: .sequentiallyConsistent) { set(saved) }
    }

    /// Makes signals give the terminal back before they have their effect.
    static func listen() {
        for number in [SIGTERM, SIGINT, SIGHUP] {
            handle(number) { number in
                let before = errno
                let isFirst = TerminalState.received.compareExchange(
                    expected: 0, desired: number, ordering: .sequentiallyConsistent
                ).exchanged
                if isFirst { TerminalState.wakeUp() } else { TerminalState.end(number) }
                errno = before
            }
        }
        for number in [SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] {
            handle(number) { TerminalState.end($0) }
        }
        handle(SIGTSTP) { _ in
            let before = errno
            let wasOurs = TerminalState.isOurs.load(ordering: .sequentiallyConsistent)
            TerminalState.giveBack()
            kill(getpid(), SIGSTOP)
            if wasOurs { TerminalState.takeOver() }
            TerminalState.wakeUp()
            errno = before
        }
    }

    private static func handle(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
        var action = sigaction()
        setHandler(&action, handler)
        sigaction(number, &action, nil)
    }

    private static func wakeUp() {
        var byte: UInt8 = 1
        write(waker.load(ordering: .sequentiallyConsistent), &byte, 1)
    }

    /// Ends the process by the signal, as without us, but with its terminal back.
    private static func end(_ number: Int32) {
        giveBack()
        var action = sigaction()
        setDefault(&action)
        sigaction(number, &action, nil)
        raise(number)
    }
}

extension KeyTerminal {
    /// Ends the process by the signal that asked it to stop, once all is done.
    package static func obey(_ signal: Int32) {
        TerminalState.giveBack()
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, signal)
        var action = sigaction()
        setDefault(&action)
        sigaction(signal, &action, nil)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        kill(getpid(), signal)
    }
}
