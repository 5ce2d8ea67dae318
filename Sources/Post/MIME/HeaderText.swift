import Digest

/// How words get into a header: what needs encoding is encoded (RFC 2047), then the line is folded (RFC 5322 2.2.3).
///
/// GMime's own encoder writes a literal `=?utf-8?q?x?=` as it stands, which a reader then decodes, and makes
/// encoded words of long ASCII ones; so the choice of words is made here.
enum HeaderText {
    static let lineLength = 76

    /// What one look at a header's value tells of it.
    struct Traits {
        /// No C0 or C1 control, DEL, or line and paragraph separator.
        private(set) var isClean = true
        private(set) var isASCII = true
        /// It holds `=?`, with which an encoded word begins.
        private(set) var isMistakable = false
        /// Spaces at an end or in a row, which folding could lose.
        private(set) var hasLooseSpaces = false
        /// Letters, digits, spaces and the few marks that stand in names.
        private(set) var isAtoms = true
        private(set) var longestWord = 0

        init(_ text: String) {
            var text = text
            let isPlain = text.withUTF8 { look(at: $0) }
            if !isPlain { isClean = text.unicodeScalars.allSatisfy(HeaderText.isClean) }
        }

        /// Whether there are only visible ASCII characters and spaces.
        private mutating func look(at bytes: UnsafeBufferPointer<UInt8>) -> Bool {
            var isPlain = true
            var word = 0
            var previous = UInt8(ascii: " ")
            for byte in bytes {
                if byte == UInt8(ascii: " ") {
                    if previous == byte { hasLooseSpaces = true }
                    longestWord = max(longestWord, word)
                    word = 0
                } else {
                    word += 1
                    if byte == UInt8(ascii: "?"), previous == UInt8(ascii: "=") { isMistakable = true }
                    if !HeaderText.isAtomOctet(byte) {
                        isAtoms = false
                        if byte >= 0x80 { isASCII = false }
                        if byte &- 0x20 >= 0x5F { isPlain = false }
                    }
                }
                previous = byte
            }
            longestWord = max(longestWord, word)
            if previous == UInt8(ascii: " "), !bytes.isEmpty { hasLooseSpaces = true }
            return isPlain
        }

        /// Outside ASCII, mistakable for an encoded word, with spaces that folding could lose, or with a word over a line's
        /// length.
        var needsEncoding: Bool { !isASCII || isMistakable || hasLooseSpaces || longestWord > 77 }
    }

    private static func isClean(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    /// `left@right`, both dot-atom-like: printable ASCII without spaces, brackets, or another `@`.
    static func isMessageID(_ id: String) -> Bool {
        var id = id
        return id.withUTF8 { bytes in
            var ats = 0
            for byte in bytes {
                guard isVisible(byte) else { return false }
                if byte == UInt8(ascii: "@") { ats += 1 }
            }
            return ats == 1 && bytes.first != UInt8(ascii: "@") && bytes.last != UInt8(ascii: "@")
        }
    }

    /// Printable ASCII without spaces, commas (which part the list) and angle brackets, after `scheme`.
    static func isURI(_ text: String, scheme: String) -> Bool {
        var text = text
        return text.utf8.count > scheme.utf8.count && text.utf8.starts(with: scheme.utf8)
            && text.withUTF8 { $0.allSatisfy { isVisible($0) && $0 != UInt8(ascii: ",") } }
    }

    /// The words of an unstructured value: itself, or encoded words for the whole of it.
    ///
    /// - Parameter name: the header's, which takes its part of the first line.
    static func unstructured(_ text: String, _ traits: Traits, name: String) -> [String] {
        if traits.needsEncoding { return encodedWords(text, after: name) }
        if fits(text, after: name) { return [text] }
        return splitKeepingSpaces(text)
    }

    /// The words of a display name (RFC 5322 3.2.5): atoms, one quoted string, or encoded words.
    static func phrase(_ name: String, _ traits: Traits, after header: String) -> [String] {
        if traits.needsEncoding || name.utf8.count > 200 { return encodedWords(name, after: header) }
        if traits.isAtoms {
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
