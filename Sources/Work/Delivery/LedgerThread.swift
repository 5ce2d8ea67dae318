package import Host
package import Ledger

/// The one thread that writes while senders send: it commits whatever has queued up since the last commit.
///
/// A fence waits for its commit; a result does not, and still is durable before anything that is asked after it: it lies
/// until the next fence takes it along, a few milliseconds at most. With one sender a commit holds a result and a fence,
/// with many it holds many: groups form by themselves when the disk is slow.
package final class LedgerThread: Sendable {
    private struct Request: Sendable {
        var operations: [Operation]
        var answer: Answer<[Outcome]?>?
    }

    private let queue = BlockingQueue<Request>()
    private let failure = Monitor<StoreError?>(nil)
    private let worker: Worker
    /// How long a result lies at most; a crash in this time makes its message `unknown`, one of each connection at most.
    private static var patience: Duration { .milliseconds(20) }

    /// Starts the thread; every commit is made in this epoch.
    ///
    /// - Throws: `HostError` when there is no thread to be had.
    package init(_ store: some Store, epoch: Epoch) throws(HostError) {
        let (queue, failure) = (queue, failure)
        worker = try Worker("ledger") {
            while let requests = queue.takeAll(patience: LedgerThread.patience) {
                LedgerThread.serve(requests, store, epoch, failure)
            }
        }
    }

    private static func serve(
        _ requests: [Request], _ store: some Store, _ epoch: Epoch, _ failure: Monitor<StoreError?>
    ) {
        guard failure.read({ $0 == nil }) else {
            for request in requests { request.answer?.give(nil) }
            return
        }
        do throws(StoreError) {
            var outcomes = try store.commit(requests.flatMap(\.operations), epoch: epoch)[...]
            for request in requests {
                request.answer?.give(Array(outcomes.prefix(request.operations.count)))
                outcomes = outcomes.dropFirst(request.operations.count)
            }
        } catch {
            // Nobody in the group is granted anything, and nobody after it: a disk that failed once is not trusted.
            failure.withState { $0 = error }
            for request in requests { request.answer?.give(nil) }
        }
    }

    /// Commits and waits; `nil` when the ledger has failed.
    package func commit(_ operations: [Operation]) -> [Outcome]? { request(operations).wait() ?? nil }

    /// Commits without waiting; the answer is `nil` when the ledger has failed.
    package func request(_ operations: [Operation]) -> Answer<[Outcome]?> {
        let answer = Answer<[Outcome]?>()
        if !queue.put(Request(operations: operations, answer: answer)) { answer.give(nil) }
        return answer
    }

    /// Commits soon; before whatever is asked for later.
    package func post(_ operations: [Operation]) {
        queue.put(Request(operations: operations, answer: nil), isUrgent: false)
    }

    /// Waits until everything posted so far is durable; `false` when the ledger has failed.
    @discardableResult
    package func flush() -> Bool { commit([]) != nil }

    /// Why the ledger failed, if it did: the run ends.
    package var error: StoreError? { failure.read { $0 } }

    /// Ends the thread, with everything posted durable or failed.
    package func close() {
        queue.close()
        worker.join()
    }
}
