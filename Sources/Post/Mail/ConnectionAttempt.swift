import CCurl
import Host

/// The making of one connection: a handle with its options set, and what libcurl's error means.
final class ConnectionAttempt {
    let log: ConnectionLog
    private let handle: UnsafeMutableRawPointer
    private let account: Account
    private let scheme: ServerURL.Scheme
    private let start: ContinuousClock.Instant
    private let deadline: ContinuousClock.Instant
    private let isCancelled: @Sendable () -> Bool
    /// Why the progress callback gave up.
    private var giveUp: Ending?
    private var isPerformed = false
    /// What proves who we are: never to be shown, even where a server repeats it.
    private var mask = SecretMask()
    private var errorText = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))

    /// - Parameter mayLogIn: whether IMAP's LOGIN may be used, which can't be had together with a choice of mechanisms.
    init(
        _ account: Account, deadline: ContinuousClock.Instant, mayLogIn: Bool,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws(TransportError) {
        guard case .server(let scheme, let host, let port) = account.server else {
            throw TransportError(phase: .connect, ending: .failed("a Maildir is no server"))
        }
        guard account.security == .required || account.server.isLoopback else {
            throw TransportError(phase: .connect, ending: .failed("without TLS only this machine may be asked"))
        }
        guard ConnectionAttempt.isHostName(account.ehlo) else {
            throw TransportError(phase: .connect, ending: .failed("the EHLO name is no host name"))
        }
        guard let handle = curl_easy_init() else {
            throw TransportError(phase: .connect, ending: .failed("libcurl can't start"))
        }
        (self.handle, self.account, self.scheme) = (handle, account, scheme)
        (self.deadline, self.isCancelled) = (deadline, isCancelled)
        start = .now
        log = ConnectionLog(language: scheme == .smtp || scheme == .smtps ? .smtp : .imap, now: start)
        setAddress(host: host, port: port)
        setSecurity()
        try setIdentity(mayLogIn: mayLogIn)
    }

    deinit { if !isPerformed { curl_easy_cleanup(handle) } }

    /// Connects; the handle is the caller's from then on.
    func perform() throws(TransportError) -> UnsafeMutableRawPointer {
        let code = withExtendedLifetime(self) {
            errorText.withUnsafeMutableBytes { buffer in
                stoke_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, buffer.baseAddress)
                setCallbacks()
                defer { clearCallbacks() }
                return curl_easy_perform(handle)
            }
        }
        guard code == CURLE_OK else { throw error(ending(code)) }
        if account.user != nil, !log.hasAuthenticated {
            // libcurl goes on without a word where AUTH is not offered; so it does after EHLO was refused.
            if let reply = log.refusedEHLO { throw error(.refused(reply), phase: .ehlo) }
            throw error(.unsupported("AUTH"))
        }
        isPerformed = true
        return handle
    }

    /// Whether what is said over the connection goes through TLS.
    var isEncrypted: Bool { account.security == .required || scheme.isTLSFirst }

    // MARK: Options

    /// A name, or an address in brackets (RFC 5321 4.1.3): it goes into a URL and from there into a command.
    private static func isHostName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 255
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"),
                    UInt8(ascii: "["), UInt8(ascii: "]"):
                    true
                default: false
                }
            }
    }

    private func setAddress(host: String, port: Int) {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        let path = log.isSMTP ? "/" + account.ehlo : "/"
        stoke_curl_set_string(handle, CURLOPT_URL, "\(scheme.rawValue)://\(name):\(port)\(path)")
        stoke_curl_set_long(handle, CURLOPT_CONNECT_ONLY, 1)
        stoke_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        stoke_curl_set_long(handle, CURLOPT_TCP_KEEPALIVE, 1)
        // A proxy from the environment would carry mail somewhere that no file names.
        stoke_curl_set_string(handle, CURLOPT_PROXY, "")
        let left = max(1, Int(start.duration(to: deadline) / .milliseconds(1)))
        stoke_curl_set_long(handle, CURLOPT_TIMEOUT_MS, left)
        stoke_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, left)
        stoke_curl_set_long(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, left / 1000 + 1)
    }

    private func setSecurity() {
        let isRequired = account.security == .required
        stoke_curl_set_long(
            handle, CURLOPT_USE_SSL, Int(isRequired ? CURLUSESSL_ALL.rawValue : CURLUSESSL_NONE.rawValue))
        stoke_curl_set_long(handle, CURLOPT_SSL_VERIFYPEER, 1)
        stoke_curl_set_long(handle, CURLOPT_SSL_VERIFYHOST, 2)
        stoke_curl_set_long(handle, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        guard let file = account.caFile else { return }
        stoke_curl_set_string(handle, CURLOPT_CAINFO, file)
        stoke_curl_set_string(handle, CURLOPT_CAPATH, nil)
    }

    private func setIdentity(mayLogIn: Bool) throws(TransportError) {
        guard let user = account.user else { return }
        let secret: String
        do throws(HostError) { secret = try account.secret().reveal() } catch {
            throw TransportError(phase: .auth, ending: .failed(error.description))
        }
        mask = SecretMask(secret, user: user, at: account.server)
        stoke_curl_set_string(handle, CURLOPT_USERNAME, user)
        switch account.authentication {
        case .password:
            stoke_curl_set_string(handle, CURLOPT_PASSWORD, secret)
            // Else libcurl would try Kerberos for every user name with an @.
            if !mayLogIn { stoke_curl_set_string(handle, CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN") }
        case .xoauth2, .oauthbearer:
            stoke_curl_set_string(handle, CURLOPT_XOAUTH2_BEARER, secret)
            let mechanism = account.authentication == .xoauth2 ? "XOAUTH2" : "OAUTHBEARER"
            stoke_curl_set_string(handle, CURLOPT_LOGIN_OPTIONS, "AUTH=\(mechanism)")
        }
    }

    // MARK: Callbacks

    private func setCallbacks() {
        let me = Unmanaged.passUnretained(self).toOpaque()
        stoke_curl_set_debug(handle) { _, kind, data, size, context in
            guard let data, let context else { return 0 }
            let octets = UnsafeRawBufferPointer(start: data, count: size)
            Unmanaged<ConnectionAttempt>.fromOpaque(context).takeUnretainedValue().saw(kind, octets)
            return 0
        }
        stoke_curl_set_pointer(handle, CURLOPT_DEBUGDATA, me)
        stoke_curl_set_long(handle, CURLOPT_VERBOSE, 1)
        stoke_curl_set_progress(handle) { context, _, _, _, _ in
            guard let context else { return 0 }
            return Unmanaged<ConnectionAttempt>.fromOpaque(context).takeUnretainedValue().isToStop() ? 1 : 0
        }
        stoke_curl_set_pointer(handle, CURLOPT_XFERINFODATA, me)
        stoke_curl_set_long(handle, CURLOPT_NOPROGRESS, 0)
    }

    /// The handle outlives this object: nothing of it may stay behind there.
    private func clearCallbacks() {
        stoke_curl_set_long(handle, CURLOPT_VERBOSE, 0)
        stoke_curl_set_long(handle, CURLOPT_NOPROGRESS, 1)
        stoke_curl_set_pointer(handle, CURLOPT_DEBUGDATA, nil)
        stoke_curl_set_pointer(handle, CURLOPT_XFERINFODATA, nil)
        stoke_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, nil)
    }

    private func saw(_ kind: curl_infotype, _ octets: UnsafeRawBufferPointer) {
        switch kind {
        case CURLINFO_HEADER_OUT, CURLINFO_DATA_OUT: log.wrote(Array(octets), now: .now)
        case CURLINFO_HEADER_IN: log.read(Array(octets), now: .now)
        default: noteProgress()
        }
    }

    private func noteProgress() {
        guard log.phase <= .banner, stoke_curl_time(handle, CURLINFO_CONNECT_TIME_T) > 0 else { return }
        if scheme.isTLSFirst, stoke_curl_time(handle, CURLINFO_APPCONNECT_TIME_T) == 0 { return }
        log.enter(.banner, now: .now)
    }

    /// Asked by libcurl at least once a second.
    private func isToStop() -> Bool {
        noteProgress()
        let now = ContinuousClock.now
        let patience = log.phase == .connect ? account.timeouts.connect : account.timeouts.handshake
        if isCancelled() {
            giveUp = .cancelled
        } else if now >= deadline || log.phaseStart.duration(to: now) > patience {
            giveUp = .timedOut
        }
        return giveUp != nil
    }

    // MARK: What went wrong

    private func error(_ ending: Ending, phase: WirePhase? = nil) -> TransportError {
        let meant: WirePhase? =
            switch ending {
            case .untrusted: .tls
            case .unsupported("AUTH"): .auth
            default: phase
            }
        return TransportError(
            phase: meant ?? failedPhase, ending: mask.apply(to: ending), duration: start.duration(to: .now),
            transcript: log.transcript.map { mask.apply(to: $0) })
    }

    /// Where TLS comes first, libcurl says only by its times how far it came.
    private var failedPhase: WirePhase {
        guard log.phase == .connect else { return log.phase }
        guard stoke_curl_time(handle, CURLINFO_CONNECT_TIME_T) > 0 else { return .connect }
        return scheme.isTLSFirst && stoke_curl_time(handle, CURLINFO_APPCONNECT_TIME_T) == 0 ? .tls : .banner
    }

    private func ending(_ code: CURLcode) -> Ending {
        if let giveUp { return giveUp }
        let words = errorText[0] == 0 ? CurlConnection.words(code) : text
        switch code {
        case CURLE_OPERATION_TIMEDOUT: return .timedOut
        case CURLE_PEER_FAILED_VERIFICATION: return .untrusted(words)
        case CURLE_SSL_CACERT_BADFILE: return .failed(words)
        default: break
        }
        if log.phase == .ehlo, let reply = log.refusedEHLO { return .refused(reply) }
        if let reply = log.reply, reply.isTemporary || reply.isPermanent { return .refused(reply) }
        switch code {
        case CURLE_USE_SSL_FAILED where log.phase == .starttls: return .outOfStep(words)
        case CURLE_USE_SSL_FAILED: return .unsupported("STARTTLS")
        case CURLE_LOGIN_DENIED where !log.hasAuthenticated: return .unsupported("AUTH")
        case CURLE_LOGIN_DENIED, CURLE_WEIRD_SERVER_REPLY: return .outOfStep(log.lastLine)
        default: return .dropped(words)
        }
    }

    private var text: String {
        String(decoding: errorText.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
