/// One field of a header.
package struct HeaderField: Sendable, Hashable {
    /// The name in lower case: `message-id`.
    package var name: String
    /// The body unfolded, encoded words as they came.
    package var raw: String
    /// The body unfolded and decoded (RFC 2047).
    package var value: String
}

/// The fields of a header in their order, or one group of a report.
package struct HeaderFields: Sendable, Hashable {
    /// All fields, first to last.
    package var fields: [HeaderField]

    package init(_ fields: [HeaderField] = []) { self.fields = fields }

    /// The decoded body of the first field `name` (lower case).
    package subscript(name: String) -> String? {
        for field in fields where field.name == name { return field.value }
        return nil
    }

    /// The decoded bodies of every field `name` (lower case).
    package func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// The undecoded body of the first field `name` (lower case).
    package func raw(_ name: String) -> String? { fields.first { $0.name == name }?.raw }

    /// Whether there is a field `name` (lower case).
    package func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

    /// The message ids in fields `name`, without angle brackets, folded or separated by anything (RFC 5322, 3.6.4).
    package func messageIDs(_ name: String) -> [String] { all(name).flatMap(MessageIDs.inText) }

    /// Whether there is no field.
    package var isEmpty: Bool { fields.isEmpty }
}

/// Finds message ids in text.
package enum MessageIDs {
    /// What stands between `<` and `>` and has an `@` and no space, in order.
    package static func inText(_ text: String) -> [String] {
        var found: [String] = []
        var start: String.Index?
        var hasAt = false
        for index in text.utf8.indices {
            switch text.utf8[index] {
            case UInt8(ascii: "<"):
                start = text.utf8.index(after: index)
                hasAt = false
            case UInt8(ascii: ">"):
                if let start, hasAt { found.append(String(text[start..<index])) }
                start = nil
            case UInt8(ascii: "@"): hasAt = true
            case UInt8(ascii: " "), UInt8(ascii: "\n"): start = nil
            default: break
            }
        }
        return found
    }
}

/// Reads header fields out of octets.
struct HeaderReader {
    let bytes: [UInt8]
    let limits: ParseLimits
    /// Fields that may still be kept.
    var fieldsLeft: Int

    /// Reads fields from `start` to the empty line or `end`; answers them and the offset of the body.
    ///
    /// A line that is no field ends the header, too, so that a body that lost its empty line is still a body; an
    /// mbox `From ` line at the start is passed over.
    mutating func read(from start: Int, to end: Int) -> (fields: HeaderFields, body: Int) {
        var fields: [HeaderField] = []
        var at = start
        while at < end {
            let line = Lines.line(in: bytes, from: at, to: end)
            if Lines.isBlank(bytes[at..<line.end]) { return (HeaderFields(fields), line.next) }
            guard let colon = Self.nameEnd(bytes, at, line.end) else {
                guard fields.isEmpty && at == start && Self.isMboxLine(bytes, at, line.end) else { break }
                at = line.next
                continue
            }
            let next = fieldEnd(from: line, to: end)
            if fieldsLeft > 0 {
                fieldsLeft -= 1
                fields.append(field(at..<colon.name, colon.value..<min(next, colon.value + limits.fieldLength)))
            }
            at = next
        }
        return (HeaderFields(fields), at)
    }

    /// The end of a field that starts on `line`, its folded lines included.
    ///
    /// QUIRK: some mailers forget the blank before a folded `boundary=`; a line that continues a parameter list and is
    /// no field is taken for one.
    private func fieldEnd(from line: Line, to end: Int) -> Int {
        let folded = Lines.foldedEnd(in: bytes, from: line.next, to: end)
        guard folded < end, line.end > 0, bytes[line.end - 1] == UInt8(ascii: ";"), folded == line.next else {
            return folded
        }
        let next = Lines.line(in: bytes, from: folded, to: end)
        let isParameter =
            bytes[folded..<next.end].starts(with: "boundary=".utf8)
            || bytes[folded..<next.end].starts(with: "charset=".utf8)
        return isParameter ? Lines.foldedEnd(in: bytes, from: next.next, to: end) : folded
    }

    private func field(_ name: Range<Int>, _ value: Range<Int>) -> HeaderField {
        let raw = Self.unfolded(bytes[value])
        let needsDecoding = raw.isEncoded
        let text = TextDecoder.text(of: raw.bytes)
        return HeaderField(
            name: Self.lowercased(bytes[name]), raw: text,
            value: needsDecoding ? EncodedWords.decoded(text) : text)
    }

    /// The end of the name and the start of the value of a line that is a field: printable ASCII, then a colon.
    private static func nameEnd(_ bytes: [UInt8], _ start: Int, _ end: Int) -> (name: Int, value: Int)? {
        var at = start
        while at < end, bytes[at] > 32, bytes[at] < 127, bytes[at] != UInt8(ascii: ":") { at += 1 }
        let name = at
        // QUIRK: RFC 5322, 4.5 still allows blanks before the colon.
        while at < end, bytes[at] == 32 || bytes[at] == 9 { at += 1 }
        guard name > start, at < end, bytes[at] == UInt8(ascii: ":") else { return nil }
        return (name, at + 1)
    }

    private static func isMboxLine(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
        let mark: [UInt8] = Array("From ".utf8)
        let quoted: [UInt8] = Array(">From ".utf8)
        return bytes[start..<end].starts(with: mark) || bytes[start..<end].starts(with: quoted)
    }

    private static func lowercased(_ name: ArraySlice<UInt8>) -> String {
        String(decoding: name.map { $0 >= 65 && $0 <= 90 ? $0 | 32 : $0 }, as: UTF8.self)
    }

    /// Line ends dropped, runs of blanks at a fold made one, blanks at both ends dropped (RFC 5322, 2.2.3).
    private static func unfolded(_ value: ArraySlice<UInt8>) -> (bytes: [UInt8], isEncoded: Bool) {
        var out: [UInt8] = []
        out.reserveCapacity(value.count)
        var isFold = true
        var isEncoded = false
        for byte in value {
            if byte == 10 || byte == 13 || byte == 0 {
                isFold = true
                continue
            }
            let isBlank = byte == 32 || byte == 9
            if isFold {
                if isBlank { continue }
                if !out.isEmpty { out.append(32) }
                isFold = false
            }
            if byte == UInt8(ascii: "?"), out.last == UInt8(ascii: "=") { isEncoded = true }
            out.append(byte)
        }
        while let last = out.last, last == 32 || last == 9 { out.removeLast() }
        return (out, isEncoded)
    }
}
