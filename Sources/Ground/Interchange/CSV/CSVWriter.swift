/// Writes CSV (RFC 4180): quotes where they are needed, and guards what a spreadsheet would run.
///
///     var writer = CSVWriter()
///     writer.write(["name", "note"])
///     writer.write(["Zoë", "=1+1"])      // Zoë,'=1+1
package struct CSVWriter {
    /// What was written and not taken yet.
    package private(set) var bytes: [UInt8] = []
    private let lineEnd: [UInt8]
    private let isGuarding: Bool

    /// - Parameter lineEnd: LF, which every reader takes and Unix tools like; RFC 4180 names CR LF.
    /// - Parameter isGuarding: false writes cells as they are, for programs that do not take the guard back.
    package init(lineEnd: String = "\n", isGuarding: Bool = true) {
        self.lineEnd = Array(lineEnd.utf8)
        self.isGuarding = isGuarding
    }

    /// Writes one record.
    package mutating func write(_ cells: [String]) {
        // A lone empty cell would be a blank line, which readers pass over.
        if cells.count == 1, cells[0].isEmpty { bytes += "\"\"".utf8 }
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(cell)
        }
        bytes += lineEnd
    }

    /// What was written since the last call, for writers that pass it on in pieces.
    package mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    private mutating func write(_ cell: String) {
        let needsGuard = isGuarding && CSVGuard.isDangerous(cell.utf8)
        let needsQuotes = cell.utf8.contains {
            $0 == .quote || $0 == UInt8(ascii: ",") || $0 == .lineFeed || $0 == .carriageReturn
        }
        guard needsQuotes else {
            if needsGuard { bytes.append(.apostrophe) }
            bytes += cell.utf8
            return
        }
        bytes.append(.quote)
        if needsGuard { bytes.append(.apostrophe) }
        for byte in cell.utf8 {
            if byte == .quote { bytes.append(.quote) }
            bytes.append(byte)
        }
        bytes.append(.quote)
    }
}
