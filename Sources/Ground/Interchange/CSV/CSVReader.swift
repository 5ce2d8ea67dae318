/// Reads CSV (RFC 4180) in chunks: memory is bounded by a chunk and the longest record.
///
/// Cells may be quoted, with doubled quotes and line ends inside. Lines end with LF, CR LF or CR. A BOM and blank
/// lines are passed over. Ragged rows are rows. What is malformed is read as Python's `csv` reads it and noted in
/// `CSVRow.problems`; only a quote that is never closed costs no more than its own line.
///
///     var reader = CSVReader(bytes: bytes)
///     var row = CSVRow()
///     while reader.next(into: &row) { print(row.line, row.texts) }
package struct CSVReader<Failure: Error> {
    private var scanner: CSVScanner
    private let chunk: () throws(Failure) -> [UInt8]

    /// - Parameter delimiter: what stands between cells; `nil` looks at the first line and takes the commonest of
    ///   comma, semicolon and tab.
    /// - Parameter removesGuards: takes back the `'` that `CSVWriter` puts before `=`, `+`, `-`, `@` and the like.
    /// - Parameter maximumRow: the longest record, in octets.
    /// - Parameter chunk: the next octets of the file; empty at its end, and not called again after that.
    package init(
        delimiter: Unicode.Scalar? = ",", removesGuards: Bool = true, maximumRow: Int = 1 << 20,
        chunk: @escaping () throws(Failure) -> [UInt8]
    ) {
        self.scanner = CSVScanner(
            delimiter: delimiter.map { UInt8(ascii: $0) }, removesGuards: removesGuards, maximumRow: maximumRow)
        self.chunk = chunk
    }

    /// Fills `row` with the next record; false at the end.
    package mutating func next(into row: inout CSVRow) throws(Failure) -> Bool {
        while true {
            switch scanner.scan(into: &row) {
            case .row: return true
            case .end: return false
            case .needsMore: scanner.append(try chunk())
            }
        }
    }

    /// The next record; `nil` at the end.
    package mutating func next() throws(Failure) -> CSVRow? {
        var row = CSVRow()
        return try next(into: &row) ? row : nil
    }

    /// What stands between cells; known once a record was read.
    package var delimiter: Unicode.Scalar? { scanner.delimiter.map { Unicode.Scalar($0) } }
}

extension CSVReader where Failure == Never {
    /// Reads a file that is in memory.
    package init(
        bytes: [UInt8], delimiter: Unicode.Scalar? = ",", removesGuards: Bool = true, maximumRow: Int = 1 << 20
    ) {
        var rest: [UInt8]? = bytes
        self.init(delimiter: delimiter, removesGuards: removesGuards, maximumRow: maximumRow) {
            defer { rest = nil }
            return rest ?? []
        }
    }
}
