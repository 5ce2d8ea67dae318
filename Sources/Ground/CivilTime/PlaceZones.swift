/// Which zone a person's clock probably has, by the country and the state that are known of the person.
///
/// Countries and their zones come from the tables beside the zone files, `iso3166.tab` and `zone.tab`; the states of the
/// countries with several clocks are known here. All of it is a guess, for an import to count.
package struct PlaceZones: Sendable {
    /// A zone, and how it was come by.
    package struct Guess: Sendable, Hashable {
        /// What a guess rests on.
        package enum Basis: Sendable, Hashable {
            /// The country has only this zone.
            case country
            /// The state's own, or its most populous one.
            case state
            /// The most populous of the country's several zones.
            case principal
        }

        /// `America/Chicago`.
        package var zone: String
        /// What it rests on.
        package var basis: Basis

        package init(zone: String, basis: Basis) {
            self.zone = zone
            self.basis = basis
        }
    }

    /// Two capital letters by a name as `key` makes it.
    private var codes: [String: String] = [:]
    /// The zones of a country's code, in the table's order.
    private var zones: [String: [String]] = [:]

    /// - Parameters:
    ///   - countries: the octets of `iso3166.tab`: code, tab, English name.
    ///   - zones: the octets of `zone.tab`: code, tab, position, tab, zone.
    package init(countries: [UInt8], zones: [UInt8]) {
        for fields in PlaceZones.rows(countries) where fields.count >= 2 {
            codes[PlaceZones.key(fields[0])] = fields[0]
            codes[PlaceZones.key(fields[1])] = fields[0]
        }
        for (name, code) in PlaceZones.otherNames { codes[name] = code }
        for fields in PlaceZones.rows(zones) where fields.count >= 3 {
            self.zones[fields[0], default: []].append(fields[2])
        }
    }

    /// The zone of somebody in `state` of `country`, each a code or an English name in any case; `nil` where neither is
    /// known.
    ///
    /// Without a country, a state counts by its full name only: CA is California and Canada.
    package func guess(country: String?, state: String? = nil) -> Guess? {
        let code = country.flatMap { codes[PlaceZones.key($0)] }
        let stateKey = state.map(PlaceZones.key) ?? ""
        let hasNoCountry = country.map { PlaceZones.key($0).isEmpty } ?? true
        if hasNoCountry, stateKey.utf8.count > 3, let zone = PlaceZones.zone(ofState: stateKey, in: nil) {
            return Guess(zone: zone, basis: .state)
        }
        guard let code, let all = zones[code], let first = all.first else { return nil }
        if all.count == 1 { return Guess(zone: first, basis: .country) }
        if let zone = PlaceZones.zone(ofState: stateKey, in: code) { return Guess(zone: zone, basis: .state) }
        return Guess(zone: PlaceZones.principal[code] ?? first, basis: .principal)
    }

    /// The ISO 3166 code of a country by its code or a name, in any case; `nil` for an unknown one.
    package func countryCode(_ text: String) -> String? { codes[PlaceZones.key(text)] }

    /// The codes of the states that are known of `country`, in lower case.
    package static func stateCodes(of country: String) -> [String] {
        states.filter { $0.country == country }.map(\.code)
    }

    private static func zone(ofState key: String, in country: String?) -> String? {
        states.first { entry in
            (country == nil || entry.country == country) && (entry.code == key || entry.name == key)
        }?.zone
    }

    /// The letters of `text` in lower case, without what stands in parentheses and a leading "the".
    private static func key(_ text: String) -> String {
        let outside = text.split(separator: "(", omittingEmptySubsequences: false).first ?? ""
        let words = outside.lowercased().split { !$0.isLetter }
        return words.dropFirst(words.first == "the" ? 1 : 0).joined()
    }

    private static func rows(_ table: [UInt8]) -> [[String]] {
        table.split(separator: UInt8(ascii: "\n")).filter { $0.first != UInt8(ascii: "#") }.map { line in
            line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }
}
