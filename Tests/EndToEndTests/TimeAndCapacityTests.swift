import Foundation
import TestKit
import Testing

/// A lead of a team who does not believe what a plan says, with a small workspace and a pretend clock.
@Suite struct `Time and capacity by the binary` {
    private static let settings = """
        home: any
        timezone: Europe/Berlin
        sender: {company: Acme GmbH, postal_address: "Torstr. 1, 10119 Berlin, Germany"}
        people:
          ana: {name: Ana Pop, timezone: Europe/Berlin, tasks: 2/day, linkedin: {invites: 5/week, notes: 1/month}}
        calendar: {days: mon-fri, hours: "09:00-12:00, 13:30-17:00"}
        mailboxes:
          ana: {owner: ana, from: "Ana <ana@acme.example>", smtp: "maildir:outbox", imap: none, daily_cap: 6, gap: 20m}
        every: 30m
        person_gap: 20h

        """
    private static let sequence = """
        audience: any
        mailboxes: [ana]
        timezone: workspace
        recontact_after: 30d
        steps:
          - id: hello
            email: hello
          - id: bump
            after: 2 business days
            email: bump
            thread: hello
          - id: call
            after: 1 business day
            call: call
            expire: 2d
          - id: bye
            after: 1 business day
            email: bye
        finish: {none: "done"}

        """

    private let stoke: Stoke

    init() throws {
        stoke = try Stoke()
        try FileManager.default.createDirectory(atPath: stoke.path, withIntermediateDirectories: true)
        try write("stoke.yaml", Self.settings)
        try write("sequences/s.yaml", Self.sequence)
        for name in ["hello", "bump", "bye"] {
            try write("templates/\(name).md", "---\nsubject: \(name)\n---\nHi {{ first_name }}\n")
        }
        try write("templates/call.md", "Ask.\n")
        let zones = ["Asia/Kolkata", "Pacific/Apia", "Europe/Berlin"]
        let rows = (0..<9).map { "p\($0)@c\($0).example,P\($0),\(zones[$0 % 3]),+493012340\($0)" }
        try write("people.csv", "email,first_name,timezone,phone\n" + rows.joined(separator: "\n") + "\n")
    }

    private func write(_ name: String, _ text: String) throws { try stoke.folder.write("work/\(name)", text: text) }

    private func start(_ now: String) throws {
        for words in [["apply", "--yes"], ["import", "people.csv"], ["enroll", "s", "--all"]] {
            let output = try stoke.run(words, now: now)
            #expect(output.status == 0, "\(words): \(output.text)\(output.errors)")
        }
    }

    private func run(from start: String, hours: Int) throws {
        for turn in 0..<(2 * hours) { #expect(try stoke("run", now: instant(start, minutes: 30 * turn)).status == 0) }
    }

    private func instant(_ start: String, minutes: Int) -> String {
        let words = ISO8601DateFormatter()
        return words.string(from: (words.date(from: start) ?? .distantPast).addingTimeInterval(Double(60 * minutes)))
    }

    private func plan(_ term: String, _ now: String) throws -> [String: Any] {
        try #require(try stoke.json("plan", "--until", term, now: now) as? [String: Any])
    }

    private func emails(_ plan: [String: Any]) throws -> [[String: String]] {
        try #require(plan["emails"] as? [[String: String]])
    }

    /// The octets of everything that is the ledger.
    private func ledger() throws -> [String: Data] {
        let folder = stoke.path + "/.stoke"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasSuffix("-shm") }
        return try Dictionary(
            uniqueKeysWithValues: names.sorted().filter { !$0.hasSuffix("-wal") || size(folder + "/" + $0) > 0 }.map {
                ($0, try Data(contentsOf: URL(filePath: folder + "/" + $0)))
            })
    }

    private func size(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    @Test func `whoever only looks leaves no trace in the ledger, and a seed gives the same weeks again`() throws {
        let now = "2026-03-26T07:00:00Z"
        try start(now)
        let before = try ledger()
        let first = try stoke("simulate", "--days", "30", "--json", "--seed", "7", now: now)
        #expect(first.status == 0)
        #expect(try stoke("simulate", "--days", "30", "--json", "--seed", "7", now: now).text == first.text)
        #expect(try stoke("simulate", "--days", "30", "--json", "--seed", "8", now: now).text != first.text)
        for words in [
            ["plan", "--until", "9d"], ["plan", "--person", "p1@c1.example"], ["explain", "p1@c1.example"],
            ["plan", "--diff"], ["apply", "--dry-run"], ["status"],
        ] {
            #expect(try stoke.run(words, now: now).status == 0, "\(words)")
        }
        #expect(try ledger() == before)
    }

    @Test func `what plan said over the change of clocks is what runs did, in three zones`() throws {
        try stoke.edit("sequences/s.yaml") { $0.replacing("timezone: workspace", with: "timezone: prospect") }
        let now = "2026-03-27T18:00:00Z"
        try start(now)
        let planned = Set(try emails(plan("66h", now)).map { "\($0["person"] ?? "") \($0["at"] ?? "")" })
        try run(from: now, hours: 66)
        let lines = try stoke("export", "touchpoints", "--json", now: instant(now, minutes: 66 * 60)).text
        let events = try lines.split(separator: "\n").map {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
        }
        let ran = Set(
            events.filter { $0["kind"] as? String == "email.sent" }.map { "\($0["person"] ?? "") \($0["at"] ?? "")" })
        #expect(planned == ran, "\(planned.symmetricDifference(ran).sorted())")
        // Monday morning of Apia, Sunday evening here; Monday of Kolkata and of Berlin.
        #expect(ran.contains { $0.contains("2026-03-29T2") } && ran.contains { $0.contains("2026-03-30T0") })
    }

    @Test func `after four days without cron, overdue mails are held, and resume spreads them without a burst`() throws
    {
        try start("2026-03-09T08:00:00Z")
        try run(from: "2026-03-09T08:00:00Z", hours: 9)
        let back = "2026-03-16T08:00:00Z"
        #expect(try stoke("run", now: back).text.contains("6 held"))
        let held = try #require(try plan("2d", back)["held"] as? [[String: String]])
        #expect(held.count == 6 && held.allSatisfy { $0["reason"] == "late" }, "\(held)")
        #expect(try stoke("status", now: back).text.contains("stoke resume --spread"))
        let output = try stoke("resume", "--spread", "3 business days", now: back)
        #expect(output.status == 0 && output.text.contains("6 overdue"), "\(output.text)\(output.errors)")
        let people = Set(held.compactMap { $0["person"] })
        let bumps = try emails(plan("5d", back)).filter { $0["step"] == "bump" && people.contains($0["person"] ?? "") }
            .map { $0["at"] ?? "" }
        let days = Dictionary(grouping: bumps) { $0.prefix(10) }.mapValues(\.count)
        #expect(bumps.count == 6 && days.count >= 3 && days.values.allSatisfy { $0 <= 2 }, "\(bumps)")
        #expect(try stoke("ledger", "verify", now: back).status == 0)
        #expect(try stoke("explain", "p0@c0.example", now: back).text.contains("spread out after an outage"))
        #expect(try stoke("resume", "--spread", "soon", now: back).status == 64)
        #expect(try stoke("resume", "--spread", "3d", "p0@c0.example", now: back).errors.contains("release"))
        #expect(try stoke("resume", "ana", "--spread", "3d", now: back).text.contains("no mail is overdue"))
    }

    @Test func `an edit is shown by kind, with whom it affects and how, and exits with 2`() throws {
        let now = "2026-03-09T08:00:00Z"
        try start(now)
        try run(from: now, hours: 3)
        #expect(try stoke("plan", "--diff", "--detailed-exitcode", now: now).status == 0)
        try stoke.edit("sequences/s.yaml") {
            $0.replacing("id: bump\n", with: "id: nudge\n    was: bump\n")
                .replacing("after: 2 business days", with: "after: 3 business days")
                .replacing("  - id: call\n    after: 1 business day\n    call: call\n    expire: 2d\n", with: "")
        }
        try write("templates/bye.md", "---\nsubject: bye\n---\nBye {{ first_name }}\n")
        for words in [["plan", "--diff"], ["apply", "--dry-run"]] {
            let output = try stoke.run(words + ["--detailed-exitcode"], now: now)
            #expect(output.status == 2, "\(words)")
            for line in [
                "step bump is now nudge: 9 people get it under its new name",
                "step nudge, after 2 business days, now 3 business days: 9 people",
                "text of bye: 9 people get the new one", "- step call: 9 people will not get it",
            ] { #expect(output.text.contains(line), "\(line): \(output.text)") }
            #expect(try stoke.run(words, now: now).status == 0)
        }
        let json = try #require(try stoke.json("plan", "--diff", now: now) as? [String: Any])
        let kinds = try #require(json["changes"] as? [[String: Any]]).compactMap { $0["kind"] as? String }
        #expect(Set(kinds) == ["step_renamed", "step_changed", "text_changed", "step_removed"])
        #expect(json["would_change"] as? Bool == true)
        #expect(try stoke("apply", "--yes", "--detailed-exitcode", now: now).status == 2)
        #expect(try stoke("apply", "--yes", "--detailed-exitcode", now: now).status == 0)
        // Who has `hello` goes on with the step under its new name, and nobody gets it twice.
        let steps = try emails(plan("8d", instant(now, minutes: 180))).map {
            "\($0["person"] ?? "") \($0["step"] ?? "")"
        }
        #expect(Set(steps).count == steps.count && steps.contains { $0.hasSuffix("nudge") })
        #expect(!steps.contains { $0.hasSuffix("bump") })
    }

    @Test func `whose mailbox is gone waits, is counted, and never switches to another`() throws {
        let now = "2026-03-09T08:00:00Z"
        try start(now)
        try run(from: now, hours: 3)
        try stoke.edit("stoke.yaml") { $0.replacing("  ana: {owner", with: "  bob: {owner") }
        try stoke.edit("sequences/s.yaml") { $0.replacing("[ana]", with: "[bob]") }
        let later = instant(now, minutes: 180)
        #expect(try stoke("apply", "--yes", now: later).text.contains("bound to it wait until it is back"))
        let plan = try plan("9d", later)
        let stranded = try #require(plan["stranded"] as? [String: Int])["ana"] ?? 0
        #expect(stranded > 0)
        let sent = try emails(plan)
        #expect(sent.allSatisfy { $0["mailbox"] == "bob" })
        // Nobody is mailed by the new mailbox who had a mail from the old one.
        #expect(Set(sent.compactMap { $0["person"] }).count == 9 - stranded)
        #expect(try stoke("plan", now: later).text.contains("for mailbox ana, which is not in the applied files"))
        #expect(try stoke("status", now: later).text.contains("mailbox that is gone: ana"))
        let first = try #require(try first(of: "ana"))
        let explained = try stoke("explain", first, now: later).text
        #expect(explained.contains("mailbox ana is not in the applied files  <- binds"), "\(explained)")
    }

    /// Somebody whom a mailbox has written to.
    private func first(of mailbox: String) throws -> String? {
        let lines = try stoke("export", "touchpoints", "--json", now: "2026-03-09T12:00:00Z").text
        return try lines.split(separator: "\n").compactMap { line -> String? in
            let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
            return event["kind"] as? String == "email.sent" ? event["person"] as? String : nil
        }.first
    }

    @Test func `a paused sequence hides its tasks, and they come back with it`() throws {
        try start("2026-03-09T08:00:00Z")
        try stoke.edit("sequences/s.yaml") {
            $0.replacing("  - id: hello\n    email: hello\n", with: "")
                .replacing("    thread: hello\n", with: "").replacing("after: 2 business days\n", with: "after: 0h\n")
        }
        _ = try stoke("apply", "--yes", now: "2026-03-09T08:00:00Z")
        try run(from: "2026-03-09T08:00:00Z", hours: 9)
        let call = "2026-03-10T09:00:00Z"
        _ = try stoke("run", now: call)
        #expect(try stoke("tasks", now: call).text.contains("Calls"))
        #expect(try stoke("pause", "s", "--until", "2d", now: call).status == 0)
        #expect(!(try stoke("tasks", now: call).text.contains("Calls")))
        #expect(try stoke("resume", "s", now: call).status == 0)
        #expect(try stoke("tasks", now: call).text.contains("Calls"))
    }

    @Test func `explain puts the binding constraint first, and a simulation says which list is full`() throws {
        try stoke.edit("sequences/s.yaml") {
            $0.replacing("timezone: workspace", with: "timezone: prospect")
                .replacing(
                    "  - id: hello\n    email: hello\n",
                    with: "  - id: ask\n    call: call\n  - id: hello\n    after: 1h\n    email: hello\n")
        }
        let now = "2026-03-09T08:00:00Z"
        try start(now)
        let json = try #require(try stoke.json("explain", "p1@c1.example", now: now) as? [String: Any])
        let next = try #require((json["next"] as? [[String: Any]])?.first)
        let constraints = try #require(next["constraints"] as? [[String: Any]])
        let instants = constraints.map { $0["earliest"] as? String ?? "9999" }
        #expect(!constraints.isEmpty && instants == instants.sorted(by: >))
        let simulated = try stoke("simulate", "--days", "20", now: now)
        #expect(
            simulated.text.contains("tasks of ana") && simulated.text.contains("tasks a day on "), "\(simulated.text)")
        #expect(simulated.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func `whoever was contacted comes back only after recontact_after`() throws {
        let now = "2026-03-09T08:00:00Z"
        try start(now)
        try run(from: now, hours: 2)
        try write("sequences/t.yaml", Self.sequence)
        _ = try stoke("apply", "--yes", now: "2026-03-09T10:00:00Z")
        let busy = try stoke("enroll", "t", "--all", now: "2026-03-09T10:00:00Z").text
        #expect(busy.contains("9 not: in s, which is exclusive too"), "\(busy)")
        for person in 0..<9 {
            _ = try stoke("release", "p\(person)@c\(person).example", "--stop", now: "2026-03-09T10:00:00Z")
            _ = try stoke("touch", "p\(person)@c\(person).example", "--reply", "neutral", now: "2026-03-09T10:00:00Z")
            _ = try stoke(
                "touch", "p\(person)@c\(person).example", "disposition", "--outcome", "go_on",
                now: "2026-03-09T10:30:00Z")
        }
        let soon = try stoke("enroll", "t", "--all", "--dry-run", now: "2026-04-07T08:00:00Z").text
        let later = try stoke("enroll", "t", "--all", "--dry-run", now: "2026-04-09T08:00:00Z").text
        #expect(
            soon.contains("not: contacted less than 30 days ago") && later.contains("9 would enter"), "\(soon)\(later)")
    }
}
