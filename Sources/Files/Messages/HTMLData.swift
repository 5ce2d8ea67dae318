/// Data on its way into an HTML template: escaped for the place where it stands, so that no value can leave it.
///
/// Between tags and in quotes that is HTML's own escaping. A value that is a link's whole target has a scheme that a
/// message may carry, or is left out; one behind a part that the template wrote is encoded for a URL (RFC 3986 2.1), as
/// in Markdown. Outside of quotes, where a blank would begin another attribute, every mark becomes a reference.
enum HTMLData {
    static let append: @Sendable (String, inout [UInt8]) -> Void = { append($0, to: &$1) }

    static func append(_ value: String, to output: inout [UInt8]) {
        switch HTMLPlace(behind: output) {
        case .text: for octet in value.utf8 { output.append(escaped: octet) }
        case .markup: for octet in value.utf8 { output.append(bare: octet) }
        case .target(let written, let isQuoted) where written.allSatisfy({ $0 <= 0x20 }):
            guard LinkScheme.isAllowed(value) else {
                // Without quotes, nothing at all would make the next attribute the target.
                if !isQuoted { output.append(UInt8(ascii: "#")) }
                return
            }
            for octet in value.utf8 {
                if isOdd(octet) { output.append(percent: octet) } else { output.append(escaped: octet) }
            }
        case .target(let written, _):
            let kept = TargetPart.kept(behind: written)
            for octet in value.utf8 {
                if TargetPart.isPlain(octet) || kept == octet {
                    output.append(octet)
                } else {
                    output.append(percent: octet)
                }
            }
        }
    }

    /// Whether an octet stands in no URL (RFC 3986 2).
    private static func isOdd(_ octet: UInt8) -> Bool {
        octet <= 0x20 || octet >= 0x7F || "\"<>\\^`{|}".utf8.contains(octet)
    }
}

/// A value that is a part of a link's target.
enum TargetPart {
    /// Letters, digits and the four marks that mean nothing in a URL (RFC 3986 2.3).
    static func isPlain(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || (0x41...0x5A).contains(octet & 0xDF) || "-._~".utf8.contains(octet)
    }

    /// The mark that must stay as it is behind `mailto:` and `tel:`, or no program takes it for an address (RFC 6068 2) or
    /// a number (RFC 3966 3).
    static func kept(behind written: some Sequence<UInt8>) -> UInt8? {
        if written.starts(with: "mailto:".utf8) { return UInt8(ascii: "@") }
        return written.starts(with: "tel:".utf8) ? UInt8(ascii: "+") : nil
    }
}

/// Where the next octet of an HTML text stands, as far as its last tag tells.
enum HTMLPlace {
    /// Between tags, or in the quotes of an attribute that is no link.
    case text
    /// In a tag, outside of quotes.
    case markup
    /// In a link's target, of which so much is written.
    case target(ArraySlice<UInt8>, isQuoted: Bool)

    /// No tag is longer than this many octets; in a longer one all is text.
    private static let reach = 4096
    private static let links: Set<String> = [
        "href", "src", "action", "formaction", "background", "cite", "poster", "longdesc", "data",
    ]

    init(behind output: [UInt8]) {
        let near = output.suffix(HTMLPlace.reach)
        guard let start = near.lastIndex(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }),
            near[start] == UInt8(ascii: "<"), start + 1 < near.endIndex, HTMLPlace.isLetter(near[start + 1])
        else {
            self = .text
            return
        }
        self = HTMLPlace.behind(tag: near[(start + 1)...])
    }

    /// Walks the attributes of a tag that is still open.
    private static func behind(tag: ArraySlice<UInt8>) -> HTMLPlace {
        var rest = tag.drop { !isBlank($0) && $0 != UInt8(ascii: "/") }
        while true {
            rest = rest.drop { isBlank($0) || $0 == UInt8(ascii: "/") }
            let name = rest.prefix { !isBlank($0) && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "/") }
            let isLink = links.contains(String(decoding: name, as: UTF8.self).lowercased())
            rest = rest[name.endIndex...].drop(while: isBlank)
            guard let sign = rest.first else { return .markup }
            guard sign == UInt8(ascii: "=") else { continue }
            rest = rest.dropFirst().drop(while: isBlank)
            if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                rest = rest.dropFirst()
                guard let end = rest.firstIndex(of: quote) else {
                    return isLink ? .target(rest, isQuoted: true) : .text
                }
                rest = rest[(end + 1)...]
            } else {
                let value = rest.prefix { !isBlank($0) }
                guard value.endIndex < rest.endIndex else { return isLink ? .target(value, isQuoted: false) : .markup }
                rest = rest[value.endIndex...]
            }
        }
    }

    private static func isBlank(_ octet: UInt8) -> Bool { octet == 0x20 || (0x09...0x0D).contains(octet) }
    private static func isLetter(_ octet: UInt8) -> Bool { (0x41...0x5A).contains(octet & 0xDF) }
}

extension [UInt8] {
    /// Appends an octet as HTML shows it.
    fileprivate mutating func append(escaped octet: UInt8) {
        if "&<>\"'".utf8.contains(octet) { append(reference: octet) } else { append(octet) }
    }

    /// Appends an octet so that it can end nothing, where no quotes are around it.
    fileprivate mutating func append(bare octet: UInt8) {
        let isWord = octet >= 0x80 || TargetPart.isPlain(octet)
        if isWord { append(octet) } else { append(reference: octet) }
    }

    private mutating func append(reference octet: UInt8) {
        switch octet {
        case UInt8(ascii: "&"): append(contentsOf: "&amp;".utf8)
        case UInt8(ascii: "<"): append(contentsOf: "&lt;".utf8)
        case UInt8(ascii: ">"): append(contentsOf: "&gt;".utf8)
        case UInt8(ascii: "\""): append(contentsOf: "&quot;".utf8)
        default: append(contentsOf: "&#\(octet);".utf8)
        }
    }

    /// Appends an octet as `%20` (RFC 3986 2.1).
    mutating func append(percent octet: UInt8) {
        let digits = Array("0123456789ABCDEF".utf8)
        self += [UInt8(ascii: "%"), digits[Int(octet >> 4)], digits[Int(octet & 15)]]
    }
}
