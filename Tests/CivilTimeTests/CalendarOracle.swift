import CivilTime
import TestKit

/// What the rules of calendars say, moment by moment: slow, and without the code under test.
struct CalendarOracle {
    let calendar: BusinessCalendar
    let zone: Zone

    /// Whether a window is open at `instant`.
    func isOpen(_ instant: Instant) -> Bool {
        let shown = zone.local(at: instant)
        let inside = windows(shown.date).contains { $0.contains(shown.time.secondOfDay) }
        // What the clock shows for the second time happened already.
        if inside, zone.instant(of: shown) == instant { return true }
        return moved(shown.date).contains { $0.contains(instant) }
    }

    private func windows(_ date: LocalDate) -> [Range<Int>] {
        let off =
            !calendar.days.contains(date.weekday) || calendar.holidays.contains(date)
            || calendar.freezes.contains { $0.contains(date) }
        return off ? [] : calendar.hours.windows
    }

    /// The windows of `date` that the clock skips whole, where they are made up for on the same day.
    private func moved(_ date: LocalDate) -> [Range<Instant>] {
        windows(date).compactMap { window in
            let minutes = stride(from: window.lowerBound, to: window.upperBound, by: 60)
            func moment(_ second: Int) -> Instant {
                zone.instant(of: LocalDateTime(date, LocalTime(clamping: second)))
            }
            let skipped = minutes.allSatisfy { second in
                zone.local(at: moment(second)) != LocalDateTime(date, LocalTime(clamping: second))
            }
            guard skipped else { return nil }
            let start = moment(window.lowerBound)
            let span = start..<start + window.count
            return zone.date(at: start) == date && zone.date(at: span.upperBound - 1) == date ? span : nil
        }
    }
}

/// Random calendars and moments near the changes of clocks.
struct CalendarCases {
    var random: SeededRandom
    /// Zones whose clocks do the unusual: half hours, midnight changes, a skipped day, two hours, a change in Ramadan.
    let zones: [Zone]

    init(seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        zones = try [
            "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Australia/Lord_Howe",
            "Pacific/Apia", "America/Havana", "Asia/Gaza", "Africa/Casablanca", "Antarctica/Troll", "Asia/Kathmandu",
            "America/St_Johns", "America/Sao_Paulo", "UTC",
        ].map(MachineZones.zone)
    }

    mutating func zone() -> Zone { random.pick(zones) }

    /// A moment within a day of a change of some zone's clock between 2000 and 2030, on a whole minute.
    mutating func moment() -> Instant {
        let changes = zone().transitions(from: Instant(946_684_800), through: Instant(1_900_000_000))
        let near = changes.isEmpty ? Instant(random.int(946_684_800...1_900_000_000)) : random.pick(changes).at
        return Instant((near.seconds + random.int(-86_400...86_400)) / 60 * 60)
    }

    /// A calendar with whole minutes; a window that lies partly in a gap, or is open all day, is as likely as not.
    mutating func calendar(around date: LocalDate) -> BusinessCalendar {
        let windows = (0..<random.int(1...3)).map { _ in
            let start = random.int(0...95) * 900
            return start..<min(start + random.int(1...40) * 900, 86_400)
        }
        let hours = random.oneIn(6) ? Hours.always : Hours(windows)
        let days = random.oneIn(3) ? Weekdays.all : Weekdays(rawValue: UInt8(random.int(1...127)))
        let holidays = Set((0..<random.int(0...3)).map { _ in date + random.int(-3...9) })
        let first = date + random.int(-5...9)
        let freeze = random.oneIn(4) ? DateRange(first, through: first + random.int(0...3)) : nil
        return BusinessCalendar(
            days: days, hours: hours, holidays: Holidays(dates: holidays), freezes: [freeze].compactMap { $0 })
    }
}
