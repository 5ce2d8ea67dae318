import CivilTime
import Diagnostics
import Outreach

/// Whether each step has a window in which it could happen from any of its mailboxes.
struct CalendarChecks {
    let file: SequenceFile
    let reading: Reading
    let settings: Settings
    /// The mailboxes that the sequence names and that there are.
    let mailboxes: [Mailbox]

    func run() {
        let bases = mailboxes.isEmpty ? [settings.calendar] : mailboxes.map(base)
        // A mailbox or a workspace that is never open was reported there.
        let open = bases.filter { !$0.isNeverOpen }
        guard !open.isEmpty else { return }
        let narrowed = open.map { base in file.sequence.calendar.map { base.narrowed(by: $0) } ?? base }
        if narrowed.allSatisfy(\.isNeverOpen) {
            report(file.node["calendar"] ?? file.node, "nothing of this sequence could ever happen", wider: open)
            return
        }
        for (step, node) in zip(file.sequence.steps, file.stepNodes) {
            guard let own = step.calendar, let at = node["calendar"] else { continue }
            if narrowed.allSatisfy({ $0.narrowed(by: own).isNeverOpen }) {
                report(at, "this step could never happen", wider: narrowed)
            }
        }
    }

    private func base(_ mailbox: Mailbox) -> BusinessCalendar {
        mailbox.calendar.map { settings.calendar.narrowed(by: $0) } ?? settings.calendar
    }

    private func report(_ node: Node, _ consequence: String, wider: [BusinessCalendar]) {
        let open = wider.first.map { "they are open \($0.days), \($0.hours)" }
        reading.report(
            .neverOpen, "within the wider calendars this is never open: \(consequence)", at: node.caret, hint: open)
    }
}
