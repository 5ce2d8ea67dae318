package import Host

/// One server account: where, who, and how to prove it.
package struct Account: Sendable {
    /// Whether the connection is encrypted.
    package enum Security: Sendable, Hashable {
        /// TLS from the start or STARTTLS, which must be offered; certificates are checked.
        case required
        /// None; loopback hosts only.
        case none
    }

    /// How the secret proves who we are.
    package enum Authentication: String, Sendable, Hashable {
        /// PLAIN or LOGIN with a password.
        case password
        /// A bearer token, Google's and Microsoft's older way.
        case xoauth2
        /// A bearer token (RFC 7628).
        case oauthbearer
    }

    /// The server.
    package var server: ServerURL
    /// The login name; `nil` for a server that asks for none.
    package var user: String?
    /// How `secret` is used.
    package var authentication: Authentication = .password
    /// Read at each connect, so that a changed password needs no restart. Never kept.
    package var secret: @Sendable () throws(HostError) -> Secret
    /// Encryption.
    package var security: Security = .required
    /// A PEM file of certificate authorities, instead of the system's; the checks stay.
    package var caFile: String?
    /// The name in EHLO; should resolve to this machine (RFC 5321 4.1.1.1).
    package var ehlo: String = "localhost"
    /// How long each phase may take.
    package var timeouts = Timeouts()
    /// After so many messages a session is no longer open.
    package var messagesPerConnection: Int = 100

    /// A server with everything else as a plain mailbox has it.
    package init(
        server: ServerURL, user: String? = nil,
        secret: @escaping @Sendable () throws(HostError) -> Secret = { () throws(HostError) in Secret("") }
    ) {
        self.server = server
        self.user = user
        self.secret = secret
    }
}

/// The time each phase may take (RFC 5321 4.5.3.2).
package struct Timeouts: Sendable, Hashable {
    /// TCP, with the name lookup.
    package var connect: Duration = .seconds(60)
    /// Each reply up to and with AUTH.
    package var handshake: Duration = .seconds(300)
    /// The reply to RSET, MAIL, RCPT and DATA, each.
    package var command: Duration = .seconds(300)
    /// The body, whenever the server takes no octet of it.
    package var body: Duration = .seconds(180)
    /// From asking the fence to writing the dot.
    package var fence: Duration = .seconds(5)
    /// The reply to the final dot. Giving up early makes duplicates.
    package var dot: Duration = .seconds(600)
    /// The reply to QUIT, which decides nothing.
    package var quit: Duration = .seconds(5)

    package init() {}
}
