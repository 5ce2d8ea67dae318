/// Makes plain text of HTML, keeping what matters for reading a message: lines, and what is quoted.
enum HTMLText {
    /// The text of `html`: blocks become lines, quoted blocks lines with `>`, scripts and styles nothing.
    static func plain(_ html: String) -> String {
        var reader = HTMLReader(bytes: Array(html.utf8))
        return reader.read()
    }
}

/// One pass over tags and text.
private struct HTMLReader {
    let bytes: [UInt8]
    private var at = 0
    private var out: [UInt8] = []
    private var quoteDepth = 0
    private var isLineStart = true

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func read() -> String {
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "<"): tag()
            case UInt8(ascii: "&"): entity()
            case 9, 10, 13, 32:
                if !isLineStart, out.last != 32 { out.append(32) }
                at += 1
            default:
                append(bytes[at])
                at += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private mutating func append(_ byte: UInt8) {
        if isLineStart {
            for _ in 0..<min(quoteDepth, 20) { out += [UInt8(ascii: ">"), 32] }
            isLineStart = false
        }
        out.append(byte)
    }

    private mutating func newLine() {
        while out.last == 32 { out.removeLast() }
        out.append(10)
        isLineStart = true
    }

    private mutating func tag() {
        let start = at + 1
        if bytes[start...].starts(with: "!--".utf8) { return skipComment() }
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: ">") { end += 1 }
        let isClosing = start < end && bytes[start] == UInt8(ascii: "/")
        let name = Self.name(bytes[(isClosing ? start + 1 : start)..<max(end, isClosing ? start + 1 : start)])
        at = min(end + 1, bytes.count)
        switch name {
        case "script", "style", "head", "title": if !isClosing { skipElement(name) }
        case "br": newLine()
        case "td", "th": if !isLineStart, out.last != 32 { out.append(32) }
        case "hr", "tr", "li", "p", "div", "h1", "h2", "h3", "table": if !isLineStart { newLine() }
        case "blockquote":
            if !isLineStart { newLine() }
            quoteDepth = isClosing ? max(0, quoteDepth - 1) : quoteDepth + 1
        default: break
        }
    }

    private mutating func skipComment() {
        while at < bytes.count, !bytes[at...].starts(with: "-->".utf8) { at += 1 }
        at = min(at + 3, bytes.count)
    }

    private mutating func skipElement(_ name: String) {
        while at < bytes.count {
            if bytes[at] == 60, at + 1 < bytes.count, bytes[at + 1] == 47,
                Self.name(bytes[min(at + 2, bytes.count)...].prefix(12)) == name
            {
                return tag()
            }
            at += 1
        }
    }

    private static func name(_ tag: ArraySlice<UInt8>) -> String {
        String(decoding: tag.prefix { isLetterOrDigit($0) }.map { $0 >= 65 && $0 <= 90 ? $0 | 32 : $0 }, as: UTF8.self)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    private mutating func entity() {
        let end = bytes[at...].prefix(12).firstIndex(of: UInt8(ascii: ";"))
        guard let end, let text = Self.character(bytes[(at + 1)..<end]) else {
            append(bytes[at])
            at += 1
            return
        }
        for byte in text.utf8 { append(byte) }
        at = end + 1
    }

    private static func character(_ entity: ArraySlice<UInt8>) -> String? {
        let name = String(decoding: entity, as: UTF8.self)
        if let known = named[name] { return known }
        guard name.hasPrefix("#") else { return nil }
        let isHex = name.hasPrefix("#x") || name.hasPrefix("#X")
        let code = UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10)
        return code.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
    }

    private static let named: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "auml": "ä", "ouml": "ö", "uuml": "ü",
        "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é", "egrave": "è", "ecirc": "ê", "agrave": "à",
        "acirc": "â", "ccedil": "ç", "ocirc": "ô", "ugrave": "ù", "ntilde": "ñ", "oacute": "ó", "iacute": "í",
        "aacute": "á", "uacute": "ú", "atilde": "ã", "otilde": "õ", "aring": "å", "aelig": "æ", "oslash": "ø",
        "ndash": "–", "mdash": "—", "lsquo": "'", "rsquo": "'", "ldquo": "\u{201C}", "rdquo": "\u{201D}", "hellip": "…",
    ]
}
