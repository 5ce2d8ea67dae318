import DNS
import Foundation
import TestKit
import Testing

/// A table of answers; whatever is not in it does not exist.
struct Table: Sendable {
    var texts: [String: [String]] = [:]
    var addresses: [String: [String]] = [:]
    var exchanges: [String: [String]] = [:]

    var lookup: DNSLookup {
        { name, type in
            switch type {
            case .txt: answer(texts[name]?.map { .text($0) })
            case .a: answer(addresses[name]?.compactMap(IPAddress.init).filter(\.isIPv4).map { .address($0) })
            case .aaaa: answer(addresses[name]?.compactMap(IPAddress.init).filter { !$0.isIPv4 }.map { .address($0) })
            case .mx: answer(exchanges[name]?.map { .exchange(preference: 10, host: $0) })
            case .ptr, .cname: .noName
            }
        }
    }

    private func answer(_ records: [DNSRecord]?) -> DNSAnswer {
        guard let records else { return .noName }
        return records.isEmpty ? .nothing : .records(records)
    }
}

@Suite struct `An SPF record` {
    private func read(_ texts: [String: [String]], _ more: Table = Table()) -> SPFPolicy {
        var table = more
        table.texts = texts
        return SPFPolicy.read("acme.example", table.lookup)
    }

    @Test func `is sound, and tells whom it covers`() throws {
        let table = Table(
            addresses: ["mail.acme.example": ["192.0.2.7", "2001:db8::7"]],
            exchanges: ["acme.example": ["mail.acme.example"]])
        let policy = read(
            [
                "acme.example": ["other", "v=spf1 ip4:198.51.100.0/24 mx -ip4:203.0.113.9 include:host.example ~all"],
                "host.example": ["v=spf1 ip6:2001:db8:1::/48 ip4:203.0.113.0/24 -all"],
            ], table)
        #expect(policy.problems == [])
        #expect(policy.lookups == 2)
        let verdicts = ["198.51.100.200", "192.0.2.7", "2001:db8::7", "2001:db8:1:2::1", "203.0.113.8"]
        for text in verdicts { #expect(policy.covers(try #require(IPAddress(text))) == true, "\(text)") }
        for text in ["198.51.101.1", "203.0.113.9", "2001:db8:2::1", "::1"] {
            #expect(policy.covers(try #require(IPAddress(text))) == false, "\(text)")
        }
    }

    @Test func `that depends on the mail covers nobody for certain`() throws {
        let policy = read(["acme.example": ["v=spf1 exists:%{i}.acme.example ip4:192.0.2.7 -all"]])
        #expect(policy.lookups == 1)
        #expect(policy.covers(try #require(IPAddress("192.0.2.7"))) == nil)
    }

    @Test(
        arguments: [
            (["v=spf1 -all"], []),
            (["v=spf1 A MX/24//64 a:x.example/28 ?all exp=e.example"], []),
            (["v=spf1 redirect=acme.example"], [.loop(domain: "acme.example")]),
            ([], [.missing(domain: "acme.example")]),
            (["v=spf10 -all"], [.missing(domain: "acme.example")]),
            (["v=spf1 -all", "v=spf1 +all"], [.many(domain: "acme.example", count: 2)]),
            (["v=spf1 +all"], [.open]),
            (["v=spf1 all"], [.open]),
            (["v=spf1 ip4:192.0.2.0/24"], [.noEnd]),
            (["v=spf1 ip4:192.0.2.300 -all"], [.badTerm("ip4:192.0.2.300", domain: "acme.example")]),
            (["v=spf1 ip4:2001:db8::/32 -all"], [.badTerm("ip4:2001:db8::/32", domain: "acme.example")]),
            (["v=spf1 include -all"], [.badTerm("include", domain: "acme.example")]),
            (["v=spf1 a/33 -all"], [.badTerm("a/33", domain: "acme.example")]),
            (["v=spf1 a/24/64 -all"], [.badTerm("a/24/64", domain: "acme.example")]),
            (["v=spf1 includes:x.example -all"], [.badTerm("includes:x.example", domain: "acme.example")]),
            (["v=spf1 include:gone.example -all"], [.missing(domain: "gone.example")]),
            (["v=spf1 include:acme.example -all"], [.loop(domain: "acme.example")]),
            (["v=spf1 a:n1.example a:n2.example mx:n3.example -all"], [.manyEmpty(3)]),
        ] as [([String], [SPFPolicy.Problem])])
    func `is told what is wrong with it`(texts: [String], problems: [SPFPolicy.Problem]) {
        let table = Table(
            addresses: ["acme.example": ["192.0.2.1"], "x.example": ["192.0.2.2"]],
            exchanges: ["acme.example": ["acme.example"]])
        #expect(read(["acme.example": texts], table).problems == problems)
    }

    @Test func `may take ten lookups, nested ones counted, and not eleven`() {
        func texts(_ count: Int) -> [String: [String]] {
            var texts = ["acme.example": ["v=spf1 include:i1.example -all"]]
            for number in 1..<count { texts["i\(number).example"] = ["v=spf1 include:i\(number + 1).example -all"] }
            texts["i\(count).example"] = ["v=spf1 ip4:192.0.2.1 -all"]
            return texts
        }
        #expect(read(texts(10)).problems == [])
        #expect(read(texts(10)).lookups == 10)
        #expect(read(texts(11)).problems == [.manyLookups(11)])
        // A record that would make us ask for ever is given up.
        #expect(read(texts(500)).lookups == 51)
    }

    @Test func `goes on at the redirect only without all`() throws {
        let other = ["other.example": ["v=spf1 ip4:192.0.2.0/24 -all"]]
        let redirected = read(other.merging(["acme.example": ["v=spf1 redirect=other.example"]]) { $1 })
        #expect(redirected.problems == [] && redirected.lookups == 1)
        #expect(redirected.covers(try #require(IPAddress("192.0.2.9"))) == true)
        let ended = read(other.merging(["acme.example": ["v=spf1 redirect=other.example -all"]]) { $1 })
        #expect(ended.covers(try #require(IPAddress("192.0.2.9"))) == false)
    }
}

@Suite struct `A DKIM key` {
    private func read(_ text: String?) -> DKIMKey.Reading {
        DKIMKey.find(
            "s1", of: "acme.example", Table(texts: text.map { ["s1._domainkey.acme.example": [$0]] } ?? [:]).lookup)
    }

    @Test(arguments: [512, 1024, 2048]) func `of openssl has the length it was made with`(bits: Int) throws {
        let folder = try TemporaryFolder()
        let made = try ChildProcess.run("openssl", ["genrsa", "-out", folder.path("key"), "\(bits)"])
        #expect(made.status == 0)
        let key = try ChildProcess.run("openssl", ["rsa", "-in", folder.path("key"), "-pubout", "-outform", "DER"])
        let text = "v=DKIM1; k=rsa; p=" + Data(key.output).base64EncodedString()
        #expect(read(text) == .key(DKIMKey(algorithm: .rsa(bits: bits), isTest: false)))
        // Cut as by a form that takes 255 characters only.
        if case .broken = read(String(text.dropLast(40))) {} else { Issue.record("a cut key was taken") }
    }

    @Test func `is read with its tags`() {
        let ed25519 = Data(repeating: 7, count: 32).base64EncodedString()
        #expect(read("k=ed25519; t=y:s; p=\(ed25519)") == .key(DKIMKey(algorithm: .ed25519, isTest: true)))
        #expect(read("v=DKIM1; p=") == .revoked)
        #expect(read(nil) == .missing)
        for text in ["v=DKIM2; p=x", "k=rsa", "p=@@", "k=dsa; p=AAAA", "k=ed25519; p=AAAA", "p=AAAA"] {
            if case .broken = read(text) {} else { Issue.record("\(text) was taken") }
        }
    }
}

@Suite struct `A DMARC policy` {
    private func find(_ texts: [String: [String]]) -> DMARCPolicy.Reading {
        DMARCPolicy.find(of: "mail.acme.example", organisation: "acme.example", Table(texts: texts).lookup)
    }

    @Test func `is the domain's own, else its organisation's for subdomains`() {
        let own = ["_dmarc.mail.acme.example": ["v=DMARC1; p=reject"]]
        let above = ["_dmarc.acme.example": ["v=DMARC1; p=none; sp=quarantine; rua=mailto:d@acme.example"]]
        #expect(find(own.merging(above) { $1 }) == .policy(DMARCPolicy(request: .reject, reports: "")))
        #expect(find(above) == .policy(DMARCPolicy(request: .quarantine, reports: "mailto:d@acme.example")))
        #expect(find([:]) == .missing)
        #expect(find(["_dmarc.acme.example": ["p=none; v=DMARC1"]]) == .missing)
        #expect(find(["_dmarc.acme.example": ["v=DMARC1; p=none", "v=DMARC1; p=none"]]) == .many(2))
        for text in ["v=DMARC1", "v=DMARC1; p=refuse"] {
            if case .broken = find(["_dmarc.mail.acme.example": [text]]) {} else { Issue.record("\(text) was taken") }
        }
    }
}

@Suite struct `An address` {
    @Test func `has the name under which it is looked up`() throws {
        #expect(try #require(IPAddress("192.0.2.7")).reverseName == "7.2.0.192.in-addr.arpa")
        let python = try ChildProcess.python(
            "import ipaddress; print(ipaddress.ip_address('2001:db8::567:89ab').reverse_pointer, end='')")
        #expect(try #require(IPAddress("2001:db8::567:89ab")).reverseName == String(decoding: python, as: UTF8.self))
        #expect(IPAddress("192.0.2") == nil && IPAddress("x") == nil && IPAddress(octets: [1, 2]) == nil)
        #expect(IPAddress("2001:DB8:0::1")?.description == "2001:db8::1")
    }
}
