#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What goes to a child and comes from it, all at the same time: a child that is not read from stops.
struct ChildStreams {
    /// The command, for errors.
    let name: String
    /// What is still to be written.
    var input: [UInt8]
    /// Of each output.
    let limit: Int
    private(set) var output: [UInt8] = []
    private(set) var errors: [UInt8] = []

    init(name: String, input: [UInt8], limit: Int) {
        self.name = name
        self.input = input
        self.limit = limit
    }

    /// Writes and reads until both outputs end; false once `deadline`, on the monotonic clock, has passed.
    mutating func exchange(
        _ toChild: inout Pipe, _ outputPipe: borrowing Pipe, _ errorPipe: borrowing Pipe, until deadline: Duration
    ) throws(HostError) -> Bool {
        for end in [toChild.writing, outputPipe.reading, errorPipe.reading] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        var open = [
            pollfd(fd: outputPipe.reading, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errorPipe.reading, events: Int16(POLLIN), revents: 0),
        ]
        while open.contains(where: { $0.fd >= 0 }) {
            if input.isEmpty { toChild.closeWriting() }
            // poll(2) passes over negative descriptors.
            var wanted = open + [pollfd(fd: toChild.writing, events: Int16(POLLOUT), revents: 0)]
            let left = deadline - Clocks.monotonic()
            guard left > .zero else { return false }
            let ready = poll(&wanted, nfds_t(wanted.count), Duration.milliseconds(forPoll: left))
            guard ready >= 0 || errno == EINTR else { throw HostError(.run, name) }
            guard ready > 0 else { continue }
            if wanted[0].revents != 0, try !read(outputPipe.reading, into: &output) { open[0].fd = -1 }
            if wanted[1].revents != 0, try !read(errorPipe.reading, into: &errors) { open[1].fd = -1 }
            if wanted[2].revents != 0 { writeSome(&toChild) }
        }
        return true
    }

    /// Reads what is there; false at the end.
    private func read(_ end: Int32, into bytes: inout [UInt8]) throws(HostError) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 16_384)
        #if canImport(Glibc)
            let count = retrying { Glibc.read(end, &chunk, chunk.count) }
        #else
            let count = retrying { Darwin.read(end, &chunk, chunk.count) }
        #endif
        if count < 0, errno == EAGAIN { return true }
        guard count >= 0 else { throw HostError(.run, name) }
        guard bytes.count + count <= limit else { throw HostError(.run, name, .tooLarge(limit: limit)) }
        bytes += chunk[..<count]
        return count > 0
    }

    /// Writes what fits; a child that reads no more is no error.
    private mutating func writeSome(_ pipe: inout Pipe) {
        let end = pipe.writing
        let count = retrying { input.withUnsafeBytes { write(end, $0.baseAddress, $0.count) } }
        if count >= 0 {
            input.removeFirst(count)
        } else if errno != EAGAIN {
            input = []
        }
    }
}
