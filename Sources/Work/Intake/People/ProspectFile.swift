package import CivilTime
package import Diagnostics
package import Interchange

/// A list of prospects, read row by row: memory is bounded by a row and some twenty octets an identifier.
///
///     var file = ProspectFile(name: "list.csv", options: options, chunk: read)
///     if try file.begin().isEmpty {
///         while let judgement = try file.next() { ... }
///     }
package struct ProspectFile<Failure: Error> {
    /// The path as the person wrote it: what findings say.
    package let name: String
    /// How the file is read.
    package let options: ProspectOptions
    /// The row that `next` judged last.
    package private(set) var row = CSVRow()
    /// What the columns are read as; `nil` until `begin` found a header.
    package private(set) var plan: ColumnPlan?
    private var reader: CSVReader<Failure>
    private var judge: RowJudge?
    private var seen = SeenIndex()

    /// - Parameter chunk: the next octets of the file; empty at its end.
    package init(name: String, options: ProspectOptions, chunk: @escaping () throws(Failure) -> [UInt8]) {
        self.name = name
        self.options = options
        reader = CSVReader(delimiter: nil, chunk: chunk)
    }

    /// What one row is.
    package enum Judgement: Sendable {
        /// Somebody; the findings are warnings.
        case good(RowIdentity, [Finding])
        /// Nobody, or nobody for sure: errors, perhaps warnings among them.
        case bad([Finding])
        /// Somebody whom an earlier line has.
        case duplicate(Finding)
    }

    /// Reads the header; with an error among the findings there is nothing to read.
    ///
    /// Lines before it, as in LinkedIn's Connections.csv, are passed over.
    package mutating func begin() throws(Failure) -> [Finding] {
        guard let header = try header() else {
            return [Finding(.importHeader, "the file is empty", at: Place(file: name, line: 1, column: 1))]
        }
        let problems = header.problems.map { $0.finding(in: header, file: name) }
        if !problems.isEmpty { return problems }
        let (plan, findings) = ColumnPlan.read(header, maps: options.maps, file: name)
        self.plan = plan
        judge = plan.map { RowJudge(plan: $0, file: name, places: options.places) }
        return findings
    }

    /// The first row that can be a header: that has a column to know people by, or more than one cell.
    private mutating func header() throws(Failure) -> CSVRow? {
        guard let first = try reader.next() else { return nil }
        if ProspectFile.isHeader(first, options.maps) || first.count > 1 { return first }
        for _ in 0..<10 {
            guard let row = try reader.next() else { break }
            if row.count > 1, ProspectFile.isHeader(row, options.maps) { return row }
        }
        return first
    }

    private static func isHeader(_ row: CSVRow, _ maps: [ColumnMapping]) -> Bool {
        row.texts.contains { text in
            let header = text.trimmed.lowercased()
            return ProspectField.find(header)?.field.isIdentity ?? (header == "url")
                || maps.contains { $0.column.lowercased() == header }
        }
    }

    /// Judges the next row; `nil` at the end.
    package mutating func next() throws(Failure) -> Judgement? {
        guard let judge, try reader.next(into: &row) else { return nil }
        let (identity, findings) = judge.judge(row)
        if findings.contains(where: { $0.severity == .error }) { return .bad(findings) }
        let hashes = identity.hashes
        for hash in hashes {
            if let line = seen.line(of: hash) { return .duplicate(duplicate(of: line)) }
        }
        for hash in hashes { _ = seen.insert(hash, line: row.line) }
        return .good(identity, findings)
    }

    private func duplicate(of line: Int) -> Finding {
        Finding(
            .importDuplicate, "line \(line) has the same person", at: row.place(of: 0, file: name),
            hint: "the first one counts")
    }
}

/// What a person may say about a list.
package struct ProspectOptions: Sendable {
    /// What `--map` says, in order.
    package var maps: [ColumnMapping]
    /// Where the people are from, where the file does not say: `list`, `referral`, an event's name.
    package var source: String
    /// The zones that there are.
    package var zones: ZoneNames
    /// Which zone a state or a country has.
    package var places: PlaceZones

    package init(maps: [ColumnMapping] = [], source: String = "list", zones: ZoneNames, places: PlaceZones) {
        self.maps = maps
        self.source = source
        self.zones = zones
        self.places = places
    }
}
