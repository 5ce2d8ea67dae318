import DNS
import TestKit
import Testing

/// The system's resolver against a server on loopback.
@Suite struct `The resolver` {
    private static let zone = """
        {"acme.example": {"TXT": ["v=spf1 -all", ["two ", "strings"]], "MX": [[20, "b.acme.example"], [10, "A.acme.example"]]},
         "a.acme.example": {"A": ["192.0.2.7", "192.0.2.8"], "AAAA": ["2001:db8::7"]},
         "alias.acme.example": {"CNAME": ["a.acme.example"]},
         "7.2.0.192.in-addr.arpa": {"PTR": ["A.acme.example"]},
         "null.example": {"MX": [[0, ""]]},
         "long.example": {"TXT": ["\(String(repeating: "0123456789", count: 400))"]},
         "broken.example": "SERVFAIL", "closed.example": "REFUSED", "silent.example": "silent",
         "odd.example": "garbage"}
        """

    @Test func `reads each kind of record, and says why there is none`() throws {
        let server = try NameServer(Self.zone)
        let resolver = Resolver(.at(address: "127.0.0.1", port: server.port), seconds: 1)
        #expect(resolver.lookup("acme.example", .txt) == .records([.text("v=spf1 -all"), .text("two strings")]))
        #expect(
            resolver.lookup("ACME.example", .mx)
                == .records([
                    .exchange(preference: 20, host: "b.acme.example"),
                    .exchange(preference: 10, host: "a.acme.example"),
                ]))
        #expect(resolver.lookup("alias.acme.example", .a).addresses.map(\.description) == ["192.0.2.7", "192.0.2.8"])
        #expect(resolver.lookup("a.acme.example", .aaaa).addresses.map(\.description) == ["2001:db8::7"])
        #expect(resolver.lookup("7.2.0.192.in-addr.arpa", .ptr).names == ["a.acme.example"])
        #expect(resolver.lookup("null.example", .mx) == .records([.exchange(preference: 0, host: "")]))
        #expect(resolver.lookup("a.acme.example", .txt) == .nothing)
        #expect(resolver.lookup("nobody.example", .a) == .noName)
        // Too long for a datagram: asked again by TCP.
        #expect(resolver.lookup("long.example", .txt).texts.first?.count == 4000)
        for name in ["broken.example", "closed.example", "silent.example", "odd.example"] {
            #expect(resolver.lookup(name, .txt).failure != nil, "\(name): \(resolver.lookup(name, .txt))")
        }
        for name in ["", "a..example", String(repeating: "a", count: 64) + ".example", ".example"] {
            #expect(resolver.lookup(name, .a) == .noName, "\(name)")
        }
    }

    @Test func `is named by an IPv4 address with or without a port`() {
        #expect(Resolver.Server("192.0.2.53") == .at(address: "192.0.2.53", port: 53))
        #expect(Resolver.Server("127.0.0.1:5353") == .at(address: "127.0.0.1", port: 5353))
        for text in ["", "dns.example", "::1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:1:2"] {
            #expect(Resolver.Server(text) == nil, "\(text)")
        }
    }
}
