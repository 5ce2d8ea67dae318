package import MIME

/// One message with its envelope, ready for a server. One recipient a transaction.
package struct WireMessage: Sendable, Hashable {
    /// The envelope's sender, where bounces go.
    package var from: EmailAddress
    /// The envelope's recipient.
    package var to: EmailAddress
    /// The message, header and body, as composed; line ends and dots are seen to on the way out.
    package var octets: [UInt8]

    package init(from: EmailAddress, to: EmailAddress, octets: [UInt8]) {
        self.from = from
        self.to = to
        self.octets = octets
    }

    /// Whether the server must offer SMTPUTF8 for its envelope (RFC 6531 3.4).
    package var needsSMTPUTF8: Bool { from.needsSMTPUTF8 || to.needsSMTPUTF8 }
}
