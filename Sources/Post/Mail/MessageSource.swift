package import CivilTime

/// A place where messages arrive: an IMAP account, or a Maildir. Reading changes nothing there: `\Seen` stays unset.
///
/// Used by one thread at a time.
package protocol MessageSource: AnyObject {
    /// The folders, with what the server says they are for.
    func folders() throws(SourceError) -> [MailFolder]

    /// Opens one for reading.
    func open(_ folder: MailFolder) throws(SourceError) -> FolderState

    /// What the open folder holds past a mark, in the order of marks; 0 is before everything.
    func entries(after mark: Int) throws(SourceError) -> [MessageEntry]

    /// What the open folder got on this day or later, by the server's calendar, in the order of marks.
    func entries(since day: LocalDate) throws(SourceError) -> [MessageEntry]

    /// Reads messages of the open folder, in the order of `entries`; one that is gone by now is left out.
    ///
    /// - Parameters:
    ///   - limit: octets of one message to keep; the rest is read past and `isCut` says so.
    ///   - each: gets every message as it comes; `false` ends the reading.
    func read(_ entries: [MessageEntry], limit: Int, each: (SourceMessage) -> Bool) throws(SourceError)

    /// Says goodbye.
    func close()
}

/// A folder of an account.
package struct MailFolder: Sendable, Hashable {
    /// What the server says a folder is for (RFC 6154), `inbox` by its name.
    package enum Use: String, Sendable, Hashable {
        case inbox, all, archive, drafts, flagged, junk, sent, trash
    }

    /// The name as the server has it (modified UTF-7 left as it is), or the Maildir's subfolder.
    package var name: String
    /// Its use, if the server says one.
    package var use: Use?

    package init(name: String, use: Use? = nil) {
        self.name = name
        self.use = use
    }
}

/// What is to be known of an open folder.
package struct FolderState: Sendable, Hashable {
    /// When it changes, every UID means another message (RFC 3501 2.3.1.1). 0 for a Maildir.
    package var uidValidity: UInt32
    /// The UID the next message will have, 0 where the server does not say.
    package var uidNext: UInt32
    /// How many messages it holds.
    package var count: Int
    /// The mark past which everything will be that is not there yet; `nil` where marks are UIDs and say that themselves.
    package var closing: Int?

    package init(uidValidity: UInt32, uidNext: UInt32, count: Int, closing: Int? = nil) {
        self.uidValidity = uidValidity
        self.uidNext = uidNext
        self.count = count
        self.closing = closing
    }
}

/// One message of a folder, not yet read.
package struct MessageEntry: Sendable, Hashable {
    /// What it is known by, for good, within its folder and UIDVALIDITY: the UID, or the file's unique name.
    package var key: String
    /// The UID, 0 for a Maildir.
    package var uid: UInt32
    /// What to remember once this one and all before it are read; reading goes on after it.
    ///
    /// The UID; for a Maildir the microsecond before the file's last change, as others may have changed in the same one.
    package var mark: Int

    /// One of an IMAP folder: its UID is its mark, too.
    package init(key: String, uid: UInt32) {
        self.key = key
        self.uid = uid
        self.mark = Int(uid)
    }

    /// One of a Maildir, which has no UIDs.
    package init(key: String, mark: Int) {
        self.key = key
        self.uid = 0
        self.mark = mark
    }
}

/// One message as it was stored.
package struct SourceMessage: Sendable {
    /// Which it is.
    package var entry: MessageEntry
    /// When the server got it.
    package var received: Instant
    /// Its whole size in octets.
    package var size: Int
    /// Header and body, at most as many as asked for.
    package var octets: [UInt8]
    /// Whether octets are missing at the end.
    package var isCut: Bool

    package init(entry: MessageEntry, received: Instant, size: Int, octets: [UInt8], isCut: Bool) {
        self.entry = entry
        self.received = received
        self.size = size
        self.octets = octets
        self.isCut = isCut
    }
}

/// Why messages could not be read.
package enum SourceError: Error, Sendable {
    /// There is no connection.
    case transport(TransportError)
    /// The server said NO or BAD, or BYE; its words.
    case refused(String)
    /// The connection broke, or the server stopped answering.
    case broken(String)
    /// What came is no IMAP; what came, cut to 200 octets.
    case outOfStep(String)
    /// The folder does not exist.
    case noFolder(String)
    /// A file could not be read; the system's words.
    case file(String)
}
