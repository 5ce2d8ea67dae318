import Digest

/// A public key that a domain's signatures are checked with (RFC 6376 3.6.1).
package struct DKIMKey: Sendable, Hashable {
    /// Its algorithm.
    package enum Algorithm: Sendable, Hashable {
        /// With the length of its modulus; 1024 at least, better 2048 (RFC 8301).
        case rsa(bits: Int)
        case ed25519
    }

    /// What it signs with.
    package var algorithm: Algorithm
    /// Whether the domain says that it only tries signing, so that receivers treat the mail as unsigned.
    package var isTest: Bool

    package init(algorithm: Algorithm, isTest: Bool) {
        self.algorithm = algorithm
        self.isTest = isTest
    }

    /// What was found at a selector.
    package enum Reading: Sendable, Hashable {
        case key(DKIMKey)
        case missing
        /// An empty `p=`: signatures by it fail.
        case revoked
        /// The record can't be read; why, in lower case.
        case broken(String)
        case unanswered(String)
    }

    /// The key that `selector` names.
    package static func find(_ selector: String, of domain: String, _ lookup: DNSLookup) -> Reading {
        let answer = lookup("\(selector)._domainkey.\(domain)", .txt)
        if let failure = answer.failure { return .unanswered(failure) }
        let records = answer.texts
        guard let text = records.first else { return .missing }
        if records.count > 1 { return .broken("there are \(records.count) records instead of one") }
        return read(text)
    }

    /// Selectors that mail providers give their customers: tried where nobody named one.
    package static let usualSelectors = [
        "google", "selector1", "selector2", "default", "dkim", "mail", "s1", "s2", "k1", "k2", "k3", "fm1", "fm2",
        "fm3", "protonmail", "protonmail2", "protonmail3", "zoho", "zmail", "mxvault", "key1", "key2", "smtp",
        "sig1", "20230601", "pm", "mandrill", "mailo", "x", "dk", "ed25519", "rsa",
    ]

    static func read(_ text: String) -> Reading {
        let tags = TagList(text)
        if let version = tags["v"], version != "DKIM1" { return .broken("v=\(version) is not DKIM1") }
        guard let key = tags["p"] else { return .broken("it has no p=") }
        if key.isEmpty { return .revoked }
        guard let octets = Base64.standard.decode(key.filter { !$0.isWhitespace }) else {
            return .broken("p= is no Base64; a part of it may be missing")
        }
        let isTest = tags["t"]?.split(separator: ":").contains { $0 == "y" } ?? false
        switch tags["k"] ?? "rsa" {
        case "rsa":
            guard let bits = modulusBits(octets) else { return .broken("p= is no RSA key; a part may be missing") }
            return .key(DKIMKey(algorithm: .rsa(bits: bits), isTest: isTest))
        case "ed25519":
            guard octets.count == 32 else { return .broken("p= is no Ed25519 key: it has \(octets.count) octets") }
            return .key(DKIMKey(algorithm: .ed25519, isTest: isTest))
        case let other: return .broken("k=\(other) is no algorithm that receivers know")
        }
    }

    /// The length of the modulus in a SubjectPublicKeyInfo (RFC 5280 4.1) or a bare RSAPublicKey (RFC 8017 A.1.1).
    private static func modulusBits(_ octets: [UInt8]) -> Int? {
        guard let outer = DERValue(octets[...]), outer.tag == 0x30, let first = DERValue(outer.content) else {
            return nil
        }
        if first.tag == 0x02 { return bits(first) }
        guard let bitString = DERValue(first.rest), bitString.tag == 0x03,
            let key = DERValue(bitString.content.dropFirst()), key.tag == 0x30, let modulus = DERValue(key.content)
        else { return nil }
        return bits(modulus)
    }

    private static func bits(_ integer: DERValue) -> Int? {
        let digits = integer.content.drop { $0 == 0 }
        guard integer.tag == 0x02, let top = digits.first else { return nil }
        return digits.count * 8 - top.leadingZeroBitCount
    }
}

/// A value of DER (X.690 8.1), and what stands behind it.
private struct DERValue {
    let tag: UInt8
    let content: ArraySlice<UInt8>
    let rest: ArraySlice<UInt8>

    init?(_ octets: ArraySlice<UInt8>) {
        guard octets.count >= 2 else { return nil }
        tag = octets[octets.startIndex]
        let first = Int(octets[octets.startIndex + 1])
        var body = octets.dropFirst(2)
        var length = first
        if first >= 0x80 {
            let count = first & 0x7F
            guard (1...4).contains(count), body.count >= count else { return nil }
            length = body.prefix(count).reduce(0) { $0 << 8 | Int($1) }
            body = body.dropFirst(count)
        }
        guard body.count >= length else { return nil }
        content = body.prefix(length)
        rest = body.dropFirst(length)
    }
}
