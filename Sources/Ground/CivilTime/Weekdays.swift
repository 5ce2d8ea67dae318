/// A set of days of the week.
package struct Weekdays: OptionSet, Sendable, Hashable {
    /// Bit 0 is Monday.
    package let rawValue: UInt8

    /// A bit a day, Monday the lowest; others are dropped.
    package init(rawValue: UInt8) { self.rawValue = rawValue & 0x7F }

    /// One day alone.
    package init(_ day: Weekday) { rawValue = 1 << UInt8(day.rawValue) }

    /// Monday to Friday.
    package static let workdays = Weekdays(rawValue: 0x1F)
    /// All seven.
    package static let all = Weekdays(rawValue: 0x7F)

    /// Whether `day` is one of them.
    package func contains(_ day: Weekday) -> Bool { contains(Weekdays(day)) }

    /// Why a text is not days of the week: the piece that is none.
    package struct Problem: Error, Sendable, Hashable {
        /// The part of the text that is none.
        package var piece: String

        package init(piece: String) { self.piece = piece }
    }

    /// The days in `mon-fri`, `mon, wed, fri`, `Monday`, `sat-mon` (over the week's end).
    ///
    /// - Throws: `Problem`, the first one.
    package init(parsing text: String) throws(Problem) {
        var days: Weekdays = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = piece.split(separator: "-", omittingEmptySubsequences: false).map { Weekday(named: $0.trimmed) }
            guard (1...2).contains(ends.count), let from = ends.first ?? nil, let to = ends.last ?? nil else {
                throw Problem(piece: piece.trimmed)
            }
            let length = (to.rawValue - from.rawValue + 7) % 7
            for step in 0...length { days.insert(Weekdays(from.advanced(by: step))) }
        }
        self = days
    }
}

extension Weekdays: CustomStringConvertible {
    /// `mon, tue, fri`.
    package var description: String {
        Weekday.allCases.filter(contains).map(\.shortName).joined(separator: ", ")
    }
}

extension Weekday {
    /// `mon` to `sun`.
    package var shortName: String { String(name.prefix(3)) }

    /// `monday` to `sunday`.
    package var name: String {
        switch self {
        case .monday: "monday"
        case .tuesday: "tuesday"
        case .wednesday: "wednesday"
        case .thursday: "thursday"
        case .friday: "friday"
        case .saturday: "saturday"
        case .sunday: "sunday"
        }
    }

    /// The day called `text`, in full or by its first three letters, in either case.
    package init?(named text: String) {
        let lower = text.lowercased()
        guard let day = Weekday.allCases.first(where: { $0.name == lower || $0.shortName == lower }) else { return nil }
        self = day
    }

    /// The day `days` later; negative: earlier.
    package func advanced(by days: Int) -> Weekday {
        Weekday(rawValue: ((rawValue + days) % 7 + 7) % 7) ?? self
    }
}
