import CGMime

/// An address that is safe to write to SMTP and into a header: dot-atom `@` LDH domain.
///
/// Quoted local parts, domain literals, comments and routes (RFC 5321 4.1.2) are refused: no person's
/// address needs them, and each is a way to smuggle a command. A local part outside ASCII is kept
/// (RFC 6531) and says so by `needsSMTPUTF8`; the domain is always its lower-case ASCII form.
package struct EmailAddress: Sendable, Hashable {
    /// What stands before the `@`, as written; at most 64 octets.
    package let localPart: String
    /// The domain, lower case, international labels as `xn--`; at most 253 octets.
    package let domain: String

    /// Reads `local@domain`, without display name or angle brackets.
    ///
    /// - Throws: what is wrong with it, never the address itself.
    package init(_ text: String) throws(AddressError) {
        guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { throw .noAt }
        let local = String(text[..<at])
        let domain = String(text[text.utf8.index(after: at)...])
        self.localPart = try EmailAddress.checkedLocalPart(local)
        self.domain = try MailDomain.ascii(domain)
        guard localPart.utf8.count + 1 + self.domain.utf8.count <= 254 else { throw .tooLong }
    }

    /// The form that is written to the wire.
    package var text: String { localPart + "@" + domain }

    /// The form under which two spellings are one person: ASCII letters in lower case.
    ///
    /// RFC 5321 2.4 lets a server tell `Ana@` from `ana@`; none that people use does.
    package var key: String { text.lowercased() }

    /// Whether the server must offer SMTPUTF8 (RFC 6531 3.4).
    package var needsSMTPUTF8: Bool { !localPart.utf8.allSatisfy { $0 < 0x80 } }

    /// The domain one organisation registered (`acme.co.uk` of `mail.acme.co.uk`), `nil` for a bare suffix.
    package var registrableDomain: String? { MailDomain.registrable(domain) }

    /// Whether anyone can have an address there, so that the domain says nothing about a company.
    package var isFreeMail: Bool { MailDomain.isFreeMail(domain) }

    private static func checkedLocalPart(_ text: String) throws(AddressError) -> String {
        if isPlain(text) { return text }
        guard !text.isEmpty else { throw .emptyLocalPart }
        for scalar in text.unicodeScalars where !isAllowed(scalar) { throw .character(scalar.value) }
        guard text.utf8.first != dot, text.utf8.last != dot, !text.utf8.elementsAreAdjacentDots else { throw .dots }
        let normal = text.utf8.allSatisfy { $0 < 0x80 } ? text : try composed(text)
        guard normal.utf8.count <= 64 else { throw .tooLong }
        return normal
    }

    private static let dot = UInt8(ascii: ".")

    /// Whether it is letters, digits, dots, hyphens and underscores that need no further look, as nearly all are.
    private static func isPlain(_ text: String) -> Bool {
        var previous = dot
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                break
            case dot where previous != dot: break
            default: return false
            }
            previous = byte
        }
        return previous != dot && text.utf8.count <= 64
    }

    /// atext and the dot (RFC 5322 3.2.3), and letters, marks, digits and symbols outside ASCII (RFC 6532 3.2).
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value < 0x80 else {
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator,
                .paragraphSeparator:
                return false
            default: return scalar != "\u{FFFD}"
            }
        }
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "!", "#", "$", "%", "&", "'", "*", "+", "-", "/", "=", "?", "^", "_",
            "`", "{", "|", "}", "~":
            return true
        default: return false
        }
    }

    /// Unicode's form NFC (RFC 6532 3.1), so that one address has one spelling.
    private static func composed(_ text: String) throws(AddressError) -> String {
        guard let normal = g_utf8_normalize(text, -1, G_NORMALIZE_NFC) else { throw .character(0xFFFD) }
        defer { g_free(normal) }
        return String(cString: normal)
    }
}

/// Why a text is no address that Stoke writes to.
package enum AddressError: Error, Sendable, Hashable {
    /// There is no `@`.
    case noAt
    /// Nothing stands before the `@`.
    case emptyLocalPart
    /// A Unicode scalar that no unquoted local part may hold.
    case character(UInt32)
    /// A dot at either end, or two in a row.
    case dots
    /// Over 64 octets before the `@`, or 254 in all (RFC 5321 4.5.3.1).
    case tooLong
    /// The domain is empty, has no dot, an empty or over-long label, or a character outside letters, digits, hyphens.
    case domain
    /// The domain has ß, ς or a joiner, which two standards spell as two different domains.
    case ambiguousDomain

    /// What is wrong, in lower case, without the address.
    package var reason: String {
        switch self {
        case .noAt: "an address has an @"
        case .emptyLocalPart: "nothing stands before the @"
        case .character(let value): "the character U+\(hexadecimal(value)) can't stand before the @"
        case .dots: "a dot stands at an end of the local part, or next to another dot"
        case .tooLong: "the address is longer than mail allows (64 octets before the @, 254 in all)"
        case .domain: "what follows the @ is no domain name"
        case .ambiguousDomain: "the domain has a letter that two standards spell as two domains; write its xn-- form"
        }
    }

    private func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension String.UTF8View {
    fileprivate var elementsAreAdjacentDots: Bool {
        var previous: UInt8 = 0
        for byte in self {
            if byte == UInt8(ascii: "."), previous == byte { return true }
            previous = byte
        }
        return false
    }
}
