import Diagnostics
import CivilTime
import Facts
import Intake
import MIME
import TestKit
import Testing

@Suite struct ValueTests {
    @Test(
        arguments: [
            ("https://www.linkedin.com/in/jonas-weber", "https://www.linkedin.com/in/jonas-weber"),
            ("http://de.linkedin.com/in/Jonas-Weber/", "https://www.linkedin.com/in/jonas-weber"),
            ("linkedin.com/in/jonas-weber?originalSubdomain=de", "https://www.linkedin.com/in/jonas-weber"),
            ("WWW.LINKEDIN.COM/in/jonas-weber/en#about", "https://www.linkedin.com/in/jonas-weber"),
            ("in/jonas-weber", "https://www.linkedin.com/in/jonas-weber"),
            ("https://www.linkedin.com/in/j%C3%BCrgen-gro%C3%9F", "https://www.linkedin.com/in/jürgen-groß"),
            ("https://www.linkedin.com/in/ACoAABx1Yz", "https://www.linkedin.com/in/ACoAABx1Yz"),
            (
                "https://www.linkedin.com/sales/lead/ACwAAB2,NAME_SEARCH,x",
                "https://www.linkedin.com/sales/lead/ACwAAB2"
            ),
            ("https://www.linkedin.com/sales/people/ACwAAB2", "https://www.linkedin.com/sales/lead/ACwAAB2"),
            ("https://www.linkedin.example/in/maya", "https://www.linkedin.example/in/maya"),
        ])
    func `a profile has one spelling`(text: String, profile: String) {
        #expect(LinkedInProfile.normalise(text) == profile)
        #expect(LinkedInProfile.normalise(profile) == profile)
    }

    @Test(arguments: [
        "", "https://www.linkedin.com/company/acme", "jonas", "https://acme.example/in/jonas", "linkedin.com",
        "https://www.linkedin.com/in/", "https://notlinkedin.com/in/jonas", "https://www.linkedin.com/in/a%ZZ",
        "https://www.linkedin.com/in/a%0d%0ab",
    ])
    func `what names no person is no profile`(text: String) { #expect(LinkedInProfile.normalise(text) == nil) }

    @Test(
        arguments: [
            ("+49 40 555 0101", nil, "+49405550101"), ("+49 (0)40 555-0101", nil, "+49405550101"),
            ("040/5550101", "DE", "+49405550101"), ("0049 40 5550101", "DE", "+49405550101"),
            ("(512) 555-0108", "US", "+15125550108"), ("1-512-555-0108", "US", "+15125550108"),
            ("+1.512.555.0108", nil, "+15125550108"), ("011 44 131 496 0119", "US", "+441314960119"),
            ("0131 496 0119", "GB", "+441314960119"), ("06 12345678", "IT", "+390612345678"),
            ("8 495 123 45 67", "RU", "+74951234567"), ("06 1 234 5678", "HU", "+3612345678"),
            ("3016572696.0", "US", "+13016572696"), ("3.016572696E9", "US", "+13016572696"),
            ("tel:+46-31-555-0122", nil, "+46315550122"), ("555 0108 22", nil, "555010822"),
            ("612 34 56 78", "ES", "+34612345678"), ("34612345678", "ES", "+34612345678"),
        ] as [(String, String?, String)])
    func `a number has one spelling`(text: String, country: String?, number: String) {
        #expect(PhoneNumber(text, country: country)?.text == number)
        #expect(PhoneNumber(number, country: country)?.text == number || !number.hasPrefix("+"))
    }

    @Test(arguments: [
        "", "12345", "call me", "1-800-FLOWERS", "4.91512E+11", "+0 40 5550101", "+1234567890123456", "n/a",
    ])
    func `what is no number is none`(text: String) { #expect(PhoneNumber(text, country: "DE") == nil) }

    @Test(arguments: [
        "+1 512 555 0108 ext. 23", "+1 512 555 0108 x23", "+15125550108;ext=23", "+1 512 555 0108, ext 23",
    ])
    func `an extension is told apart`(text: String) {
        let number = PhoneNumber(text)
        #expect(number?.text == "+15125550108")
        #expect(number?.extensionDigits == "23")
    }

    @Test(
        arguments: [
            ("51-200", .integer(126), "51-200"), ("1,000-5,000", .integer(3000), "1,000-5,000"),
            ("1001–5000 employees", .integer(3001), "1001–5000 employees"), ("10,001+", .integer(10_001), "10,001+"),
            ("11 to 50", .integer(31), "11 to 50"), ("$1M - $10M", .integer(5_500_000), "$1M - $10M"),
            ("1-10M", .integer(5_500_000), "1-10M"), ("<10", .integer(10), "<10"),
            ("120", .integer(120), nil), ("1,234", .integer(1234), nil), ("1.234", .integer(1234), nil),
            ("1 234", .integer(1234), nil), ("2.5M", .integer(2_500_000), nil), ("12.5", .decimal(12.5), nil),
            ("€ 3k", .integer(3000), nil), ("1.234.567", .integer(1_234_567), nil),
        ] as [(String, Value, String?)])
    func `a number is read, a range by its midpoint`(text: String, value: Value, range: String?) {
        let number = NumberText(text)
        #expect(number?.value == value)
        #expect(number?.range == range)
    }

    @Test(arguments: ["", "many", "-", "200-51", "1-2-3", "1e3", "0x10", "--", "5 - many"])
    func `what is no number is no number`(text: String) { #expect(NumberText(text) == nil) }

    @Test(
        arguments: [
            ("Connected On", "connected_on"), ("lastState", "last_state"), ("Größe", "grosse"), ("# Lists ", "lists"),
            ("ICP?", "icp"), ("2nd email", "_2nd_email"), ("Prénom usuel", "prenom_usuel"), ("Ł-ó-d-ź", "l_o_d_z"),
            ("already_so", "already_so"), ("HTMLBody", "htmlbody"),
        ])
    func `a column's name can be written in templates`(column: String, name: String) {
        #expect(FactName.make(column) == name)
        #expect(FactName.make(name) == name)
    }

    @Test func `a column without a letter has no name`() { #expect(FactName.make("漢字 !") == nil) }

    @Test(
        arguments: [
            ("Europe/Berlin", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"),
            ("America/New York", "America/New_York"),
            ("america_slash_new_york", "America/New_York"), ("EST", "America/New_York"),
            ("Pacific Time (US & Canada)", "America/Los_Angeles"), ("UTC+2", "Etc/GMT-2"), ("GMT-05:00", "Etc/GMT+5"),
        ])
    func `a zone is known by many spellings`(text: String, name: String) { #expect(Lists.zones.find(text) == name) }

    @Test(arguments: ["", "Berlin time", "Mars/Olympus", "UTC+5:30", "../etc/passwd"])
    func `what is no zone is none`(text: String) { #expect(Lists.zones.find(text) == nil) }

    @Test(arguments: ["07 Dec 2025", "7-Dec-25", "Dec 7, 2025", "2025-12-07"])
    func `the day of a connection is read`(text: String) {
        #expect(ConnectionDay.read(text) == LocalDate("2025-12-07"))
    }
}

@Suite struct PlainCellTests {
    static let seed = UInt64.random(in: 0...UInt64.max)

    @Test func `a list reads the same however plain its cells are`() throws {
        var random = SeededRandom(seed: PlainCellTests.seed)
        let pieces = ["a", "z9", "-", "_", ".", "..", "@", "x.example", "b.co.uk", "1", "xn--a", "A", "ö", " ", "+"]
        for _ in 0..<3_000 {
            let text = (0...random.int(1...6)).map { _ in random.pick(pieces) }.joined()
            // A space in front keeps a cell from being plain.
            let verdicts = [text, " " + text].map { cell -> [String] in
                var file = Lists.file(
                    Array("email,linkedin\n\"\(cell)\",\n,https://www.linkedin.com/in/\(text)\n".utf8))
                _ = file.begin()
                var verdicts: [String] = []
                while let judgement = file.next() {
                    switch judgement {
                    case .good(let identity, _): verdicts.append("\(identity.email ?? "") \(identity.linkedin ?? "")")
                    case .bad(let findings): verdicts.append(findings.map(\.code.name).joined())
                    case .duplicate: verdicts.append("twice")
                    }
                }
                return verdicts
            }
            #expect(verdicts[0].first == verdicts[1].first, "\(text.debugDescription), seed \(PlainCellTests.seed)")
            if let email = verdicts[0].first, email.contains("@") {
                #expect(try EmailAddress(text.trimmingSpaces).key + " " == email)
            }
            if let profile = verdicts[0].last, profile.contains("/in/") {
                #expect(
                    LinkedInProfile.normalise("linkedin.com/in/\(text.trimmingSpaces)") == String(profile.dropFirst()))
            }
        }
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
