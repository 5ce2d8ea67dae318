#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An address of the Internet Protocol: 4 octets or 16.
package struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// In network order.
    package let octets: [UInt8]

    /// Of 4 or 16 octets; `nil` for any other count.
    package init?(octets: [UInt8]) {
        guard [4, 16].contains(octets.count) else { return nil }
        self.octets = octets
    }

    /// Of a text: `192.0.2.7`, `2001:db8::7`.
    package init?(_ text: String) {
        var octets = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &octets) == 1 {
            self.octets = Array(octets.prefix(4))
        } else if inet_pton(AF_INET6, text, &octets) == 1 {
            self.octets = octets
        } else {
            return nil
        }
    }

    /// Whether it has four octets; else it is IPv6.
    package var isIPv4: Bool { octets.count == 4 }

    /// As people write it.
    package var description: String {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        _ = inet_ntop(isIPv4 ? AF_INET : AF_INET6, octets, &buffer, socklen_t(buffer.count))
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The name whose PTR record says who it is (RFC 1035 3.5, RFC 3596 2.5): `7.2.0.192.in-addr.arpa`.
    package var reverseName: String {
        if isIPv4 { return octets.reversed().map(String.init).joined(separator: ".") + ".in-addr.arpa" }
        let digits = octets.reversed().flatMap { [$0 & 15, $0 >> 4] }
        return digits.map { String($0, radix: 16) }.joined(separator: ".") + ".ip6.arpa"
    }

    /// Whether the first `bits` are those of `network`; never where one is of the other kind.
    package func isIn(_ network: IPAddress, bits: Int) -> Bool {
        guard octets.count == network.octets.count, (0...octets.count * 8).contains(bits) else { return false }
        let (whole, rest) = bits.quotientAndRemainder(dividingBy: 8)
        guard octets.prefix(whole) == network.octets.prefix(whole) else { return false }
        return rest == 0 || (octets[whole] ^ network.octets[whole]) >> UInt8(8 - rest) == 0
    }
}
