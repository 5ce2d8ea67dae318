import CivilTime
import Outreach

/// Reads one lane page by page, so that a tick reads no more than it can use.
struct LaneReader<View: PlanningView> {
    private let view: View
    private let lane: Lane
    private let now: Instant
    private let page: Int
    private var buffer: ArraySlice<Enrollment> = []
    private var cursor: Cursor?
    private var isExhausted = false

    init(_ view: View, _ lane: Lane, at now: Instant, page: Int) {
        self.view = view
        self.lane = lane
        self.now = now
        self.page = max(page, 2)
    }

    /// The next enrollment, without taking it.
    mutating func peek() throws(View.Failure) -> Enrollment? {
        if buffer.isEmpty, !isExhausted {
            buffer = try view.due(lane, at: now, after: cursor, limit: page)[...]
            isExhausted = buffer.count < page
            if let last = buffer.last { cursor = Cursor(last) }
        }
        return buffer.first
    }

    /// Takes the next enrollment.
    mutating func next() throws(View.Failure) -> Enrollment? {
        guard try peek() != nil else { return nil }
        return buffer.removeFirst()
    }
}
