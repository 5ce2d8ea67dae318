/// Opens the place that an account names.
package enum MessageSources {
    /// An IMAP account or a Maildir; blocks until the login is through, or until `deadline`.
    ///
    /// - Parameter isCancelled: asked while waiting; `true` gives up.
    package static func open(
        _ account: Account, deadline: ContinuousClock.Instant,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws(SourceError) -> any MessageSource {
        switch account.server {
        case .maildir(let path): MaildirSource(path: path)
        case .server(.imap, _, _), .server(.imaps, _, _):
            try IMAPSource(account, deadline: deadline, isCancelled: isCancelled)
        case .server(let scheme, _, _):
            throw .transport(TransportError(phase: .connect, ending: .failed("\(scheme.rawValue):// is not read from")))
        }
    }
}
