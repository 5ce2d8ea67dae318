import Outreach
import Planning

/// What a run did, for its last line and its record.
package struct RunSummary: Sendable, Hashable {
    /// By name: `sent`, `deferred`, `rejected`, `unknown`, `cancelled`, `tasks`, `held`, `finished`, ...
    package private(set) var counts: [String: Int] = [:]
    /// Mailboxes that stopped in this run, with the reason.
    package private(set) var stopped: [(mailbox: String, verdict: Verdict)] = []
    /// Sequences that were paused in this run, with the reason.
    package private(set) var paused: [(sequence: String, reason: String)] = []

    package init() {}

    package static func == (a: RunSummary, b: RunSummary) -> Bool {
        a.counts == b.counts && a.stopped.elementsEqual(b.stopped) { $0 == $1 }
            && a.paused.elementsEqual(b.paused) { $0 == $1 }
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

    mutating func count(_ queue: DispatchQueue, of mailbox: String) {
        for (count, number) in queue.counts { add(number, to: count.rawValue) }
        if let verdict = queue.stop { stopped.append((mailbox, verdict)) }
    }
}
