import CivilTime
package import Outreach

/// Where a person stands in a sequence: computed from results, never stored.
package struct Position: Sendable, Hashable {
    /// The next step's index; the number of steps at the end.
    package var index: Int
    /// 1, or more when the step is tried again.
    package var attempt: Int
    /// The result that led here; `nil` at the start.
    package var last: StepResult?
    /// Whether the last finished step, and the one it led to, still stand in the sequence, so that newer orders can
    /// place the person.
    package var isAnchored: Bool

    /// - Parameters:
    ///   - results: of this enrollment.
    ///   - storedOrder: the step ids of the version the person was last judged by; places steps that are gone.
    package init(in sequence: Sequence, results: [StepResult], storedOrder: [String]) {
        let place: (String) -> Int = { id in
            sequence.index(of: id).map { 2 * $0 } ?? Position.gap(of: id, in: sequence, order: storedOrder)
        }
        // All ways point forward, so the furthest result is the last; a retry stays and counts its attempts.
        let last = results.max { a, b in
            (place(a.step), a.attempt, a.at.seconds) < (place(b.step), b.attempt, b.at.seconds)
        }
        self.last = last
        attempt = 1
        guard let last else {
            index = 0
            isAnchored = true
            return
        }
        isAnchored = [last.step, last.jump ?? last.step].allSatisfy { sequence.index(of: $0) != nil }
        if last.jump == last.step, let own = sequence.index(of: last.step) {
            index = own
            attempt = last.attempt + 1
        } else if let jump = last.jump, jump != last.step {
            let target = place(jump)
            // Where an edit has moved the target before the step, there is no way back.
            index = max(target % 2 == 0 ? target / 2 : (target + 1) / 2, place(last.step) / 2 + 1)
        } else {
            index = place(last.step) / 2 + 1
            if place(last.step) < 0 { index = 0 }
        }
    }

    /// The place of a step that is gone, between those that are left: odd, behind the nearest step before it.
    private static func gap(of id: String, in sequence: Sequence, order: [String]) -> Int {
        guard let own = order.firstIndex(of: id) else { return -1 }
        let before = order[..<own].reversed().lazy.compactMap { sequence.index(of: $0) }.first
        return before.map { 2 * $0 + 1 } ?? -1
    }
}

extension Step {
    /// What a way on means for an attempt of this step: the step it jumps to, or the end of the sequence.
    ///
    /// A retry jumps to the step itself while attempts are left.
    package func landing(_ onward: Onward, attempt: Int) -> (jump: String?, stops: Bool) {
        switch onward {
        case .next: (nil, false)
        case .stop: (nil, true)
        case .step(let id): (id, false)
        case .retry(let times, _): (attempt <= times ? id : nil, false)
        }
    }

    /// Where an outcome leads; one that the step does not name leads on.
    package func onward(after outcome: String) -> Onward {
        outcomes.first { $0.name == outcome }?.onward ?? .next
    }
}
