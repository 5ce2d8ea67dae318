import Digest

/// How words get into a header: what needs encoding is encoded (RFC 2047), then the line is folded (RFC 5322 2.2.3).
///
/// GMime's own encoder writes a literal `=?utf-8?q?x?=` as it stands, which a reader then decodes, and makes
/// encoded words of long ASCII ones; so the choice of words is made here.
enum HeaderText {
    private static let lineLength = 76

    /// No C0 or C1 control, DEL, or line and paragraph separator.
    static func isClean(_ text: String) -> Bool {
        if text.utf8.allSatisfy({ (32...126).contains($0) }) { return true }
        return text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
    }

    /// `left@right`, both dot-atom-like: printable ASCII without spaces, brackets, or another `@`.
    static func isMessageID(_ id: String) -> Bool {
        let parts = id.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && id.utf8.allSatisfy(isVisible)
    }

    /// Printable ASCII without spaces, commas (which part the list) and angle brackets, after `scheme`.
    static func isURI(_ text: String, scheme: String) -> Bool {
        text.hasPrefix(scheme) && text.utf8.count > scheme.utf8.count
            && text.utf8.allSatisfy { isVisible($0) && $0 != UInt8(ascii: ",") }
    }

    /// The words of an unstructured value: itself, or encoded words for the whole of it.
    ///
    /// - Parameter name: the header's, which takes its part of the first line.
    static func unstructured(_ text: String, name: String) -> [String] {
        if needsEncoding(text) { return encodedWords(text, after: name) }
        if fits(text, after: name) { return [text] }
        return splitKeepingSpaces(text)
    }

    /// The words of a display name (RFC 5322 3.2.5): atoms, one quoted string, or encoded words.
    static func phrase(_ name: String, after header: String) -> [String] {
        if needsEncoding(name) || name.utf8.count > 200 { return encodedWords(name, after: header) }
        let isAtoms = name.utf8.allSatisfy { isAtomOctet($0) || $0 == UInt8(ascii: " ") }
        if isAtoms, !name.hasPrefix(" "), !name.hasSuffix(" "), !name.utf8.hasDoubleSpace {
            if fits(name, after: header) { return [name] }
            return name.split(separator: " ").map(String.init)
        }
        var quoted = ""
        for character in name.unicodeScalars {
            if character == "\"" || character == "\\" { quoted.unicodeScalars.append("\\") }
            quoted.unicodeScalars.append(character)
        }
        // A quoted string is one word: one that no line holds would make a line over 78 octets.
        if !fits(quoted, after: header + "\"\"") { return encodedWords(name, after: header) }
        return ["\"\(quoted)\""]
    }

    /// What stands after `name:`, from its space to the last line end, with lines of 76 octets (RFC 2047 2) where words allow;
    /// `nil` where a line would pass 998.
    static func folded(name: String, words: [String]) -> String? {
        var raw = ""
        var column = name.utf8.count + 1
        for (index, word) in words.enumerated() {
            let length = word.utf8.count + 1
            if index > 0, column + length > lineLength {
                raw += "\n"
                column = 0
            }
            guard column + length <= 998 else { return nil }
            raw += " " + word
            column += length
        }
        return raw + "\n"
    }

    private static func isVisible(_ byte: UInt8) -> Bool {
        (33...126).contains(byte) && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
    }

    private static func isAtomOctet(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "'"),
            UInt8(ascii: "+"), UInt8(ascii: "&"):
            true
        default: false
        }
    }

    /// Whether the header's first line holds it whole, so that it need not be cut into words.
    private static func fits(_ text: String, after name: String) -> Bool {
        name.utf8.count + text.utf8.count + 2 <= lineLength
    }

    /// Outside ASCII, mistakable for an encoded word, with spaces that folding could lose, or with a word over
    /// a line's length.
    private static func needsEncoding(_ text: String) -> Bool {
        !text.utf8.allSatisfy { $0 < 0x80 } || text.utf8.hasEncodedWordMark || text.hasPrefix(" ")
            || text.hasSuffix(" ") || text.utf8.hasDoubleSpace
            || text.utf8.count > 77 && text.utf8.split(separator: UInt8(ascii: " ")).contains { $0.count > 77 }
    }

    private static func splitKeepingSpaces(_ text: String) -> [String] {
        text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    }

    /// `=?UTF-8?B?...?=` words of at most 75 octets, each of whole characters (RFC 2047 2, 5).
    private static func encodedWords(_ text: String, after header: String) -> [String] {
        var words: [String] = []
        var pending: [UInt8] = []
        // Of a line, a space and the 12 octets around a word are not the text's; 4 octets of Base64 hold 3 of it.
        var limit = max(3, (lineLength - header.utf8.count - 1 - 13) / 4 * 3)
        for scalar in text.unicodeScalars {
            let octets = Array(String(scalar).utf8)
            if !pending.isEmpty, pending.count + octets.count > limit {
                words.append("=?UTF-8?B?\(Base64.standard.encode(pending))?=")
                pending = []
                limit = 45
            }
            pending += octets
        }
        if !pending.isEmpty { words.append("=?UTF-8?B?\(Base64.standard.encode(pending))?=") }
        return words
    }
}

extension String.UTF8View {
    fileprivate var hasDoubleSpace: Bool { hasPair(UInt8(ascii: " "), UInt8(ascii: " ")) }
    fileprivate var hasEncodedWordMark: Bool { hasPair(UInt8(ascii: "="), UInt8(ascii: "?")) }

    private func hasPair(_ first: UInt8, _ second: UInt8) -> Bool {
        var previous: UInt8 = 0
        for byte in self {
            if previous == first, byte == second { return true }
            previous = byte
        }
        return false
    }
}
