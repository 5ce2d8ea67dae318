import CivilTime
import Interchange
import Ledger
import Outreach
import Planning
import Reports
import SQLiteLedger

/// How things stand: what waits for a person, with the command that deals with it, then sequences and mailboxes.
struct StatusReport {
    private struct SequenceLine {
        var name: String
        var steps: Int
        var active: Int
        var pause: Pause?
    }

    private struct MailboxLine {
        var name: String
        var sentToday: Int
        var cap: Int?
        var smtp: String
        var pause: Pause?
    }

    private let output: Output
    private let zone: Zone
    private let now: Instant
    private let counts: [String: Int]
    private let standings: StandingCounts
    private let held: [(reason: Hold.Reason, count: Int)]
    private let openTasks: Int
    private let lastRun: RunRecord?
    private let sequences: [SequenceLine]
    private let mailboxes: [MailboxLine]
    /// How many people wait for a mailbox that the applied files do not have.
    private let stranded: [(mailbox: String, count: Int)]
    private let staleness: String?

    init(_ office: Office) throws {
        let (store, now) = (office.store, office.now)
        (output, zone, self.now) = (office.desk.output, office.zone, now)
        counts = try store.counts()
        standings = try store.standingCounts()
        held = Dictionary(grouping: try store.held(limit: 100_000).compactMap(\.hold?.reason), by: \.self)
            .map { ($0.key, $0.value.count) }
            .sorted { ($1.count, $0.reason.rawValue) < ($0.count, $1.reason.rawValue) }
        openTasks = try store.openTasks(owner: nil).count { TaskDesk.isListed($0, at: now) }
        lastRun = try store.runs(limit: 1).first
        let pauses = try store.pauses(at: now)
        var stranded: [String: Int] = [:]
        sequences = try office.model.sequences.values.sorted { $0.name < $1.name }.map { sequence in
            let ways = try ActiveWays(of: sequence.name, in: store, office.model)
            stranded.merge(ways.stranded, uniquingKeysWith: +)
            return SequenceLine(
                name: sequence.name, steps: sequence.steps.count, active: ways.count,
                pause: pauses.first { $0.subject == .sequence(sequence.name) })
        }
        mailboxes = try office.model.mailboxes.values.sorted { $0.name < $1.name }.map { mailbox in
            let midnight = mailbox.timezone.start(of: mailbox.timezone.date(at: now))
            return MailboxLine(
                name: mailbox.name, sentToday: try store.fences(of: mailbox.name, since: midnight).count,
                cap: mailbox.dailyCap, smtp: mailbox.smtp,
                pause: pauses.first { $0.subject == .mailbox(mailbox.name) })
        }
        self.stranded = stranded.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        staleness = try WorkspaceState.staleness(office)
    }

    private func count(_ name: String) -> Int { counts[name] ?? 0 }

    // MARK: for people

    var text: String {
        var blocks = [([runLine, peopleLine] + standingLine).joined(separator: "\n")]
        let (waiting, sequences) = (waitingTable, sequenceTable)
        if !waiting.isEmpty { blocks.append(output.style.bold("Waiting for you") + "\n" + laidOut(waiting)) }
        blocks += [laidOut(sequences), laidOut(mailboxTable)]
        if let staleness { blocks.append("note: \(staleness)") }
        return blocks.joined(separator: "\n\n")
    }

    private func laidOut(_ table: Table) -> String {
        table.text(width: output.width, style: output.style).dropLastLineEnd
    }

    private var runLine: String {
        guard let lastRun else { return "no run yet; stoke cron says how" }
        let end = lastRun.ended.map { "ended \(Dates.moment($0, in: zone))" } ?? "under way, or cut off"
        return "last run \(end)" + (lastRun.exit.map { $0 == 0 ? " ok" : " failed" } ?? "")
    }

    private var peopleLine: String {
        guard count("people") > 0 else { return "nobody is imported yet; stoke import FILE.csv" }
        let parts = [("active", "in a sequence"), ("paused", "paused"), ("held", "held")]
            .compactMap { count($0.0) > 0 ? "\(Numbers.grouped(count($0.0))) \($0.1)" : nil }
        return ([Numbers.counted(count("people"), "person", "people")] + parts).joined(separator: " · ")
    }

    /// Whoever is more than a cold lead.
    private var standingLine: [String] {
        let stages = Stage.allCases.compactMap { stage in
            standings.stages[stage].map { "\(Numbers.grouped($0)) \(StatusReport.noun(stage, $0))" }
        }
        let warmth = [Temperature.hot, .warm].compactMap { temperature in
            standings.temperatures[temperature].map { "\(Numbers.grouped($0)) \(temperature.rawValue)" }
        }
        let all = stages + warmth
        return all.isEmpty ? [] : [all.joined(separator: " · ")]
    }

    private static func noun(_ stage: Stage, _ count: Int) -> String {
        switch stage {
        case .iql, .mql, .sql: stage.rawValue.uppercased() + (count == 1 ? "" : "s")
        case .lead, .prospect: stage.rawValue + (count == 1 ? "" : "s")
        case .opportunity: count == 1 ? "opportunity" : "opportunities"
        case .won, .lost, .recycled, .disqualified: stage.rawValue
        }
    }

    /// What only a person can settle, and how.
    private var waitingTable: Table {
        var table = Table(
            columns: [.init(alignment: .right), .init(minimum: 24), .init()], indent: 2)
        func add(_ number: Int, _ one: String, _ many: String, _ command: String) {
            guard number > 0 else { return }
            table.add(["\(Numbers.grouped(number))", "\(number == 1 ? one : many)", "\(command)"])
        }
        add(openTasks, "open task", "open tasks", "stoke tasks")
        let reasons = held.map { "\(Numbers.grouped($0.count)) \($0.reason.rawValue.replacing("_", with: " "))" }
            .joined(separator: ", ")
        let isLate = held.contains { $0.reason == .late }
        add(
            count("held"), "held: \(reasons)", "held: \(reasons)",
            isLate ? "stoke resume --spread 3d, or: stoke tasks" : "stoke tasks, then: stoke release")
        add(
            count("message.unknown"), "mail that may have arrived or not", "mails that may have arrived or not",
            "stoke resolve")
        add(standings.stages[.mql] ?? 0, "MQL for somebody to take on", "MQLs for somebody to take on", "stoke handoff")
        add(standings.stages[.lead] ?? 0, "lead to review", "leads to review", "stoke qualify")
        for (mailbox, count) in stranded {
            add(
                count, "person of a mailbox that is gone: \(mailbox)", "people of a mailbox that is gone: \(mailbox)",
                "put it back, then: stoke apply")
        }
        for line in mailboxes {
            if line.pause != nil { table.add(["1", "paused mailbox: \(line.name)", "stoke resume \(line.name)"]) }
        }
        for line in sequences {
            if line.pause != nil { table.add(["1", "paused sequence: \(line.name)", "stoke resume \(line.name)"]) }
        }
        return table
    }

    private var sequenceTable: Table {
        var table = Table(columns: [
            .init("sequence"), .init("active", alignment: .right), .init("steps", alignment: .right),
            .init(minimum: 10),
        ])
        for line in sequences {
            table.add([
                .init(line.name), .init(Numbers.grouped(line.active)), .init("\(line.steps)"),
                .init(words(line.pause), [.yellow]),
            ])
        }
        return table
    }

    private var mailboxTable: Table {
        var table = Table(columns: [
            .init("mailbox"), .init("today", alignment: .right), .init("cap", alignment: .right),
            .init("mail goes to", minimum: 12), .init(minimum: 10),
        ])
        for line in mailboxes {
            table.add([
                .init(line.name), .init(Numbers.grouped(line.sentToday)),
                .init(line.cap.map(Numbers.grouped) ?? "none"),
                .init(line.smtp), .init(words(line.pause), [.yellow]),
            ])
        }
        return table
    }

    private func words(_ pause: Pause?) -> String {
        guard let pause else { return "" }
        let end = pause.until.map { " until \(Dates.moment($0, in: zone))" } ?? ""
        return "paused\(end)" + (pause.reason.isEmpty ? "" : ": \(pause.reason)")
    }

    // MARK: for programs

    var json: JSON {
        [
            "at": .string(now.description), "last_run": lastRun.map(json) ?? .null,
            "people": .integer(count("people")), "active": .integer(count("active")),
            "paused": .integer(count("paused")),
            "held": .object(JSONObject(held.map { ($0.reason.rawValue, .integer($0.count)) })),
            "stranded": numbers(stranded.map { ($0.mailbox, $0.count) }),
            "unknown": .integer(count("message.unknown")), "open_tasks": .integer(openTasks),
            "stages": numbers(Stage.allCases.map { ($0.rawValue, standings.stages[$0]) }),
            "temperatures": numbers(Temperature.allCases.map { ($0.rawValue, standings.temperatures[$0]) }),
            "sequences": .array(
                sequences.map { line in
                    [
                        "name": .string(line.name), "active": .integer(line.active), "steps": .integer(line.steps),
                        "paused": line.pause.map(json) ?? .null,
                    ]
                }),
            "mailboxes": .array(
                mailboxes.map { line in
                    [
                        "name": .string(line.name), "sent_today": .integer(line.sentToday),
                        "cap": line.cap.map(JSON.integer) ?? .null, "smtp": .string(line.smtp),
                        "paused": line.pause.map(json) ?? .null,
                    ]
                }),
            "files_changed": .bool(staleness != nil),
        ]
    }

    private func numbers(_ members: [(String, Int?)]) -> JSON {
        .object(JSONObject(members.map { ($0.0, .integer($0.1 ?? 0)) }))
    }

    private func json(_ run: RunRecord) -> JSON {
        [
            "began": .string(run.began.description), "ended": run.ended.map { .string($0.description) } ?? .null,
            "exit": run.exit.map { .integer(Int($0)) } ?? .null,
        ]
    }

    private func json(_ pause: Pause) -> JSON {
        ["until": pause.until.map { .string($0.description) } ?? .null, "reason": .string(pause.reason)]
    }
}
