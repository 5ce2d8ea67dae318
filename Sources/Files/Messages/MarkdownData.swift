/// Data on its way through Markdown: every mark of it is dressed as a letter while the text is parsed, and undressed in
/// the tree, so that no value can begin a list, a link or a tag, in whatever place of the text it stands.
enum MarkdownData {
    /// The first of 129 characters that nobody uses (Unicode, plane 15): one for each ASCII character, and `start`.
    private static let base: UInt32 = 0xF0000
    /// Stands where a value begins with a letter.
    private static let start: UInt32 = base + 0x80
    /// What all of them begin with in UTF-8.
    private static let lead: [UInt8] = [0xF3, 0xB0]

    /// Appends a value, dressed. What stands for line ends and other controls is a blank: a value is one line.
    static func append(_ value: String, to output: inout [UInt8]) {
        var isFirst = true
        for scalar in value.unicodeScalars {
            let octet = dress(scalar)
            if let octet { append(UInt32(octet), to: &output) } else if isFirst { append(0x80, to: &output) }
            if octet == nil {
                // A value that has such a character itself must not be undressed to something else.
                let isOurs = (base...base + 0xFF).contains(scalar.value)
                output.append(contentsOf: isOurs ? "\u{FFFD}".utf8 : String(scalar).utf8)
            }
            isFirst = false
        }
    }

    /// The octet that a character is dressed as; `nil` for a letter, a digit and what is not ASCII.
    private static func dress(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar.value {
        case 0...0x20, 0x7F: 0x20
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: UInt8(scalar.value)
        default: nil
        }
    }

    static let append: @Sendable (String, inout [UInt8]) -> Void = { append($0, to: &$1) }

    private static func append(_ offset: UInt32, to output: inout [UInt8]) {
        output.append(contentsOf: lead + [0x80 | UInt8(offset >> 6), 0x80 | UInt8(offset & 0x3F)])
    }

    /// The text with its values as they were; `nil` where it has none.
    static func undressed(_ text: String) -> String? { undressed(text, isEncoded: false) }

    /// A link's target with its values as they were; `nil` where it has none.
    ///
    /// Values behind a part of the template's own are encoded for a URL (RFC 3986 2.1), so that none can leave its
    /// place; a target that begins with a value is that value's.
    static func undressedTarget(_ target: String) -> String? {
        undressed(target, isEncoded: !target.utf8.starts(with: lead))
    }

    private static func undressed(_ text: String, isEncoded: Bool) -> String? {
        guard text.utf8.contains(lead[0]) else { return nil }
        var output: [UInt8] = []
        var isChanged = false
        for scalar in text.unicodeScalars {
            guard (base...start).contains(scalar.value) else {
                output.append(contentsOf: String(scalar).utf8)
                continue
            }
            isChanged = true
            if scalar.value == start { continue }
            let octet = UInt8(scalar.value - base)
            if isEncoded, !"-._~".utf8.contains(octet) {
                output.append(contentsOf: percentEncoded(octet))
            } else {
                output.append(octet)
            }
        }
        return isChanged ? String(decoding: output, as: UTF8.self) : nil
    }

    private static func percentEncoded(_ octet: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "%"), digits[Int(octet >> 4)], digits[Int(octet & 15)]]
    }
}
