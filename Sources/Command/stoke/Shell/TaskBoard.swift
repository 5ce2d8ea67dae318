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

    private var desk: TaskDesk {
        TaskDesk(office.store, model: office.model, now: office.now, zone: office.desk.zone)
    }

    func listing(owner: String?) throws -> TaskListing {
        try desk.listing(owner: owner) { history, enrollment, task in wording(of: task, enrollment, history) }
    }

    /// The lines that codes name, each once.
    ///
    /// - Throws: `Failure` with every code that names none.
    func items(_ codes: [String]) throws -> [TaskListing.Item] {
        let all = try listing(owner: nil).items
        var found: [TaskListing.Item] = []
        var findings: [Finding] = []
        for code in codes {
            switch TaskMatch.find(code, all) {
            case .success(let item): if !found.contains(where: { $0.code == item.code }) { found.append(item) }
            case .failure(let problem): findings.append(problem.finding(nil))
            }
        }
        guard findings.isEmpty else {
            throw Failure(findings.map(\.message).joined(separator: "; "), hint: "stoke tasks lists what is open")
        }
        return found
    }

    /// What ended lately of all that a sheet ticks: tasks, and invitations that were accepted.
    func closed(_ sheet: TaskSheet) throws -> [ClosedTask] {
        var closed = try desk.closed(since: office.now - 180 * .day)
        for tick in sheet.ticks where tick.outcome == "accepted" {
            let code = TaskCode(typed: tick.code)
            if try office.store.hasTouchpoint(sourceKey: TaskHand.acceptance(code)) {
                closed.append(ClosedTask(code: code, ending: tick.outcome, at: office.now, person: ""))
            }
        }
        return closed
    }

    /// A task's text as it renders now; an approval's is the whole email.
    private func wording(of task: OutreachTask, _ enrollment: Enrollment, _ history: History) -> TaskWording? {
        guard let step = office.model.sequences[enrollment.sequence]?.step(task.step) else { return nil }
        if task.kind == .approve {
            guard let draft = Drafts(office).draft(step, enrollment, history) else { return nil }
            return TaskBoard.wording(rendering(draft), Self.readable)
        }
        guard step.isManual, let owner = office.model.owners[task.owner] else { return nil }
        let mailbox = enrollment.mailbox.flatMap { office.model.mailboxes[$0] }
        let note = templates.note(
            step, of: enrollment.sequence, for: history, owner: owner, mailbox: mailbox, at: office.now)
        var wording = TaskBoard.wording(note) { $0.text.isEmpty ? nil : Self.readable($0) }
        wording.digest = nil
        return wording
    }

    private static func wording(_ rendering: Rendering, _ text: (Rendered) -> String?) -> TaskWording {
        switch rendering {
        case .rendered(let rendered):
            TaskWording(text(rendered), subject: rendered.subject, digest: rendered.digest)
        case .hold(let hold): TaskWording(nil, problem: "no text: \(hold.detail)")
        case .skip(let reason): TaskWording(nil, problem: "the template leaves them out: \(reason)")
        }
    }

    private static func readable(_ rendered: Rendered) -> String {
        var text = (rendered.subject.map { "Subject: \($0)\n\n" } ?? "") + rendered.text
        while text.utf8.last == UInt8(ascii: "\n") { text.removeLast() }
        return text
    }

    private func rendering(_ draft: Draft) -> Rendering {
        templates.email(
            draft, at: office.now, unsubscribeURL: Drafts(office).unsubscribeURL(draft.history.person))
    }

    /// The email of a step as the person would get it now.
    func email(_ step: Step, _ enrollment: Enrollment, _ history: History) -> Rendered? {
        guard let draft = Drafts(office).draft(step, enrollment, history) else { return nil }
        if case .rendered(let rendered) = rendering(draft) { return rendered }
        return nil
    }

    /// What an editor gets of a line's text: an email without its footer, any other text as it is.
    ///
    /// - Throws: `Failure` for a line without a text.
    func editable(_ item: TaskListing.Item) throws -> String {
        guard case .task(let id) = item.subject, let task = try office.store.task(id),
            let enrollment = try office.store.enrollment(task.enrollment)
        else { throw Failure("\(item.code) has no text to edit", hint: "stoke tasks show \(item.code)") }
        guard task.kind == .approve else { return item.text ?? "" }
        let history = try office.store.history(of: enrollment.person)
        guard let step = office.model.sequences[enrollment.sequence]?.step(task.step),
            let draft = Drafts(office).draft(step, enrollment, history),
            let text = templates.editable(
                draft, at: office.now, unsubscribeURL: Drafts(office).unsubscribeURL(history.person))
        else {
            throw Failure(
                "the email of \(item.code) can't be edited for one person",
                hint: "an .html template is changed in its file; stoke tasks show \(item.code) says more")
        }
        return text.text
    }
}
