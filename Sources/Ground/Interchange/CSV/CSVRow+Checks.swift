extension CSVRow {
    /// How many line ends stand inside quotes.
    var lineEndsInside: Int {
        raw.withUnsafeBufferPointer { raw in
            var count = 0
            var previous: UInt8 = 0
            for byte in raw {
                if byte == .carriageReturn || (byte == .lineFeed && previous != .carriageReturn) { count += 1 }
                previous = byte
            }
            return count
        }
    }

    /// Notes NUL octets and malformed UTF-8.
    mutating func checkText() {
        var all: UInt8 = 0
        var hasNUL = false
        raw.withUnsafeBufferPointer { raw in
            for byte in raw {
                all |= byte
                hasNUL = hasNUL || byte == 0
            }
        }
        if all >= 0x80, let offset = UTF8Check.firstInvalid(in: raw) {
            problems.append(CSVProblem(kind: .notUTF8, cell: cell(at: offset)))
        }
        if hasNUL, let offset = raw.firstIndex(of: 0) {
            problems.append(CSVProblem(kind: .nul, cell: cell(at: offset)))
        }
    }

    /// The cell to which the octet `offset` of `raw` belongs.
    private func cell(at offset: Int) -> Int { (cells.lastIndex { $0.rawStart <= offset }) ?? 0 }

    /// Cuts cells at the end of `raw`, for a record that was too long.
    mutating func limitCells() {
        let limit = Int32(raw.count)
        cells.removeAll { $0.rawStart >= limit }
        for index in cells.indices where !cells[index].isUnescaped {
            cells[index].start = min(cells[index].start, limit)
            cells[index].end = min(cells[index].end, limit)
        }
    }

    /// Takes back the apostrophe before cells that a spreadsheet would run.
    mutating func removeGuards() {
        raw.withUnsafeBufferPointer { raw in
            unescaped.withUnsafeBufferPointer { unescaped in
                for index in cells.indices {
                    let cell = cells[index]
                    let bytes = cell.isUnescaped ? unescaped : raw
                    if cell.start < cell.end, bytes[Int(cell.start)] == .apostrophe,
                        CSVGuard.isGuarded(bytes[Int(cell.start)..<Int(cell.end)])
                    {
                        cells[index].start += 1
                    }
                }
            }
        }
    }
}
