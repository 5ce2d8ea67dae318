import Arguments
import CivilTime
import Interchange
import Ledger
import Outreach
import Planning
import Reports
import SQLiteLedger

/// How things stand, on one screen.
enum StatusCommand: StokeCommand {
    static let table = Command(
        "status", summary: "how things stand, on one screen", options: [.json],
        examples: [Example("stoke status", "people, sequences, mailboxes, what is held")], group: "Every day")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.reading(desk)
        let counts = try office.store.counts()
        if desk.wantsJSON {
            let members = counts.sorted { $0.key < $1.key }.map { ($0.key, JSON.integer($0.value)) }
            desk.output.print(JSON.object(JSONObject(members)))
            return .fine
        }
        desk.output.print(try text(office, counts))
        return .fine
    }

    private static func text(_ office: Office, _ counts: [String: Int]) throws -> String {
        var lines = [try head(office)]
        let totals = ["people", "active", "held", "unknown"].compactMap { name in counts[name].map { "\($0) \(name)" } }
        lines.append(totals.isEmpty ? "nobody is imported yet" : totals.joined(separator: " · "))
        var sequences = Table(columns: [
            .init("sequence"), .init("active", alignment: .right), .init("steps", alignment: .right),
        ])
        for (name, sequence) in office.model.sequences.sorted(by: { $0.key < $1.key }) {
            sequences.add([
                .init(name), .init("\(try office.store.activeCount(of: name))"), .init("\(sequence.steps.count)"),
            ])
        }
        lines += ["", sequences.text(width: office.desk.output.width, style: office.desk.output.style).dropLastLineEnd]
        lines += ["", try mailboxes(office)]
        if let stale = try WorkspaceState.staleness(office) { lines += ["", "note: \(stale)"] }
        return lines.joined(separator: "\n")
    }

    private static func head(_ office: Office) throws -> String {
        let zone = office.zone
        guard let run = try office.store.runs(limit: 1).first else { return "no run yet; stoke cron says how" }
        let end = run.ended.map { "ended \(Dates.moment($0, in: zone))" } ?? "under way, or cut off"
        return "last run \(end)" + (run.exit.map { $0 == 0 ? " ok" : " failed" } ?? "")
    }

    private static func mailboxes(_ office: Office) throws -> String {
        let pauses = try office.store.pauses(at: office.now)
        var table = Table(columns: [
            .init("mailbox"), .init("today", alignment: .right), .init("cap", alignment: .right), .init("mail goes to"),
            .init(minimum: 10),
        ])
        for (name, mailbox) in office.model.mailboxes.sorted(by: { $0.key < $1.key }) {
            let midnight = mailbox.timezone.start(of: mailbox.timezone.date(at: office.now))
            let sent = try office.store.fences(of: name, since: midnight).count
            let pause = pauses.first { $0.subject == .mailbox(name) }
            table.add([
                .init(name), .init("\(sent)"), .init(mailbox.dailyCap.map(String.init) ?? "none"), .init(mailbox.smtp),
                .init(pause.map { "paused: \($0.reason)" } ?? ""),
            ])
        }
        return table.text(width: office.desk.output.width, style: office.desk.output.style).dropLastLineEnd
    }
}
