import CGMime
import CPSL

/// What Stoke knows of domain names: their ASCII form, and which part of one an organisation registered.
package enum MailDomain {
    /// The lower-case LDH form of `text`, international labels as `xn--` (RFC 5890 2.3.2.1).
    ///
    /// - Throws: `domain`, or `ambiguousDomain` where IDNA 2003 and 2008 disagree about the name.
    package static func ascii(_ text: String) throws(AddressError) -> String {
        let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
        // IDNA 2003, which GLib has, maps ß to ss; IDNA 2008 does not. Guessing would mail a stranger.
        if !isASCII, text.unicodeScalars.contains(where: { deviations.contains($0) }) { throw .ambiguousDomain }
        let name = isASCII ? text.lowercased() : try punycode(text)
        guard isHostName(name) else { throw .domain }
        return name
    }

    /// The domain one organisation registered: `acme.co.uk` of `mail.acme.co.uk`; `nil` of a public suffix.
    package static func registrable(_ domain: String) -> String? {
        // What libpsl gives points into what it was given.
        domain.withCString { name in
            psl_registrable_domain(PublicSuffixes.shared.list, name).map { String(cString: $0) }
        }
    }

    /// Whether anyone can have an address at `domain` or its registrable domain.
    package static func isFreeMail(_ domain: String) -> Bool {
        let name = domain.lowercased()
        return freeMailDomains.contains(name) || registrable(name).map(freeMailDomains.contains) ?? false
    }

    private static let deviations: Set<Unicode.Scalar> = ["\u{DF}", "\u{1E9E}", "\u{3C2}", "\u{200C}", "\u{200D}"]

    private static func punycode(_ text: String) throws(AddressError) -> String {
        guard let name = g_hostname_to_ascii(text) else { throw .domain }
        defer { g_free(name) }
        return String(cString: name).lowercased()
    }

    /// Letters, digits and inner hyphens in labels of 1 to 63 octets, at least two of them (but `localhost`),
    /// the last not a number (RFC 1123 2.1).
    private static func isHostName(_ name: String) -> Bool {
        guard name.utf8.count <= 253 else { return false }
        let hyphen = UInt8(ascii: "-")
        var (labels, length, isNumber) = (1, 0, true)
        var previous = hyphen
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): isNumber = false
            case UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case hyphen:
                if length == 0 { return false }
                isNumber = false
            case UInt8(ascii: "."):
                if length == 0 || previous == hyphen { return false }
                (labels, length, isNumber) = (labels + 1, -1, true)
            default: return false
            }
            length += 1
            if length > 63 { return false }
            previous = byte
        }
        return length > 0 && previous != hyphen && !isNumber && (labels > 1 || name == "localhost")
    }
}

/// The public suffix list of this machine.
///
/// `@unchecked Sendable`: libpsl's list is never written after it was loaded.
private final class PublicSuffixes: @unchecked Sendable {
    static let shared = PublicSuffixes()
    /// The newest of the system's list and the library's own; `nil` (which libpsl takes) where there is neither.
    let list: OpaquePointer?

    private init() { list = psl_latest(nil) }
    deinit { psl_free(list) }
}
