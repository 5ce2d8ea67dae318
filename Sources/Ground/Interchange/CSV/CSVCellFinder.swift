/// Walks one record and notes its cells; the inner loop of an import.
struct CSVCellFinder {
    enum Outcome {
        /// The offset of the line end, or of the end of the file.
        case ended(Int)
        /// The octets ran out in an open line.
        case cut
        /// The octets ran out inside the quotes of this cell.
        case cutInQuotes(Int)
        /// The file ends inside the quotes of this cell.
        case unclosed(Int)
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let start: Int
    let delimiter: UInt8
    let isComplete: Bool
    private var at: Int

    init(bytes: UnsafeBufferPointer<UInt8>, start: Int, delimiter: UInt8, isComplete: Bool) {
        self.bytes = bytes
        self.start = start
        self.delimiter = delimiter
        self.isComplete = isComplete
        self.at = start
    }

    mutating func find(into row: inout CSVRow) -> Outcome {
        while true {
            if at < bytes.count, bytes[at] == .quote {
                guard quotedCell(into: &row) else {
                    let cell = row.cells.count - 1
                    return isComplete ? .unclosed(cell) : .cutInQuotes(cell)
                }
            } else {
                let first = at
                skipPlain()
                row.cells.append(cell(first, at, rawStart: first, isUnescaped: false))
            }
            guard at < bytes.count else { return isComplete ? .ended(at) : .cut }
            if bytes[at] == delimiter {
                at += 1
                continue
            }
            // A CR that ends the chunk may have its LF in the next one.
            return bytes[at] == .carriageReturn && at + 1 == bytes.count && !isComplete ? .cut : .ended(at)
        }
    }

    /// Goes to the next delimiter or line end.
    private mutating func skipPlain() {
        while at < bytes.count {
            let byte = bytes[at]
            if byte == delimiter || byte == .lineFeed || byte == .carriageReturn { return }
            at += 1
        }
    }

    /// Reads the cell that opens with a quote at `at`; false where its quotes do not close.
    private mutating func quotedCell(into row: inout CSVRow) -> Bool {
        let opening = at
        at += 1
        row.hasQuotes = true
        var hasDoubled = false
        while at < bytes.count {
            guard bytes[at] == .quote else {
                at += 1
                continue
            }
            if at + 1 < bytes.count, bytes[at + 1] == .quote {
                hasDoubled = true
                at += 2
                continue
            }
            // A quote that ends the chunk may be the first of two.
            if at + 1 == bytes.count, !isComplete { break }
            close(opening, hasDoubled, &row)
            return true
        }
        row.cells.append(cell(opening + 1, bytes.count, rawStart: opening, isUnescaped: false))
        return false
    }

    /// Notes the cell whose closing quote is at `at`, with whatever follows it.
    private mutating func close(_ opening: Int, _ hasDoubled: Bool, _ row: inout CSVRow) {
        let closing = at
        at += 1
        let tail = at
        skipPlain()
        if !hasDoubled, at == tail {
            row.cells.append(cell(opening + 1, closing, rawStart: opening, isUnescaped: false))
            return
        }
        let first = row.unescaped.count
        var from = opening + 1
        while from < closing {
            row.unescaped.append(bytes[from])
            from += bytes[from] == .quote ? 2 : 1
        }
        if at > tail {
            row.unescaped += bytes[tail..<at]
            row.problems.append(CSVProblem(kind: .textAfterQuote, cell: row.cells.count))
        }
        row.cells.append(
            CSVRow.Cell(
                start: Int32(first), end: Int32(row.unescaped.count), rawStart: Int32(opening - start),
                isUnescaped: true))
    }

    private func cell(_ first: Int, _ end: Int, rawStart: Int, isUnescaped: Bool) -> CSVRow.Cell {
        CSVRow.Cell(
            start: Int32(first - start), end: Int32(end - start), rawStart: Int32(rawStart - start),
            isUnescaped: isUnescaped)
    }
}
