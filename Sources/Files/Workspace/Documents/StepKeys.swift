import CivilTime
import Diagnostics
import Facts
import Interchange
import Outreach

extension Kind where Value == Step {
    /// One step; which further keys it may have depends on what it does.
    static let step = Kind.record("a step such as {id: intro, email: intro}") { fields in
        let id = fields.required("id", .name("a step"), "the step's name, never used again in this sequence")
        let actions = readActions(fields)
        var step = Step(id: id ?? "", kind: actions.first ?? .pause)
        step.was = fields.optional("was", .name("a step"), "the id it had before it was renamed")
        step.after = fields.optional("after", .delay, "from the previous step's completion; without: the same tick")
        step.when = fields.optional("when", .criteria, "judged when due; a step that does not pass is skipped")
        step.wait = fields.optional("wait", .wait, "until something is true, with a way out")
        step.thread = fields.optional("thread", .name("a step"), "answers in the thread of this email step")
        step.expire = fields.optional("expire", .delay, "how long its open task waits")
        step.onExpire = fields.optional("on_expire", .onward, "where it goes then: next, stop or a step") ?? .next
        let outcomes = fields.optional(
            "outcomes", Kind<Step.Onward>.onward.byName(.outcome), "where what came of the task leads")
        step.outcomes = (outcomes ?? []).map { Step.Outcome(name: $0.name.value, onward: $0.value) }
        step.review = fields.optional("review", .flag, "a person approves the rendered message first") ?? false
        step.parallel = fields.optional("parallel", .flag, "the sequence goes on while the task is open") ?? false
        step.calendar = fields.optional("calendar", .narrowerCalendar, "narrows the sequence's")
        checkAction(fields, count: actions.count)
        checkApplicable(fields, step)
        return step
    }

    private static let actionNames = ["email", "linkedin", "call", "task", "branch", "split"]

    /// What the step does: one of these keys.
    private static func readActions(_ fields: Fields) -> [Step.Kind] {
        let email = fields.optional("email", .variants, "Stoke sends this template, or one of these")
        let linkedin = fields.optional("linkedin", .linkedInTouch, "a person does this on LinkedIn")
        let call = fields.optional("call", .name("a template"), "a person calls; the template is the script")
        let task = fields.optional("task", .name("a template"), "any other manual touch")
        let branch = fields.optional("branch", .branch, "goes on at one of two steps")
        let split = fields.optional("split", .split, "goes on at one of several, by weight")
        return [
            email.map { .email($0) }, linkedin.map { .linkedin($0.action, template: $0.template) },
            call.map { .call(template: $0) }, task.map { .task(template: $0) }, branch, split.map { .split($0) },
        ].compactMap { $0 }
    }

    private static func checkAction(_ fields: Fields, count: Int) {
        let written = actionNames.filter(fields.has)
        if written.count > 1 {
            fields.report(
                .stepAction, "a step does one thing, this one has \(written.joined(separator: " and "))",
                at: written[1],
                hint: "make it two steps")
        } else if written.isEmpty, !fields.has("wait") {
            fields.report(
                .stepAction, "the step does nothing", hint: "add one of \(actionNames.joined(separator: ", ")), or wait"
            )
        }
    }

    /// Keys that mean nothing for what the step does.
    private static func checkApplicable(_ fields: Fields, _ step: Step) {
        let isEmail = fields.has("email")
        let isManual = ["linkedin", "call", "task"].contains(where: fields.has)
        for key in ["thread", "review"] where fields.has(key) && !isEmail {
            fields.report(.keyNotHere, "\(key) is for emails, and this step sends none", at: key, hint: "remove it")
        }
        let makesTask = isManual || step.review
        for key in ["expire", "on_expire"] where fields.has(key) && !makesTask {
            fields.report(.keyNotHere, "\(key) is for tasks, and this step makes none", at: key, hint: "remove it")
        }
        for key in ["outcomes", "parallel"] where fields.has(key) && !isManual {
            fields.report(.keyNotHere, "\(key) is for tasks, and this step makes none", at: key, hint: "remove it")
        }
        if fields.has("on_expire"), !fields.has("expire"), makesTask {
            fields.report(
                .keyNotHere, "on_expire without expire never happens", at: "on_expire", hint: "add expire: 3d")
        }
        if case .retry = step.onExpire {
            fields.report(
                .wrongValue, "an expired task is not tried again", at: "on_expire", hint: "next, stop or a step")
        }
    }
}

extension Kind where Value == [Step.Variant] {
    /// A template's name, or several by arm.
    static let variants = Kind.forms(
        "a template, or several such as {a: intro, b: intro-short}",
        text: Kind<String>.name("a template").map { [Step.Variant(arm: $0, template: $0)] },
        mapping: Kind<String>.name("a template").byName(.name("a variant")).map { pairs in
            pairs.map { Step.Variant(arm: $0.name.value, template: $0.value) }
        }
    ).checked { $0.isEmpty ? "no template is named" : nil }
}

/// What is done on LinkedIn, and with which text.
struct LinkedInTouch: Sendable {
    var action: LinkedInAction
    var template: String?
}

extension Kind where Value == LinkedInTouch {
    static let linkedInTouch = Kind.forms(
        "a touch such as {connect: connect-note}, or view",
        text: Kind<LinkedInAction>.choice.map { LinkedInTouch(action: $0) }
            .checked {
                needsText($0.action) ? "\($0.action.rawValue) needs a text: {\($0.action.rawValue): TEMPLATE}" : nil
            },
        mapping: Kind<String>.name("a template").byName(Kind<LinkedInAction>.choice)
            .checked { $0.count == 1 ? nil : "one touch a step" }
            .map { pairs in
                LinkedInTouch(action: pairs.first?.name.value ?? .view, template: pairs.first?.value)
            })

    private static func needsText(_ action: LinkedInAction) -> Bool { [.message, .inmail, .comment].contains(action) }
}

extension Kind where Value == Step.Kind {
    static let branch = Kind.record("{if: CRITERIA, then: STEP, else: STEP}") { fields in
        let condition = fields.required("if", .criteria, "what is asked")
        let then = fields.required("then", .name("a step"), "where it goes on if it holds")
        let otherwise = fields.required("else", .name("a step"), "where it goes on if not, or if nobody knows")
        return .branch(condition ?? .all([]), then: then ?? "", else: otherwise ?? "")
    }
}

extension Kind where Value == [Step.Weighted] {
    static let split = Kind<Int>.integer(1...10_000).byName(.name("a step"))
        .map { pairs in pairs.map { Step.Weighted(step: $0.name.value, weight: $0.value) } }
        .checked { $0.count < 2 ? "a split needs at least two ways" : nil }
        .named("ways with weights such as {a: 50, b: 50}")
}

extension Kind where Value == Step.Wait {
    static let wait = Kind.record("{for: CRITERIA, at_most: 3d, else: STEP}") { fields in
        let condition = fields.required("for", .criteria, "what it waits for")
        let limit = fields.required("at_most", .delay, "from the previous step's completion")
        let otherwise = fields.required("else", .onward, "where it goes on when the time is up")
        if case .retry = otherwise {
            fields.report(.wrongValue, "a wait is not tried again", at: "else", hint: "next, stop or a step")
        }
        return Step.Wait(condition: condition ?? .all([]), atMost: limit ?? .none, otherwise: otherwise ?? .next)
    }
}

extension Kind where Value == Step.Onward {
    /// `next`, `stop`, a step, or `{retry: 2, after: 1 business day}`.
    static let onward = Kind.forms(
        "next, stop, a step, or {retry: 2, after: 1 business day}",
        text: Kind<String>.name("a step").map { text in
            switch text {
            case "next": .next
            case "stop": .stop
            default: .step(text)
            }
        },
        mapping: .record("{retry: 2, after: 1 business day}") { fields in
            let times = fields.required("retry", .integer(1...20), "at most so many times, then the next step")
            let delay = fields.required("after", .delay, "how long until it is tried again")
            return .retry(times: times ?? 1, after: delay ?? .none)
        })
}
