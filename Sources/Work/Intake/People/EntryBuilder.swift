import CivilTime
import Diagnostics
import Facts
import Interchange
import Ledger

/// Makes people of judged rows.
struct EntryBuilder {
    let plan: ColumnPlan
    let file: String
    let options: ProspectOptions
    /// Spellings that were warned about; a list repeats them on every line.
    private var said: Set<String> = []
    private var domains: [String: String?] = [:]
    private var guesses: [String: PlaceZones.Guess?] = [:]

    init(plan: ColumnPlan, file: String, options: ProspectOptions) {
        self.plan = plan
        self.file = file
        self.options = options
    }

    /// One person as the row has them.
    struct Built {
        var entry: PersonEntry
        var zone: ZoneGuess
        var findings: [Finding] = []
    }

    /// The row's person; blanks are left out, for they never erase.
    mutating func build(_ row: CSVRow, _ identity: RowIdentity, at now: Instant) -> Built {
        let cells = RowCells(row: row, plan: plan)
        var findings: [Finding] = []
        let own = place(cells, .city, .state, .country, .location, &findings)
        let company = place(cells, .companyCity, .companyState, .companyCountry, .companyLocation, &findings)
        let zone = zone(cells, own, company, &findings)
        var entry = PersonEntry(
            email: identity.email, linkedin: identity.linkedin, phone: identity.phone?.text,
            facts: facts(cells, own), company: self.company(cells, company, &findings),
            companyDomain: domain(cells, identity), source: options.source, at: now)
        if let source = cells.text(.source) { entry.source = source.text }
        if let digits = identity.phone?.extensionDigits { entry.facts["phone_extension"] = .text(digits) }
        if let name = zone.name {
            entry.facts["timezone"] = .text(name)
            entry.facts["timezone_source"] = .text(zone.source.rawValue)
        }
        return Built(entry: entry, zone: zone, findings: findings)
    }

    // MARK: Facts

    private static let plain: [ProspectField] = [
        .firstName, .lastName, .name, .title, .seniority, .department, .language, .source, .location,
    ]

    private func facts(_ cells: RowCells, _ own: PlaceTexts) -> Record {
        var facts = Record()
        for field in EntryBuilder.plain {
            if let (text, _) = cells.text(field) { facts[field.fact] = .text(text) }
        }
        if let basis = cells.value(.basis).flatMap({ Basis($0.text) }) { facts["basis"] = .text(basis.rawValue) }
        own.set(in: &facts)
        nameParts(&facts)
        for (place, column) in plan.columns.enumerated() {
            if case .custom(let name) = column.use { set(name, cells.row, place, &facts) }
        }
        return facts
    }

    /// A cell of the user's own, as it stands in the file.
    private func set(_ name: String, _ row: CSVRow, _ place: Int, _ facts: inout Record) {
        if row.bytes(place).isEmpty { return }
        let value = Value.text(row[place] ?? "")
        if !value.isBlank { facts[name] = value }
    }

    /// `Maya Chen` is a first and a last name; of longer names nobody can say.
    private func nameParts(_ facts: inout Record) {
        guard facts["first_name"] == nil, facts["last_name"] == nil, let name = facts["name"]?.plainText,
            !name.contains(",")
        else { return }
        let words = name.split(separator: " ")
        guard words.count == 2 else { return }
        facts["first_name"] = .text(String(words[0]))
        facts["last_name"] = .text(String(words[1]))
    }

    // MARK: The company

    private mutating func company(
        _ cells: RowCells, _ place: PlaceTexts, _ findings: inout [Finding]
    ) -> Record {
        var facts = Record()
        for field in [ProspectField.companyName, .companyIndustry, .companyTechnologies, .companyLocation] {
            if let (text, _) = cells.text(field) { facts[field.fact] = .text(text) }
        }
        place.set(in: &facts)
        if let page = cells.value(.companyLinkedIn) { facts["linkedin"] = .text(page.text) }
        if let site = cells.value(.companyWebsite) {
            // Sales Navigator calls the company's page on LinkedIn its address.
            let name = WebAddress.isLinkedIn(site.text) ? "linkedin" : "website"
            if facts[name] == nil { facts[name] = .text(site.text) }
        }
        if let (text, _) = cells.value(.companyPhone) {
            facts["phone"] = .text(PhoneNumber(text, country: place.country)?.text ?? text)
        }
        if let zone = cells.value(.companyTimezone).flatMap({ options.zones.find($0.text) }) {
            facts["timezone"] = .text(zone)
        }
        for field in [ProspectField.companyEmployees, .companyRevenue, .companyFounded] {
            number(field, cells, &facts, &findings)
        }
        for (place, column) in plan.columns.enumerated() {
            if case .companyCustom(let name) = column.use { set(name, cells.row, place, &facts) }
        }
        return facts
    }

    private mutating func number(
        _ field: ProspectField, _ cells: RowCells, _ facts: inout Record, _ findings: inout [Finding]
    ) {
        guard let (text, place) = cells.value(field) else { return }
        guard let number = NumberText(text) else {
            warn(.importNumber, "\"\(text)\" is not a number", cells.row, place, &findings)
            return
        }
        facts[field.fact] = number.value
        if let range = number.range { facts[field.fact + "_range"] = .text(range) }
    }

    /// The company's registrable domain: its own column, else its site, else the address's, unless anyone can have one.
    private mutating func domain(_ cells: RowCells, _ identity: RowIdentity) -> String? {
        for field in [ProspectField.companyDomain, .companyWebsite] {
            if let (text, _) = cells.value(field), let domain = known(text, { WebAddress.companyDomain($0) }) {
                return domain
            }
        }
        guard let host = identity.email?.split(separator: "@").last else { return nil }
        return known("@" + host) { _ in identity.companyDomain }
    }

    private mutating func known(_ text: String, _ find: (String) -> String?) -> String? {
        if let known = domains[text] { return known }
        if domains.count > 10_000 { domains.removeAll(keepingCapacity: true) }
        let domain = find(text)
        domains[text] = .some(domain)
        return domain
    }

    // MARK: Places and zones

    private mutating func place(
        _ cells: RowCells, _ city: ProspectField, _ state: ProspectField, _ country: ProspectField,
        _ location: ProspectField, _ findings: inout [Finding]
    ) -> PlaceTexts {
        var texts = PlaceTexts(location: cells.text(location)?.text ?? "", options.places)
        if let text = cells.text(city)?.text { texts.city = text }
        if let text = cells.value(state)?.text { texts.state = text }
        guard let (text, place) = cells.value(country) else { return texts }
        texts.country = options.places.countryCode(text)
        texts.countryText = texts.country ?? text
        if texts.country == nil {
            warn(.importCountry, "\"\(text)\" is no country that is known", cells.row, place, &findings)
        }
        return texts
    }

    private mutating func zone(
        _ cells: RowCells, _ own: PlaceTexts, _ company: PlaceTexts, _ findings: inout [Finding]
    ) -> ZoneGuess {
        if let (text, place) = cells.value(.timezone) {
            if let name = options.zones.find(text) {
                let source = cells.value(.timezoneSource).flatMap { ZoneSource(rawValue: $0.text) }
                return ZoneGuess(name: name, source: source ?? .column)
            }
            warn(.importZone, "\"\(text)\" is no time zone", cells.row, place, &findings)
        }
        if let guess = guess(own) {
            return ZoneGuess(
                name: guess.zone, source: guess.basis == .state ? .state : .country,
                isPrincipal: guess.basis == .principal)
        }
        if let name = cells.value(.companyTimezone).flatMap({ options.zones.find($0.text) }) {
            return ZoneGuess(name: name, source: .company)
        }
        guard let guess = guess(company) else { return ZoneGuess(name: nil, source: .workspace) }
        return ZoneGuess(name: guess.zone, source: .company, isPrincipal: guess.basis == .principal)
    }

    private mutating func guess(_ place: PlaceTexts) -> PlaceZones.Guess? {
        guard place.state != nil || place.country != nil else { return nil }
        let key = "\(place.country ?? "") \(place.state ?? "")"
        if let known = guesses[key] { return known }
        if guesses.count > 10_000 { guesses.removeAll(keepingCapacity: true) }
        let guess = options.places.guess(country: place.country, state: place.state)
        guesses[key] = .some(guess)
        return guess
    }

    private mutating func warn(
        _ code: FindingCode, _ message: String, _ row: CSVRow, _ place: Int, _ findings: inout [Finding]
    ) {
        guard said.count < 10_000, said.insert(code.name + message).inserted else { return }
        findings.append(Finding(code, message, at: row.place(of: place, file: file)))
    }
}

/// Where somebody is, as far as the row says.
struct PlaceTexts {
    var city: String?
    var state: String?
    /// The country's code; the cell's text where it is not known.
    var countryText: String?
    var country: String?

    /// - Parameter location: `Oslo, Norway`, `Austin, Texas, United States`; anything else says nothing.
    init(location: String, _ places: PlaceZones) {
        let parts = location.split(separator: ",").map(\.trimmed)
        guard let last = parts.last, last.count > 3 || last == "USA" || last == "UK" || last == "UAE",
            let found = places.countryCode(String(last))
        else { return }
        country = found
        countryText = found
        if parts.count > 1 { city = String(parts[0]) }
        if parts.count == 3 { state = String(parts[1]) }
    }

    /// Writes what is known.
    func set(in facts: inout Record) {
        if let city { facts["city"] = .text(city) }
        if let state { facts["state"] = .text(state) }
        if let countryText { facts["country"] = .text(countryText) }
    }
}
