import CCurl

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One connection that libcurl opened: TCP, TLS or STARTTLS, EHLO or CAPABILITY, and authentication are done;
/// what is said from then on is the caller's (`CURLOPT_CONNECT_ONLY`).
///
/// The only user of libcurl. It belongs to one thread at a time; `deinit` closes it.
final class CurlConnection {
    /// What came of reading.
    enum Input: Equatable {
        case octets([UInt8])
        /// Nothing is there now.
        case nothing
        case stopped(Ending)
    }

    /// What libcurl saw while connecting.
    let log: ConnectionLog
    private let handle: UnsafeMutableRawPointer
    private let socket: curl_socket_t
    private let isCancelled: @Sendable () -> Bool
    /// As much as libcurl reads at once, and as a TLS record holds (RFC 8446 5.1).
    private var buffer = [UInt8](repeating: 0, count: Int(CURL_MAX_WRITE_SIZE))
    /// Whether octets may be here that the socket no longer tells of: TLS may hold some after a read that brought any,
    /// and a full buffer seldom was all.
    private var mayHoldOctets: Bool
    private let isEncrypted: Bool
    /// How many octets an empty socket takes and can still take more: a quarter of its buffer. The system counts what
    /// it spends on each packet, too, and calls a socket writable up to two thirds.
    private let room: Int
    /// Whether the last write left such room.
    private var hasRoom = false

    /// Connects; blocks until it stands, or until `deadline`.
    ///
    /// - Parameters:
    ///   - mayLogIn: whether IMAP's LOGIN will do; else AUTHENTICATE is needed.
    ///   - isCancelled: asked about once a second; `true` gives up.
    /// - Throws: the phase that failed, and how.
    init(
        _ account: Account, deadline: ContinuousClock.Instant, mayLogIn: Bool = false,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws(TransportError) {
        CurlLibrary.start()
        let attempt = try ConnectionAttempt(
            account, deadline: deadline, mayLogIn: mayLogIn, isCancelled: isCancelled)
        handle = try attempt.perform()
        log = attempt.log
        socket = stoke_curl_socket(handle)
        isEncrypted = attempt.isEncrypted
        mayHoldOctets = isEncrypted
        room = CurlConnection.sendBuffer(of: socket) / 4
        self.isCancelled = isCancelled
    }

    deinit { curl_easy_cleanup(handle) }

    /// Writes all of `octets`, in the time `patience` after each that was taken.
    ///
    /// - Returns: how many went, and why no more.
    func send(_ octets: ArraySlice<UInt8>, patience: Duration, mayCancel: Bool) -> (count: Int, ending: Ending?) {
        var count = 0
        hasRoom = octets.count <= room
        while count < octets.count {
            var taken = 0
            let code = octets.withUnsafeBytes {
                curl_easy_send(handle, $0.baseAddress.map { $0 + count }, $0.count - count, &taken)
            }
            count += taken
            switch code {
            case CURLE_OK: continue
            case CURLE_AGAIN:
                hasRoom = false
                if let ending = wait(for: POLLOUT, until: .now + patience, mayCancel: mayCancel) {
                    return (count, ending)
                }
            default: return (count, .dropped(CurlConnection.words(code)))
            }
        }
        return (count, nil)
    }

    /// Waits for octets until `deadline`.
    func receive(until deadline: ContinuousClock.Instant, mayCancel: Bool) -> Input {
        while true {
            // A read that can't bring anything yet would be one too many.
            if !mayHoldOctets, let ending = wait(for: POLLIN, until: deadline, mayCancel: mayCancel) {
                return .stopped(ending)
            }
            let input = receiveNow()
            guard input == .nothing else { return input }
        }
    }

    /// Takes what is there, without waiting.
    func receiveNow() -> Input {
        var count = 0
        let code = buffer.withUnsafeMutableBytes { curl_easy_recv(handle, $0.baseAddress, $0.count, &count) }
        mayHoldOctets = code == CURLE_OK && (isEncrypted || count == buffer.count)
        switch code {
        case CURLE_OK where count > 0: return .octets(Array(buffer[..<count]))
        case CURLE_OK: return .stopped(.dropped("the server closed the connection"))
        case CURLE_AGAIN: return .nothing
        default: return .stopped(.dropped(CurlConnection.words(code)))
        }
    }

    /// Waits until octets can be written; asks the system only where the last write may have filled the socket.
    ///
    /// All that was written before that one must have been answered.
    func waitUntilWritable(patience: Duration) -> Ending? {
        if hasRoom { return isCancelled() ? .cancelled : nil }
        return wait(for: POLLOUT, until: .now + patience, mayCancel: true)
    }

    /// Breaks the connection at once: nothing that was not yet sent can leave after this.
    func sever() { _ = shutdown(socket, Int32(SHUT_RDWR)) }

    /// Polls in slices, so that a wish to stop is heard; `nil` when the socket is ready.
    private func wait(for events: Int32, until deadline: ContinuousClock.Instant, mayCancel: Bool) -> Ending? {
        while true {
            let left = ContinuousClock.now.duration(to: deadline)
            if left <= .zero { return .timedOut }
            if mayCancel, isCancelled() { return .cancelled }
            var descriptor = pollfd(fd: socket, events: Int16(events), revents: 0)
            let milliseconds = left >= .milliseconds(200) ? 200 : Int32((left / .milliseconds(1)).rounded(.up))
            let ready = poll(&descriptor, 1, milliseconds)
            if ready > 0 { return nil }
            if ready < 0, errno != EINTR { return .dropped(String(cString: strerror(errno))) }
        }
    }

    /// How many octets the system keeps for what was not yet taken by the other side; 0 where it does not tell.
    private static func sendBuffer(of socket: curl_socket_t) -> Int {
        var size: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(socket, SOL_SOCKET, SO_SNDBUF, &size, &length) == 0 ? Int(size) : 0
    }

    static func words(_ code: CURLcode) -> String { String(cString: curl_easy_strerror(code)) }
}
