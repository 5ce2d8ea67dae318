import CivilTime
import Host
import Testing

@Suite struct PlaceZonesTests {
    let places: PlaceZones
    let countries: [[String]]

    init() throws {
        let folder = try #require(ZoneFolder.find(Environment.ofProcess()))
        let countries = try #require(folder.read("iso3166.tab"))
        places = PlaceZones(countries: countries, zones: try #require(folder.read("zone.tab")))
        self.countries = String(decoding: countries, as: UTF8.self).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }.map { $0.split(separator: "\t").map(String.init) }
    }

    @Test func `every country has a zone that the machine has, by code and by name`() throws {
        #expect(countries.count > 200)
        // Two islands without people have none.
        for country in countries where !["BV", "HM"].contains(country[0]) {
            let guess = try #require(places.guess(country: country[0]), "\(country)")
            #expect(try MachineZones.zone(guess.zone).name == guess.zone)
        }
        // Names in parentheses are told apart by code only.
        for country in countries where !country[1].contains("(") && !["BV", "HM"].contains(country[0]) {
            #expect(places.guess(country: country[1]) == places.guess(country: country[0]), "\(country)")
        }
    }

    @Test(
        arguments: [
            ("France", nil, "Europe/Paris", PlaceZones.Guess.Basis.country), ("de", nil, "Europe/Berlin", .principal),
            ("United States", "Texas", "America/Chicago", .state), ("US", "ca", "America/Los_Angeles", .state),
            ("USA", nil, "America/New_York", .principal), ("the Netherlands", nil, "Europe/Amsterdam", .country),
            ("UK", "England", "Europe/London", .country), ("Canada", "QC", "America/Toronto", .state),
            ("Canada", "BC", "America/Vancouver", .state), ("Australia", "WA", "Australia/Perth", .state),
            (nil, "New York", "America/New_York", .state), ("", "California", "America/Los_Angeles", .state),
            ("United States", "Bavaria", "America/New_York", .principal),
            ("Côte d'Ivoire", nil, "Africa/Abidjan", .country),
            ("Brazil", nil, "America/Sao_Paulo", .principal),
        ] as [(String?, String?, String, PlaceZones.Guess.Basis)])
    func `a place has a zone`(country: String?, state: String?, zone: String, basis: PlaceZones.Guess.Basis) {
        #expect(places.guess(country: country, state: state) == PlaceZones.Guess(zone: zone, basis: basis))
    }

    @Test(arguments: [(nil, nil), (nil, "CA"), ("Atlantis", "Texas"), ("", ""), ("  ", "BY")] as [(String?, String?)])
    func `a place that nobody knows has none`(country: String?, state: String?) {
        #expect(places.guess(country: country, state: state) == nil)
    }

    @Test func `every state's zone is one of its country's`() throws {
        for (country, count) in [("US", 51), ("CA", 13), ("AU", 8)] {
            let names = ["US": "United States", "CA": "Canada", "AU": "Australia"]
            let states = PlaceZones.stateCodes(of: country)
            #expect(Set(states).count == count)
            for state in states {
                let guess = try #require(places.guess(country: names[country], state: state))
                #expect(guess.basis == .state)
                #expect(try MachineZones.zone(guess.zone).name == guess.zone)
            }
        }
    }
}
