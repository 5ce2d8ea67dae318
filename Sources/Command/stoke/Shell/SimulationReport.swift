import CivilTime
import Delivery
import Interchange
import Ledger
import Outreach
import Planning
import Reports

/// A simulation as people and programs read it.
struct SimulationReport {
    let office: Office
    let tally: SimulationTally
    let rates: SimulatedWorld<MemoryStore>.Rates
    let seed: Int
    let until: Instant

    private var zone: Zone { office.zone }
    private var days: [LocalDate] { Set(tally.mailboxes.keys).union(tally.tasks.keys).sorted() }
    private var mailboxes: [String] { Set(tally.mailboxes.values.flatMap(\.keys)).sorted() }
    private var owners: [String] { Set(tally.tasks.values.flatMap(\.keys)).sorted() }

    // MARK: for people

    var text: String {
        guard !days.isEmpty else { return "nothing until \(Dates.full(zone.date(at: until)))" }
        return (summary + [""] + mails + [""] + tasks + binding).joined(separator: "\n")
    }

    private var summary: [String] {
        let percents = [("replies", rates.reply), ("bounces", rates.bounce), ("acceptances", rates.accept)]
            .map { "\($0) \(Numbers.percent($1))" }.joined(separator: ", ")
        var lines = [
            "until \(Dates.full(zone.date(at: until)))  \(percents)  seed \(seed)",
            "\(Numbers.counted(tally.sent, "mail")), \(Numbers.counted(tally.tasksOpened, "task"))",
        ]
        if tally.notBegun > 0 {
            lines.append("\(Numbers.grouped(tally.notBegun)) people still wait to begin by then")
        } else if let begin = tally.lastBegin {
            lines.append("everybody has begun by \(Dates.full(zone.date(at: begin)))")
        }
        if tally.active > 0 {
            let held = tally.held == 0 ? "" : ", \(Numbers.grouped(tally.held)) of them held"
            lines.append("\(Numbers.grouped(tally.active)) are still on their way then\(held)")
        } else if let end = tally.lastEnd {
            lines.append("the list is finished on \(Dates.full(zone.date(at: end)))")
        }
        return lines
    }

    /// At most five columns; more mailboxes are one.
    private var mails: [String] {
        let names = mailboxes
        let groups = names.count > 5 ? [("mails", names)] : names.map { ($0, [$0]) }
        let most = days.map { sent(on: $0, names) }.max() ?? 1
        var lines = ["mails a day" + groups.map { Sink.line($0.0).prefix(7).description.leftPadded(to: 8) }.joined()]
        for day in days where sent(on: day, names) > 0 {
            let cells = groups.map { String(sent(on: day, $0.1)).leftPadded(to: 8) }.joined()
            lines.append(row(day, cells, share: Double(sent(on: day, names)) / Double(most)))
        }
        return lines
    }

    private var tasks: [String] {
        let names = owners
        guard !names.isEmpty else { return [] }
        let groups = names.count > 5 ? [("tasks", names)] : names.map { ($0, [$0]) }
        let most = days.map { opened(on: $0, names) }.max() ?? 1
        var lines = ["tasks a day" + groups.map { Sink.line($0.0).prefix(7).description.leftPadded(to: 8) }.joined()]
        for day in days where opened(on: day, names) > 0 {
            let cells = groups.map { String(opened(on: day, $0.1)).leftPadded(to: 8) }.joined()
            lines.append(row(day, cells, share: Double(opened(on: day, names)) / Double(most)))
        }
        return lines + [""]
    }

    private func row(_ day: LocalDate, _ cells: String, share: Double) -> String {
        let label = Dates.weekday(day)
        let head = label + String(repeating: " ", count: max(11 - label.count, 0)) + cells + "  "
        return head + Numbers.bar(share, cells: max(office.desk.output.width - head.count, 4))
    }

    /// `ana      daily_cap on 12 days, ramp on 4 days`, mailboxes before the owners whose lists have limits.
    private var binding: [String] {
        let senders = mailboxes.map { name in
            (name, tally.mailboxes.values.compactMap { $0[name]?.bound }.map(SimulationReport.words))
        }
        let limited = office.model.owners.values.filter { $0.hasLimits }.map(\.key).sorted()
        let lists = limited.map { name in
            ("tasks of \(name)", tally.fullLists.values.compactMap { $0[name] }.map(SimulationReport.words))
        }
        let width = (senders + lists).map { Sink.line($0.0).count }.max() ?? 0
        let lines = (senders + lists).map { name, bounds in
            let counts = Dictionary(grouping: bounds, by: \.self).mapValues(\.count)
                .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let words = counts.map { "\($0.key) on \(Numbers.counted($0.value, "day"))" }
            let text = words.isEmpty ? "nothing; nobody waits" : words.joined(separator: ", ")
            return "  \(Sink.line(name).padding(to: width + 2))\(text)"
        }
        return ["what binds"] + lines
    }

    private static func words(_ limit: Constraint.Kind) -> String {
        switch limit {
        case .tasksPerDay: "tasks a day"
        case .invites: "linkedin invites a week"
        case .notes: "linkedin notes a month"
        default: limit.rawValue
        }
    }

    private static func words(_ bound: SimulationTally.Bound) -> String {
        switch bound {
        case .dailyCap: "daily_cap"
        case .ramp: "ramp"
        case .hourlyCap: "hourly_cap"
        case .gap: "gap"
        case .followUps: "places kept for follow-ups"
        }
    }

    private func sent(on day: LocalDate, _ names: [String]) -> Int {
        names.reduce(0) { $0 + (tally.mailboxes[day]?[$1]?.sent ?? 0) }
    }

    private func opened(on day: LocalDate, _ names: [String]) -> Int {
        names.reduce(0) { $0 + (tally.tasks[day]?[$1] ?? 0) }
    }

    // MARK: for programs

    var json: JSON {
        [
            "until": .string(until.description), "seed": .integer(seed),
            "rates": [
                "reply": .decimal(rates.reply), "bounce": .decimal(rates.bounce), "accept": .decimal(rates.accept),
            ],
            "mails": .integer(tally.sent), "tasks": .integer(tally.tasksOpened),
            "ended": .object(JSONObject(tally.ended.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })),
            "active": .integer(tally.active), "not_begun": .integer(tally.notBegun),
            "held": .integer(tally.held),
            "last_begin": tally.lastBegin.map { .string($0.description) } ?? .null,
            "last_end": tally.lastEnd.map { .string($0.description) } ?? .null,
            "days": .array(days.map(day)),
        ]
    }

    private func day(_ day: LocalDate) -> JSON {
        let mailboxes = (tally.mailboxes[day] ?? [:]).sorted { $0.key < $1.key }.map { name, entry -> JSON in
            [
                "mailbox": .string(name), "sent": .integer(entry.sent), "new": .integer(entry.toNewPeople),
                "bound": entry.bound.map { .string($0.rawValue) } ?? .null,
            ]
        }
        let tasks = (tally.tasks[day] ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, JSON.integer($0.value)) }
        return [
            "day": .string(day.description), "mailboxes": .array(mailboxes), "tasks": .object(JSONObject(tasks)),
            "full_lists": .object(
                JSONObject(
                    (tally.fullLists[day] ?? [:]).sorted { $0.key < $1.key }.map {
                        ($0.key, .string($0.value.rawValue))
                    }
                )),
        ]
    }
}
