import Outreach

/// The people of a sequence who are not admitted yet, as the mailboxes of a tick try them.
///
/// Whom one mailbox can't take now, but another could, is set aside for the others; so nobody stands in the way of
/// those behind.
struct FreshLane<View: PlanningView> {
    let sequence: Sequence
    private var reader: LaneReader<View>
    private var aside: [(enrollment: Enrollment, tried: Set<String>)] = []
    /// How many are set aside at most, so that a tick reads no more than it can use.
    private let most = 16
    /// How many could not go now; where windows are closed, the others most likely can't either.
    private(set) var postponed = 0

    /// Whether reading on may find somebody: at night a turn must not ask a hundred thousand people.
    var isWorthReading: Bool { postponed < 64 }

    /// Somebody sleeps until a window opens.
    mutating func notePostponed() { postponed += 1 }

    init(_ sequence: Sequence, _ reader: LaneReader<View>) {
        self.sequence = sequence
        self.reader = reader
    }

    /// The first whom this mailbox has not tried in this tick.
    mutating func peek(for mailbox: String?) throws(View.Failure) -> Enrollment? {
        if let mailbox, let first = aside.first(where: { !$0.tried.contains(mailbox) }) { return first.enrollment }
        return try reader.peek()
    }

    /// They are decided.
    mutating func take(_ enrollment: Enrollment) throws(View.Failure) {
        if let index = aside.firstIndex(where: { $0.enrollment.id == enrollment.id }) {
            aside.remove(at: index)
        } else {
            _ = try reader.next()
        }
    }

    /// Leaves them to the other mailboxes; `false` when too many are left already.
    mutating func leave(_ enrollment: Enrollment, to mailbox: String) throws(View.Failure) -> Bool {
        if let index = aside.firstIndex(where: { $0.enrollment.id == enrollment.id }) {
            aside[index].tried.insert(mailbox)
            return true
        }
        guard aside.count < most else { return false }
        _ = try reader.next()
        aside.append((enrollment, [mailbox]))
        return true
    }
}
