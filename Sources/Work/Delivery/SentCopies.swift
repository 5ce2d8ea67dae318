import CivilTime
import Host
import Mail

/// Puts copies of what a mailbox sent into its Sent folder (`sent_copy: append`), on a thread of its own, so that no
/// sender waits for them.
///
/// A copy is a convenience: one that can't be made is counted and told, and changes nothing about the mail.
final class SentCopies: Sendable {
    private struct Copy: Sendable {
        var octets: [UInt8]
        var sent: Instant
    }

    /// How many are missing, and why the last one is.
    struct Missing: Sendable, Hashable {
        var count = 0
        var reason = ""
    }

    private let queue = BlockingQueue<Copy>()
    private let missing = Monitor(Missing())
    private let worker: Worker

    /// - Throws: `HostError` when there is no thread to be had.
    init(_ mailbox: String, account: Account, isStopping: @escaping @Sendable () -> Bool) throws(HostError) {
        let (queue, missing) = (queue, missing)
        worker = try Worker("\(mailbox) copies") {
            var keeper = Keeper(account: account, isStopping: isStopping)
            while let copies = queue.takeAll() {
                for copy in copies {
                    guard let reason = keeper.keep(copy.octets, sent: copy.sent) else { continue }
                    missing.withState { $0 = Missing(count: $0.count + 1, reason: reason) }
                }
            }
            keeper.close()
        }
    }

    /// Keeps a copy soon.
    func put(_ octets: [UInt8], sent: Instant) { queue.put(Copy(octets: octets, sent: sent)) }

    /// Waits until all are kept or given up.
    func close() -> Missing {
        queue.close()
        worker.join()
        return missing.read { $0 }
    }

    /// The connection; opened at the first copy, and anew at the next one where it broke.
    private struct Keeper {
        let account: Account
        let isStopping: @Sendable () -> Bool
        private var folder: SentFolder?
        /// Why no more is tried in this run.
        private var end: String?

        init(account: Account, isStopping: @escaping @Sendable () -> Bool) {
            self.account = account
            self.isStopping = isStopping
        }

        /// Why it could not be kept; `nil` when it is. Tried once: where a connection breaks, the copy may be there.
        mutating func keep(_ octets: [UInt8], sent: Instant) -> String? {
            if let end { return end }
            if isStopping() { return "stopped before" }
            do throws(SourceError) {
                let open = try opened()
                try open.keep(octets, sent: sent)
                return nil
            } catch {
                if case .refused(let words) = error, folder != nil { return words }
                if folder == nil { end = error.words }
                folder = nil
                return error.words
            }
        }

        private mutating func opened() throws(SourceError) -> SentFolder {
            if let folder { return folder }
            let opened = try SentFolder(account, deadline: .now + .seconds(60), isCancelled: isStopping)
            folder = opened
            return opened
        }

        func close() { folder?.close() }
    }
}
