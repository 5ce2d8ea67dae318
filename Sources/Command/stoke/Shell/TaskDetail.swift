import Arguments
import CivilTime
import Interchange
import Outreach
import Reports

/// `tasks show`: everything that a person needs to do one task.
enum TaskDetail {
    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.reading(desk)
        let items = try TaskBoard(office).items(desk.invocation.values("CODE"))
        if desk.wantsJSON {
            let listing = TaskListing(owner: nil, now: office.now, zone: office.zone, items: items)
            desk.output.print(listing.json())
        } else {
            desk.output.print(items.map { text($0, office) }.joined(separator: "\n\n"))
        }
        return .fine
    }

    private static func text(_ item: TaskListing.Item, _ office: Office) -> String {
        let zone = office.model.owners[item.owner]?.timezone ?? office.zone
        var lines = ["\(item.code)  \(item.action)  \(Sink.line(item.who))"]
        func add(_ label: String, _ value: String?) {
            if let value, !value.isEmpty { lines.append("  \(label.padding(to: 9))\(Sink.line(value))") }
        }
        add("due", Dates.moment(item.due, in: zone))
        add("link", item.link)
        add("phone", item.phone)
        if let window = item.window {
            add("call", "\(Dates.span(window, in: zone)) yours, \(Dates.span(window, in: item.zone)) theirs")
        }
        add("step", "\(item.sequence)/\(item.step)")
        add("length", item.length)
        if item.text == nil { add("note", item.context) }
        if let text = item.text { lines += ["", Sink.lines(text)] }
        if !item.history.isEmpty { lines += ["", "  history"] + item.history.map { "    \(Sink.line($0))" } }
        lines += ["", "  stoke tasks done \(item.code) --outcome \(item.outcomes.joined(separator: "|"))"]
        return lines.joined(separator: "\n")
    }
}

extension String {
    /// The text with blanks behind it up to `width` characters.
    func padding(to width: Int) -> String { self + String(repeating: " ", count: max(width - count, 1)) }
}
