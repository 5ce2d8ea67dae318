import CivilTime
import Diagnostics
import Facts
import Intake
import Interchange
import Ledger
import Outreach
import Testing

@Suite struct ImportTests {
    let store = MemoryStore()

    func person(_ email: String) throws -> [String: String] {
        Lists.texts(try #require(try store.person(withEmail: email)))
    }

    @Test func `good rows land, and each bad one is kept as it stands, with its place`() throws {
        let text = """
            email,first_name,title,note
            ana@acme.example,Ana,CEO,"says ""hi"", twice"
            ana@@acme.example,Ana,CEO,
            ,Nobody,CTO,

            BEN@acme.example,Ben,CTO,x,y
            cem@acme.example,Cem,"CTO
            """
        let result = try Lists.importing(text, into: store)
        #expect(result.report.added == 1)
        #expect(result.rejected.map(\.line) == [3, 4, 6, 7])
        #expect(
            result.rejected.map { $0.findings[0].code.name } == [
                "import-address", "import-nobody", "import-extra-cells", "csv-quote",
            ])
        #expect(String(decoding: result.rejected[0].raw, as: UTF8.self) == "ana@@acme.example,Ana,CEO,")
        #expect(result.rejected[0].findings[0].place?.column == 1)
        #expect(result.rejected[2].findings[0].place?.column == 28)
        #expect(try person("ana@acme.example")["note"] == "says \"hi\", twice")
    }

    @Test func `nothing changes when the same file comes again`() throws {
        let text =
            "Email,First Name,Company,Employees\nana@acme.example,Ana,Acme,51-200\nben@acme.example,Ben,Acme,60\n"
        #expect(try Lists.importing(text, into: store).report.added == 2)
        let again = try Lists.importing(text, into: store, at: Lists.now + 60).report
        #expect(again.unchanged == 2)
        #expect(again.added + again.changed == 0)
        #expect(try store.touchpoints(after: 0, limit: 10).isEmpty)
    }

    @Test func `a blank never erases, and a change is a dated fact`() throws {
        _ = try Lists.importing("email,title,city\nana@acme.example,CEO,Hamburg\n", into: store)
        let later = Lists.now + 3600
        let result = try Lists.importing("email,title,city\nANA@acme.example,,Kiel\n", into: store, at: later)
        #expect(result.report.changed == 1)
        let facts = try person("ana@acme.example")
        #expect(facts["title"] == "CEO")
        #expect(facts["city"] == "Kiel")
        let change = try #require(try store.touchpoints(after: 0, limit: 10).first)
        #expect(change.at == later)
        #expect(change.detail["changed"] == .record(["city": .text("Hamburg")]))
    }

    @Test func `a second row of the same person is told and left out`() throws {
        let text = """
            email,linkedin,phone,first_name
            ana@acme.example,linkedin.com/in/ana,,Ana
            Ana@ACME.example,,,Anna
            ,https://www.linkedin.com/in/Ana/,,Annika
            ,,+49 40 5550101,Phone
            ,,0049405550101,Phone again
            ben@acme.example,,+49 40 5550101,Ben
            """
        let result = try Lists.importing(text, into: store)
        #expect(result.rejected.map(\.line) == [3, 4, 6])
        #expect(result.rejected.allSatisfy { $0.findings[0].code == .importDuplicate })
        #expect(result.rejected[1].findings[0].message.contains("line 2"))
        #expect(result.report.rejected == [.importDuplicate: 3])
    }

    @Test func `a row that is two people is a conflict, told with the way on`() throws {
        _ = try Lists.importing("email,linkedin\nana@acme.example,\n,linkedin.com/in/ana\n", into: store)
        let result = try Lists.importing("email,linkedin\nana@acme.example,linkedin.com/in/ana\n", into: store)
        #expect(result.report.rejected == [.importConflict: 1])
        let hint = try #require(result.rejected.first?.findings.first?.hint)
        #expect(hint.contains("stoke merge ana@acme.example https://www.linkedin.com/in/ana"))
    }

    @Test func `somebody who asked to be forgotten does not come back`() throws {
        _ = try Lists.importing("email,linkedin\nana@acme.example,linkedin.com/in/ana\n", into: store)
        let person = try #require(try store.person(withEmail: "ana@acme.example"))
        let hashes = KeyedHash.of(["ana@acme.example", "https://www.linkedin.com/in/ana"], key: try store.secret())
        _ = try store.commit(
            hashes.map { .suppress(Suppression(scope: .keyedHash, value: $0, reason: "forgotten", at: Lists.now)) }
                + [.forget(person.id, keyedHash: hashes[0], at: Lists.now)], epoch: nil)
        for text in ["email\nANA@acme.example\n", "linkedin\nhttp://linkedin.com/in/ANA\n"] {
            let result = try Lists.importing(text, into: store)
            #expect(result.report.rejected == [.importForgotten: 1])
            #expect(result.report.added == 0)
        }
    }

    @Test(arguments: [
        "first_name,company\nAna,Acme\n", "ana@acme.example,Ana\nben@acme.example,Ben\n", "", "\n\n",
        "Notes:\nno table\n",
    ])
    func `a file that nobody can be known by is one clear finding and nothing done`(text: String) throws {
        let result = try Lists.importing(text, into: store)
        #expect(result.header.map(\.code) == [.importHeader])
        #expect(result.plan == nil)
        #expect(try store.people(after: nil, limit: 1).isEmpty)
    }

    @Test func `a list of companies is a list of leads`() throws {
        let result = try Lists.importing(
            "Company,Website,Industry\nAcme,https://www.acme.example/x,SaaS\n", into: store)
        #expect(result.report.added == 1)
        #expect(try store.company(domain: "acme.example", name: nil)?.facts["industry"] == .text("SaaS"))
    }

    @Test func `a column is mapped, left out, or told with the near name`() throws {
        let text = "Kontakt,Pain Point,Secret\nana@acme.example,slow onboarding,x\n"
        let result = try Lists.importing(text, into: store, maps: ["kontakt=email", "Pain Point=pain", "Secret=-"])
        #expect(result.report.added == 1)
        #expect(try person("ana@acme.example")["pain"] == "slow onboarding")
        #expect(try person("ana@acme.example")["secret"] == nil)
        let wrong = try Lists.importing(text, into: store, maps: ["Kontact=email", "Secret=stage"])
        #expect(wrong.plan == nil)
        #expect(wrong.header.filter { $0.code == .importMap }.count == 2)
        #expect(wrong.header[0].hint?.contains("Kontakt") ?? false)
    }

    @Test func `names that are Stoke's own get another name, and twins are refused`() throws {
        let result = try Lists.importing("email,Stage,Fit\nana@acme.example,Cold,good\n", into: store)
        #expect(result.plan?.customPaths == ["imported_stage", "imported_fit"])
        let twins = try Lists.importing("email,Score,score\nana@acme.example,1,2\n", into: store)
        #expect(twins.header.map(\.code) == [.importColumnTwice])
    }

    @Test func `the company's domain is its own, its site's, or the address's unless anyone can have one`() throws {
        let text = """
            email,company,company domain,website
            a@mail.acme.co.uk,Acme,,
            b@gmail.com,Beta,,https://www.beta.example/about
            c@gmail.com,Gamma,,
            d@delta.example,Delta,https://delta-group.example,https://delta.example
            e@epsilon.example,Epsilon,,https://www.linkedin.com/company/epsilon
            """
        _ = try Lists.importing(text, into: store)
        let domains = try ["a@mail.acme.co.uk", "b@gmail.com", "c@gmail.com", "d@delta.example", "e@epsilon.example"]
            .map { try person($0)["company.domain"] }
        #expect(domains == ["acme.co.uk", "beta.example", nil, "delta-group.example", "epsilon.example"])
        #expect(try person("e@epsilon.example")["company.linkedin"] == "https://www.linkedin.com/company/epsilon")
    }

    @Test func `a zone is the column's, the state's, the country's, the company's or the workspace's, and counted`()
        throws
    {
        let text = """
            email,state,country,timezone,company country
            a@x.example,TX,US,Europe/Paris,
            b@x.example,Texas,United States,,
            c@x.example,,Deutschland,,
            d@x.example,,,,Japan
            e@x.example,,,,
            f@x.example,SP,Brazil,,
            g@x.example,,USA,,
            h@x.example,,Atlantis,nowhere,
            """
        let result = try Lists.importing(text, into: store)
        #expect(
            result.report.zones == [.column: 1, .state: 2, .country: 2, .company: 1, .workspace: 2])
        #expect(result.report.guessedZones == 7)
        let zones = try "abcdefgh".map { try person("\($0)@x.example")["timezone"] }
        #expect(
            zones == [
                "Europe/Paris", "America/Chicago", "Europe/Berlin", "Asia/Tokyo", nil, "America/Sao_Paulo",
                "America/New_York", nil,
            ])
        #expect(try person("c@x.example")["country"] == "DE")
        #expect(result.warnings.map(\.code.name).sorted() == ["import-country", "import-zone"])
    }

    @Test func `a guess never takes the place of a zone that is known better`() throws {
        _ = try Lists.importing("email,timezone\na@x.example,Europe/Lisbon\n", into: store)
        _ = try Lists.importing("email,country\na@x.example,US\n", into: store)
        #expect(try person("a@x.example")["timezone"] == "Europe/Lisbon")
        _ = try Lists.importing("email,country\nb@x.example,US\n", into: store)
        _ = try Lists.importing("email,state,country\nb@x.example,CA,US\n", into: store)
        #expect(try person("b@x.example")["timezone"] == "America/Los_Angeles")
        _ = try Lists.importing("email,timezone\nb@x.example,Asia/Tokyo\n", into: store)
        #expect(try person("b@x.example")["timezone"] == "Asia/Tokyo")
    }

    @Test func `ranges become midpoints, recorded as such`() throws {
        _ = try Lists.importing(
            "email,company,# Employees,Annual Revenue\na@x.example,X,51-200,$1M-$10M\n", into: store)
        let company = try #require(try store.company(domain: "x.example", name: nil)?.facts)
        #expect(company["employees"] == .integer(126))
        #expect(company["employees_range"] == .text("51-200"))
        #expect(company["revenue"] == .integer(5_500_000))
    }

    @Test func `an unknown legal basis keeps the row out`() throws {
        let text = "email,basis\na@x.example,Legitimate Interest\nb@x.example,concent\nc@x.example,n/a\n"
        let result = try Lists.importing(text, into: store)
        #expect(result.report.rejected == [.importBasis: 1])
        #expect(result.rejected[0].findings[0].hint?.contains("consent") ?? false)
        #expect(try person("a@x.example")["basis"] == "legitimate_interest")
        #expect(try person("c@x.example")["basis"] == nil)
    }

    @Test func `a bad phone number is told, and its person lands without it`() throws {
        let result = try Lists.importing("email,phone\na@x.example,4.9E+11\n", into: store)
        #expect(result.report.added == 1)
        #expect(result.warnings.map(\.code) == [.importPhone])
        #expect(try person("a@x.example")["phone"] == nil)
    }

    @Test func `international addresses, display names and several addresses are understood`() throws {
        let text = """
            email,first_name
            Jürgen Groß <jgross@müller.example>,Jürgen
            mailto:b@x.example,B
            c@x.example ::: d@x.example,C
            """
        let result = try Lists.importing(text, into: store)
        #expect(result.rejected.isEmpty)
        #expect(try store.person(withEmail: "jgross@xn--mller-kva.example") != nil)
        #expect(try store.person(withEmail: "b@x.example") != nil)
        #expect(try store.person(withEmail: "c@x.example") != nil)
    }

    @Test func `lists larger than a group land in several`() throws {
        let rows = (0..<57).map { "p\($0)@x\($0 % 5).example,P\($0)" }
        let text = "email,first_name\n" + rows.joined(separator: "\n") + "\np3@x3.example,again\n"
        let result = try Lists.importing(Array(text.utf8), into: store, groupSize: 10)
        #expect(result.report.added == 57)
        #expect(result.report.rejected == [.importDuplicate: 1])
        let again = try Lists.importing(Array(text.utf8), into: store, groupSize: 10)
        #expect(again.report.unchanged == 57)
    }
}
