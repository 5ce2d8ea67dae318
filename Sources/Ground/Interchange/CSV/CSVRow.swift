package import Diagnostics

/// One record of a CSV file: its cells, where they stand, and the octets it was read from.
///
/// Made once and filled again and again by `CSVReader.next(into:)`, so that a million rows allocate nothing.
package struct CSVRow: Sendable {
    /// The line on which the record starts, from 1; cells in quotes may hold further lines.
    package internal(set) var line = 0
    /// The record as it stands in the file, without its line end and without a BOM: what a file of rejects repeats.
    package internal(set) var raw: [UInt8] = []
    /// What is wrong with the record's form, in the order of its cells; empty for nearly every row.
    package internal(set) var problems: [CSVProblem] = []
    /// The contents of cells that are not a part of `raw` as they are: quotes were doubled in them.
    var unescaped: [UInt8] = []
    var cells: [Cell] = []
    /// Whether a cell opens with a quote, so that line ends may stand inside.
    var hasQuotes = false

    /// Where a cell stands, in offsets of octets.
    struct Cell: Sendable {
        /// The content without quotes, in `raw` or in `unescaped`.
        var start: Int32
        var end: Int32
        /// Where the cell starts in `raw`, an opening quote included.
        var rawStart: Int32
        var isUnescaped: Bool
    }

    package init() {}

    /// How many cells the record has; ragged files have short and long ones.
    package var count: Int { cells.count }

    /// The text of the cell at `index`, from 0; `nil` past the end. Malformed UTF-8 shows as U+FFFD.
    package subscript(index: Int) -> String? {
        guard cells.indices.contains(index) else { return nil }
        return String(decoding: bytes(index), as: UTF8.self)
    }

    /// The octets of the cell at `index`, not copied; empty past the end.
    package func bytes(_ index: Int) -> ArraySlice<UInt8> {
        guard cells.indices.contains(index) else { return [] }
        let cell = cells[index]
        return (cell.isUnescaped ? unescaped : raw)[Int(cell.start)..<Int(cell.end)]
    }

    /// The texts of all cells.
    package var texts: [String] { cells.indices.map { String(decoding: bytes($0), as: UTF8.self) } }

    /// Where the cell at `index` starts in the file; past the end, where the record ends.
    package func place(of index: Int, file: String) -> Place {
        let isCell = cells.indices.contains(index)
        let start = isCell ? Int(cells[index].rawStart) : raw.count
        let isLast = index + 1 >= cells.count
        let end = !isCell || isLast ? raw.count : Int(cells[index + 1].rawStart) - 1
        return place(start..<max(start, end), file: file)
    }

    /// Where the octets `range` of `raw` stand in the file; the caret stays on the first line.
    private func place(_ range: Range<Int>, file: String) -> Place {
        var place = SourceText(file: file, bytes: raw).place(range)
        place.line += line - 1
        return place
    }

    mutating func clear() {
        raw.removeAll(keepingCapacity: true)
        problems.removeAll(keepingCapacity: true)
        unescaped.removeAll(keepingCapacity: true)
        cells.removeAll(keepingCapacity: true)
        hasQuotes = false
    }
}

/// A record that is not quite CSV; its cells hold what could be read.
package struct CSVProblem: Sendable, Hashable {
    /// What is not quite CSV.
    package enum Kind: Sendable, Hashable {
        /// A quote opens the cell and nothing closes it; the reader went on with the next line.
        case unclosedQuote
        /// Something follows the closing quote, before the next delimiter; it was kept.
        case textAfterQuote
        /// Octets that are not UTF-8 (Windows-1252 or UTF-16, as a rule).
        case notUTF8
        /// A NUL octet.
        case nul
        /// The record is longer than the reader's limit, in octets; its rest was left out.
        case tooLong(limit: Int)
    }

    /// What is wrong.
    package var kind: Kind
    /// The cell, from 0.
    package var cell: Int

    package init(kind: Kind, cell: Int) {
        self.kind = kind
        self.cell = cell
    }

    /// What to show a person whose file it is.
    package func finding(in row: CSVRow, file: String) -> Finding {
        let place = row.place(of: cell, file: file)
        return switch kind {
        case .unclosedQuote:
            Finding(
                .csvQuote, "this quote is never closed", at: place,
                hint: "close it, or double a quote that belongs to the text")
        case .textAfterQuote:
            Finding(
                .csvQuote, "text follows the closing quote", at: place,
                hint: "double the quotes that belong to the text")
        case .notUTF8:
            Finding(.csvEncoding, "this is not UTF-8", at: place, hint: "save the file as CSV UTF-8")
        case .nul:
            Finding(.csvEncoding, "a NUL octet", at: place, hint: "save the file as CSV UTF-8")
        case .tooLong(let limit):
            Finding(.csvRowSize, "this record is longer than \(limit) octets", at: place)
        }
    }
}
