import Arguments
import CivilTime
import Diagnostics
import Host
import Interchange
import Ledger
import Messages
import Outreach
import Planning
import Reports
import SQLiteLedger

/// What people do to tasks from the command line: done, skipped, snoozed, edited, synchronised.
struct TaskChanges {
    let office: Office
    private let board: TaskBoard
    private let hand: TaskHand

    init(_ office: Office) {
        self.office = office
        board = TaskBoard(office)
        hand = TaskHand(office, board)
    }

    private var invocation: Invocation { office.desk.invocation }
    private var output: Output { office.desk.output }

    func run() throws -> ExitStatus {
        switch invocation.words.dropFirst().first {
        case "done": try done(board.items(invocation.values("CODE")))
        case "skip":
            for item in try board.items(invocation.values("CODE")) {
                try hand.skip(item, note: invocation.value("--note"))
                say(item, "skipped")
            }
        case "snooze": try snooze(board.items(invocation.values("CODE")))
        case "edit": try edit(board.items(invocation.values("CODE")))
        case "sync": return try sync(invocation.value("FILE") ?? "")
        default: break
        }
        return .fine
    }

    private func say(_ item: TaskListing.Item, _ what: String) {
        output.print("\(item.code)  \(what)  \(Sink.line(item.person))")
    }

    // MARK: done

    /// Everything is judged before anything is recorded.
    private func done(_ items: [TaskListing.Item]) throws {
        let evidence = try EvidenceEntry.all(invocation)
        guard evidence.isEmpty || items.count == 1 else {
            throw invocation.refusal("evidence is one person's: name one task")
        }
        let date = try day()
        let decided = try items.map { item in
            (item: item, outcome: try outcome(of: item), at: try moment(date, item))
        }
        var done = TasksDone(office)
        defer { if office.desk.wantsJSON { output.print(done.json) } }
        for one in decided {
            try hand.finish(one.item, one.outcome, note: invocation.value("--note"), at: one.at)
            let next = one.item.group == .answers ? TaskChanges.next(one.outcome, one.item) : nil
            done.add(one.item, one.outcome, next: next)
            if !office.desk.wantsJSON { say(one.item, one.outcome) }
            try CallNotes(office, one.item)?.take(evidence)
            done.evidence = evidence
            if let next, !office.desk.wantsJSON { output.print("      next: \(next)") }
        }
    }

    private func outcome(of item: TaskListing.Item) throws -> String {
        guard let outcome = invocation.value("--outcome") ?? item.usualOutcome else {
            throw invocation.refusal(
                "\(item.code) needs to be told what came of it",
                hint: "--outcome \(item.outcomes.joined(separator: "|"))")
        }
        guard item.outcomes.contains(outcome) else {
            let finding = TaskMatch.unknownOutcome(outcome, item, at: nil)
            throw Failure(finding.message, hint: finding.hint)
        }
        return outcome
    }

    /// The command that carries a decision after an answer out.
    private static func next(_ outcome: String, _ item: TaskListing.Item) -> String {
        let person = Sink.line(item.person)
        return switch outcome {
        case "go_on": "stoke resume \"\(person)\""
        case "nurture": "stoke enroll SEQUENCE \"\(person)\""
        case "disqualify": "stoke qualify \"\(person)\" --reject REASON"
        default: "stoke touch \"\(person)\" disposition, once it is decided"
        }
    }

    /// What `--on` says.
    private func day() throws -> Instant? {
        guard let text = invocation.value("--on") else { return nil }
        guard let at = Desk.instant(text, in: office.zone), at <= office.now else {
            throw invocation.refusal("--on: \(text) is no date that has come", hint: "2026-03-12")
        }
        return at
    }

    /// When it was done: now, or the day that `--on` says, but never before the task was there.
    private func moment(_ day: Instant?, _ item: TaskListing.Item) throws -> Instant {
        guard let day, case .task(let id) = item.subject, let task = try office.store.task(id) else {
            return day ?? office.now
        }
        guard office.zone.date(at: day) >= office.zone.date(at: task.openedAt) else {
            throw invocation.refusal(
                "--on: \(item.code) is on the list only since \(Dates.short(office.zone.date(at: task.openedAt)))",
                hint: "that day, or a later one")
        }
        return max(day, task.openedAt)
    }

    // MARK: the others

    private func snooze(_ items: [TaskListing.Item]) throws {
        let until = try Desk.coming(invocation.value("--until") ?? "", office) {
            invocation.refusal("--until: \($0) is no time to come", hint: "2d, 2026-03-12")
        }
        for item in items {
            try hand.snooze(item, until: until)
            say(item, "until \(Dates.moment(until, in: office.zone))")
        }
    }

    private func edit(_ items: [TaskListing.Item]) throws {
        guard let item = items.first else { return }
        let before = try board.editable(item)
        let text = try invocation.value("--text") ?? Editor(office.desk).edit(before, name: "\(item.code)")
        guard text != before else {
            output.print("\(item.code)  unchanged")
            return
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw Failure("the text is empty; nothing was changed", hint: "stoke tasks skip \(item.code) leaves it out")
        }
        try hand.edit(item, text)
        say(item, "edited for")
        if let after = try board.items([item.code.full]).first, after.isTooLong, let length = after.length {
            output.warn("\(length) characters: LinkedIn will not take it all")
        }
    }

    /// Reads ticks back; one that was recorded before is no news.
    private func sync(_ file: String) throws -> ExitStatus {
        let bytes = try Files.read(file, limit: 16 << 20)
        let sheet =
            file.lowercased().hasSuffix(".csv")
            ? TaskSheet(csv: bytes, file: file)
            : TaskSheet(markdown: String(decoding: bytes, as: UTF8.self), file: file)
        let match = TaskMatch(
            sheet, try board.listing(owner: nil).items, closed: try board.closed(sheet), in: office.zone)
        output.show(match.findings)
        var done = TasksDone(office)
        defer { if office.desk.wantsJSON { output.print(done.json(of: file, match)) } }
        for one in match.done {
            try hand.finish(one.item, one.outcome, note: one.note, at: office.now)
            done.add(one.item, one.outcome)
            if office.desk.wantsJSON { continue }
            say(one.item, one.outcome)
            if let reminder = try CallNotes(office, one.item)?.reminder { output.print(reminder) }
        }
        if !office.desk.wantsJSON { output.print("\(match.done.count) recorded, \(match.known) recorded before") }
        return match.findings.contains { $0.severity == .error } ? .findings : .fine
    }
}

extension Desk {
    /// A moment to come: `2d`, a date, an instant.
    ///
    /// - Throws: what `refusal` makes of a text that is none.
    static func coming(_ text: String, _ office: Office, refusal: (String) -> any Error) throws -> Instant {
        let until =
            Delay(text).map { Windows([], days: office.zone).deadline($0, since: office.now) }
            ?? Desk.instant(text, in: office.zone)
        guard let until, until > office.now else { throw refusal(text) }
        return until
    }
}
