/// A place in a file: what a caret points at.
///
/// Lines and columns count from 1; columns count characters (extended grapheme clusters), as an editor does.
package struct Place: Sendable, Hashable {
    /// The path as the person wrote it, relative to the workspace.
    package var file: String
    /// The line, from 1.
    package var line: Int
    /// The column in characters, from 1.
    package var column: Int
    /// How many characters the caret underlines; at least 1.
    package var length: Int
    /// The text of the line, without its line end, for the caret.
    package var lineText: String

    package init(file: String, line: Int, column: Int, length: Int = 1, lineText: String = "") {
        self.file = file
        self.line = line
        self.column = column
        self.length = length
        self.lineText = lineText
    }
}

/// The text of one file, able to turn an offset of octets into a line and a column.
package struct SourceText: Sendable {
    /// The path as the person wrote it.
    package let file: String
    /// The whole text, UTF-8.
    package let bytes: [UInt8]
    private let lineStarts: [Int]

    /// A source of octets; what is no UTF-8 is shown as replacement characters.
    package init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        self.lineStarts = starts
    }

    /// A source of text.
    package init(file: String, text: String) { self.init(file: file, bytes: Array(text.utf8)) }

    /// The place of the octets `range`; an offset past the end is the end.
    package func place(_ range: Range<Int>) -> Place {
        let start = min(max(range.lowerBound, 0), bytes.count)
        let line = lineIndex(of: start)
        let text = lineBytes(line)
        let end = min(max(range.upperBound, start), text.endIndex)
        let before = String(decoding: bytes[text.startIndex..<min(start, text.endIndex)], as: UTF8.self)
        let under = start < end ? String(decoding: bytes[start..<end], as: UTF8.self).count : 1
        return Place(
            file: file, line: line + 1, column: before.count + 1, length: max(under, 1),
            lineText: String(decoding: text, as: UTF8.self))
    }

    /// The place of the octet at `offset`.
    package func place(at offset: Int) -> Place { place(offset..<offset + 1) }

    /// The place that starts at a line and a column of Unicode scalars, both from 0, as libyaml marks them.
    package func place(line: Int, scalar column: Int, scalars length: Int = 1) -> Place {
        let line = min(max(line, 0), lineStarts.count - 1)
        let text = String(decoding: lineBytes(line), as: UTF8.self)
        let scalars = text.unicodeScalars
        let start = scalars.index(scalars.startIndex, offsetBy: column, limitedBy: scalars.endIndex) ?? scalars.endIndex
        let end = scalars.index(start, offsetBy: max(length, 1), limitedBy: scalars.endIndex) ?? scalars.endIndex
        return Place(
            file: file, line: line + 1, column: text[..<start].count + 1, length: max(text[start..<end].count, 1),
            lineText: text)
    }

    private func lineIndex(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The octets of line `index` without LF or CR LF.
    private func lineBytes(_ index: Int) -> ArraySlice<UInt8> {
        let start = lineStarts[index]
        var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return bytes[start..<end]
    }
}
