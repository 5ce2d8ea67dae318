package import CivilTime
package import Digest
package import Ledger
package import Mail
package import Outreach

/// Reads a mailbox's folders and records what came in; `\Seen` is never set.
package struct InboxReader<S: Store> {
    /// What one reading came to.
    package struct Report: Sendable {
        /// Messages that were looked at, by folder and in order; those known from before are left out.
        package var arrivals: [Arrival] = []
        /// Why reading ended early; what is in `arrivals` is recorded all the same.
        package var failure: SourceError?
        /// Everybody whose standing may have changed.
        package var touched: Set<Person.ID> { arrivals.reduce(into: []) { $0.formUnion($1.touched) } }

        /// - Parameter failure: where not even the folders could be listed.
        package init(failure: SourceError? = nil) { self.failure = failure }
    }

    private let store: S
    private let epoch: Epoch?
    private let reader: ArrivalReader<S>
    private let now: Instant

    /// How many of a folder's newest messages are looked at when it is read for the first time.
    package static var firstReach: Int { 500 }
    /// Octets of one message that are read; the rest cannot change what it is.
    package static var octetLimit: Int { 2 << 20 }
    /// How many messages that change nothing wait for one commit of the folder's mark.
    private static var patience: Int { 256 }

    /// Reads for the run of `epoch`; `nil` for a command that does not send.
    package init(store: S, epoch: Epoch?, model: Model, signer: TokenSigner, at now: Instant) {
        self.store = store
        self.epoch = epoch
        self.now = now
        reader = ArrivalReader(store: store, model: model, signer: signer, now: now)
    }

    /// Reads everything new. What a message changes is committed with its folder's mark, so that none is lost or
    /// counted twice, wherever it is cut off.
    ///
    /// - Throws: what the store throws; a source that fails ends the reading and is told in the report.
    package func read(_ mailbox: Mailbox, from source: any MessageSource) throws(StoreError) -> Report {
        var report = Report()
        do throws(InboxFailure) {
            for folder in relevant(try folders(source)) { try read(folder, of: mailbox, from: source, into: &report) }
        } catch {
            switch error {
            case .source(let failure): report.failure = failure
            case .store(let failure): throw failure
            }
        }
        return report
    }

    private func folders(_ source: any MessageSource) throws(InboxFailure) -> [MailFolder] {
        do throws(SourceError) { return try source.folders() } catch { throw .source(error) }
    }

    /// Where answers, bounces and our own copies come to lie; an account that keeps everything in one place is read there.
    private func relevant(_ folders: [MailFolder]) -> [MailFolder] {
        let all = folders.filter { $0.use == .all }
        let wanted: Set<MailFolder.Use> = all.isEmpty ? [.inbox, .junk, .sent] : [.all, .junk]
        let chosen = folders.filter { $0.use.map(wanted.contains) ?? false }
        return chosen.isEmpty ? folders : chosen
    }

    private func read(
        _ folder: MailFolder, of mailbox: Mailbox, from source: any MessageSource, into report: inout Report
    ) throws(InboxFailure) {
        let mark: FolderMark?
        do throws(StoreError) { mark = try store.folder(folder.name, of: mailbox.name) } catch { throw .store(error) }
        let state: FolderState
        let entries: [Mail.MessageEntry]
        do throws(SourceError) {
            state = try source.open(folder)
            entries = try unread(source, state, mark)
        } catch { throw .source(error) }
        guard !entries.isEmpty else { return }
        var turn = FolderTurn(mailbox: mailbox, folder: folder, validity: Int(state.uidValidity))
        defer { report.arrivals += turn.arrivals }
        do throws(SourceError) {
            try source.read(entries, limit: InboxReader.octetLimit) { take($0, &turn) }
        } catch { turn.end = .source(error) }
        // Everything that is listed was read; what comes later has a later mark.
        if turn.end == nil, let closing = state.closing { turn.pending = max(turn.pending ?? 0, closing) }
        keep(&turn)
        if let end = turn.end { throw end }
    }

    /// What a folder has that its mark does not cover.
    private func unread(
        _ source: any MessageSource, _ state: FolderState, _ mark: FolderMark?
    ) throws(SourceError) -> [Mail.MessageEntry] {
        guard let mark else {
            let reach = InboxReader.firstReach
            return Array(try source.entries(after: max(0, Int(state.uidNext) - 1 - reach)).suffix(reach))
        }
        if mark.uidValidity == Int(state.uidValidity) { return try source.entries(after: mark.uid) }
        // Every UID means another message now: what came since shortly before the last reading is read again, and known
        // by its own name.
        return try source.entries(since: Zone.utc.date(at: mark.readAt ?? now) - 2)
    }

    private func take(_ message: SourceMessage, _ turn: inout FolderTurn) -> Bool {
        let place = ArrivalPlace(mailbox: turn.mailbox, folder: turn.folder, received: min(message.received, now))
        do throws(StoreError) {
            let arrival = try reader.read(message.octets, at: place)
            turn.pending = message.entry.mark
            turn.waiting += 1
            let operations = arrival?.operations ?? []
            if !operations.isEmpty || turn.waiting >= InboxReader.patience { try commit(operations, &turn) }
            if let arrival { turn.arrivals.append(arrival) }
            return true
        } catch {
            turn.end = .store(error)
            return false
        }
    }

    /// Commits the mark of messages that changed nothing.
    private func keep(_ turn: inout FolderTurn) {
        if case .store? = turn.end { return }
        do throws(StoreError) { try commit([], &turn) } catch { turn.end = .store(error) }
    }

    private func commit(_ operations: [Ledger.Operation], _ turn: inout FolderTurn) throws(StoreError) {
        guard let uid = turn.pending else { return }
        let mark = FolderMark(
            mailbox: turn.mailbox.name, folder: turn.folder.name, uidValidity: turn.validity, uid: uid)
        _ = try store.commit(operations + [.read(mark, at: now)], epoch: epoch)
        (turn.pending, turn.waiting) = (nil, 0)
    }
}

/// The reading of one folder.
private struct FolderTurn {
    let mailbox: Mailbox
    let folder: MailFolder
    let validity: Int
    var arrivals: [Arrival] = []
    /// The mark of what was read and not yet committed.
    var pending: Int?
    /// How many messages wait for it.
    var waiting = 0
    var end: InboxFailure?

    init(mailbox: Mailbox, folder: MailFolder, validity: Int) {
        self.mailbox = mailbox
        self.folder = folder
        self.validity = validity
    }
}

/// Why a reading ended.
private enum InboxFailure: Error {
    case source(SourceError)
    case store(StoreError)
}
