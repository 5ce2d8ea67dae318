import Host
import Outreach

/// What one mailbox has to send in this run, shared by its senders.
final class DispatchQueue: Sendable {
    /// What became of a message, for the run's summary.
    enum Count: String, Sendable, CaseIterable {
        case sent, deferred, rejected, unknown, cancelled, refused
        /// Left to a run that began meanwhile.
        case overtaken
    }

    private struct State: Sendable {
        var waiting: ArraySlice<Dispatch> = []
        /// Whether no more will come.
        var isClosed = false
        var stop: Verdict?
        var counts: [Count: Int] = [:]
        var failures: [Verdict.Kind: Int] = [:]

        /// Rows of messages that are on their way at one time lie close together: a commit writes fewer pages.
        private static let most = 4

        mutating func takeShare(of connections: Int) -> [Dispatch] {
            guard stop == nil else { return [] }
            let share = (waiting.count + connections - 1) / max(connections, 1)
            let taken = Array(waiting.prefix(min(max(share, 1), Self.most)))
            waiting.removeFirst(taken.count)
            return taken
        }
    }

    private let state = Monitor(State())

    /// Puts mails behind the others.
    func put(_ mails: [Dispatch]) { state.withState { $0.waiting += mails } }

    /// No more will come: who waits for some gets none.
    func close() { state.withState { $0.isClosed = true } }

    /// Whoever takes some gets none any more.
    func abandon() {
        state.withState {
            $0.waiting = []
            $0.isClosed = true
        }
    }

    /// A share of the oldest, a few at most, so that each of the connections gets some; waits for them. None once the
    /// mailbox has stopped, or no more will come.
    func take(sharedBy connections: Int) -> [Dispatch] {
        state.wait { state -> [Dispatch]? in
            if state.waiting.isEmpty, state.stop == nil, !state.isClosed { return nil }
            return state.takeShare(of: connections)
        } ?? []
    }

    /// The same, without waiting.
    func takeNow(sharedBy connections: Int) -> [Dispatch] { state.withState { $0.takeShare(of: connections) } }

    /// Nothing more goes over this mailbox in this run; the first reason stays.
    func stop(_ verdict: Verdict) {
        state.withState { if $0.stop == nil { $0.stop = verdict } }
    }

    /// Whether a sender would get something; waits until that is known.
    var hasMore: Bool {
        state.wait { state -> Bool? in
            if state.stop != nil { return false }
            return state.waiting.isEmpty ? (state.isClosed ? false : nil) : true
        } ?? false
    }
    var isStopped: Bool { state.read { $0.stop != nil } }
    var stop: Verdict? { state.read { $0.stop } }
    var counts: [Count: Int] { state.read { $0.counts } }
    /// What failed, by how it did.
    var failures: [Verdict.Kind: Int] { state.read { $0.failures } }
    /// How many nobody has taken.
    var waiting: Int { state.read { $0.waiting.count } }

    func count(_ count: Count, _ number: Int = 1) {
        guard number > 0 else { return }
        state.withState(waking: false) { $0.counts[count, default: 0] += number }
    }

    func count(_ verdict: Verdict) {
        if let kind = verdict.kind { state.withState(waking: false) { $0.failures[kind, default: 0] += 1 } }
        switch verdict.state {
        case .sent: count(.sent)
        case .deferred: count(.deferred)
        case .rejected: count(.rejected)
        case .unknown: count(.unknown)
        default: count(.cancelled)
        }
    }
}
