package import CivilTime

/// A moment on a particular clock: what the `date` filter formats.
final class Moment: Sendable {
    /// Seconds since the epoch, UTC.
    let seconds: Int
    /// 0 to 999,999,999.
    let nanoseconds: Int
    /// The zone it is read in; `nil` for the template's own.
    let zone: ZoneOffset?

    init(seconds: Int, nanoseconds: Int = 0, zone: ZoneOffset? = nil) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
        self.zone = zone
    }

    convenience init(_ instant: Instant) { self.init(seconds: instant.seconds) }

    var instant: Instant { Instant(seconds) }

    /// Seconds since the epoch on the wall clock of its zone.
    var localSeconds: Int { seconds + (zone?.seconds ?? 0) }

    /// The day on its clock.
    var day: LocalDate { LocalDate(dayNumber: Self.floorDivided(localSeconds, 86_400)) }

    /// Seconds since midnight on its clock.
    var secondOfDay: Int { localSeconds - Self.floorDivided(localSeconds, 86_400) * 86_400 }

    /// `2026-03-12 09:30:00 UTC`, or with the offset of its zone.
    var text: String { DateFormat.text(self, format: zone == nil ? "%F %T UTC" : "%F %T %z") }

    /// Below zero, zero or above.
    func order(_ other: Moment) -> Int {
        let a = (seconds, nanoseconds)
        let b = (other.seconds, other.nanoseconds)
        return a == b ? 0 : a < b ? -1 : 1
    }

    private static func floorDivided(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : (value + 1) / divisor - 1
    }
}

/// How far a clock is ahead of UTC, and what that is called.
package struct ZoneOffset: Sendable, Hashable {
    /// Seconds east of UTC.
    package var seconds: Int
    /// `CET`; empty where there is no name.
    package var abbreviation: String

    package init(seconds: Int, abbreviation: String) {
        self.seconds = seconds
        self.abbreviation = abbreviation
    }

    /// Coordinated universal time.
    package static let utc = ZoneOffset(seconds: 0, abbreviation: "UTC")
}

/// The time a template is rendered at, and the calendars it may ask: everything about time comes from here.
package struct TemplateClock: Sendable {
    /// What `now` is.
    package var now: Instant
    /// The offset of the zone named (an IANA name; `nil` for the reader's own) at a moment; `nil` for no such zone.
    package var offset: @Sendable (_ zone: String?, _ at: Instant) -> ZoneOffset?
    /// Whether a day counts as a business day.
    package var isBusinessDay: @Sendable (LocalDate) -> Bool

    /// A clock that shows `now`; without more, in UTC, with business days from Monday to Friday.
    package init(
        now: Instant,
        offset: @escaping @Sendable (_ zone: String?, _ at: Instant) -> ZoneOffset? = { zone, _ in
            zone == nil || zone == "UTC" ? .utc : nil
        },
        isBusinessDay: @escaping @Sendable (LocalDate) -> Bool = { $0.weekday.rawValue < 5 }
    ) {
        self.now = now
        self.offset = offset
        self.isBusinessDay = isBusinessDay
    }

    /// `moment` on the template's own clock, unless it is on one already.
    func placed(_ moment: Moment) -> Moment {
        if moment.zone != nil { return moment }
        return Moment(
            seconds: moment.seconds, nanoseconds: moment.nanoseconds, zone: offset(nil, moment.instant) ?? .utc)
    }

    /// The moment a wall clock shows, in a fixed `zone` or on the template's own clock.
    func moment(localSeconds: Int, nanoseconds: Int = 0, zone: ZoneOffset? = nil) -> Moment {
        if let zone { return Moment(seconds: localSeconds - zone.seconds, nanoseconds: nanoseconds, zone: zone) }
        // The offset before a change of clocks is tried first; a second look corrects it behind one.
        let first = offset(nil, Instant(localSeconds)) ?? .utc
        let second = offset(nil, Instant(localSeconds - first.seconds)) ?? .utc
        return Moment(seconds: localSeconds - second.seconds, nanoseconds: nanoseconds, zone: second)
    }

    /// Midnight of a day.
    func moment(_ day: LocalDate) -> Moment { moment(localSeconds: day.dayNumber * 86_400) }
}

extension TemplateClock {
    /// The moment that a text names, as the `date` filter reads it; `nil` where it names none.
    package func read(_ text: String) -> Instant? { DateReader.moment(text, clock: self)?.instant }
}
