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

    func text() throws -> String { try arms.map { text(try read($0)) }.joined(separator: "\n") }

    func json() throws -> JSON {
        [
            "person": .string(history.person.email ?? history.person.key), "sequence": .string(sequence.name),
            "step": .string(step.id), "variants": .array(try arms.map { json(try read($0)) }),
        ]
    }

    /// The texts of one arm, each once, and whether it is the person's own.
    private struct Arm {
        var variant: Step.Variant
        var choices: [TextChoice]
        var decisions: Decisions
        var texts: [(rendering: Rendering, isOwn: Bool)]
    }

    /// The variants of an email, else the one template of the step.
    private var arms: [Step.Variant] {
        if case .email(let variants) = step.kind { return variants }
        return step.templates.map { Step.Variant(arm: $0, template: $0) }
    }

    private func read(_ variant: Step.Variant) throws -> Arm {
        let choices = library.choices(in: variant.template)
        let decisions = Decisions(choices, limit: Self.limit)
        let isOwnArm = step.variant(for: history.person, in: sequence) == variant || arms.count == 1
        let own = try render(variant, picking: [:])
        var texts: [(rendering: Rendering, isOwn: Bool)] = []
        for way in decisions.ways {
            let rendering = try render(variant, picking: way)
            if !texts.contains(where: { $0.rendering == rendering }) {
                texts.append((rendering, isOwnArm && rendering == own))
            }
        }
        return Arm(variant: variant, choices: choices, decisions: decisions, texts: texts)
    }

    private func json(_ arm: Arm) -> JSON {
        [
            "variant": arms.count > 1 ? .string(arm.variant.arm) : .null, "template": .string(arm.variant.template),
            "choices": .array(
                arm.choices.map { choice in
                    ["key": .string(choice.key), "options": .array(choice.options.map { .string($0) })]
                }), "complete": .bool(arm.decisions.isComplete),
            "texts": .array(
                arm.texts.map { text in
                    .object(JSONObject([("own", .bool(text.isOwn))] + text.rendering.members))
                }),
        ]
    }

    /// The texts of one arm, the person's own marked.
    private func text(_ arm: Arm) -> String {
        let count = arm.texts.count
        var parts = [office.desk.output.style.bold(head(arm.variant, count, arm.choices, arm.decisions))]
        for (number, text) in arm.texts.enumerated() {
            let mark = text.isOwn ? ", \(Sink.line(history.person.displayName))'s" : ""
            parts.append(rule("\(number + 1) of \(count)\(mark)") + "\n" + words(text.rendering))
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
