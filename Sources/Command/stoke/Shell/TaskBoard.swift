import Arguments
import CivilTime
import Diagnostics
import Ledger
import Messages
import Outreach
import Planning
import Reports
import SQLiteLedger

/// The open tasks with their texts, by code.
struct TaskBoard {
    let office: Office
    private let templates: TemplateLibrary

    init(_ office: Office) {
        self.office = office
        templates = office.templates
    }

    func listing(owner: String?) throws -> TaskListing {
        try TaskDesk(office.store, model: office.model, now: office.now, zone: office.desk.zone)
            .listing(owner: owner) { history, enrollment, task in text(of: task, enrollment, history) }
    }

    /// The lines that codes name.
    ///
    /// - Throws: `Failure` with every code that names none.
    func items(_ codes: [String]) throws -> [TaskListing.Item] {
        let all = try listing(owner: nil).items
        var found: [TaskListing.Item] = []
        var findings: [Finding] = []
        for code in codes {
            switch TaskMatch.find(code, all) {
            case .success(let item): found.append(item)
            case .failure(let problem): findings.append(problem.finding(nil))
            }
        }
        guard findings.isEmpty else {
            throw Failure(findings.map(\.message).joined(separator: "; "), hint: "stoke tasks lists what is open")
        }
        return found
    }

    /// A task's text as it renders now; an approval's is the whole email.
    func text(of task: OutreachTask, _ enrollment: Enrollment, _ history: History) -> String? {
        guard let step = office.model.sequences[enrollment.sequence]?.step(task.step) else { return nil }
        if task.kind == .approve { return email(step, enrollment, history).map(Self.readable) }
        guard let owner = office.model.owners[task.owner] else { return nil }
        let mailbox = enrollment.mailbox.flatMap { office.model.mailboxes[$0] }
        let rendering = templates.note(
            step, of: enrollment.sequence, for: history, owner: owner, mailbox: mailbox, at: office.now)
        if case .rendered(let rendered) = rendering { return rendered.text.isEmpty ? nil : rendered.text }
        return nil
    }

    private static func readable(_ rendered: Rendered) -> String {
        (rendered.subject.map { "Subject: \($0)\n\n" } ?? "") + rendered.text
    }

    /// The email of a step as the person would get it now.
    func email(_ step: Step, _ enrollment: Enrollment, _ history: History) -> Rendered? {
        guard let draft = Drafts(office).draft(step, enrollment, history) else { return nil }
        let rendering = templates.email(
            draft, at: office.now, unsubscribeURL: Drafts(office).unsubscribeURL(history.person))
        if case .rendered(let rendered) = rendering { return rendered }
        return nil
    }
}
