package import Outreach
import Planning

/// What a run did, for its last line and its record.
package struct RunSummary: Sendable, Hashable {
    /// By name: `sent`, `deferred`, `rejected`, `unknown`, `cancelled`, `tasks`, `held`, `finished`, ...
    package private(set) var counts: [String: Int] = [:]
    /// Mailboxes that stopped in this run, with the reason.
    package private(set) var stopped: [(mailbox: Mailbox, verdict: Verdict, waiting: Int)] = []
    /// What else failed, mailbox by mailbox.
    package private(set) var failures: [FailureText] = []
    /// Mailboxes whose Sent folder lacks copies, with how many and why.
    package private(set) var uncopied: [(mailbox: String, count: Int, reason: String)] = []
    /// Sequences that were paused in this run, with the reason.
    package private(set) var paused: [(sequence: String, reason: String)] = []

    package init() {}

    package static func == (a: RunSummary, b: RunSummary) -> Bool {
        a.counts == b.counts && a.failures == b.failures && a.stopped.elementsEqual(b.stopped) { $0 == $1 }
            && a.uncopied.elementsEqual(b.uncopied) { $0 == $1 } && a.paused.elementsEqual(b.paused) { $0 == $1 }
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(counts) }

    /// The count of a name; 0 for one that did not happen.
    package subscript(name: String) -> Int { counts[name] ?? 0 }

    package mutating func add(_ number: Int, to name: String) {
        if number > 0 { counts[name, default: 0] += number }
    }

    mutating func count(_ decisions: [Decision]) {
        for decision in decisions {
            switch decision {
            case .open: add(1, to: "tasks")
            case .expire: add(1, to: "expired")
            case .record(let result): add(1, to: result.result.hasPrefix("skip") ? "skipped" : "passed")
            case .admit: add(1, to: "admitted")
            case .wake(_, _, _, let hold): if hold != nil { add(1, to: "held") }
            case .end(_, let state, _): add(1, to: state.rawValue)
            case .enroll: add(1, to: "enrolled")
            case .send, .project, .move: break
            }
        }
    }

    mutating func note(_ paused: [(sequence: String, reason: String)]) { self.paused = paused }

    mutating func count(_ queue: DispatchQueue, of mailbox: Mailbox) {
        for (count, number) in queue.counts { add(number, to: count.rawValue) }
        add(queue.waiting, to: "waiting")
        let kinds = queue.failures.sorted { ($0.value, $1.key.order) > ($1.value, $0.key.order) }
        failures += kinds.compactMap { FailureText($0.key, count: $0.value, retryFor: mailbox.retryFor) }
        if let verdict = queue.stop {
            let tried = queue.failures.filter { $0.key.state == .deferred }.values.reduce(0, +)
            stopped.append((mailbox, verdict, queue.waiting + (queue.counts[.deferred] ?? 0) - tried))
        }
    }

    mutating func note(_ missing: SentCopies.Missing, of mailbox: String) {
        if missing.count > 0 { uncopied.append((mailbox, missing.count, missing.reason)) }
    }
}
