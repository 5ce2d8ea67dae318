import Interchange
import Messages
import Outreach
import Planning
import Reports

/// `preview --all-variants`: every text that a step can become for one person.
struct AllTexts {
    private let office: Office
    private let library: TemplateLibrary
    private let step: Step
    private let sequence: Outreach.Sequence
    private let enrollment: Enrollment
    private let history: History
    /// So many texts of one template are laid out in all combinations; of more, each choice's texts once.
    private static let limit = 200

    init(
        _ office: Office, _ step: Step, _ sequence: Outreach.Sequence, _ enrollment: Enrollment, _ history: History
    ) throws {
        (self.office, self.step, self.sequence) = (office, step, sequence)
        (self.enrollment, self.history) = (enrollment, history)
        library = office.templates
        guard !step.templates.isEmpty else { throw Failure("\(step.id) has no text") }
    }

    func text() throws -> String { try arms.map(text).joined(separator: "\n") }

    /// The variants of an email, else the one template of the step.
    private var arms: [Step.Variant] {
        if case .email(let variants) = step.kind { return variants }
        return step.templates.map { Step.Variant(arm: $0, template: $0) }
    }

    /// The texts of one arm, each once, the person's own marked.
    private func text(_ arm: Step.Variant) throws -> String {
        let choices = library.choices(in: arm.template)
        let decisions = Decisions(choices, limit: Self.limit)
        let own = try render(arm, picking: [:])
        var texts: [(rendering: Rendering, picked: [String: Int])] = []
        for way in decisions.ways {
            let rendering = try render(arm, picking: way)
            if !texts.contains(where: { $0.rendering == rendering }) { texts.append((rendering, way)) }
        }
        let isOwnArm = step.variant(for: history.person, in: sequence) == arm || arms.count == 1
        var parts = [office.desk.output.style.bold(head(arm, texts.count, choices, decisions))]
        for (number, text) in texts.enumerated() {
            let mark = isOwnArm && text.rendering == own ? ", \(Sink.line(history.person.displayName))'s" : ""
            parts.append(rule("\(number + 1) of \(texts.count)\(mark)") + "\n" + words(text.rendering))
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func head(
        _ arm: Step.Variant, _ count: Int, _ choices: [TextChoice], _ decisions: Decisions
    ) -> String {
        let texts = Numbers.counted(count, "text")
        let product = choices.map { "\($0.options.count)" }.joined(separator: " × ")
        let total = decisions.total == Int.max ? "too many to count" : "\(decisions.total)"
        let why =
            choices.isEmpty
            ? "no choices"
            : decisions.isComplete
                ? "\(product) by \(choices.count == 1 ? "its choice" : "its choices")"
                : "each choice's texts once; in all \(total), \(product)"
        let name = arms.count > 1 ? "variant \(arm.arm), \(arm.template)" : arm.template
        return Sink.line("\(name): \(texts) (\(why))")
    }

    private func rule(_ title: String) -> String {
        "── \(title) " + String(repeating: "─", count: max(2, min(office.desk.output.width, 80) - 4 - title.count))
    }

    private func words(_ rendering: Rendering) -> String {
        switch rendering {
        case .rendered(let message):
            (message.subject.map { "Subject: \(Sink.line($0))\n\n" } ?? "")
                + Sink.lines(message.text.trimmingEnd)
        case .hold(let hold): "this would be held: \(Sink.line(hold.detail))"
        case .skip(let reason): "the template leaves this person out: \(Sink.line(reason))"
        }
    }

    private func render(_ arm: Step.Variant, picking: [String: Int]) throws -> Rendering {
        if var draft = Drafts(office).draft(step, enrollment, history) {
            draft.variant = arm
            // What a person made of the text of one is none of the template's texts.
            draft.history.tasks = []
            return library.email(
                draft, at: office.now, unsubscribeURL: Drafts(office).unsubscribeURL(history.person), picking: picking)
        }
        let mailbox = (enrollment.mailbox ?? sequence.mailboxes.first).flatMap { office.model.mailboxes[$0] }
        guard let owner = mailbox.flatMap({ office.model.owners[$0.owner] }) else {
            throw Failure("\(step.id) has no text")
        }
        return library.note(
            step, of: sequence.name, for: history, owner: owner, mailbox: mailbox, at: office.now, picking: picking)
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        return String(text)
    }
}
