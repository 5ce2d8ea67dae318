#if canImport(Glibc)
    import CLinux
    import Glibc
#else
    import Darwin
#endif

/// A pipe whose ends children do not inherit.
struct Pipe: ~Copyable, Sendable {
    /// The end to read from; -1 once closed.
    private(set) var reading: Int32
    /// The end to write to; -1 once closed.
    private(set) var writing: Int32

    init(nonBlocking: Bool = false) throws(HostError) {
        var ends: [Int32] = [-1, -1]
        #if canImport(Glibc)
            // At once, or a child that another thread starts in between would inherit them.
            guard pipe2(&ends, O_CLOEXEC) == 0 else { throw HostError(.open, "pipe") }
        #else
            guard pipe(&ends) == 0 else { throw HostError(.open, "pipe") }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        #endif
        for end in ends where nonBlocking { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        if reading >= 0 { close(reading) }
        if writing >= 0 { close(writing) }
    }

    mutating func closeReading() {
        if reading >= 0 { close(reading) }
        reading = -1
    }

    mutating func closeWriting() {
        if writing >= 0 { close(writing) }
        writing = -1
    }
}
