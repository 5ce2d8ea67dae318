import CivilTime
import Diagnostics
import Facts
import Outreach
import TestKit
import Testing
import Workspace

@Suite struct `A model` {
    private func model(_ changes: [String: String] = [:]) throws -> Model {
        let files = FindingCase.base.merging(changes) { $1 }
        let reading = WorkspaceReader.read(
            files.map { Snapshot.File(path: $0.key, bytes: Array($0.value.utf8)) }, in: SampleWorkspace.surroundings())
        try #require(reading.findings.filter { $0.severity == .error } == [])
        return try #require(reading.model)
    }

    private func settings(_ keys: String) throws -> Model {
        try model(["stoke.yaml": (FindingCase.base["stoke.yaml"] ?? "") + keys + "\n"])
    }

    private func steps(_ steps: String) throws -> [Step] {
        let sequence = "audience: any\nmailboxes: [ana]\nsteps:\n\(steps)\nfinish: {none: over}\n"
        return try #require(try model(["sequences/s.yaml": sequence]).sequences["s"]).steps
    }

    @Test func `has the safe defaults where files say nothing`() throws {
        let model = try model()
        let mailbox = try #require(model.mailboxes["ana"])
        #expect(mailbox.smtp == "maildir:outbox" && !mailbox.isLive && mailbox.imap == nil)
        #expect(mailbox.dailyCap == 50 && mailbox.hourlyCap == nil && mailbox.gap == 90 && mailbox.connections == 2)
        #expect(mailbox.timezone.name == "Europe/Berlin" && mailbox.fromAddress == "ana@acme.example")
        #expect(model.settings.calendar == .standard && model.settings.newShare == 0.4)
        #expect(model.settings.maxLateness == 2 * .day && model.settings.personGap == 20 * .hour)
        #expect(model.settings.unsubscribe == Unsubscribe(mailto: true, url: nil))
        #expect(model.settings.outcomes == Settings.standardOutcomes)
    }

    @Test func `keeps YAML's tricky words as the texts they are`() throws {
        let model = try settings("consent_required: {NO: hold}")
        #expect(model.settings.consentRequired == ["NO": .hold])
        let owner = try self.model([
            "stoke.yaml": """
            timezone: Europe/Berlin
            sender: {company: off, postal_address: 1.10}
            people: {ana: {name: Yes, facts: {version: 1.10, answer: NO, hex: 0x1F, at: 12:30:45, nothing: "null"}}}
            mailboxes: {ana: {owner: ana, from: ana@acme.example}}
            """
        ])
        #expect(owner.settings.company == "off" && owner.settings.postalAddress == "1.10")
        let ana = try #require(owner.owners["ana"])
        #expect(ana.name == "Yes" && ana.key == "ana")
        #expect(ana.facts.elements.map { $0.value.plainText } == ["1.10", "NO", "0x1F", "12:30:45", "null"])
    }

    @Test func `reads shares, spans and rates as they are written`() throws {
        let model = try settings(
            "new_share: 25%\nbounce_limit: 0.1\nmax_lateness: 36h\nperson_gap: 0s\nevery: 1h30m\nhome: any")
        #expect(model.settings.newShare == 0.25 && model.settings.bounceLimit == 0.1)
        #expect(model.settings.maxLateness == 36 * .hour && model.settings.personGap == 0)
        #expect(model.settings.every == 5400)
    }

    @Test func `takes a mailbox's clock from its owner, unless it has one`() throws {
        func mailbox(_ keys: String) throws -> Mailbox? {
            try model([
                "stoke.yaml": """
                timezone: Europe/Berlin
                sender: {company: A, postal_address: B}
                people: {ana: {name: Ana, timezone: America/New_York}}
                mailboxes: {ana: {owner: ana, from: ana@acme.example\(keys)}}
                """
            ]).mailboxes["ana"]
        }
        #expect(try mailbox("")?.timezone.name == "America/New_York")
        #expect(try mailbox(", timezone: Asia/Tokyo")?.timezone.name == "Asia/Tokyo")
    }

    @Test func `has the days of calendar files as holidays`() throws {
        let calendar = """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:x
            BEGIN:VEVENT
            UID:1
            DTSTART;VALUE=DATE:20260501
            DTEND;VALUE=DATE:20260503
            RRULE:FREQ=YEARLY
            END:VEVENT
            END:VCALENDAR

            """.replacing("\n", with: "\r\n")
        let model = try model([
            "stoke.yaml": (FindingCase.base["stoke.yaml"] ?? "")
                + "calendar: {days: [mon, sat], hours: \"09:00-10:00, 11:00-12:00\", holidays: [2026-07-01, {every: 12-24}, {ics: calendars/c.ics}]}\n",
            "calendars/c.ics": calendar,
        ])
        let calendar2 = model.settings.calendar
        #expect(calendar2.days.description == "mon, sat" && calendar2.hours.description == "09:00-10:00, 11:00-12:00")
        for (text, isOff) in [
            ("2026-05-01", true), ("2027-05-02", true), ("2026-05-03", false), ("2026-07-01", true),
            ("2027-07-01", false), ("2030-12-24", true), ("2100-05-01", true),
        ] {
            let date = try #require(LocalDate(text))
            #expect(calendar2.holidays.contains(date) == isOff, "\(text)")
        }
    }

    @Test func `has every kind of step as it is written`() throws {
        let steps = try steps(
            """
              - {id: a, email: {x: t, y: t}, after: 3 business days}
              - {id: b, linkedin: view, parallel: true, expire: 2d}
              - {id: c, linkedin: {connect: t}, expire: 1d, on_expire: stop}
              - {id: d, call: t, expire: 1d, outcomes: {no_answer: {retry: 2, after: 72h}, meeting: stop, voicemail: f}}
              - {id: e, wait: {for: {replied: true}, at_most: 3d, else: next}}
              - {id: f, branch: {if: {fit: {from: 60}}, then: h, else: g}, when: {steps.d.outcome: [sent, meeting]}}
              - {id: g, split: {h: 1, i: 3}}
              - {id: h, task: t, expire: 1d}
              - {id: i, email: t, thread: a, review: true, expire: 1w, was: old}
            """)
        #expect(steps[0].kind == .email([.init(arm: "x", template: "t"), .init(arm: "y", template: "t")]))
        #expect(steps[0].after == .businessDays(3))
        #expect(steps[1].kind == .linkedin(.view, template: nil) && steps[1].parallel && steps[1].expire == .days(2))
        #expect(steps[2].kind == .linkedin(.connect, template: "t") && steps[2].onExpire == .stop)
        #expect(
            steps[3].outcomes == [
                .init(name: "no_answer", onward: .retry(times: 2, after: .elapsed(seconds: 72 * .hour))),
                .init(name: "meeting", onward: .stop), .init(name: "voicemail", onward: .step("f")),
            ])
        #expect(steps[4].kind == .pause)
        #expect(
            steps[4].wait
                == .init(condition: .fact("replied", .equals(.bool(true))), atMost: .days(3), otherwise: .next))
        #expect(steps[5].kind == .branch(.fact("fit", .range(from: 60, to: nil)), then: "h", else: "g"))
        #expect(steps[5].when == .fact("steps.d.outcome", .oneOf([.text("sent"), .text("meeting")])))
        #expect(steps[6].kind == .split([.init(step: "h", weight: 1), .init(step: "i", weight: 3)]))
        #expect(steps[7].kind == .task(template: "t"))
        #expect(steps[8].thread == "a" && steps[8].review && steps[8].expire == .days(7) && steps[8].was == "old")
    }

    @Test func `has the rules of qualification as they are written`() throws {
        let rules = try model([
            "qualification.yaml": """
            icps:
              a:
                require: {country: DE, any: [{title: {words: [CEO]}}, {title: {missing: true}}]}
                prefer: [{country: DE, fit: {to: 5}, points: 10}]
                auto_accept: none
            intent: {reply: {points: -3.5, half_life: 2w, cap: 9}, meeting: {points: 1}}
            temperature: {hot: {enter: 90, leave: 80}}
            gates: {iql: {any: [form.download, x.y_z]}, mql: {fit: 50, intent: 5, sla: 2 business days}, sql: {framework: meddic}, opportunity: {track: meddpicc}}
            nurture: {iql: s}
            """
        ]).qualification
        let icp = try #require(rules.icps["a"])
        #expect(icp.require.count == 2 && icp.prefer.count == 1 && icp.autoAccept == nil && icp.name == "a")
        #expect(
            icp.prefer[0].criteria
                == .all([.fact("country", .equals(.text("DE"))), .fact("fit", .range(from: nil, to: 5))]))
        #expect(rules.intent["reply"] == .init(points: -3.5, halfLife: 14 * .day, cap: 9))
        #expect(rules.intent["meeting"] == .init(points: 1))
        #expect(rules.hot == .init(enter: 90, leave: 80) && rules.warm == .init(enter: 20, leave: 12))
        #expect(rules.gates.iql == ["form.download", "x.y_z"] && rules.gates.mqlSLA == .businessDays(2))
        #expect(rules.gates.sqlFramework == .meddic && rules.gates.tracksMEDDPICC && rules.nurture == [.iql: "s"])
        #expect(rules.hash.count == 64)
    }

    @Test func `has a hash of names and contents, whatever the order of files`() throws {
        let files = try SampleWorkspace.files()
        let snapshot = Snapshot(files)
        #expect(Snapshot(files.reversed()) == snapshot && snapshot.hash.count == 64)
        #expect(WorkspaceReader.read(files.reversed(), in: SampleWorkspace.surroundings()).model?.hash == snapshot.hash)
        for index in files.indices {
            var changed = files
            changed[index].bytes.append(0x0A)
            #expect(Snapshot(changed).hash != snapshot.hash)
            changed = files
            changed[index].path += "x"
            #expect(Snapshot(changed).hash != snapshot.hash)
        }
        // A file's end is no part of the next one's name.
        let a = Snapshot([.init(path: "a", bytes: [1, 2]), .init(path: "b", bytes: [])])
        let b = Snapshot([.init(path: "a", bytes: [1]), .init(path: "b", bytes: [2])])
        #expect(a.hash != b.hash)
    }

    @Test func `gives a sequence another version when its file or a template of it changes, and no other`() throws {
        func versions(_ changes: [String: String]) throws -> [String] {
            var changes = changes
            changes["sequences/other.yaml"] =
                "audience: any\nmailboxes: [ana]\nsteps: [{id: a, email: u}]\nfinish: {none: x}\n"
            changes["templates/u.md"] = changes["templates/u.md"] ?? "---\nsubject: x\n---\n"
            let model = try model(changes)
            return ["s", "other"].compactMap { model.sequences[$0]?.version }
        }
        let plain = try versions([:])
        let text = try versions(["templates/t.md": "---\nsubject: Hello\n---\nHi!\n"])
        let file = try versions(["sequences/s.yaml": (FindingCase.base["sequences/s.yaml"] ?? "") + "# more\n"])
        #expect(text[0] != plain[0] && file[0] != plain[0] && text[0] != file[0])
        #expect(text[1] == plain[1] && file[1] == plain[1])
    }

    @Test func `takes a page and its plain twin as one template`() throws {
        let model = try model([
            "templates/t.md": "---\nsubject: Hello\n---\nHi\n", "templates/u.html": "---\nsubject: x\n---\n<p>Hi</p>",
            "templates/u.txt": "Hi",
            "sequences/s.yaml":
                "audience: any\nmailboxes: [ana]\nsteps: [{id: a, email: t}, {id: b, email: u}]\nfinish: {none: x}\n",
        ])
        #expect(model.templates["u"]?.format == .html && model.templates["u"]?.twin == "Hi")
    }

    @Test(arguments: [
        ("stoke.yaml", true), ("qualification.yaml", true), ("sequences/a.yaml", true), ("templates/a.md", true),
        ("templates/parts/a.md", true), ("signatures/a.md", true), ("calendars/a.ics", true), ("sequences/a.yml", true),
        ("README.md", false), ("prospects/a.csv", false), (".stoke/ledger", false), ("sequences/.a.yaml", false),
        ("sequences/a.yaml~", false), ("templates/#a.md#", false), ("templates/.git/a.md", false), ("secrets/a", false),
        ("sequences//a.yaml", false), ("", false), ("templates/a.md.swp", false),
    ])
    func `is made of the workspace's files only`(_ path: String, _ belongs: Bool) {
        #expect(Snapshot.contains(path: path) == belongs)
    }
}

@Suite struct `Criteria on a command line` {
    @Test(arguments: [
        "title: {words: [CTO]}", "{title: {words: [CTO]}}", "title: CTO, country: DE", "trigger: x",
        "any: [{country: DE}, {country: AT}]", "  country: [DE, AT]",
    ])
    func `need no braces`(_ text: String) {
        let (criteria, findings) = WhereClause.read(text, columns: ["trigger"])
        #expect(criteria != nil && findings.isEmpty, "\(findings)")
    }

    @Test(arguments: [
        ("titel: CTO", "unknown-fact"), ("title", "wrong-value"), ("", "bad-criteria"), ("{title: [}", "yaml-syntax"),
        ("fit: high", "wrong-value"), ("steps.a.outcome: x", "unknown-fact"), ("- a", "wrong-value"),
    ])
    func `say what is wrong with them`(_ text: String, _ code: String) {
        let (criteria, findings) = WhereClause.read(text, columns: [])
        #expect(criteria == nil)
        #expect(findings.map(\.code.name) == [code])
        #expect(findings.allSatisfy { $0.place?.file == "--where" })
    }

    @Test func `mean the same in one key or several`() {
        let (several, _) = WhereClause.read("title: CTO, country: DE", columns: [])
        #expect(several == .all([.fact("title", .equals(.text("CTO"))), .fact("country", .equals(.text("DE")))]))
    }
}

@Suite struct `The span of a sequence` {
    private func span(_ steps: String) throws -> SequenceSpan {
        let sequence = "audience: any\nmailboxes: [ana]\nsteps:\n\(steps)\nfinish: {none: over}\n"
        let files = FindingCase.base.merging(["sequences/s.yaml": sequence]) { $1 }
        let reading = WorkspaceReader.read(
            files.map { Snapshot.File(path: $0.key, bytes: Array($0.value.utf8)) }, in: SampleWorkspace.surroundings())
        try #require(reading.model != nil)
        return try #require(reading.spans["s"])
    }

    @Test(arguments: [
        // One mail: the day of enrollment, or the Monday after a Saturday.
        ("  - {id: a, email: t}", 0, 2),
        // Five business days are a week from a workday; enrolled on Saturday, the first mail waits for Monday.
        ("  - {id: a, email: t}\n  - {id: b, email: t, after: 5 business days}", 7, 9),
        ("  - {id: a, email: t}\n  - {id: b, email: t, after: 30d}", 30, 32),
        // Done at once or expired after two days, then a mail.
        ("  - {id: a, call: t, expire: 2d}\n  - {id: b, email: t}", 0, 4),
        // The way without the mail is shorter.
        (
            "  - {id: a, branch: {if: {replied: true}, then: b, else: c}}\n  - {id: b, email: t, after: 7d}\n  - {id: c, email: t}",
            0, 9
        ),
        ("  - {id: a, wait: {for: {replied: true}, at_most: 7d, else: next}}\n  - {id: b, email: t}", 0, 9),
    ])
    func `counts the shortest and the longest way`(_ steps: String, _ shortest: Int, _ longest: Int) throws {
        let span = try span(steps)
        #expect(span.shortest == shortest)
        #expect(span.longest == longest)
        #expect(span.openEnded == [])
    }

    @Test func `names the tasks that may stay open for ever`() throws {
        let span = try span(
            "  - {id: a, call: t}\n  - {id: b, task: t, parallel: true}\n  - {id: c, task: t, expire: 1d}")
        #expect(span.longest == nil && span.openEnded == ["a"])
        #expect(span.description == "\(span.shortest) days or more, for nothing closes the task of a")
        #expect(try self.span("  - {id: a, email: t}").description == "0 to 2 days")
    }
}
