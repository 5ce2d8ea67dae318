#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The clocks of this machine.
package enum Clocks {
    /// UTC seconds since 1970 by the wall clock, which may be set, forward and back.
    package static func wallSeconds() -> Int { read(CLOCK_REALTIME).tv_sec }

    /// UTC nanoseconds since 1970 by the wall clock: for stamps of log lines and names of files.
    package static func wallNanoseconds() -> Int {
        let now = read(CLOCK_REALTIME)
        return now.tv_sec * 1_000_000_000 + now.tv_nsec
    }

    /// Time since some moment before the machine's start, without the time it slept. Never goes back.
    package static func monotonic() -> Duration { duration(read(CLOCK_MONOTONIC)) }

    /// Time since the machine's start, also while it slept (CLOCK_BOOTTIME). Never goes back.
    package static func sinceBoot() -> Duration {
        #if canImport(Glibc)
            duration(read(CLOCK_BOOTTIME))
        #else
            // macOS counts sleep in CLOCK_MONOTONIC.
            duration(read(CLOCK_MONOTONIC))
        #endif
    }

    /// Blocks this thread for `duration`, whatever signals come.
    package static func sleep(_ duration: Duration) {
        var wanted = timespec(duration)
        var left = timespec()
        while nanosleep(&wanted, &left) != 0, errno == EINTR { wanted = left }
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var now = timespec()
        clock_gettime(clock, &now)
        return now
    }

    private static func duration(_ time: timespec) -> Duration {
        .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}

extension timespec {
    /// `duration`; nothing where it is negative.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = max(duration, .zero).components
        self.init(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    }
}

extension Duration {
    /// Milliseconds for poll(2), rounded up; -1, for ever, where there is no duration.
    static func milliseconds(forPoll duration: Duration?) -> Int32 {
        guard let duration else { return -1 }
        let (seconds, attoseconds) = max(duration, .zero).components
        let nanoseconds = attoseconds / 1_000_000_000
        return Int32(clamping: min(seconds, 1_000_000) * 1000 + (nanoseconds + 999_999) / 1_000_000)
    }
}
