/// A moment: whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
package struct Instant: Sendable, Hashable, Comparable {
    /// Seconds since the epoch, UTC.
    package var seconds: Int

    package init(_ seconds: Int) { self.seconds = seconds }

    package static func < (a: Instant, b: Instant) -> Bool { a.seconds < b.seconds }
    /// So many seconds later.
    package static func + (a: Instant, seconds: Int) -> Instant { Instant(a.seconds + seconds) }
    /// So many seconds earlier.
    package static func - (a: Instant, seconds: Int) -> Instant { Instant(a.seconds - seconds) }
    /// Seconds from `b` to `a`.
    package static func - (a: Instant, b: Instant) -> Int { a.seconds - b.seconds }

    /// Earlier than everything that is ever recorded.
    package static let distantPast = Instant(Int.min / 4)
    /// Later than everything that is ever planned.
    package static let distantFuture = Instant(Int.max / 4)
}

extension Int {
    /// Seconds in a minute, an hour and a day of 24 hours.
    package static var minute: Int { 60 }
    /// The seconds of an hour.
    package static var hour: Int { 3600 }
    /// The seconds of 24 hours, whatever a clock makes of them.
    package static var day: Int { 86_400 }
}
