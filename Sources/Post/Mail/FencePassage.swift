/// The short time between the fence and the dot.
///
/// A process that slept in between (stopped, suspended) must not write the dot: whoever went on meanwhile may have
/// settled the message. So the time counts from before the question, on the clock that sleep does not stop
/// (CLOCK_BOOTTIME on Linux, which is what `ContinuousClock` reads).
struct FencePassage {
    private(set) var isGranted = false
    /// Whether an octet of the dot was given to the system.
    var mayHaveLeft = false
    private let limit: Duration
    private var asked: ContinuousClock.Instant?

    init(limit: Duration) { self.limit = limit }

    /// Asks, once.
    mutating func ask(_ fence: () -> Bool) -> Bool {
        asked = .now
        isGranted = fence()
        return isGranted
    }

    /// What is left of the limit; `nil` when it is over, or was never granted.
    var timeLeft: Duration? {
        guard isGranted, let asked else { return nil }
        let left = limit - asked.duration(to: .now)
        return left > .zero ? left : nil
    }
}
