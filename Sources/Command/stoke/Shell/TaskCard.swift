import CivilTime
import Diagnostics
import Interchange
import Outreach
import Reports

/// One task as it stands on a terminal while somebody works it.
struct TaskCard {
    let item: TaskListing.Item
    /// The clock of its owner.
    let zone: Zone
    let width: Int
    let style: TerminalStyle

    /// Who, what, when, and the text as it is to be copied.
    func text(position: String, quotas: [TaskListing.Quota]) -> String {
        var lines = [rule(position, quotas)]
        let head = "\(item.code)  \(item.action)  \(Sink.line(item.who))"
        lines.append(style.apply([.bold], to: DisplayText.fitted(head, to: width)))
        lines += facts.map { "  " + $0 }
        if let text = item.text { lines += ["", Sink.lines(text)] }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `── 3 of 14 ── invites 12/80 this week ─────`, no wider than there is room.
    private func rule(_ position: String, _ quotas: [TaskListing.Quota]) -> String {
        var title = "── \(position) · \(item.group.title) "
        if item.group == .linkedin { title += quotas.map { "· \($0.text) " }.joined() }
        let rest = max(0, min(width, 80) - DisplayText.width(title))
        return style.dim(DisplayText.fitted(title, to: width) + String(repeating: "─", count: rest))
    }

    private var facts: [String] {
        var facts: [String] = []
        if let window = item.window {
            facts.append(
                "call \(Dates.span(window, in: zone)) your time, \(Dates.span(window, in: item.zone)) theirs")
        } else if item.group == .calls {
            facts.append("no hours today that are open on both clocks")
        }
        if let phone = item.phone, item.group == .calls { facts.append(Sink.line(phone)) }
        let remarks = [item.length.map { item.isTooLong ? "\($0), too long" : $0 }, item.context]
        let line = remarks.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
        if !line.isEmpty { facts.append(Sink.line(line)) }
        if let link = item.link { facts.append(Sink.line(link)) }
        return facts
    }

    /// What came before, oldest first.
    var history: String {
        item.history.isEmpty ? "  nothing yet" : item.history.map { "  " + Sink.line($0) }.joined(separator: "\n")
    }

    /// The keys of this task: `1 sent  2 not_found   c copy  ...`, on as many lines as it takes.
    func keys(canUndo: Bool) -> String {
        var parts = item.outcomes.prefix(9).enumerated().map { key("\($0.offset + 1)", $0.element) }
        for entry in TaskWish.keys where isOffered(entry.wish, canUndo: canUndo) {
            parts.append(key(String(entry.key), entry.word))
        }
        parts += [key("space", "next"), key("?", "help")]
        return TaskCard.wrapped(parts, width: min(width, 80))
    }

    private func isOffered(_ wish: TaskWish, canUndo: Bool) -> Bool {
        let isTask = if case .task = item.subject { true } else { false }
        return switch wish {
        case .copy: item.text != nil
        case .edit: item.text != nil && isTask
        case .open: item.link != nil
        case .history: !item.history.isEmpty
        case .snooze: isTask
        case .skip: isTask && item.group != .answers && item.group != .approvals
        case .undo: canUndo
        case .back: false
        default: true
        }
    }

    private func key(_ key: String, _ word: String) -> (text: String, width: Int) {
        (style.apply([.cyan], to: key) + " " + word, DisplayText.width("\(key) \(word)"))
    }

    private static func wrapped(_ parts: [(text: String, width: Int)], width: Int) -> String {
        var lines: [String] = []
        var room = 0
        for part in parts {
            if room >= part.width + 2, !lines.isEmpty {
                lines[lines.count - 1] += "  " + part.text
                room -= part.width + 2
            } else {
                lines.append("  " + part.text)
                room = width - 2 - part.width
            }
        }
        return lines.joined(separator: "\n")
    }

    /// All keys, a line each.
    static func help(_ style: TerminalStyle) -> String {
        let entries: [(String, String)] =
            [("1-9", "the outcome of that number")] + TaskWish.keys.map { (String($0.key), $0.help) }
            + [("space", "on to the next, undecided")]
        return entries.map { "  " + style.apply([.cyan], to: $0.0.padding(to: 6)) + $0.1 }.joined(separator: "\n")
    }
}
