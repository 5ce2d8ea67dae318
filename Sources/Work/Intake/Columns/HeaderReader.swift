import Diagnostics
import Interchange

/// Judges the columns of a header.
struct HeaderReader {
    let row: CSVRow
    let maps: [ColumnMapping]
    let file: String
    var findings: [Finding] = []

    /// Names that Stoke computes itself: a column of that name gets another one.
    static let reserved: Set<String> = [
        "temperature", "stage", "fit", "intent", "replied", "steps", "touchpoints", "sender", "sequence", "step", "now",
        "unsubscribe_url", "company", "id", "key",
    ]

    init(row: CSVRow, maps: [ColumnMapping], file: String) {
        self.row = row
        self.maps = maps
        self.file = file
    }

    /// What each column is read as.
    mutating func columns() -> [ColumnPlan.Column] {
        let headers = row.texts.map(\.trimmed)
        let isConnections = headers.contains { ProspectField.squeezed($0) == "connectedon" }
        for map in maps where !headers.contains(where: { $0.lowercased() == map.column.lowercased() }) {
            findings.append(
                Finding(
                    .importMap, "there is no column \"\(map.column)\"", at: row.place(of: 0, file: file),
                    hint: NearestName.hint(among: headers, to: map.column)))
        }
        var taken: [String: Int] = [:]
        return headers.enumerated().map { place, header in
            let map = maps.last { $0.column.lowercased() == header.lowercased() }
            let use = use(of: header, at: place, map, isConnections: isConnections)
            return ColumnPlan.Column(header: header, use: distinct(use, header, place, &taken))
        }
    }

    private mutating func use(
        of header: String, at place: Int, _ map: ColumnMapping?, isConnections: Bool
    ) -> ColumnPlan.Use {
        if let map { return mapped(map, place) }
        if isConnections, ProspectField.squeezed(header) == "url" { return .field(.linkedin, rank: 0) }
        if let (field, rank) = ProspectField.find(header) { return .field(field, rank: rank + 1) }
        return custom(header, place)
    }

    private mutating func mapped(_ map: ColumnMapping, _ place: Int) -> ColumnPlan.Use {
        if map.field == "-" || map.field == "ignore" { return .ignored }
        if let field = ProspectField(rawValue: map.field.lowercased()) { return .field(field, rank: 0) }
        let parts = map.field.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let isSound = parts.last.map { FactName.make($0) == $0 } ?? false
        guard isSound, parts.count == 1 || (parts.count == 2 && parts[0] == "company"),
            parts.count == 2 || !HeaderReader.reserved.contains(map.field)
        else {
            findings.append(
                Finding(
                    .importMap, "\"\(map.field)\" can't be the name of a fact", at: row.place(of: place, file: file),
                    hint: NearestName.hint(among: ProspectField.allCases.map(\.rawValue), to: map.field)
                        ?? "names are lower-case letters, digits and _, such as icebreaker or company.segment"))
            return .ignored
        }
        return parts.count == 2 ? .companyCustom(parts[1]) : .custom(map.field)
    }

    private mutating func custom(_ header: String, _ place: Int) -> ColumnPlan.Use {
        if header.isEmpty { return .ignored }
        if header.lowercased().hasPrefix("company."), let name = FactName.make(String(header.dropFirst(8))) {
            return .companyCustom(name)
        }
        guard let name = FactName.make(header) else { return .custom("column_\(place + 1)") }
        return .custom(HeaderReader.reserved.contains(name) ? "imported_\(name)" : name)
    }

    /// The use, unless an earlier column has it already.
    private mutating func distinct(
        _ use: ColumnPlan.Use, _ header: String, _ place: Int, _ taken: inout [String: Int]
    ) -> ColumnPlan.Use {
        let key: String
        switch use {
        case .ignored: return use
        case .field: key = ProspectField.squeezed(header)
        case .custom(let name): key = "custom " + name
        case .companyCustom(let name): key = "company " + name
        }
        guard let first = taken[key] else {
            taken[key] = place
            return use
        }
        findings.append(
            Finding(
                .importColumnTwice, "the column \"\(header)\" comes twice", at: row.place(of: place, file: file),
                hint: "rename one of them in the file",
                notes: [Finding.Note("the first one", at: row.place(of: first, file: file))]))
        return .ignored
    }

    /// Whether anybody can be known by these columns.
    mutating func judge(_ plan: ColumnPlan) {
        let fields = Set(plan.places.keys)
        if fields.contains(where: \.isIdentity) { return }
        // A list of companies is fine; a list of people whose addresses were not recognised is not.
        let isOfCompanies = fields.contains(.companyDomain) || fields.contains(.companyWebsite)
        if isOfCompanies, !fields.contains(where: \.isPersonal) { return }
        let looksLikeData = row.texts.contains { $0.contains("@") }
        findings.append(
            Finding(
                .importHeader, "no column has an email address, a LinkedIn address or a phone number",
                at: row.place(of: 0, file: file),
                hint: looksLikeData
                    ? "the first line looks like a person: give the file a line of column names first"
                    : "name the column: --map \"\(row.texts.first ?? "COLUMN")=email\""))
    }
}
