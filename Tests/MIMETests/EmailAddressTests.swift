import MIME
import TestKit
import Testing

@Suite struct `Addresses` {
    @Test(
        arguments: [
            ("ana@acme.example", "ana", "acme.example"), ("Ana.Pop+x@ACME.example", "Ana.Pop+x", "acme.example"),
            ("o'hara@x.example", "o'hara", "x.example"), ("a@bücher.example", "a", "xn--bcher-kva.example"),
            ("a@BÜCHER.example", "a", "xn--bcher-kva.example"), ("a@例え.テスト", "a", "xn--r8jz45g.xn--zckzah"),
            ("root@localhost", "root", "localhost"), ("jürgen@acme.example", "jürgen", "acme.example"),
            ("用户@例子.example", "用户", "xn--fsqu00a.example"),
            ("!#$%&'*+-/=?^_`{|}~@x.example", "!#$%&'*+-/=?^_`{|}~", "x.example"),
        ])
    func `good ones are kept, their domain in ASCII and lower case`(text: String, local: String, domain: String) throws
    {
        let address = try EmailAddress(text)
        #expect(address.localPart == local && address.domain == domain)
        #expect(address.needsSMTPUTF8 == !local.utf8.allSatisfy { $0 < 128 })
        #expect(try EmailAddress(address.text) == address)
    }

    @Test(
        arguments: [
            ("", AddressError.noAt), ("ana", .noAt), ("@acme.example", .emptyLocalPart),
            ("a@b@c.example", .character(0x40)),
            (".a@x.example", .dots), ("a.@x.example", .dots), ("a..b@x.example", .dots),
            ("a b@x.example", .character(0x20)),
            ("\"a b\"@x.example", .character(0x22)), ("a@[127.0.0.1]", .domain), ("a@127.0.0.1", .domain),
            ("a@", .domain),
            ("a@x", .domain), ("a@-x.example", .domain), ("a@x-.example", .domain), ("a@x..example", .domain),
            ("a@x.example.", .domain), ("a@x_y.example", .domain), ("a@straße.example", .ambiguousDomain),
            ("a\u{200D}b@x.example", .character(0x200D)), ("a\u{FFFD}b@x.example", .character(0xFFFD)),
            ("<a@x.example>", .character(0x3C)), ("a@x.example>", .domain), ("a(c)@x.example", .character(0x28)),
            ("a\r\nRCPT TO:<b@x.example", .character(0x0D)), ("a@x.example\r\n", .domain),
        ])
    func `others are refused, with the reason`(text: String, error: AddressError) {
        #expect(throws: error) { try EmailAddress(text) }
    }

    @Test func `lengths are those of RFC 5321`() throws {
        let local = String(repeating: "a", count: 64)
        let label = String(repeating: "b", count: 61)
        #expect(try EmailAddress("\(local)@x.example").localPart == local)
        #expect(throws: AddressError.tooLong) { try EmailAddress("a\(local)@x.example") }
        #expect(throws: AddressError.tooLong) { try EmailAddress("\(local)@\(label).\(label).\(label).example") }
        #expect(throws: AddressError.domain) { try EmailAddress("a@\(String(repeating: "b", count: 64)).example") }
    }

    @Test func `of the 256 octets, at each position only those of dot-atom and LDH pass`() throws {
        let template = Array("ab@cd.example".utf8)
        let atom = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.".utf8)
        var accepted = 0
        for position in 0...template.count {
            for octet in UInt8.min...UInt8.max {
                for isReplaced in [true, false] where position < template.count || !isReplaced {
                    var octets = template
                    if isReplaced { octets[position] = octet } else { octets.insert(octet, at: position) }
                    let text = String(decoding: octets, as: UTF8.self)
                    guard let address = try? EmailAddress(text) else { continue }
                    accepted += 1
                    let wire = Array(address.text.utf8)
                    #expect(wire.count(where: { $0 == 64 }) == 1, "\(octets)")
                    #expect(address.localPart.utf8.allSatisfy(atom.contains), "\(octets)")
                    #expect(wire.allSatisfy { $0 > 32 && $0 < 127 && $0 != 60 && $0 != 62 }, "\(octets)")
                }
            }
        }
        #expect(accepted > 1000)
        print(
            "addresses: \(accepted) of \((2 * template.count + 1) * 256) with one octet changed or added are accepted")
    }

    @Test func `two spellings of one local part are one`() throws {
        #expect(try EmailAddress("jose\u{301}@x.example") == EmailAddress("jos\u{E9}@x.example"))
        #expect(try EmailAddress("Ana@X.example").key == "ana@x.example")
    }

    @Test(
        arguments: [
            ("Ana Pop <ana@acme.example>", "Ana Pop"), ("ana@acme.example", nil), ("<ana@acme.example>", nil),
            ("\"Pop, Ana\" <ana@acme.example>", "Pop, Ana"), (" \"a \\\"b\\\"\"  < ana@acme.example > ", "a \"b\""),
        ] as [(String, String?)])
    func `a name may stand before it`(text: String, name: String?) throws {
        let value = try NamedAddress(text)
        #expect(value.name == name && value.address.text == "ana@acme.example")
    }

    @Test(arguments: ["", "Ana Pop", "Ana <>", "Ana <ana@acme.example> x", "ana@acme.example, bob@acme.example"])
    func `a name without one good address is refused`(text: String) {
        #expect(throws: AddressError.self) { try NamedAddress(text) }
    }

    @Test(
        arguments: [
            ("mail.acme.co.uk", "acme.co.uk"), ("acme.co.uk", "acme.co.uk"), ("co.uk", nil), ("a.b.acme.de", "acme.de"),
            ("de", nil), ("x.acme.example", "acme.example"), ("user.github.io", "user.github.io"), ("github.io", nil),
            ("www.city.kawasaki.jp", "city.kawasaki.jp"), ("xn--bcher-kva.de", "xn--bcher-kva.de"), ("localhost", nil),
        ] as [(String, String?)])
    func `what an organisation registered follows the public suffix list`(domain: String, expected: String?) {
        #expect(MailDomain.registrable(domain) == expected)
    }

    @Test(
        arguments: [
            ("gmail.com", true), ("GMX.de", true), ("mail.yahoo.co.uk", true), ("acme.example", false),
            ("co.uk", false),
            ("notgmail.com", false),
        ])
    func `free mail says nothing about a company`(domain: String, isFree: Bool) throws {
        #expect(MailDomain.isFreeMail(domain) == isFree)
    }
}
