import Diagnostics
import Interchange

/// What each column of a file is read as.
package struct ColumnPlan: Sendable {
    /// One column of the file.
    package struct Column: Sendable, Hashable {
        /// As the file spells it.
        package var header: String
        /// What becomes of its cells.
        package var use: Use
    }

    /// What becomes of a column.
    package enum Use: Sendable, Hashable {
        /// A field that Stoke knows; of several columns the one with the lowest rank that has a value counts.
        case field(ProspectField, rank: Int)
        /// A fact of the user's own about the person.
        case custom(String)
        /// A fact of the user's own about the company.
        case companyCustom(String)
        /// Left out.
        case ignored

        /// `email`, `company.name`, `icebreaker`; `nil` for a column that is left out.
        package var path: String? {
            switch self {
            case .field(let field, _): field.rawValue
            case .custom(let name): name
            case .companyCustom(let name): "company." + name
            case .ignored: nil
            }
        }
    }

    /// In the order of the file.
    package let columns: [Column]
    /// The columns of a field, best first.
    let places: [ProspectField: [Int]]
    /// Those that every row is judged by.
    let emails: [Int]
    let profiles: [Int]
    let phones: [Int]
    let bases: [Int]
    /// Whether it is LinkedIn's own Connections.csv.
    package let isConnections: Bool
    /// The column of the day on which a connection was made, in such a file.
    let connectedOn: Int?
    /// The header as it stands in the file, without its line end: the first line of a file of rejects.
    package let rawHeader: [UInt8]

    private init(_ columns: [Column], _ row: CSVRow) {
        self.columns = columns
        rawHeader = row.raw
        var places: [ProspectField: [(rank: Int, place: Int)]] = [:]
        for (place, column) in columns.enumerated() {
            if case .field(let field, let rank) = column.use { places[field, default: []].append((rank, place)) }
        }
        self.places = places.mapValues { $0.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map(\.place) }
        emails = self.places[.email] ?? []
        profiles = self.places[.linkedin] ?? []
        phones = self.places[.phone] ?? []
        bases = self.places[.basis] ?? []
        connectedOn = columns.firstIndex { ProspectField.squeezed($0.header) == "connectedon" }
        isConnections = connectedOn != nil && columns.contains { ProspectField.squeezed($0.header) == "url" }
    }

    /// The names of the facts that Stoke has no word for, `company.` ones as such.
    package var customPaths: [String] {
        columns.compactMap { column in
            if case .field = column.use { return nil }
            return column.use.path
        }
    }

    /// Reads a header.
    ///
    /// - Parameter maps: what `--map` says, column by column: a field, a name of the user's own, or `-` for none.
    /// - Returns: `nil` with the findings that keep the file from being read.
    static func read(
        _ row: CSVRow, maps: [ColumnMapping], file: String
    ) -> (plan: ColumnPlan?, findings: [Finding]) {
        var reader = HeaderReader(row: row, maps: maps, file: file)
        let columns = reader.columns()
        let plan = ColumnPlan(columns, row)
        reader.judge(plan)
        let isRefused = reader.findings.contains { $0.severity == .error }
        return (isRefused ? nil : plan, reader.findings)
    }
}

/// One `--map COLUMN=FIELD`.
package struct ColumnMapping: Sendable, Hashable {
    /// As the file spells it, letter case aside.
    package var column: String
    /// A field, a name of the user's own, or `-`.
    package var field: String

    package init(column: String, field: String) {
        self.column = column
        self.field = field
    }

    /// Reads `COLUMN=FIELD`; the last `=` parts them, for a column may have one in its name.
    package init?(_ text: String) {
        guard let equals = text.lastIndex(of: "="), equals > text.startIndex else { return nil }
        column = String(text[..<equals])
        field = String(text[text.index(after: equals)...])
        if field.isEmpty { return nil }
    }
}
