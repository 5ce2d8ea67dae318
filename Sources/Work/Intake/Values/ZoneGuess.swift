/// Where a person's time zone comes from, the surest first.
package enum ZoneSource: String, Sendable, Hashable, CaseIterable, Comparable {
    /// The file says it.
    case column
    /// Told by the person's state.
    case state
    /// Told by the person's country.
    case country
    /// Told by where the company is.
    case company
    /// Nothing is known; the workspace's own is used, and not stored with the person.
    case workspace

    package static func < (a: ZoneSource, b: ZoneSource) -> Bool { a.rank < b.rank }
    private var rank: Int { ZoneSource.allCases.firstIndex(of: self) ?? 0 }
}

/// A zone with how it was found.
package struct ZoneGuess: Sendable, Hashable {
    /// `nil`: the workspace's own.
    package var name: String?
    /// What the guess rests on.
    package var source: ZoneSource
    /// Whether the country has several zones and the commonest was taken.
    package var isPrincipal = false
}

/// The zone names of the machine, under the spellings that exports use.
package struct ZoneNames: Sendable {
    private let byFolded: [String: String]

    /// - Parameter names: all that there are, `Europe/Berlin` among them.
    package init(_ names: [String]) {
        byFolded = Dictionary(names.map { ($0.lowercased(), $0) }) { first, _ in first }
    }

    /// The zone meant by `europe/berlin`, `America/New York`, `america_slash_new_york`, `Eastern Time (US & Canada)`
    /// or `UTC+02:00`; `nil` of any other text.
    package func find(_ text: String) -> String? {
        let folded = text.lowercased().replacing("_slash_", with: "/").replacing("_hyphen_", with: "-")
        if let name = ZoneNames.american[folded] { return name }
        if let name = byFolded[folded.replacing(" ", with: "_")] { return name }
        return offset(folded).flatMap { byFolded[$0] }
    }

    /// The letters of North America's clocks: the zones called EST and MST know no summer.
    private static let american: [String: String] = {
        let clocks = [
            ("eastern", "e", "America/New_York"), ("central", "c", "America/Chicago"),
            ("mountain", "m", "America/Denver"), ("pacific", "p", "America/Los_Angeles"),
        ]
        var names: [String: String] = [:]
        for (word, letter, zone) in clocks {
            for spelling in ["\(word) time", "\(word) time (us & canada)", "\(word) standard time", word] {
                names[spelling] = zone
            }
            for spelling in ["\(letter)t", "\(letter)st", "\(letter)dt"] { names[spelling] = zone }
        }
        return names
    }()

    /// `etc/gmt-2` for `utc+2`: POSIX counts west of Greenwich.
    private func offset(_ text: String) -> String? {
        guard text.hasPrefix("utc") || text.hasPrefix("gmt") else { return nil }
        let rest = text.dropFirst(3).filter { $0 != " " }
        guard let sign = rest.first, sign == "+" || sign == "-" else { return rest.isEmpty ? "etc/gmt" : nil }
        let parts = rest.dropFirst().split(separator: ":")
        guard let hours = parts.first.flatMap({ Int($0) }), parts.count == 1 || parts[1] == "00" else { return nil }
        return hours == 0 ? "etc/gmt" : "etc/gmt\(sign == "+" ? "-" : "+")\(hours)"
    }
}
