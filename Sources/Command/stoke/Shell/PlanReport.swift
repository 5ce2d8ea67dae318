import CivilTime
import Delivery
import Facts
import Interchange
import Ledger
import Messages
import Outreach
import Planning
import Reports
import SQLiteLedger

/// A plan as people and programs read it.
struct PlanReport {
    let office: Office
    let entries: [Forecast<MemoryStore>.Entry]
    /// How many enter each sequence by rule until then.
    let entered: [String: Int]
    /// The ledger as it will be then.
    let store: MemoryStore
    let until: Instant

    /// One email of the plan.
    private struct Send {
        var at: Instant
        var draft: Draft
    }

    private var sends: [Send] {
        entries.compactMap { entry in
            if case .send(let draft) = entry.decision { Send(at: entry.at, draft: draft) } else { nil }
        }
    }

    private var tasks: [(at: Instant, task: OutreachTask)] {
        entries.compactMap { entry in
            if case .open(let task) = entry.decision { (entry.at, task) } else { nil }
        }
    }

    // MARK: for people

    func text() throws -> String {
        var lines: [String] = []
        let zone = office.zone
        let days = Dictionary(grouping: entries) { zone.date(at: $0.at) }
        for (day, _) in days.sorted(by: { $0.key < $1.key }) {
            let block = try self.day(day)
            if !block.isEmpty { lines += ["", Dates.weekday(day)] + block }
        }
        lines += try held()
        if !entered.isEmpty { lines += ["", "entering by rule: \(RuleEntry.words(entered))"] }
        if lines.isEmpty { return "nothing until \(Dates.moment(until, in: zone))" }
        if let stale = try WorkspaceState.staleness(office) { lines += ["", "note: \(stale)"] }
        return lines.drop { $0.isEmpty }.joined(separator: "\n")
    }

    private func day(_ day: LocalDate) throws -> [String] {
        let zone = office.zone
        var lines: [String] = []
        for (mailbox, own) in Dictionary(grouping: sends.filter { zone.date(at: $0.at) == day }, by: \.draft.mailbox)
            .sorted(by: { $0.key < $1.key })
        {
            let fresh = own.count { $0.draft.history.messages.isEmpty }
            lines.append("  \(mailbox)  \(Numbers.counted(own.count, "mail")), \(fresh) to new people")
            var table = Table(
                columns: [.init(), .init(minimum: 16), .init(minimum: 12), .init(minimum: 10)], indent: 4)
            for send in own.prefix(12) { table.add(row(send)) }
            if own.count > 12 { table.add(note: "and \(own.count - 12) more (--json lists all)") }
            lines.append(table.text(width: office.desk.output.width, style: office.desk.output.style).dropLastLineEnd)
        }
        let opened = tasks.filter { zone.date(at: $0.at) == day }
        for (owner, own) in Dictionary(grouping: opened, by: \.task.owner).sorted(by: { $0.key < $1.key }) {
            let kinds = Dictionary(grouping: own, by: \.task.kind).sorted { $0.key.rawValue < $1.key.rawValue }
            let list = kinds.map { "\($0.value.count) \($0.key.rawValue)" }.joined(separator: ", ")
            lines.append("  \(owner)  \(Numbers.counted(own.count, "task")): \(list)")
        }
        return lines
    }

    private func row(_ send: Send) -> [Table.Cell] {
        let person = send.draft.history.person
        let company = person.facts[path: ["company", "name"]]?.plainText ?? ""
        return [
            .init(Dates.time(send.at, in: office.zone)), .init(person.displayName), .init(company),
            .init("\(send.draft.sequence)/\(send.draft.step.id)"),
        ]
    }

    // MARK: who waits

    /// Somebody who is held at the end of the plan.
    private struct Held {
        var person: Person
        var enrollment: Enrollment
        var hold: Hold
    }

    /// At most so many are named; the rest are counted.
    private var most: Int { 1000 }

    private func heldPeople() throws -> [Held] {
        try store.held(limit: most).compactMap { enrollment in
            guard let hold = enrollment.hold, let person = try store.person(enrollment.person) else { return nil }
            return Held(person: person, enrollment: enrollment, hold: hold)
        }.sorted { ($0.hold.reason.rawValue, $0.person.key) < ($1.hold.reason.rawValue, $1.person.key) }
    }

    /// Who waits with a reason at the end of the plan, and how many wait for a place.
    private func held() throws -> [String] {
        let held = try heldPeople()
        var lines: [String] = []
        if !held.isEmpty {
            lines += ["", "held"]
            var table = Table(columns: [.init(minimum: 16), .init(minimum: 12), .init(minimum: 20)], indent: 4)
            for one in held.prefix(12) {
                table.add([
                    .init(one.person.displayName), .init(one.enrollment.sequence), .init(HoldText.words(one.hold)),
                ])
            }
            if held.count > 12 { table.add(note: "and \(held.count - 12) more (--json lists all)") }
            lines.append(table.text(width: office.desk.output.width, style: office.desk.output.style).dropLastLineEnd)
        }
        for (mailbox, count) in try ActiveWays(in: store, office.model).stranded.sorted(by: { $0.key < $1.key }) {
            let people = "\(Numbers.people(count)) \(count == 1 ? "waits" : "wait")"
            lines += ["", "\(people) for mailbox \(Sink.line(mailbox)), which is not in the applied files"]
        }
        let waiting = try waiting()
        if waiting.fresh + waiting.followUps > 0 {
            let words = [(waiting.fresh, "new", "for a place"), (waiting.followUps, "on their way", "for a slot")]
                .filter { $0.0 > 0 }.map { "\(Numbers.grouped($0.0)) \($0.1) \($0.2)" }
            lines += ["", "waiting then  " + words.joined(separator: ", ") + " (stoke explain PERSON says why)"]
        }
        return lines
    }

    /// People who are due at the end, but found no place in a mailbox until then.
    private func waiting() throws -> (fresh: Int, followUps: Int) {
        var (fresh, followUps) = (0, 0)
        for sequence in office.model.sequences.keys {
            fresh += try store.dueCount(Lane(sequence: sequence, mailbox: nil, queue: .fresh), at: until)
            for mailbox in office.model.mailboxes.keys {
                followUps += try store.dueCount(
                    Lane(sequence: sequence, mailbox: mailbox, queue: .followUp), at: until)
            }
        }
        return (fresh, followUps)
    }

    /// What one person will get, mails rendered.
    func text(of person: Person, _ templates: TemplateLibrary) throws -> String {
        var lines = ["\(Sink.line(person.displayName)), until \(Dates.moment(until, in: office.zone))"]
        let own = try store.history(of: person.id).enrollments.map(\.id)
        for entry in entries {
            guard let id = entry.decision.enrollment, own.contains(id) else { continue }
            let when = Dates.moment(entry.at, in: office.zone)
            switch entry.decision {
            case .send(let draft):
                lines.append("\n\(when)  email \(draft.step.id) from \(draft.mailbox)")
                if case .rendered(let rendered) = templates.email(draft, at: entry.at, unsubscribeURL: nil) {
                    lines.append("Subject: \(rendered.subject ?? draft.thread.last?.subject.map { "Re: \($0)" } ?? "")")
                    lines.append(Sink.lines(rendered.text))
                }
            case .open(let task): lines.append("\n\(when)  task \(task.kind.rawValue) for \(task.owner) (\(task.step))")
            case .record(let result): lines.append("\n\(when)  \(result.step): \(result.result)")
            case .wake(_, _, _, let hold?): lines.append("\n\(when)  held: \(HoldText.words(hold))")
            case .end(_, let state, let reason): lines.append("\n\(when)  \(state.rawValue): \(reason)")
            default: break
            }
        }
        return lines.count == 1 ? lines[0] + ": nothing" : lines.joined(separator: "\n")
    }

    // MARK: for programs

    func json() throws -> JSON {
        let mails = sends.map { send -> JSON in
            [
                "at": .string(send.at.description), "person": .string(send.draft.history.person.key),
                "sequence": .string(send.draft.sequence), "step": .string(send.draft.step.id),
                "mailbox": .string(send.draft.mailbox), "variant": .string(send.draft.variant.arm),
            ]
        }
        let tasks = try tasks.map { at, task -> JSON in
            let enrollment = try store.enrollment(task.enrollment)
            let person = try enrollment.flatMap { try store.person($0.person) }
            return [
                "at": .string(at.description), "owner": .string(task.owner), "kind": .string(task.kind.rawValue),
                "person": .text(person?.key), "sequence": .text(enrollment?.sequence), "step": .string(task.step),
            ]
        }
        let held = try heldPeople().map { one -> JSON in
            [
                "person": .string(one.person.key), "sequence": .string(one.enrollment.sequence),
                "reason": .string(one.hold.reason.rawValue), "detail": .string(one.hold.detail),
            ]
        }
        let waiting = try waiting()
        return [
            "until": .string(until.description), "emails": .array(mails), "tasks": .array(tasks),
            "held": .array(held),
            "stranded": .object(
                JSONObject(
                    try ActiveWays(in: store, office.model).stranded.sorted { $0.key < $1.key }.map {
                        ($0.key, .integer($0.value))
                    })),
            "entering": .object(
                JSONObject(entered.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })),
            "waiting": ["new": .integer(waiting.fresh), "follow_ups": .integer(waiting.followUps)],
        ]
    }
}

extension String {
    /// The text without one line end at its end.
    var dropLastLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
}
