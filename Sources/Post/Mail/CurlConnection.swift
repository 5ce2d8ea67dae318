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
    private var buffer = [UInt8](repeating: 0, count: 32_768)

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
        self.isCancelled = isCancelled
    }

    deinit { curl_easy_cleanup(handle) }

    /// Writes all of `octets`, in the time `patience` after each that was taken.
    ///
    /// - Returns: how many went, and why no more.
    func send(_ octets: [UInt8], patience: Duration, mayCancel: Bool) -> (count: Int, ending: Ending?) {
        var count = 0
        var deadline = ContinuousClock.now + patience
        while count < octets.count {
            var taken = 0
            let code = octets[count...].withUnsafeBytes { curl_easy_send(handle, $0.baseAddress, $0.count, &taken) }
            count += taken
            if taken > 0 { deadline = .now + patience }
            switch code {
            case CURLE_OK: continue
            case CURLE_AGAIN:
                if let ending = wait(for: POLLOUT, until: deadline, mayCancel: mayCancel) { return (count, ending) }
            default: return (count, .dropped(CurlConnection.words(code)))
            }
        }
        return (count, nil)
    }

    /// Waits for octets until `deadline`.
    func receive(until deadline: ContinuousClock.Instant, mayCancel: Bool) -> Input {
        while true {
            let input = receiveNow()
            guard input == .nothing else { return input }
            if let ending = wait(for: POLLIN, until: deadline, mayCancel: mayCancel) { return .stopped(ending) }
        }
    }

    /// Takes what is there, without waiting.
    func receiveNow() -> Input {
        var count = 0
        let code = buffer.withUnsafeMutableBytes { curl_easy_recv(handle, $0.baseAddress, $0.count, &count) }
        switch code {
        case CURLE_OK where count > 0: return .octets(Array(buffer[..<count]))
        case CURLE_OK: return .stopped(.dropped("the server closed the connection"))
        case CURLE_AGAIN: return .nothing
        default: return .stopped(.dropped(CurlConnection.words(code)))
        }
    }

    /// Waits until octets can be written.
    func waitUntilWritable(patience: Duration) -> Ending? {
        wait(for: POLLOUT, until: .now + patience, mayCancel: true)
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
            let milliseconds = Int32(min(left / .milliseconds(1), 200).rounded(.up))
            let ready = poll(&descriptor, 1, milliseconds)
            if ready > 0 { return nil }
            if ready < 0, errno != EINTR { return .dropped(String(cString: strerror(errno))) }
        }
    }

    static func words(_ code: CURLcode) -> String { String(cString: curl_easy_strerror(code)) }
}
