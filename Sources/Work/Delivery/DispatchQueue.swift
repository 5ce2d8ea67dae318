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
        var waiting: ArraySlice<Dispatch>
        var stop: Verdict?
        var counts: [Count: Int] = [:]
        var failures: [Verdict.Kind: Int] = [:]
    }

    private let state: Monitor<State>

    init(_ dispatches: [Dispatch]) { state = Monitor(State(waiting: dispatches[...])) }

    /// Up to `count` of the oldest; none once the mailbox has stopped.
    func take(_ count: Int) -> [Dispatch] {
        state.withState { state in
            guard state.stop == nil else { return [] }
            let taken = Array(state.waiting.prefix(count))
            state.waiting = state.waiting.dropFirst(count)
            return taken
        }
    }

    /// Nothing more goes over this mailbox in this run; the first reason stays.
    func stop(_ verdict: Verdict) {
        state.withState { if $0.stop == nil { $0.stop = verdict } }
    }

    /// Whether a sender would get something.
    var hasMore: Bool { state.withState { $0.stop == nil && !$0.waiting.isEmpty } }
    var isStopped: Bool { state.withState { $0.stop != nil } }
    var stop: Verdict? { state.withState { $0.stop } }
    var counts: [Count: Int] { state.withState { $0.counts } }
    /// What failed, by how it did.
    var failures: [Verdict.Kind: Int] { state.withState { $0.failures } }
    /// How many nobody has taken.
    var waiting: Int { state.withState { $0.waiting.count } }

    func count(_ count: Count, _ number: Int = 1) {
        guard number > 0 else { return }
        state.withState { $0.counts[count, default: 0] += number }
    }

    func count(_ verdict: Verdict) {
        if let kind = verdict.kind { state.withState { $0.failures[kind, default: 0] += 1 } }
        switch verdict.state {
        case .sent: count(.sent)
        case .deferred: count(.deferred)
        case .rejected: count(.rejected)
        case .unknown: count(.unknown)
        default: count(.cancelled)
        }
    }
}
