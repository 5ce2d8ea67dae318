import CivilTime
import Outreach

/// What a tick does about the other ways of whoever gets a mail: they may wait for that very mail, or for its gap.
///
/// They are judged again at the end of the tick, because some of them were walked before the mail was decided, and some
/// after it with a history that does not have it yet.
struct OtherWays {
    private var asleep: [Enrollment.ID: Bool] = [:]
    private var admitted: Set<Enrollment.ID> = []
    private var drafts: [Draft] = []

    /// Takes note of decisions, in the order in which they are made.
    mutating func note(_ decisions: [Decision], at now: Instant) {
        for decision in decisions {
            switch decision {
            case .wake(let id, let at, _, let hold): asleep[id] = hold == nil && at > now
            case .end(let id, _, _), .admit(let id, _, _):
                asleep[id] = false
                admitted.insert(id)
            case .send(let draft) where draft.hasOtherWays: drafts.append(draft)
            default: break
            }
        }
    }

    /// The decisions that wake them.
    func wakes(at now: Instant) -> [Decision] {
        drafts.flatMap { draft in
            draft.history.enrollments.compactMap { other -> Decision? in
                guard other.id != draft.enrollment.id, other.state == .active,
                    asleep[other.id] ?? (other.hold == nil && other.wakeAt > now)
                else { return nil }
                let isFresh = other.mailbox == nil && !admitted.contains(other.id)
                return .wake(other.id, at: now, queue: isFresh ? .fresh : .open, hold: nil)
            }
        }
    }
}

extension Draft {
    /// Whether the person is, or was, in other sequences: those must be judged again before this mail is sent.
    package var hasOtherWays: Bool { history.enrollments.count > 1 }
}
