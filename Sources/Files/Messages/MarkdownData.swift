#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Data on its way through Markdown: every mark of it is dressed as a letter while the text is parsed, and undressed in
/// the tree, so that no value can begin a list, a link or a tag, in whatever place of the text it stands.
enum MarkdownData {
    /// What the dresses begin with in UTF-8. They are 129 characters that nobody uses (Unicode, plane 15), from U+F0000 on: one
    /// for each ASCII character, and `start`.
    private static let lead: (UInt8, UInt8) = (0xF3, 0xB0)
    /// Stands where a value begins with a letter.
    private static let start: UInt8 = 0x80
    /// U+FFFD in UTF-8.
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// Appends a value, dressed. What stands for line ends and other controls is a blank: a value is one line.
    static func append(_ value: String, to output: inout [UInt8]) {
        var value = value
        value.withUTF8 { bytes in
            if let first = bytes.first, dress(first) == nil { append(start, to: &output) }
            var index = 0
            while index < bytes.count {
                if let octet = dress(bytes[index]) {
                    append(octet, to: &output)
                } else if bytes[index] == lead.0, bytes[index + 1] == lead.1, bytes[index + 2] < 0x84 {
                    // A value that has such a character itself must not be undressed to something else.
                    output.append(contentsOf: replacement)
                    index += 3
                } else {
                    output.append(bytes[index])
                }
                index += 1
            }
        }
    }

    /// The octet that a character is dressed as; `nil` for a letter, a digit and what is not ASCII.
    private static func dress(_ octet: UInt8) -> UInt8? {
        switch octet {
        case 0...0x20, 0x7F: 0x20
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: octet
        default: nil
        }
    }

    static let append: @Sendable (String, inout [UInt8]) -> Void = { append($0, to: &$1) }

    private static func append(_ offset: UInt8, to output: inout [UInt8]) {
        output.append(lead.0)
        output.append(lead.1)
        output.append(0x80 | offset >> 6)
        output.append(0x80 | offset & 0x3F)
    }

    /// The text with its values as they were, ended by a NUL as it is; `nil` where it has none.
    static func undressed(_ text: UnsafePointer<CChar>) -> [UInt8]? {
        octets(of: text).flatMap { undressed($0, isEncoded: false) }
    }

    /// A link's target with its values as they were, ended by a NUL as it is; `nil` where it has none.
    ///
    /// Values behind a part of the template's own are encoded for a URL (RFC 3986 2.1), so that none can leave its
    /// place; a target that begins with a value is that value's.
    static func undressedTarget(_ target: UnsafePointer<CChar>) -> [UInt8]? {
        octets(of: target).flatMap { undressed($0, isEncoded: !$0.starts(with: [lead.0, lead.1])) }
    }

    /// The octets of a text that may have values in it; `nil` for others, which are most.
    private static func octets(of text: UnsafePointer<CChar>) -> UnsafeRawBufferPointer? {
        strchr(text, Int32(lead.0)) == nil ? nil : UnsafeRawBufferPointer(start: text, count: strlen(text))
    }

    private static func undressed(_ text: UnsafeRawBufferPointer, isEncoded: Bool) -> [UInt8]? {
        let kept = isEncoded ? TargetPart.kept(behind: text) : nil
        var output: [UInt8] = []
        output.reserveCapacity(text.count + 1)
        var index = 0
        while index < text.count {
            guard let offset = offset(in: text, at: index) else {
                output.append(text[index])
                index += 1
                continue
            }
            index += 4
            if offset == start { continue }
            if isEncoded, !TargetPart.isPlain(offset), offset != kept {
                output.append(percent: offset)
            } else {
                output.append(offset)
            }
        }
        output.append(0)
        return output.count == text.count + 1 ? nil : output
    }

    /// What the character there is a dress of, or `start`; `nil` for one that is none.
    private static func offset(in text: UnsafeRawBufferPointer, at index: Int) -> UInt8? {
        guard text[index] == lead.0, index + 3 < text.count, text[index + 1] == lead.1 else { return nil }
        let (high, low) = (text[index + 2] & 0x3F, text[index + 3] & 0x3F)
        return high < 2 ? high << 6 | low : high == 2 && low == 0 ? start : nil
    }
}
