/// Finds the records in the octets it was given; knows nothing of where they come from.
struct CSVScanner {
    enum Outcome { case row, needsMore, end }

    /// `nil` until the first line was seen.
    private(set) var delimiter: UInt8?
    private let removesGuards: Bool
    private let maximumRow: Int
    private var buffer: [UInt8] = []
    /// The offset in `buffer` where the next record starts.
    private var start = 0
    private var line = 1
    private var isComplete = false
    private var isAtFileStart = true
    /// Set while the rest of a record that was too long is passed over.
    private var isSkipping = false

    init(delimiter: UInt8?, removesGuards: Bool, maximumRow: Int) {
        self.delimiter = delimiter
        self.removesGuards = removesGuards
        self.maximumRow = maximumRow
    }

    /// Takes further octets; none means that the file ends here.
    mutating func append(_ chunk: [UInt8]) {
        if chunk.isEmpty { isComplete = true }
        if start == buffer.count {
            buffer = chunk
        } else {
            buffer.removeSubrange(..<start)
            buffer += chunk
        }
        start = 0
    }

    mutating func scan(into row: inout CSVRow) -> Outcome {
        if isAtFileStart, !beginFile() { return .needsMore }
        guard passBlankLines() else { return isComplete ? .end : .needsMore }
        guard let delimiter = delimiter ?? guessDelimiter() else { return .needsMore }
        self.delimiter = delimiter
        row.clear()
        row.line = line
        switch findCells(delimiter, &row) {
        case .ended(let end): end - start > maximumRow ? takeCut(&row) : take(&row, upTo: end)
        case .unclosed(let cell): takeFirstLine(of: cell, &row)
        // One octet more than the window, for a CR at its end may have an LF.
        case _ where buffer.count <= window: return .needsMore
        case .cut: takeCut(&row)
        case .cutInQuotes(let cell): takeFirstLine(of: cell, &row)
        }
        row.checkText()
        if removesGuards { row.removeGuards() }
        return .row
    }

    /// The offset by which a record must have ended, line end included, however large the chunks are.
    private var window: Int { start + maximumRow + 2 }

    /// Passes over the BOM; false while there are too few octets to know.
    private mutating func beginFile() -> Bool {
        guard isComplete || buffer.count >= 3 else { return false }
        if buffer.starts(with: UTF8Check.byteOrderMark) { start = 3 }
        isAtFileStart = false
        return true
    }

    /// Passes over line ends before a record, and over what is left of a record that was too long; false where no
    /// octets remain.
    private mutating func passBlankLines() -> Bool {
        if isSkipping {
            start = buffer[start...].firstIndex { $0 == .lineFeed || $0 == .carriageReturn } ?? buffer.count
            if start < buffer.count { isSkipping = false }
        }
        while start < buffer.count {
            switch buffer[start] {
            case .lineFeed: start += 1
            case .carriageReturn:
                if start + 1 == buffer.count, !isComplete { return false }
                start += start + 1 < buffer.count && buffer[start + 1] == .lineFeed ? 2 : 1
            default: return true
            }
            line += 1
        }
        return false
    }

    /// The commonest delimiter of the first line, outside quotes; `nil` while that line is not all here.
    private func guessDelimiter() -> UInt8? {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        var hasEnded = isComplete
        for byte in buffer[start..<min(window, buffer.count)] {
            if byte == .quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == .lineFeed || byte == .carriageReturn {
                hasEnded = true
                break
            }
            counts[byte, default: 0] += 1
        }
        guard hasEnded || buffer.count >= window else { return nil }
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        return candidates.reduce(candidates[0]) { counts[$1, default: 0] > counts[$0, default: 0] ? $1 : $0 }
    }

    private func findCells(_ delimiter: UInt8, _ row: inout CSVRow) -> CSVCellFinder.Outcome {
        let end = min(window, buffer.count)
        return buffer.withUnsafeBufferPointer { bytes in
            var finder = CSVCellFinder(
                bytes: UnsafeBufferPointer(rebasing: bytes[..<end]), start: start, delimiter: delimiter,
                isComplete: isComplete && end == buffer.count)
            return finder.find(into: &row)
        }
    }

    /// Copies the record's octets and steps over its line end.
    private mutating func take(_ row: inout CSVRow, upTo end: Int) {
        row.raw += buffer[start..<end]
        if row.hasQuotes { line += row.lineEndsInside }
        start = end
        guard start < buffer.count else { return }
        start += buffer[start] == .carriageReturn && start + 1 < buffer.count && buffer[start + 1] == .lineFeed ? 2 : 1
        line += 1
    }

    /// Ends the record with the line on which its last cell opens a quote that nothing closes, so that one stray
    /// quote does not swallow the file.
    private mutating func takeFirstLine(of cell: Int, _ row: inout CSVRow) {
        let opening = start + Int(row.cells[cell].rawStart)
        let end = min(window, buffer.count)
        let lineEnd = buffer[opening..<end].firstIndex { $0 == .lineFeed || $0 == .carriageReturn }
        guard let lineEnd = lineEnd ?? (end < window ? end : nil), lineEnd - start <= maximumRow else {
            return takeCut(&row)
        }
        row.cells[cell].end = Int32(lineEnd - start)
        row.problems.append(CSVProblem(kind: .unclosedQuote, cell: cell))
        take(&row, upTo: lineEnd)
    }

    /// Ends a record of one endless line at the limit.
    private mutating func takeCut(_ row: inout CSVRow) {
        row.raw += buffer[start..<start + maximumRow]
        row.limitCells()
        row.problems.append(CSVProblem(kind: .tooLong(limit: maximumRow), cell: 0))
        if row.hasQuotes { line += row.lineEndsInside }
        start += maximumRow
        isSkipping = true
    }
}

extension UInt8 {
    static var lineFeed: UInt8 { 0x0A }
    static var carriageReturn: UInt8 { 0x0D }
    static var quote: UInt8 { 0x22 }
    static var apostrophe: UInt8 { 0x27 }
}
