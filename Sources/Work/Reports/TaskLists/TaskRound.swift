package import CivilTime

/// A walk through a list, one task after the other: where somebody stands, what they decided, what is still to be
/// written down.
///
/// A decision is held back until the next one, so that it can be taken back; the shell writes down what `take` gives.
package struct TaskRound: Sendable {
    /// What a person decided about a task.
    package enum Decision: Sendable, Hashable {
        case done(outcome: String, note: String?)
        case skipped(note: String?)
        case snoozed(until: Instant)

        /// `sent`, `skipped`, `snoozed`.
        package var word: String {
            switch self {
            case .done(let outcome, _): outcome
            case .skipped: "skipped"
            case .snoozed: "snoozed"
            }
        }
    }

    /// A decision with the task it is about.
    package struct Settled: Sendable {
        /// The task as it was shown.
        package var item: TaskListing.Item
        /// What was decided.
        package var decision: Decision
    }

    private var items: [TaskListing.Item]
    private var place = 0
    /// Decided, and not written down yet.
    package private(set) var pending: Settled?
    /// Written down, in order.
    package private(set) var settled: [Settled] = []
    /// The note that goes with the next outcome.
    package var note: String?
    /// How many tasks there were.
    package let count: Int

    /// At the first of these tasks.
    package init(_ items: [TaskListing.Item]) {
        self.items = items
        count = items.count
    }

    /// The task at hand; `nil` behind the last one.
    package var current: TaskListing.Item? { items.indices.contains(place) ? items[place] : nil }
    /// `3 of 14`.
    package var position: String { "\(count - items.count + place + 1) of \(count)" }
    /// How many are not decided.
    package var left: Int { items.count }

    /// Decides about the task at hand, and goes to the next one.
    /// - Returns: the decision before, which is to be written down now.
    package mutating func decide(_ decision: Decision) -> Settled? {
        guard let item = current else { return nil }
        let earlier = take()
        pending = Settled(item: item, decision: decision)
        items.remove(at: place)
        note = nil
        return earlier
    }

    /// Takes the last decision back; its task is at hand again.
    /// - Returns: `nil` where nothing is held back.
    package mutating func undo() -> TaskListing.Item? {
        guard let last = pending else { return nil }
        pending = nil
        items.insert(last.item, at: min(place, items.count))
        if case .done(_, let said) = last.decision { note = said }
        return last.item
    }

    /// The decision that is held back, which is to be written down now.
    package mutating func take() -> Settled? {
        defer { pending = nil }
        return pending
    }

    /// A decision was written down.
    package mutating func wrote(_ one: Settled) { settled.append(one) }

    /// Leaves the task at hand as it is.
    package mutating func pass() {
        place += 1
        note = nil
    }

    /// Back to the task before.
    package mutating func goBack() {
        place = max(place - 1, 0)
        note = nil
    }

    /// The task at hand ended meanwhile, or has another text now; `nil` takes it off the list.
    package mutating func replace(with item: TaskListing.Item?) {
        guard current != nil else { return }
        if let item { items[place] = item } else { items.remove(at: place) }
    }

    /// `3 sent, 1 voicemail, 2 skipped; 4 left`.
    package var summary: String {
        var words: [String] = []
        for one in settled where !words.contains(one.decision.word) { words.append(one.decision.word) }
        let counts = words.map { word in "\(settled.count { $0.decision.word == word }) \(word)" }
        return (counts.isEmpty ? "nothing decided" : counts.joined(separator: ", ")) + "; \(left) left"
    }
}
