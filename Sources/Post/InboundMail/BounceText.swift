import MIME

/// What a report says in plain words, up to where it returns our message.
struct BounceText {
    /// The report's own lines, octets without line ends.
    var lines: [[UInt8]]
    /// Those lines folded into one text.
    var folded: FoldedText
    /// The header of the message it returns, where it follows in the same text.
    var returned: HeaderFields?

    init(_ text: String) {
        var lines: [[UInt8]] = []
        var rest = Array(text.utf8)[...]
        var returned: HeaderFields?
        while !rest.isEmpty, lines.count < 2_000 {
            let end = rest.firstIndex(of: 10) ?? rest.endIndex
            var line = Array(rest[rest.startIndex..<end])
            if line.last == 13 { line.removeLast() }
            let isSeparator = Self.isSeparator(line) && !lines.isEmpty
            if isSeparator || Self.beginsHeader(line) {
                returned = Self.returnedHeader(isSeparator ? rest[end...].dropFirst() : rest)
                break
            }
            lines.append(Array(line.prefix(Self.longestLine)))
            rest = rest[end...].dropFirst()
        }
        self.lines = lines
        self.folded = FoldedText(lines.joinedText)
        self.returned = returned
    }

    /// Reports are written for people; what is longer was not.
    private static let longestLine = 4_000

    private static func isSeparator(_ line: [UInt8]) -> Bool {
        guard line.count >= 10, line.count < 120 else { return false }
        let folded = FoldedText(String(decoding: line, as: UTF8.self))
        if BounceMarks.separators.first(in: folded) != nil { return true }
        let trimmed = folded.bytes.drop { $0 == 32 }
        guard trimmed.starts(with: [45, 45]) || trimmed.starts(with: [61, 61]) || trimmed.starts(with: [42, 42]) else {
            return false
        }
        return BounceMarks.ruledSeparators.first(in: folded) != nil
    }

    /// Fields that open a returned message which no separator announces.
    private static func beginsHeader(_ line: [UInt8]) -> Bool {
        openers.contains { opener in
            line.count > opener.count && zip(opener, line).allSatisfy { $0 == $1 | 32 || $0 == $1 }
        }
    }

    private static let openers = [
        "received: from", "received: by", "received: (", "return-path: <", "dkim-signature: ", "x-received: ",
    ].map { Array($0.utf8) }

    private static func returnedHeader(_ rest: ArraySlice<UInt8>) -> HeaderFields? {
        // Some mailers quote or indent what they return; a rule or an empty line may come first.
        let lines = rest.prefix(65_536).split(separator: 10, omittingEmptySubsequences: false).prefix(200).map { line in
            var line = line
            if line.last == 13 { line = line.dropLast() }
            while let first = line.first, first == UInt8(ascii: ">") || first == UInt8(ascii: "|") {
                line = line.dropFirst()
                if line.first == 32 { line = line.dropFirst() }
            }
            return line
        }
        let text = lines.joinedText
        return FieldGroups.read(text).first { $0.has("to") || $0.has("message-id") || $0.has("subject") }
    }
}

extension Sequence where Element: Collection<UInt8> {
    /// Lines of octets as one text.
    var joinedText: String { String(decoding: Array(joined(separator: [10])), as: UTF8.self) }
}
