import Host
import Interchange
import Reports

/// Where wishes come from: keys on a terminal, lines everywhere else.
enum TaskPrompt {
    /// What came of asking.
    enum Answer {
        case wish(TaskWish)
        /// It means nothing for this task.
        case unknown(String)
        /// The terminal was away: show the card again.
        case redraw
        /// There is nobody any more, or a signal asks to stop.
        case over(signal: Int32?)
    }

    case keys(KeyTerminal)
    case lines

    /// Keys where both ends are a terminal that can do more than type; else lines.
    static func open(_ desk: Desk) -> TaskPrompt {
        let kind = desk.environment.text("TERM") ?? "dumb"
        guard kind != "dumb", Terminal.standardInputIsTerminal, desk.output.results.isTerminal,
            let terminal = try? KeyTerminal()
        else { return .lines }
        return .keys(terminal)
    }

    /// Asks for a wish.
    func ask(_ question: String, _ item: TaskListing.Item, _ output: Output) -> Answer {
        output.show("\(question)> ")
        switch self {
        case .lines:
            guard let line = TaskPrompt.line(output) else { return .over(signal: nil) }
            return TaskWish(line: line, outcomes: item.outcomes).map { .wish($0) } ?? .unknown(line)
        case .keys(let terminal):
            let answer = TaskPrompt.answer(terminal.key(), item)
            output.show("\(TaskPrompt.echo(answer))\n")
            return answer
        }
    }

    private static func answer(_ key: KeyTerminal.Key, _ item: TaskListing.Item) -> Answer {
        switch key {
        case .character(let character):
            TaskWish(key: character, outcomes: item.outcomes).map { .wish($0) } ?? .unknown(String(character))
        case .enter, .forward: .wish(.next)
        case .back: .wish(.back)
        case .interrupt, .end, .escape: .wish(.quit)
        case .resumed: .redraw
        case .stop(let signal): .over(signal: signal)
        case .backspace: .wish(.undo)
        case .other: .unknown("")
        }
    }

    /// What a key meant, where it was pressed.
    private static func echo(_ answer: Answer) -> String {
        guard case .wish(let wish) = answer else { return "" }
        if case .outcome(let outcome) = wish { return outcome }
        return TaskWish.keys.first { $0.wish == wish }?.word ?? (wish == .next ? "next" : "")
    }

    /// Asks for a line of text; `nil` where it was taken back.
    func text(_ question: String, _ output: Output) -> String? {
        output.show("  \(question): ")
        let text: String?
        switch self {
        case .lines: text = TaskPrompt.line(output)
        case .keys(let terminal):
            text = terminal.line()
            if text == nil { output.show("\n") }
        }
        let words = text?.split(whereSeparator: \.isWhitespace).joined(separator: " ") ?? ""
        return words.isEmpty ? nil : words
    }

    /// The next line; one that no terminal has shown yet is shown, so that a script's dialogue reads like a person's.
    private static func line(_ output: Output) -> String? {
        let line = readLine()
        if line == nil || !Terminal.standardInputIsTerminal { output.show(Sink.line(line ?? "") + "\n") }
        return line
    }

    /// Runs an editor with the terminal as it was.
    func lending<Result>(_ body: () throws -> Result) throws -> Result {
        switch self {
        case .lines: try body()
        case .keys(let terminal): try terminal.lending(body)
        }
    }

    func close() {
        if case .keys(let terminal) = self { terminal.close() }
    }
}
