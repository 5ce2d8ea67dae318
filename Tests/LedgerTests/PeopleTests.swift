import CivilTime
package import Facts
import Ledger
import Outreach
import Planning
import Testing

@Suite struct PeopleTests {
    private func entry(
        _ facts: Record = [:], email: String? = nil, linkedin: String? = nil, phone: String? = nil,
        company: Record = [:], domain: String? = nil, hashes: [String] = []
    ) -> PersonEntry {
        PersonEntry(
            email: email, linkedin: linkedin, phone: phone, facts: facts, company: company, companyDomain: domain,
            source: "list.csv", at: Bed.start, keyedHashes: hashes)
    }

    @Test(arguments: StoreKind.allCases)
    func `facts of every type come back as they were put`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let facts: Record = [
            "first_name": "Zoë 👩🏽‍💻", "age": .integer(-3), "share": .decimal(1), "tiny": .decimal(1e-300),
            "big": .integer(.max), "ok": .bool(false), "since": .date(LocalDate(dayNumber: -5)),
            "seen": .instant(Instant(5)), "tags": .list([.text("a\u{0}\"\n"), .integer(1), .missing]),
            "deep": .record(["x": .record([:])]), "e\u{301}": "NFD stays",
        ]
        let company: Record = ["name": "Müller & Söhne", "employees": .integer(7)]
        let id = try bed.row(bed.do(.put(entry(facts, email: "z@x.example", company: company, domain: "x.example"))))
        let person = try #require(try bed.store.person(Person.ID(id)))
        for (name, value) in facts.elements { #expect(person.facts[name] == value, "\(name)") }
        #expect(person.facts["email"] == "z@x.example")
        #expect(person.facts["source"] == "list.csv")
        #expect(person.facts[path: ["company", "name"]] == "Müller & Söhne")
        #expect(person.facts[path: ["company", "domain"]] == "x.example")
        #expect(person.key == "z@x.example")
        let found = try bed.store.company(domain: nil, name: "MÜLLER & SÖHNE")
        #expect(found?.id == person.companyID)
        #expect(try bed.store.history(of: person.id).person == person)
        try bed.verify()
    }

    @Test(arguments: StoreKind.allCases)
    func `a blank never erases, and a changed value is a dated fact`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let first = try bed.do(.put(entry(["title": "CTO", "city": "Ulm"], email: "a@x.example")))
        let id = Person.ID(try bed.row(first))
        let again = try bed.do(.put(entry(["title": " ", "city": "Bonn", "age": .integer(4)], email: "a@x.example")))
        #expect(again == .row(id.row, isNew: false))
        let history = try bed.store.history(of: id)
        #expect(history.person.facts["title"] == "CTO")
        #expect(history.person.facts["city"] == "Bonn")
        #expect(history.person.facts["age"] == .integer(4))
        #expect(history.touchpoints.count == 1)
        #expect(history.touchpoints[0].kind == "facts.changed")
        #expect(history.touchpoints[0].detail[path: ["changed", "city"]] == "Ulm")
        #expect(try bed.do(.put(entry(["city": "Bonn"], email: "a@x.example"))) == .row(id.row, isNew: false))
        #expect(try bed.store.history(of: id).touchpoints.count == 1)
    }

    @Test(arguments: StoreKind.allCases)
    func `a person is found by address, else profile, else phone`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let a = try bed.row(bed.do(.put(entry(email: "a@x.example", linkedin: "in/a", phone: "+491"))))
        let b = try bed.row(bed.do(.put(entry(email: "b@x.example", linkedin: "in/b", phone: "+491"))))
        #expect(a != b, "colleagues may share a phone")
        #expect(try bed.do(.put(entry(linkedin: "in/a"))) == .row(a, isNew: false))
        #expect(try bed.do(.put(entry(email: "new@x.example", linkedin: "in/b"))) == .row(b, isNew: false))
        #expect(try bed.store.person(withEmail: "new@x.example")?.id.row == b)
        #expect(try bed.store.person(withEmail: "b@x.example")?.id.row == b)
        let both = entry(email: "a@x.example", linkedin: "in/b")
        #expect(try bed.do(.put(both)) == .refused(.conflict([Person.ID(a), Person.ID(b)])))
        #expect(try bed.do(.put(entry(phone: "+491"))) == .refused(.conflict([Person.ID(a), Person.ID(b)])))
        #expect(try bed.do(.put(entry(["first_name": "Nobody"]))) == .refused(.wrongState(noIdentity)))
        let firm = try bed.row(bed.do(.put(entry(company: ["name": "Firm"], domain: "firm.example"))))
        #expect(try bed.do(.put(entry(company: ["name": "Firm"], domain: "firm.example"))) == .row(firm, isNew: false))
        #expect(try bed.store.person(Person.ID(firm))?.key == "company:firm.example")
    }

    private let noIdentity = "no address, profile, phone or company to know them by"

    @Test(arguments: StoreKind.allCases)
    func `people are found by key, address, name and how the name begins`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let a = try bed.row(bed.do(.put(entry(["first_name": "Jonas", "last_name": "Weber"], email: "j@x.example"))))
        let b = try bed.row(bed.do(.put(entry(["first_name": "Jonas", "last_name": "Weberin"], email: "k@x.example"))))
        let rows = { (text: String) in try bed.store.people(matching: text, limit: 9).map(\.id.row) }
        #expect(try rows("j@x.example") == [a])
        #expect(try rows("J@X.example") == [a])
        #expect(try rows("jonas weber") == [a])
        #expect(try rows("JONAS") == [a, b])
        #expect(try rows("weber") == [])
        #expect(try rows("") == [])
        #expect(try bed.store.people(matching: "jonas", limit: 1).count == 1)
        #expect(try bed.store.people(after: nil, limit: 9).map(\.id.row) == [a, b])
        #expect(try bed.store.people(after: Person.ID(a), limit: 1).map(\.id.row) == [b])
    }

    @Test(arguments: StoreKind.allCases)
    func `a merge gives one person both histories`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let epoch = try bed.begin()
        let kept = try bed.add("maya")
        let other = Person.ID(
            try bed.row(bed.do(.put(entry(["city": "Ulm", "first_name": "M."], email: "m@y.example", phone: "+492")))))
        let enrollments = [
            try bed.enroll(kept), try bed.enroll(other), try bed.enroll(other, "news", exclusive: false),
        ]
        let message = try bed.intend(enrollments[1], epoch)
        let touchpoint = Touchpoint(
            person: other, kind: .callMade, at: Bed.start, recordedAt: Bed.start, sourceKey: "c1",
            detail: ["note": "hi"])
        _ = try bed.do(.record(touchpoint, .none))
        #expect(try bed.do(.merge(into: kept, from: other, at: Bed.start)) == .row(kept.row, isNew: false))

        let history = try bed.store.history(of: kept)
        #expect(history.person.facts["city"] == "Ulm")
        #expect(history.person.facts["first_name"] == "maya")
        #expect(history.person.email == "maya@example.org")
        #expect(history.enrollments.map(\.id) == enrollments)
        #expect(history.enrollments.map(\.round) == [1, 2, 1])
        #expect(history.enrollments.map(\.state) == [.active, .stopped, .active])
        #expect(history.messages.map(\.id) == [message])
        #expect(try !bed.fence(message, epoch))
        #expect(history.touchpoints.map(\.detail) == [["note": "hi"]])
        #expect(try bed.store.history(of: other).enrollments == [])
        #expect(try bed.store.person(other)?.isForgotten == true)
        #expect(try bed.store.person(withEmail: "m@y.example")?.id == kept)
        #expect(try bed.do(.put(entry(email: "m@y.example"))) == .row(kept.row, isNew: false))
        #expect(try bed.do(.merge(into: kept, from: other, at: Bed.start)) == .refused(.notFound))
        #expect(try bed.do(.merge(into: kept, from: kept, at: Bed.start)) == .refused(.notFound))
        try bed.verify()
    }

    @Test(arguments: StoreKind.allCases)
    func `a forgotten person leaves counts behind, and nothing that says who it was`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let epoch = try bed.begin()
        let id = try bed.admitted("jonas", company: "firm.example")
        let person = try bed.enrollment(id).person
        let message = try bed.intend(id, epoch)
        #expect(try bed.fence(message, epoch))
        let touchpoint = Touchpoint(
            person: person, kind: .emailSent, at: Bed.start, recordedAt: Bed.start, sourceKey: "jonas-1",
            detail: ["to": "jonas@firm.example"])
        _ = try bed.do(
            .settle(
                message: message, Settlement(state: .sent, reply: "250 jonas", touchpoint: touchpoint), at: Bed.start),
            epoch)
        let named = Suppression(
            scope: .address, value: "jonas@firm.example", reason: "x", channel: .call, at: Bed.start)
        _ = try bed.do(.suppress(named))
        #expect(try bed.do(.forget(person, keyedHash: "h1", at: Bed.start)) == .done)

        let history = try bed.store.history(of: person)
        #expect(history.person == Person(id: person, key: "", isForgotten: true))
        #expect(history.touchpoints.map(\.kind) == [.emailSent])
        #expect(history.touchpoints.map(\.detail) == [[:]])
        #expect(history.touchpoints.map(\.sourceKey) == [nil])
        #expect(history.messages[0].subject == nil)
        #expect(history.messages[0].reply == "250")
        #expect(try bed.store.fences(of: "ana", since: Bed.start) == [Bed.start])
        #expect(try bed.store.suppressions().map(\.value) == ["h1"])
        #expect(try bed.store.people(matching: "jonas@firm.example", limit: 9) == [])
        #expect(try bed.store.people(matching: "jonas", limit: 9) == [])
        let again = entry(email: "jonas@firm.example", hashes: ["h0", "h1"])
        #expect(try bed.do(.put(again)) == .refused(.suppressed(reason: "forgotten")))
        #expect(try bed.do(.enroll(bed.entry(person, "news"))) == .refused(.notFound))
        #expect(try bed.do(.forget(person, keyedHash: "h1", at: Bed.start)) == .refused(.notFound))
        #expect(try bed.do(.record(touchpoint, .none)) == .refused(.notFound))
        try bed.verify()
    }

    @Test(arguments: StoreKind.allCases)
    func `a suppression names people by address, domain, company, phone and profile`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let suppressions: [(Suppression.Scope, String)] = [
            (.address, "a@mail.firm.example"), (.domain, "firm.example"), (.domain, "mail.firm.example"),
            (.domain, "holding.example"), (.phone, "+491"), (.linkedin, "in/a"),
        ]
        for (index, (scope, value)) in suppressions.enumerated() {
            let bed = try Bed(kind)
            let person = Person.ID(
                try bed.row(
                    bed.do(
                        .put(
                            entry(
                                email: "a@mail.firm.example", linkedin: "in/a", phone: "+491", company: ["name": "H"],
                                domain: "holding.example")))))
            let enrollment = try bed.enroll(person)
            let channel: Channel? = index % 2 == 0 ? nil : .email
            let suppression = Suppression(scope: scope, value: value, reason: "asked", channel: channel, at: Bed.start)
            #expect(try bed.do(.suppress(suppression)) == .done)
            let history = try bed.store.history(of: person)
            #expect(history.blockedChannels == (channel.map { [$0] } ?? Set(Channel.allCases)), "\(scope) \(value)")
            #expect(try bed.enrollment(enrollment).state == (channel == nil ? .stopped : .active))
            #expect(try bed.store.suppression(of: history.person, channel: .email) == suppression)
            #expect(
                try bed.store.suppression(of: history.person, channel: .call) == (channel == nil ? suppression : nil))
            if channel == nil {
                #expect(try bed.do(.resume(enrollment, at: Bed.start)) == .refused(.suppressed(reason: "asked")))
                let other = bed.entry(person, "news", exclusive: false)
                #expect(try bed.do(.enroll(other)) == .refused(.suppressed(reason: "asked")))
            }
            try bed.verify()
        }
        let near = Suppression(scope: .domain, value: "irm.example", reason: "asked", at: Bed.start)
        let person = try bed.add("b", company: "firm.example")
        #expect(try bed.do(.suppress(near)) == .done)
        #expect(try bed.store.history(of: person).blockedChannels == [])
    }
}

extension Value: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
}
