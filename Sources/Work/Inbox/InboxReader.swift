package import CivilTime
package import Digest
package import Ledger
package import Mail
package import Outreach

/// Why a mailbox could not be read.
package enum InboxFailure: Error, Sendable {
    case source(SourceError)
    case store(StoreError)
}

/// Reads a mailbox's folders and records what came in; `\Seen` is never set.
package struct InboxReader<S: Store> {
    /// What one reading came to.
    package struct Report: Sendable {
        /// Messages that were looked at, by folder and in order.
        package var arrivals: [Arrival] = []
        /// Everybody whose standing may have changed.
        package var touched: Set<Person.ID> { arrivals.reduce(into: []) { $0.formUnion($1.touched) } }
    }

    private let store: S
    private let epoch: Epoch?
    private let reader: ArrivalReader<S>
    private let now: Instant

    /// How many of a folder's newest messages are looked at when it is read for the first time.
    package static var firstReach: Int { 500 }
    /// Octets of one message that are read; the rest cannot change what it is.
    package static var octetLimit: Int { 2 << 20 }

    package init(store: S, epoch: Epoch?, model: Model, signer: TokenSigner, at now: Instant) {
        self.store = store
        self.epoch = epoch
        self.now = now
        reader = ArrivalReader(store: store, model: model, signer: signer, now: now)
    }

    /// Reads everything new. Each message is committed with its folder's mark, so that none is lost or counted twice,
    /// wherever it is cut off.
    ///
    /// - Throws: `InboxFailure`; what was read before stays recorded.
    package func read(_ mailbox: Mailbox, from source: any MessageSource) throws(InboxFailure) -> Report {
        var report = Report()
        for folder in try relevant(try folders(source)) {
            try read(folder, of: mailbox, from: source, into: &report)
        }
        return report
    }

    private func folders(_ source: any MessageSource) throws(InboxFailure) -> [MailFolder] {
        do { return try source.folders() } catch { throw .source(error) }
    }

    /// Where answers, bounces and our own copies come to lie; an account that keeps everything in one place is read there.
    private func relevant(_ folders: [MailFolder]) throws(InboxFailure) -> [MailFolder] {
        let all = folders.filter { $0.use == .all }
        let wanted: Set<MailFolder.Use> = all.isEmpty ? [.inbox, .junk, .sent] : [.all, .junk]
        let chosen = folders.filter { $0.use.map(wanted.contains) ?? false }
        return chosen.isEmpty ? folders : chosen
    }

    private func read(
        _ folder: MailFolder, of mailbox: Mailbox, from source: any MessageSource, into report: inout Report
    ) throws(InboxFailure) {
        let mark: FolderMark?
        do { mark = try store.folder(folder.name, of: mailbox.name) } catch { throw .store(error) }
        let entries: [Mail.MessageEntry]
        let validity: Int
        do {
            let state = try source.open(folder)
            validity = Int(state.uidValidity)
            let known = mark.flatMap { $0.uidValidity == validity ? $0.uid + 1 : nil }
            let first = known ?? max(1, Int(state.uidNext) - InboxReader.firstReach)
            entries = try source.entries(from: UInt32(clamping: first)).filter { $0.uid == 0 || Int($0.uid) >= first }
        } catch { throw .source(error) }
        try take(entries, folder, validity, mailbox, source, &report)
    }

    private func take(
        _ entries: [Mail.MessageEntry], _ folder: MailFolder, _ validity: Int, _ mailbox: Mailbox,
        _ source: any MessageSource, _ report: inout Report
    ) throws(InboxFailure) {
        var failure: StoreError?
        var arrivals: [Arrival] = []
        do {
            try source.read(entries, limit: InboxReader.octetLimit) { message in
                do throws(StoreError) {
                    let arrival = try reader.read(message.octets, received: message.received)
                    let mark = FolderMark(
                        mailbox: mailbox.name, folder: folder.name, uidValidity: validity, uid: Int(message.entry.uid))
                    _ = try store.commit(arrival.operations + [.read(mark, at: now)], epoch: epoch)
                    arrivals.append(arrival)
                    return true
                } catch {
                    failure = error
                    return false
                }
            }
        } catch { throw .source(error) }
        report.arrivals += arrivals
        if let failure { throw .store(failure) }
    }
}
