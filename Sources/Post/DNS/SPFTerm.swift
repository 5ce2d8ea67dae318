/// One word of an SPF record (RFC 7208 4.6.1).
struct SPFTerm: Hashable {
    enum Qualifier: String, CaseIterable {
        case pass = "+"
        case fail = "-"
        case softfail = "~"
        case neutral = "?"
    }

    enum Kind: Hashable {
        case all
        case include(String)
        /// The record's own domain without a name; prefix lengths for IPv4 and IPv6.
        case address(String?, bits: Bits)
        case exchange(String?, bits: Bits)
        case network(IPAddress, bits: Int)
        case pointer
        case exists(String)
        case redirect(String)
        /// A modifier that says nothing about who may send: `exp=`, or one that is not known.
        case other
    }

    /// How much of an address must agree.
    struct Bits: Hashable {
        var ipv4 = 32
        var ipv6 = 128
    }

    let qualifier: Qualifier
    let kind: Kind

    /// Reads one; `nil` where it is no term.
    init?(_ word: Substring) {
        let sign = word.first.flatMap { Qualifier(rawValue: String($0)) }
        qualifier = sign ?? .pass
        let body = sign == nil ? word : word.dropFirst()
        let name = body.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        let value = body[name.endIndex...]
        guard let kind = SPFTerm.kind(name.lowercased(), value, isSigned: sign != nil) else { return nil }
        self.kind = kind
    }

    /// Whether it costs one of the ten lookups (RFC 7208 4.6.4).
    var isLookup: Bool {
        switch kind {
        case .include, .address, .exchange, .pointer, .exists, .redirect: true
        case .all, .network, .other: false
        }
    }

    private static func kind(_ name: String, _ value: Substring, isSigned: Bool) -> Kind? {
        if value.first == "=" {
            guard !isSigned, !name.isEmpty else { return nil }
            let domain = String(value.dropFirst())
            return name == "redirect" ? (domain.isEmpty ? nil : .redirect(domain)) : .other
        }
        switch name {
        case "all": return value.isEmpty ? .all : nil
        case "include": return domain(value).map { .include($0) }
        case "exists": return domain(value).map { .exists($0) }
        case "ptr": return value.isEmpty || domain(value) != nil ? .pointer : nil
        case "a": return target(value).map { .address($0.domain, bits: $0.bits) }
        case "mx": return target(value).map { .exchange($0.domain, bits: $0.bits) }
        case "ip4": return network(value, isIPv4: true)
        case "ip6": return network(value, isIPv4: false)
        default: return nil
        }
    }

    private static func domain(_ value: Substring) -> String? {
        value.first == ":" && value.count > 1 ? String(value.dropFirst()) : nil
    }

    private static func network(_ value: Substring, isIPv4: Bool) -> Kind? {
        guard let text = domain(value) else { return nil }
        let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let address = IPAddress(halves[0]), address.isIPv4 == isIPv4 else { return nil }
        let most = isIPv4 ? 32 : 128
        guard let bits = halves.count == 2 ? Int(halves[1]) : most, (0...most).contains(bits) else { return nil }
        return .network(address, bits: bits)
    }

    /// `:domain/24//64`, each part optional.
    private static func target(_ value: Substring) -> (domain: String?, bits: Bits)? {
        let name = value.first == ":" ? value.dropFirst().prefix { $0 != "/" } : ""
        guard value.first != ":" || !name.isEmpty else { return nil }
        var bits = Bits()
        let slashes = value.first == ":" ? value[name.endIndex...] : value
        if !slashes.isEmpty {
            guard let read = self.bits(slashes) else { return nil }
            bits = read
        }
        return (name.isEmpty ? nil : String(name), bits)
    }

    private static func bits(_ text: Substring) -> Bits? {
        var bits = Bits()
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        // "/24" -> ["", "24"], "/24//64" -> ["", "24", "", "64"], "//64" -> ["", "", "64"].
        guard parts.first?.isEmpty == true, (2...4).contains(parts.count) else { return nil }
        if !parts[1].isEmpty {
            guard let ipv4 = Int(parts[1]), (0...32).contains(ipv4) else { return nil }
            bits.ipv4 = ipv4
        }
        let rest = parts[1].isEmpty ? parts.dropFirst(2) : parts.dropFirst(2).dropFirst()
        if parts.count > 2 {
            guard rest.count == 1, let ipv6 = rest.first.flatMap({ Int($0) }), (0...128).contains(ipv6) else {
                return nil
            }
            guard parts[1].isEmpty || parts[2].isEmpty else { return nil }
            bits.ipv6 = ipv6
        }
        return bits
    }
}
