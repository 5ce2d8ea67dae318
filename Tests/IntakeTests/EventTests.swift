import CivilTime
import Diagnostics
import Facts
import Intake
import Ledger
import Outreach
import Planning
import Testing

@Suite struct EventTests {
    let store = MemoryStore()
    static let model = Model(
        hash: "", settings: Settings(timezone: .utc, company: "Acme", postalAddress: "1 Street"), owners: [:],
        mailboxes: [:], sequences: [:], templates: [:])

    func importing(
        _ text: String, source: String? = nil, tokens: [String: Person.ID] = [:], chunk: Int = 1 << 16
    ) throws -> (report: EventReport, rejected: [RejectedRow], header: [Finding]) {
        var rest = Array(text.utf8)[...]
        var file = EventFile<Never>(name: "events.csv", zone: .utc, now: Lists.now, places: Lists.places) {
            defer { rest = rest.dropFirst(chunk) }
            return Array(rest.prefix(chunk))
        }
        let header = file.begin()
        guard header.isEmpty else { return (EventReport(), [], header) }
        var rejected: [RejectedRow] = []
        var events = try EventImport<Never>(
            into: store, model: EventTests.model, at: Lists.now, source: source, personOfToken: { tokens[$0] })
        return (try events.run(&file) { rejected.append($0) }, rejected, [])
    }

    func add(_ email: String, enrolled: Instant? = nil) throws -> Person.ID {
        let entry = PersonEntry(email: email, facts: [:], source: "test", at: Lists.now - 100)
        guard case .row(let row, _)? = try store.commit([.put(entry)], epoch: nil).first else { throw NoRow() }
        if let enrolled {
            let enrollment = EnrollmentEntry(
                person: Person.ID(row), sequence: "s", round: 1, exclusive: true, version: "v", stepOrder: ["a"],
                tie: 1,
                at: enrolled)
            _ = try store.commit([.enroll(enrollment)], epoch: nil)
        }
        return Person.ID(row)
    }

    struct NoRow: Error {}

    func state(_ person: Person.ID) throws -> Enrollment.State? {
        try store.history(of: person).enrollments.first?.state
    }

    @Test func `an event is recorded once, with its details, and makes a lead of somebody new`() throws {
        let text = """
            Email,Event Type,Timestamp,Event ID,First Name,Company,Campaign
            nora@startup.example,form.demo,2026-03-01T10:00:00Z,e1,Nora,Startup,autumn
            nora@startup.example,page.pricing,2026-03-01 11:00,e2,,,
            """
        let first = try importing(text, source: "web")
        #expect(first.rejected.isEmpty)
        #expect(first.report.recorded == 2)
        #expect(first.report.leads == 1)
        let person = try #require(try store.person(withEmail: "nora@startup.example"))
        #expect(Lists.texts(person)["first_name"] == "Nora")
        #expect(Lists.texts(person)["company.name"] == "Startup")
        #expect(Lists.texts(person)["source"] == "web")
        let history = try store.history(of: person.id).touchpoints
        #expect(history.map(\.kind.name) == ["form.demo", "page.pricing"])
        #expect(history[0].detail["campaign"] == .text("autumn"))
        #expect(history[1].at == Instant("2026-03-01T11:00:00Z"))
        let again = try importing(text, source: "web")
        #expect(again.report.recorded == 0)
        #expect(again.report.known == 2)
        #expect(try importing(text, source: "other").report.recorded == 2)
    }

    @Test(arguments: [1, 3, 1 << 16]) func `JSON lines are read, objects inside among them`(chunk: Int) throws {
        let text = """
            {"event_type":"email_sent","lead":{"email":"ana@x.example","first_name":"Ana"},"timestamp":1772000000,"id":1}

            {"event_type":"reply_received","lead_email":"","lead":{"email":"ana@x.example"},"timestamp":"2026-03-02T08:00:00Z","id":2}
            [1]
            {"event_type":
            """
        let result = try importing(text, chunk: chunk)
        #expect(result.report.recorded == 2)
        #expect(result.rejected.map(\.line) == [4, 5])
        #expect(result.rejected.allSatisfy { $0.findings[0].code.name == "json-syntax" })
        let person = try #require(try store.person(withEmail: "ana@x.example"))
        #expect(try store.history(of: person.id).touchpoints.map(\.kind) == [.emailSent, .reply])
        #expect(try store.history(of: person.id).touchpoints[0].at == Instant(1_772_000_000))
    }

    @Test func `a reply ends a sequence that had begun, and no later one`() throws {
        let early = try add("early@x.example", enrolled: Instant("2026-03-01T00:00:00Z") ?? Lists.now)
        let late = try add("late@x.example", enrolled: Instant("2026-03-03T00:00:00Z") ?? Lists.now)
        let text = """
            email,kind,at
            early@x.example,replied,2026-03-02
            late@x.example,replied,2026-03-02
            """
        #expect(try importing(text).report.recorded == 2)
        #expect(try state(early) == .stopped)
        #expect(try state(late) == .active)
    }

    @Test func `an opt-out suppresses, known or not, by address or by token`() throws {
        let known = try add("known@x.example", enrolled: Lists.now - 10)
        let other = try add("other@x.example", enrolled: Lists.now - 10)
        let text = """
            email,token,kind,at
            known@x.example,,unsubscribed,2020-01-01
            stranger@y.example,,unsubscribed,2020-01-01
            ,t0k3n,opt_out,2026-03-01
            ,forged,opt_out,2026-03-01
            """
        let result = try importing(text, tokens: ["t0k3n": other])
        #expect(try state(known) == .stopped)
        #expect(try state(other) == .stopped)
        #expect(try store.person(withEmail: "stranger@y.example") == nil)
        #expect(result.report.suppressed == 1)
        #expect(
            Set(try store.suppressions().map(\.value)) == ["known@x.example", "stranger@y.example", "other@x.example"])
        #expect(result.rejected.map { $0.findings[0].code } == [.eventToken])
    }

    @Test func `what an import can't say is told, and the rest is recorded`() throws {
        let text = """
            email,kind,at,id
            a@x.example,stage.sql,2026-03-01,1
            a@x.example,evidence.need,2026-03-01,2
            a@x.example,click,2030-01-01,3
            a@x.example,click,whenever,4
            a@@x.example,click,2026-03-01,5
            ,click,2026-03-01,6
            a@x.example,meeting,2026-12-01T09:00:00Z,7
            a@x.example,Custom Thing.sub,2026-03-01,8
            """
        let result = try importing(text)
        #expect(
            result.rejected.map { $0.findings[0].code.name } == [
                "event-kind", "event-kind", "event-time", "event-time", "import-address", "import-nobody",
            ])
        #expect(result.rejected.map(\.line) == [2, 3, 4, 5, 6, 7])
        let person = try #require(try store.person(withEmail: "a@x.example"))
        let facts = try store.history(of: person.id).touchpoints
        #expect(Set(facts.map(\.kind.name)) == ["meeting", "custom_thing.sub"])
        #expect(facts.first { $0.kind == .meeting }?.at == Lists.now)
    }

    @Test(arguments: ["email,at\na@x.example,2026-03-01\n", "kind,at\nclick,2026-03-01\n", ""])
    func `a file without the columns of events is one finding`(text: String) throws {
        #expect(try importing(text).header.map(\.code) == [.eventColumns])
    }

    @Test(
        arguments: [
            ("emailsSent", "email.sent"), ("Email Sent", "email.sent"), ("lead_unsubscribed", "opt_out"),
            ("linkedinInviteAccepted", "linkedin.connected"), ("reply.positive", "reply.positive"),
            ("Meeting Booked", "meeting"), ("hard bounce", "bounce.hard"), ("emailsClicked", "click"),
            ("ad.clicked", "ad.clicked"), ("My Event", "my_event"),
        ])
    func `other tools' words are understood`(word: String, kind: String) {
        #expect(EventKind.read(word)?.name == kind)
    }

    @Test func `a list of suppressions takes addresses, domains, profiles and numbers`() throws {
        let text = """
            Customers.example
            @partner.example
            Ann@X.example
            +49 40 5550101
            https://www.linkedin.com/in/Ann/
            # a note
            gmail.com
            co.uk
            rubbish here
            """
        let (entries, bad) = SuppressionTexts.read(text)
        #expect(
            entries == [
                "domain customers.example", "domain partner.example", "address ann@x.example", "phone +49405550101",
                "linkedin https://www.linkedin.com/in/ann",
            ])
        #expect(bad.map(\.line) == [7, 8, 9])
    }

    @Test func `a list of suppressions with a header is read by its columns`() throws {
        let text = "Name,Email,Domain,Reason\nAnn,ann@x.example,,asked\nBen,,y.example,\nCem,,,\n"
        let (entries, bad) = SuppressionTexts.read(text)
        #expect(entries == ["address ann@x.example (asked)", "domain y.example"])
        #expect(bad.map(\.line) == [4])
    }

    @Test func `LinkedIn's own file tells who of the known accepted`() throws {
        let list =
            "email,linkedin,first_name,last_name,company\na@x.example,linkedin.com/in/ana,Ana,Pop,X\n"
            + "b@x.example,,Ben,Okafor,X\nc@y.example,,Ben,Okafor,Y\nd@z.example,,Cem,Ay,Z\n"
        _ = try Lists.importing(list, into: store)
        let text = """
            Notes:
            "When exporting your connection data, some addresses are missing."

            First Name,Last Name,URL,Email Address,Company,Position,Connected On
            Ana,Pop,https://www.linkedin.com/in/ana,,X,CEO,07 Mar 2026
            Ben,Okafor,https://www.linkedin.com/in/ben,,Y,CTO,08 Mar 2026
            Cem,Ay,https://www.linkedin.com/in/cem,d@z.example,Q,CFO,09 Mar 2026
            Zoe,Nix,https://www.linkedin.com/in/zoe,,X,CFO,09 Mar 2026
            """
        var file = Lists.file(Array(text.utf8))
        #expect(file.begin().isEmpty)
        #expect(file.plan?.isConnections == true)
        let (connections, unknown) = try ConnectionsFile.known(&file, in: store)
        #expect(unknown == 1)
        let emails = try connections.map { try store.person($0.person)?.email }
        #expect(emails == ["a@x.example", "c@y.example", "d@z.example"])
        let fact = connections[0].touchpoint(in: .utc, at: Lists.now)
        #expect(fact.at == Instant("2026-03-07T23:59:59Z"))
        #expect(fact.kind == .linkedinConnected)
    }
}

/// A list of suppressions, read.
enum SuppressionTexts {
    static func read(_ text: String) -> (entries: [String], bad: [RejectedRow]) {
        var rest: [UInt8]? = Array(text.utf8)
        var file = SuppressionFile<Never>(name: "list.txt") {
            defer { rest = nil }
            return rest ?? []
        }
        file.begin()
        var entries: [String] = []
        var bad: [RejectedRow] = []
        while let reading = file.next() {
            switch reading {
            case .bad(let row): bad.append(row)
            case .entry(let entry):
                entries += entry.values.map { value in
                    "\(value.scope.rawValue) \(value.value)" + (entry.reason.map { " (\($0))" } ?? "")
                }
            }
        }
        return (entries, bad)
    }
}
