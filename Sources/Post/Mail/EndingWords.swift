extension Ending {
    /// What happened, in a few lower-case words.
    package var words: String {
        switch self {
        case .accepted(let reply), .refused(let reply): reply.text
        case .dropped(let why): "connection lost (\(why))"
        case .timedOut: "no answer in time"
        case .outOfStep(let what): "the server's answers are out of step (\(what))"
        case .unsupported(let what): "the server does not offer \(what)"
        case .untrusted(let why): "the certificate is not to be trusted (\(why))"
        case .fenceRefused: "cancelled before the final dot"
        case .fenceExpired: "taken back: the final dot was not written within 5 s"
        case .cancelled: "stopped before the final dot"
        case .failed(let why): why
        }
    }
}

extension WirePhase {
    /// Where it was, in words that need no RFC.
    package var words: String {
        switch self {
        case .connect: "while connecting"
        case .banner: "before the server's greeting"
        case .ehlo: "at EHLO"
        case .starttls: "at STARTTLS"
        case .tls: "in the TLS handshake"
        case .auth: "at login"
        case .reset: "at RSET"
        case .mail: "at MAIL FROM"
        case .rcpt: "at RCPT TO"
        case .data: "at DATA"
        case .body: "in mid-message"
        case .fence: "before the final dot"
        case .dot: "at the final dot"
        case .quit: "at QUIT"
        }
    }
}

extension SourceError {
    /// What happened, in a few lower-case words.
    package var words: String {
        switch self {
        case .transport(let error): "\(error.phase.words): \(error.ending.words)"
        case .refused(let text), .broken(let text), .outOfStep(let text), .file(let text): text
        case .noFolder(let text): "no folder: \(text)"
        }
    }
}
