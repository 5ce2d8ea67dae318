/// What a clock of a zone shows in relation to UTC.
package struct ZoneOffset: Sendable, Hashable {
    /// Seconds that local time is ahead of UTC; negative in the Americas.
    package var seconds: Int
    /// `CET`, `CEST`, `-03`.
    package var abbreviation: String
    /// Whether this is daylight saving time.
    package var isDaylight: Bool

    package init(seconds: Int, abbreviation: String, isDaylight: Bool = false) {
        self.seconds = seconds
        self.abbreviation = abbreviation
        self.isDaylight = isDaylight
    }
}

/// A moment at which a zone's offset changes.
package struct ZoneTransition: Sendable, Hashable {
    /// The first moment of `after`.
    package var at: Instant
    /// What the clock showed until then.
    package var before: ZoneOffset
    /// What it shows from then on.
    package var after: ZoneOffset
}

/// A time zone: which offset from UTC holds when.
///
/// Made from the octets of a TZif file (`init(name:tzif:)`); the rules past the file's table come from its footer.
package struct Zone: Sendable, Hashable {
    /// `Europe/Berlin`.
    package let name: String
    private let table: Table

    /// The offsets of a zone. The rule's transitions of the coming decades are in the lists, so that a lookup is a search.
    final class Table: Sendable {
        /// First moments, UTC seconds, ascending.
        let starts: [Int]
        /// `offsets[i + 1]` holds from `starts[i]` on; `offsets[0]` before them all.
        let offsets: [ZoneOffset]
        /// From `ruleStart` on.
        let rule: ZoneRule?
        let ruleStart: Int

        init(starts: [Int], offsets: [ZoneOffset], rule: ZoneRule?, ruleStart: Int) {
            self.starts = starts
            self.offsets = offsets
            self.rule = rule
            self.ruleStart = ruleStart
        }
    }

    init(name: String, table: Table) {
        self.name = name
        self.table = table
    }

    /// A clock that is always `seconds` ahead of UTC.
    package init(name: String, fixed offset: ZoneOffset) {
        self.init(name: name, table: Table(starts: [], offsets: [offset], rule: nil, ruleStart: .max))
    }

    /// Universal time.
    package static let utc = Zone(name: "UTC", fixed: ZoneOffset(seconds: 0, abbreviation: "UTC"))

    package static func == (a: Zone, b: Zone) -> Bool {
        a.name == b.name
            && (a.table === b.table || (a.table.starts, a.table.offsets) == (b.table.starts, b.table.offsets))
    }
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// The offset that holds at `instant`.
    package func offset(at instant: Instant) -> ZoneOffset {
        if instant.seconds >= table.ruleStart, let rule = table.rule { return rule.offset(at: instant.seconds) }
        return table.offsets[table.starts.countNotAfter(instant.seconds)]
    }

    /// What the clock shows at `instant`.
    package func local(at instant: Instant) -> LocalDateTime {
        LocalDateTime(localSeconds: instant.seconds + offset(at: instant).seconds)
    }

    /// The day that the calendar on the wall shows at `instant`.
    package func date(at instant: Instant) -> LocalDate { local(at: instant).date }

    /// The moment at which the clock shows `local`: the first one where it shows it twice; where it never does (a gap),
    /// as far behind the gap as `local` is behind the gap's start.
    package func instant(of local: LocalDateTime) -> Instant {
        let wanted = local.localSeconds
        let guess = wanted - offset(at: Instant(wanted - Zone.reach)).seconds
        let near = transitions(from: Instant(wanted - Zone.reach), through: Instant(wanted + Zone.reach))
        // Before the first transition near, the guess is right; each one may show the wanted time again, or first.
        var last = guess
        for transition in near {
            if last < transition.at.seconds { return Instant(last) }
            let candidate = wanted - transition.after.seconds
            if candidate < transition.at.seconds { return Instant(last) }
            last = candidate
        }
        return Instant(last)
    }

    /// The first moment of `date`; where midnight falls into a gap, the gap's end.
    package func start(of date: LocalDate) -> Instant {
        let midnight = instant(of: LocalDateTime(date, .midnight))
        let shown = local(at: midnight)
        guard shown.time != .midnight || shown.date != date else { return midnight }
        return transitions(from: midnight - .day, through: midnight).last?.at ?? midnight
    }

    /// The transitions with `from` <= at <= `through`, in order.
    package func transitions(from: Instant, through: Instant) -> [ZoneTransition] {
        var found: [ZoneTransition] = []
        var index = table.starts.countNotAfter(from.seconds - 1)
        while index < table.starts.count, table.starts[index] <= through.seconds {
            found.append(
                ZoneTransition(
                    at: Instant(table.starts[index]), before: table.offsets[index], after: table.offsets[index + 1]))
            index += 1
        }
        if let rule = table.rule, through.seconds >= table.ruleStart {
            found += rule.transitions(from: max(from.seconds, table.ruleStart), through: through.seconds)
        }
        return found
    }

    /// No offset is further from UTC than this (RFC 9636, section 3.2: under 26 hours).
    static let reach = 26 * Int.hour
}

extension [Int] {
    /// How many elements of an ascending list are not after `value`.
    func countNotAfter(_ value: Int) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
