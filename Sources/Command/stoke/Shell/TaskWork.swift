import Arguments
import CivilTime
import Host
import Interchange
import Outreach
import Reports
import SQLiteLedger

/// `tasks work`: one task after the other, a key a decision.
struct TaskWork {
    private let office: Office
    private let board: TaskBoard
    private let hand: TaskHand
    private let prompt: TaskPrompt
    private let quotas: [TaskListing.Quota]
    private let ending: [String]
    private var round: TaskRound
    private var isOver = false
    private var signal: Int32?

    init(_ office: Office) throws {
        self.office = office
        board = TaskBoard(office)
        hand = TaskHand(office, board)
        let listing = try board.listing(owner: office.desk.invocation.value("--owner"))
        quotas = listing.quotas
        ending = listing.ending
        round = TaskRound(listing.groups(by: office.desk.grouping).flatMap(\.items))
        prompt = TaskPrompt.open(office.desk)
    }

    private var output: Output { office.desk.output }

    /// Works until all are decided, or somebody has had enough; then says what was done.
    mutating func run() throws -> ExitStatus {
        defer { prompt.close() }
        if round.count == 0 {
            output.print(ending.joined(separator: "\n"))
            return .fine
        }
        repeat {
            while !isOver, let item = round.current { try work(item) }
        } while !isOver && isTakingBackTheLast()
        write(round.take())
        prompt.close()
        output.print("\n\(round.summary)")
        for one in round.settled {
            output.print("  \(line(one))")
            if let reminder = try CallNotes(office, one.item)?.reminder { output.print(reminder) }
        }
        if let signal { KeyTerminal.obey(signal) }
        return .fine
    }

    /// Behind the last task, its decision can still be taken back.
    private mutating func isTakingBackTheLast() -> Bool {
        guard case .keys = prompt, let last = round.pending else { return false }
        guard case .wish(.undo) = prompt.ask("that was the last one; u takes it back", last.item, output) else {
            return false
        }
        undo()
        return true
    }

    private func line(_ one: TaskRound.Settled) -> String {
        "\(one.item.code)  \(one.decision.word)  \(Sink.line(one.item.person))"
    }

    // MARK: one task

    private mutating func work(_ item: TaskListing.Item) throws {
        guard try isOpen(item) else {
            output.print("\(item.code)  ended meanwhile  \(Sink.line(item.person))")
            round.replace(with: nil)
            return
        }
        output.print(card(item).text(position: round.position, quotas: quotas))
        output.print(card(item).keys(canUndo: round.pending != nil))
        let count = round.left
        while !isOver, let current = round.current, current.code == item.code, round.left == count {
            let before = round.position
            try answer(prompt.ask("\(item.code)", item, output), current)
            if round.position != before { return }
        }
    }

    private func isOpen(_ item: TaskListing.Item) throws -> Bool {
        guard case .task(let id) = item.subject else { return true }
        return try office.store.task(id)?.state == .open
    }

    private func card(_ item: TaskListing.Item) -> TaskCard {
        let zone = office.model.owners[item.owner]?.timezone ?? office.zone
        let width = Terminal.standardOutput(office.desk.environment)
        return TaskCard(item: item, zone: zone, width: width.isTerminal ? width.columns : 80, style: output.style)
    }

    private mutating func answer(_ answer: TaskPrompt.Answer, _ item: TaskListing.Item) throws {
        switch answer {
        case .wish(let wish): try fulfil(wish, item)
        case .unknown(let text):
            output.print("  \(text.isEmpty ? "that key" : Sink.line(text)) means nothing here; ? helps")
        case .redraw:
            output.print(card(item).text(position: round.position, quotas: quotas))
            output.print(card(item).keys(canUndo: round.pending != nil))
        case .over(let signal):
            self.signal = signal
            isOver = true
        }
    }

    private mutating func fulfil(_ wish: TaskWish, _ item: TaskListing.Item) throws {
        switch wish {
        case .copy: copy(item.text, "the text")
        case .open: open(item)
        case .history: output.print(card(item).history)
        case .note: if let note = prompt.text("note", output) { keep(note) }
        case .noted(let note): keep(note)
        case .edit: try edit(item)
        case .snooze: if let until = prompt.text("until (2d, 2026-03-12)", output) { snooze(item, until) }
        case .snoozed(let until): snooze(item, until)
        case .skip: decide(.skipped(note: round.note), item)
        case .outcome(let outcome): decide(.done(outcome: outcome, note: round.note), item)
        case .undo: undo()
        case .next: round.pass()
        case .back: round.goBack()
        case .help: output.print(TaskCard.help(output.style))
        case .quit: isOver = true
        }
    }

    // MARK: what a key does

    private func copy(_ text: String?, _ what: String) {
        guard let text else { return output.print("  there is nothing to copy") }
        guard output.results.isTerminal else { return output.print("  a clipboard needs a terminal") }
        output.show(Clipboard(environment: office.desk.environment).copy(text))
        output.print("  copied \(what)")
    }

    private func open(_ item: TaskListing.Item) {
        guard let link = item.link else { return output.print("  there is no page to open") }
        if Browser(environment: office.desk.environment).open(link) { return output.print("  opened") }
        output.print("  no browser here: \(Sink.line(link))")
        if output.results.isTerminal { copy(link, "its address") }
    }

    private mutating func keep(_ note: String) {
        round.note = note
        output.print("  noted, for the outcome")
    }

    private mutating func edit(_ item: TaskListing.Item) throws {
        guard case .task = item.subject, item.text != nil else { return output.print("  there is no text to edit") }
        do {
            let before = try board.editable(item)
            let after = try prompt.lending { try Editor(office.desk).edit(before, name: "\(item.code)") }
            guard after != before, after.contains(where: { !$0.isWhitespace }) else {
                return output.print("  unchanged")
            }
            try hand.edit(item, after)
            round.replace(with: try board.items([item.code.full]).first)
            if let now = round.current {
                output.print(card(now).text(position: round.position, quotas: quotas))
            }
        } catch {
            output.show(Words.failure(error))
        }
    }

    private mutating func snooze(_ item: TaskListing.Item, _ text: String) {
        do {
            let until = try Desk.coming(text, office) {
                Failure("\($0) is no time to come", hint: "2d, 2026-03-12")
            }
            decide(.snoozed(until: until), item)
        } catch {
            output.show(Words.failure(error))
        }
    }

    /// Holds the decision back until the next one, and writes the one before it down.
    private mutating func decide(_ decision: TaskRound.Decision, _ item: TaskListing.Item) {
        let isTask = if case .task = item.subject { true } else { false }
        if case .done = decision {
        } else if !isTask {
            return output.print("  this can't be \(decision.word); choose an outcome")
        }
        write(round.decide(decision))
    }

    private mutating func undo() {
        guard let item = round.undo() else { return output.print("  there is nothing to take back") }
        output.print("  taken back: \(item.code)")
    }

    /// Writes a decision down; what the ledger refuses is said, and the others go on.
    private mutating func write(_ one: TaskRound.Settled?) {
        guard let one else { return }
        do {
            switch one.decision {
            case .done(let outcome, let note):
                try hand.finish(one.item, outcome, note: note, at: office.now)
            case .skipped(let note): try hand.skip(one.item, note: note)
            case .snoozed(let until): try hand.snooze(one.item, until: until)
            }
            round.wrote(one)
        } catch {
            output.show(Words.failure(error))
        }
    }
}

extension Desk {
    /// How lists of tasks are put together.
    var grouping: TaskListing.Grouping { invocation.choice("--by", as: TaskListing.Grouping.self) ?? .kind }
}
