/// How far a conversation with a server had come.
package enum WirePhase: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Name lookup and TCP.
    case connect
    /// The server's greeting.
    case banner
    /// EHLO, before TLS or after it, or IMAP's CAPABILITY.
    case ehlo
    /// The STARTTLS command.
    case starttls
    /// The TLS handshake and the certificate.
    case tls
    /// AUTH, or IMAP's LOGIN or AUTHENTICATE.
    case auth
    /// RSET after the last message was refused.
    case reset
    case mail
    case rcpt
    case data
    /// The message itself, but its last line end.
    case body
    /// Our own record, before the final dot may leave.
    case fence
    /// The final dot and its reply; for a Maildir the rename.
    case dot
    case quit

    package static func < (a: WirePhase, b: WirePhase) -> Bool { a.order < b.order }

    private var order: Int {
        switch self {
        case .connect: 0
        case .banner: 1
        case .ehlo: 2
        case .starttls: 3
        case .tls: 4
        case .auth: 5
        case .reset: 6
        case .mail: 7
        case .rcpt: 8
        case .data: 9
        case .body: 10
        case .fence: 11
        case .dot: 12
        case .quit: 13
        }
    }
}
