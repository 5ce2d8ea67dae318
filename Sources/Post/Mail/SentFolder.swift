package import CivilTime
import MIME

/// The folder of an IMAP account that keeps what was sent, for copies that the mail's own server does not make.
///
/// Used by one thread at a time.
package final class SentFolder {
    private let source: IMAPSource
    private let folder: MailFolder

    /// Connects, logs in and finds the folder; blocks.
    ///
    /// - Parameter isCancelled: asked while waiting; `true` gives up.
    /// - Throws: `noFolder` where none is marked as Sent or bears one of its usual names.
    package init(
        _ account: Account, deadline: ContinuousClock.Instant,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws(SourceError) {
        let source = try IMAPSource(account, deadline: deadline, isCancelled: isCancelled)
        guard let folder = SentFolder.find(in: try source.folders()) else {
            source.close()
            throw .noFolder("none is marked as Sent")
        }
        (self.source, self.folder) = (source, folder)
    }

    /// Puts a copy there, marked as seen.
    ///
    /// - Throws: `refused` after which the next copy may be tried over the same connection; otherwise it is broken.
    package func keep(_ octets: [UInt8], sent: Instant) throws(SourceError) {
        try source.append(CanonicalLines.crlf(octets), to: folder, received: sent)
    }

    /// Says goodbye.
    package func close() { source.close() }

    /// The one that the server marks (RFC 6154), else one that is called so.
    package static func find(in folders: [MailFolder]) -> MailFolder? {
        if let marked = folders.first(where: { $0.use == .sent }) { return marked }
        for name in names {
            let named = folders.first { $0.name.split { "/.".contains($0) }.last?.lowercased() == name }
            if let named { return named }
        }
        return nil
    }

    /// What mail programs call it, in lower case; modified UTF-7 as it goes over the wire.
    private static let names = [
        "sent", "sent items", "sent messages", "sent mail", "gesendet", "gesendete elemente", "gesendete objekte",
        "envoy&aok-s", "&amk-l&aoklments envoy&aoks-", "elementos enviados", "enviados", "posta inviata", "verzonden",
    ]
}
