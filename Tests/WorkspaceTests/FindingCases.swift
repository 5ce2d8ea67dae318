import Workspace

/// One case at least for each kind of finding; «marks» are where its caret must stand.
extension FindingCase {
    static let all = yaml + keys + criteria + references + steps + rules + accounts

    private static let three = "  - {id: a, email: t}\n  - {id: b, email: t, thread: a}\n"

    private static let yaml: [FindingCase] = [
        .steps("yaml-tab", "  - {id: a,«\t»email: t}", hint: "spaces"),
        .steps("yaml-tab", "  - id: a\n «\t»  email: t"),
        .steps("yaml-control", "  - {id: a, email: t} # «\u{1}»"),
        .steps("yaml-syntax", "  - {id: a, email: t\n«:»"),
        .steps("yaml-alias", "  - {id: a, email: «&x» t}"),
        .steps("yaml-alias", "  - {id: a, email: t}\n  - {id: b, email: t, thread: «*x»}"),
        .steps("yaml-tag", "  - {id: a, email: «!!str» t}"),
        FindingCase(
            "yaml-documents", in: "sequences/s.yaml",
            "audience: any\nmailboxes: [ana]\nsteps: [{id: a, email: t}]\nfinish: {none: over}\n«---»\nmore: here\n"),
        .rules("yaml-key", "icps: {a: {require: {title: CEO}}}\nreasons: {«[a]»: [b]}"),
        .rules("duplicate-key", "intent: {reply: {points: 1, «points»: 2}}", hint: "keep one"),
        FindingCase("empty-file", in: "qualification.yaml", "«»# nothing\n"),
        FindingCase("misnamed-file", in: "sequences/x.yml", "«»audience: any\n", hint: "sequences/x.yaml"),
    ]

    private static let keys: [FindingCase] = [
        .settings("unknown-key", "«calender»: {days: mon-fri}", hint: "\"calendar\""),
        .settings("unknown-key", "calendar: {hours: 09:00-12:00, «13:00-17:00»}", hint: "quotes"),
        .settings("unknown-key", "«zzzzzzzzzzzz»: 1", hint: "known keys: home, timezone"),
        .steps("missing-key", "  - «{»email: t}", hint: "add id"),
        FindingCase(
            "missing-key", in: "sequences/s.yaml", "«a»udience: any\nmailboxes: [ana]\nsteps: [{id: a, email: t}]\n",
            hint: "finish"),
        .settings("wrong-value", "new_share: «lots»"),
        .settings("wrong-value", "new_share: «[»0.4]"),
        .settings("wrong-value", "unsubscribe: {mailto: «yes»}", hint: "write true"),
        .settings("wrong-value", "unsubscribe: {mailto: «off»}", hint: "write false"),
        .settings("wrong-value", "calendar: {days: «mon-fry»}", hint: "\"fri\""),
        .settings("wrong-value", "calendar: {hours: «17:00-09:00»}", hint: "two"),
        .settings("wrong-value", "calendar: {holidays: [«2026-02-30»]}"),
        .settings("wrong-value", "calendar: {holidays: [«{»}]}"),
        .settings("wrong-value", "consent_required: {«de»: hold}", hint: "write DE"),
        .settings("wrong-value", "consent_required: {DE: «hodl»}", hint: "\"hold\""),
        .settings("wrong-value", "outcomes: {«phone»: [connected]}"),
        .settings("wrong-value", "unsubscribe: {url: «\"http://acme.example/{token}\"»}", hint: "https"),
        .settings("wrong-value", "unsubscribe: {url: «\"https://acme.example/\"»}"),
        .settings("wrong-value", "max_lateness: «2 business days»", hint: "24 hours"),
        .settings("out-of-range", "new_share: «40»"),
        .settings("out-of-range", "every: «1s»"),
        .settings("out-of-range", "every: «2d»"),
        .settings("out-of-range", "bounce_limit: «200%»"),
        .mailbox("out-of-range", "connections: «33»"),
        .mailbox("out-of-range", "daily_cap: «0»"),
        .mailbox("wrong-value", "dkim: «-s 2026»"),
        .mailbox("out-of-range", "daily_cap: «99999999999999999999»"),
        .mailbox("out-of-range", "company_cap: «99999999999999999999/day»"),
        .mailbox("wrong-value", "daily_cap: «lots»", hint: "a whole number, or none"),
        .mailbox("out-of-range", "daily_cap: 5, ramp: {start: «10», add: 5}"),
        .mailbox("wrong-value", "company_cap: «3»", hint: "3/day"),
        .mailbox("wrong-value", "gap: «soon»"),
        .mailbox("wrong-value", "ehlo: «-a.example»"),
        .mailbox("wrong-value", "password: «{»file: a, env: B}, user: u"),
        .steps("bad-name", "  - {id: «\"a b\"», email: t}"),
        .steps("bad-name", "  - {id: «stop», email: t}"),
        .steps("key-not-here", "  - {id: a, email: t, expire: «3d»}"),
        .steps("key-not-here", "  - {id: a, call: t, review: «true»}"),
        .steps("key-not-here", "  - {id: a, call: t, on_expire: «stop»}", hint: "expire"),
        .steps("wrong-value", "  - {id: a, call: t, expire: 1d, on_expire: «{»retry: 1, after: 1d}}"),
        .steps("out-of-range", "  - {id: a, email: t, after: «900d»}"),
        .steps("wrong-value", "  - {id: a, email: t, after: «tomorrow»}"),
        .steps("wrong-value", "  - {id: a, linkedin: «message»}"),
        .steps("wrong-value", "  - {id: a, linkedin: «{»connect: t, like: t}}"),
        .settings("unknown-zone", "").replacing(
            "timezone: Europe/Berlin", "timezone: «Europe/Belrin»", hint: "\"Europe/Berlin\""),
        .mailbox("bad-server", "smtp: «http://acme.example»"),
        .mailbox("bad-server", "smtp: «imaps://acme.example»", hint: "smtp://"),
        FindingCase(
            "bad-address", in: "stoke.yaml", head + "mailboxes: {ana: {owner: ana, from: «Ana <ana@@acme.example>»}}\n"),
    ]

    private static let criteria: [FindingCase] = [
        .steps("unknown-fact", "  - {id: a, email: t, when: {«titel»: CEO}}", hint: "\"title\""),
        .steps("unknown-fact", "  - {id: a, email: t, when: {«triger»: yes}}", hint: "\"trigger\""),
        .steps(
            "unknown-fact",
            "  - {id: a, call: t, expire: 1d}\n  - {id: b, task: t, expire: 1d, when: {«steps.c.outcome»: sent}}",
            hint: "steps"),
        .rules("unknown-fact", "icps: {a: {require: {«steps.a.outcome»: sent}}}", hint: "inside a sequence"),
        .rules("wrong-value", "icps: {a: {require: {company.employees: «many»}}}"),
        .rules("wrong-value", "icps: {a: {require: {temperature: «warn»}}}", hint: "\"warm\""),
        .rules("wrong-value", "icps: {a: {require: {replied: «yes»}}}", hint: "write true"),
        .rules("wrong-value", "icps: {a: {require: {title: «~»}}}", hint: "missing"),
        .rules("bad-criteria", "icps: {a: {require: {title: «{»from: 1}}}}"),
        .rules("bad-criteria", "icps: {a: {require: {company.employees: {words: «[»a]}}}}"),
        .rules("bad-criteria", "icps: {a: {require: {company.employees: «{»from: 10, to: 1}}}}", hint: "swap"),
        .rules("bad-criteria", "icps: {a: {require: {title: {«wrods»: [a]}}}}", hint: "\"words\""),
        .rules("bad-criteria", "icps: {a: {require: {title: «[»]}}}"),
        .rules("bad-criteria", "icps: {a: {require: «{»}}}"),
        .rules("bad-criteria", "icps: {a: {require: {title: «{»missing: true, words: [a]}}}}"),
        .rules(
            "unknown-touchpoint", "icps: {a: {require: {«touchpoints.form.dmo.count»: {from: 1}}}}", hint: "form.demo"),
        .rules("unknown-touchpoint", "intent: {«form.dmo»: {points: 1}}", hint: "form.demo"),
        .rules(
            "unknown-touchpoint", "gates: {iql: {any: [«form.downlaod»]}}\nnurture: {iql: s}", hint: "form.download"),
        FindingCase(
            "unknown-touchpoint", in: "sequences/s.yaml",
            "audience: any\nmailboxes: [ana]\nstop_on: [«compny_reply»]\nsteps: [{id: a, email: t}]\nfinish: {none: over}\n",
            hint: "company_reply"),
        .steps(
            "bad-criteria",
            "  - {id: a, email: t}\n  - {id: b, call: t, expire: 1d, when: {any: [{«steps.c.outcome»: sent}]}}\n  - {id: c, email: t}"
        ),
        .steps(
            "bad-criteria",
            "  - {id: a, branch: {if: {«steps.a.outcome»: then}, then: b, else: b}}\n  - {id: b, email: t}",
            hint: "earlier"),
        .rules("missing-key", "icps: {a: {prefer: [«{»title: CEO}]}}", hint: "points"),
    ]

    private static let references: [FindingCase] = [
        .steps(
            "unknown-template", "  - {id: a, email: t}\n  - {id: b, email: «intr»}", hint: "\"intro\"",
            others: ["templates/intro.md": "---\nsubject: x\n---\n"]),
        .steps("unknown-template", "  - {id: a, email: {a: t, b: «zzzzzz»}}", hint: "templates/zzzzzz.md"),
        FindingCase(
            "unknown-mailbox", in: "sequences/s.yaml",
            "audience: any\nmailboxes: [ana, «anna»]\nsteps: [{id: a, email: t}]\nfinish: {none: over}\n",
            hint: "\"ana\""),
        FindingCase(
            "unknown-icp", in: "sequences/s.yaml",
            "audience: «founders»\nmailboxes: [ana]\nsteps: [{id: a, email: t}]\nfinish: {none: over}\n",
            hint: "qualification.yaml"),
        FindingCase(
            "unknown-sequence", in: "sequences/s.yaml",
            "audience: any\nmailboxes: [ana]\nsteps: [{id: a, email: t}]\nfinish: {nurture: «news»}\n",
            hint: "sequences/news.yaml"),
        FindingCase(
            "unknown-sequence", in: "sequences/s.yaml",
            "audience: any\nmailboxes: [ana]\nsteps: [{id: a, email: t}]\nfinish: {nurture: «s»}\n"),
        .rules("unknown-sequence", "nurture: {recycled: «news»}"),
        .settings(
            "missing-file", "calendar: {holidays: [{ics: «calendars/d.ics»}]}", hint: "calendars/de.ics",
            others: [
                "calendars/de.ics": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"
            ]),
        .mailbox("missing-file", "signature: «signatures/an.md»", hint: "ana.md", others: ["signatures/ana.md": "Ana"]),
        .mailbox("missing-file", "ca_file: «certs/absent.pem»"),
        .mailbox("path-outside", "signature: «../ana.md»"),
        .mailbox("path-outside", "signature: «/etc/passwd»"),
        FindingCase("duplicate-template", in: "templates/t.txt", "«»Hi\n"),
        FindingCase("unused-template", in: "templates/other.md", "«»Hi\n"),
        FindingCase(
            "unknown-owner", in: "stoke.yaml",
            head + "mailboxes: {ana: {owner: «anna», from: ana@acme.example}}\n", hint: "\"ana\""),
    ]

    private static let steps: [FindingCase] = [
        .steps("step-action", "  - {id: a, email: t, call: «t»}", hint: "two steps"),
        .steps("step-action", "  - {id: a, email: t}\n  - «{»id: b}"),
        .steps("duplicate-step", "  - {id: a, email: t}\n  - {id: «a», email: t}"),
        .steps(
            "unknown-step",
            three + "  - {id: c, branch: {if: {replied: true}, then: «lats», else: last}}\n  - {id: last, email: t}",
            hint: "\"last\""),
        .steps("unknown-step", "  - {id: a, email: t}\n  - {id: b, was: «a», email: t}"),
        .steps("unknown-step", "  - {id: intro, email: t}\n  - {id: b, thread: «itnro», email: t}", hint: "\"intro\""),
        .steps(
            "backward-jump",
            three + "  - {id: c, branch: {if: {replied: true}, then: «a», else: d}}\n  - {id: d, email: t}"),
        .steps("backward-jump", three + "  - {id: c, call: t, expire: 1d, on_expire: «c»}"),
        .steps("backward-jump", three + "  - {id: c, call: t, expire: 1d, outcomes: {voicemail: «b»}}"),
        .steps("backward-jump", "  - {id: a, email: t}\n  - {id: c, split: {«a»: 1, d: 1}}\n  - {id: d, email: t}"),
        .steps(
            "unreachable-step",
            "  - {id: a, email: t}\n  - {id: c, split: {d: 1, e: 1}}\n  - {id: «x», email: t}\n  - {id: d, email: t}\n  - {id: e, email: t}"
        ),
        .steps("bad-thread", "  - {id: a, call: t, expire: 1d}\n  - {id: b, email: t, thread: «a»}"),
        .steps("bad-thread", "  - {id: a, email: t, thread: «b»}\n  - {id: b, email: t}"),
        .steps("bad-thread", "  - {id: a, email: t, thread: «a»}"),
        .steps(
            "unguarded-message", three + "  - {id: c, linkedin: «{»message: t}, expire: 1d}", hint: "linkedin.connected"
        ),
        .steps(
            "unknown-outcome", "  - {id: a, call: t, expire: 1d, outcomes: {«voicemial»: next}}", hint: "\"voicemail\""),
        .steps("never-open", "  - {id: a, email: t, calendar: «{»days: sat}}", hint: "mon, tue"),
        FindingCase(
            "never-open", in: "sequences/s.yaml",
            "audience: any\nmailboxes: [ana]\ncalendar: «{»hours: 18:00-20:00}\nsteps: [{id: a, email: t}]\nfinish: {none: over}\n"
        ),
        .mailbox("never-open", "calendar: «{»days: sun}"),
    ]

    private static let rules: [FindingCase] = [
        .settings("no-way-out", "unsubscribe: {mailto: «false»}"),
        .rules("weak-gate", "gates: {sql: {framework: bant, «fit»: 60}}", hint: "mql"),
        .rules("no-nurture", "reasons: {recycled: «[»timing]}", hint: "nurture: {recycled"),
        .rules("no-nurture", "gates: {iql: «{»any: [form.download]}}"),
        .rules("out-of-range", "temperature: {warm: {enter: 20, leave: «30»}}"),
        .rules("out-of-range", "temperature: {warm: {enter: 70, leave: 12}, hot: «{»enter: 60, leave: 40}}"),
        .rules("wrong-value", "icps: {a: «{»auto_accept: 60}}"),
        .rules("wrong-value", "gates: {sql: {framework: «bent»}}", hint: "\"bant\""),
    ]

    private static let accounts: [FindingCase] = [
        FindingCase(
            "home-anywhere", in: "stoke.yaml",
            "home: «any»\n" + head
                + "mailboxes: {ana: {owner: ana, from: ana@acme.example, smtp: smtp://a.example, imap: none}}\n"),
        FindingCase(
            "home-anywhere", in: "stoke.yaml",
            "«t»imezone: Europe/Berlin\nsender: {company: Acme, postal_address: Berlin}\npeople: {ana: {name: Ana}}\nmailboxes: {ana: {owner: ana, from: ana@acme.example, smtp: smtp://a.example, imap: none}}\n"
        ),
        .mailbox("missing-key", "x").replacing("mailboxes: {ana: {owner", "home: h\nmailboxes: {ana: «{»owner")
            .replacing(
                "x}}", "smtp: smtp://a.example}}", hint: "imap: none"),
        .mailbox("plaintext", "smtp: smtp://mail.acme.example, imap: none, tls: «none»").withHome,
        .mailbox("missing-key", "password: «{»file: secrets/a}", hint: "user"),
        .mailbox("secret-here", "user: u, password: «hunter2»", hint: "secrets/"),
        .mailbox("secret-missing", "user: u, password: {file: «secrets/ana»}", hint: "chmod 600", secret: .missing),
        .mailbox("secret-readable", "user: u, password: {file: «secrets/ana»}", secret: .readable(mode: "644")),
        .mailbox("secret-tracked", "user: u, password: {file: «secrets/ana»}", hint: "git rm", secret: .tracked),
        .mailbox("secret-environment", "user: u, password: {env: «SECRET»}"),
    ]

    private func replacing(_ text: String, _ other: String, hint: String? = nil) -> FindingCase {
        let marked = source.replacing(text, with: other)
        return FindingCase(code, in: file, marked, hint: hint ?? self.hint, others: others, secret: secret)
    }

    private var withHome: FindingCase { replacing("timezone: Europe", "home: h\ntimezone: Europe") }
}
