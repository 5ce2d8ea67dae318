import CivilTime
package import Interchange
import Outreach

extension TaskListing {
    /// The columns of the CSV form, in order; `outcome` and `note` are for people to fill in.
    package static let csvColumns = [
        "code", "outcome", "note", "owner", "group", "action", "person", "title", "company", "due", "open_from",
        "open_until", "their_hours", "phone", "link", "length", "context", "text", "outcomes", "sequence", "step",
        "mark",
    ]

    /// The list as CSV; `TaskSheet(csv:file:)` reads the outcomes back.
    package func csv() -> [UInt8] {
        var writer = CSVWriter()
        writer.write(TaskListing.csvColumns)
        for item in items { writer.write(cells(item)) }
        return writer.bytes
    }

    private func cells(_ item: Item) -> [String] {
        [
            item.code.full, "", "", item.owner, item.group.rawValue, item.action, item.person, item.title ?? "",
            item.company ?? "", item.due.description(in: zone), item.window?.lowerBound.description(in: zone) ?? "",
            item.window?.upperBound.description(in: zone) ?? "",
            item.window.map { Dates.span($0, in: item.zone) } ?? "", item.phone ?? "", item.link ?? "",
            item.length ?? "", item.context, item.text ?? "", item.outcomes.joined(separator: " "), item.sequence,
            item.step, item.mark ?? "",
        ]
    }

    /// The list for programs.
    package func json() -> JSON {
        [
            "date": .string(zone.date(at: now).description), "owner": .text(owner), "timezone": .string(zone.name),
            "last_run": lastRun.map { ["at": .string($0.at.description(in: zone)), "ok": .bool($0.isFine)] } ?? .null,
            "quotas": .array(quotas.map(json)), "tasks": .array(items.map(json)),
            "paused": .object(JSONObject(pausedTasks.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })),
        ]
    }

    private func json(_ quota: Quota) -> JSON {
        [
            "name": .string(quota.name), "used": .integer(quota.used), "limit": .integer(quota.limit),
            "period": .string(quota.period),
        ]
    }

    private func json(_ item: Item) -> JSON {
        [
            "code": .string(item.code.description), "id": .string(item.code.full), "owner": .string(item.owner),
            "group": .string(item.group.rawValue), "action": .string(item.action), "person": .string(item.person),
            "title": .text(item.title), "company": .text(item.company),
            "due": .string(item.due.description(in: zone)), "late": .bool(lateness(item) != nil),
            "sequence": .string(item.sequence), "step": .string(item.step), "text": .text(item.text),
            "mark": .text(item.mark), "length": item.text.map { .integer(LinkedInAction.length(of: $0)) } ?? .null,
            "limit": item.limit.map { .integer($0) } ?? .null,
            "window": item.window.map { json($0, item) } ?? .null, "phone": .text(item.phone),
            "link": .text(item.link), "context": .string(item.context),
            "history": .array(item.history.map { .string($0) }),
            "outcomes": .array(item.outcomes.map { .string($0) }),
        ]
    }

    private func json(_ window: Range<Instant>, _ item: Item) -> JSON {
        [
            "from": .string(window.lowerBound.description(in: zone)),
            "until": .string(window.upperBound.description(in: zone)),
            "their_hours": .string(Dates.span(window, in: item.zone)), "their_zone": .string(item.zone.name),
        ]
    }

    /// The list as a calendar: calls in their hours, all else on the day it is due.
    package func calendar() -> [UInt8] {
        let name = owner.map { "Stoke tasks of \($0)" } ?? "Stoke tasks"
        return ICSWriter.calendar(name: name, items.map(entry), stamp: now)
    }

    private func entry(_ item: Item) -> ICSEntry {
        let time: ICSEntry.Time =
            item.window.map { .moment($0.lowerBound, seconds: $0.upperBound - $0.lowerBound) }
            ?? .day(max(zone.date(at: item.due), zone.date(at: now)))
        let remarks = remarks(item)
        let lines = [remarks.measure, remarks.phone, remarks.context, item.text].compactMap { $0 }
        return ICSEntry(
            uid: "\(item.code.full).task@stoke", summary: "\(item.action): \(item.who)", time: time,
            description: lines.joined(separator: "\n"), location: item.phone ?? "",
            url: item.link.flatMap { Sink.htmlLink($0) == nil ? nil : $0 })
    }
}
