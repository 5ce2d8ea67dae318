import CivilTime
import Diagnostics
import Facts
import Interchange
import Outreach

/// `sequences/NAME.yaml` as it was read, with the nodes that further checks point at.
struct SequenceFile {
    var sequence: Sequence
    /// The node of each step, as many as `sequence.steps`.
    var stepNodes: [Node]
    var node: Node

    /// The keys of a sequence.
    static let kind = Kind<SequenceFile>.record("a sequence") { fields in
        let audience = fields.required("audience", .audience, "an ICP, or any")
        let mailboxes = fields.required(
            "mailboxes", Kind<String>.name("a mailbox").nonEmptyList, "bound when a person is admitted, then kept")
        let clock = fields.optional("timezone", Kind<Sequence.Clock>.choice, "on whose clock hours are read")
        let exclusive = fields.optional("exclusive", .flag, "at most one exclusive sequence at a time per person")
        let recontact = fields.optional("recontact_after", .delay, "since the last outbound touch of any sequence")
        let stop = fields.optional(
            "stop_on", Kind<TouchpointKind>.touchpoint.list, "adds to what always stops: reply, meeting, opt-out, ...")
        let calendar = fields.optional("calendar", .narrowerCalendar, "narrows the workspace's and the mailbox's")
        let enroll = fields.optional("enroll_when", .criteria, "people enter by themselves when this becomes true")
        let experiment = fields.optional("experiment", .experiment, "what the variants are compared by")
        let steps = fields.required("steps", Kind<Step>.step.located.nonEmptyList, "in order; every way leads forward")
        let finish = fields.required("finish", .finish, "for people who reach the end")
        let sequence = Sequence(
            name: "", audience: audience ?? .any, mailboxes: mailboxes ?? [], clock: clock ?? .prospect,
            exclusive: exclusive ?? true, recontactAfter: recontact, stopOn: stop ?? [], calendar: calendar,
            steps: (steps ?? []).map(\.value), finish: finish ?? .none(""), enrollWhen: enroll, experiment: experiment)
        return SequenceFile(sequence: sequence, stepNodes: (steps ?? []).map(\.node), node: fields.node)
    }

    /// The ids of the steps before anything else is read, for criteria that ask for outcomes.
    static func stepIDs(_ root: Node) -> [String] { root["steps"]?.elements.compactMap { $0["id"]?.text } ?? [] }
}

extension Kind where Value == Sequence.Audience {
    static let audience = Kind<String>.name("an ICP").map { $0 == "any" ? Sequence.Audience.any : .icp($0) }
}

extension Kind where Value == Sequence.Finish {
    static let finish = Kind.record("{nurture: SEQUENCE}, or {none: \"the reason\"}") { fields in
        let nurture = fields.optional("nurture", .name("a sequence"), "where people go on, slowly")
        let none = fields.optional("none", .line, "why they go nowhere")
        if fields.node.entries.count != 1 {
            fields.report(.wrongValue, "expected either nurture or none")
        }
        return nurture.map { .nurture($0) } ?? none.map { .none($0) }
    }
}

extension Kind where Value == Experiment {
    static let experiment = Kind.record("{metric: reply.positive, minimum_effect: 2%}") { fields in
        let metric = fields.required("metric", .touchpoint, "the touchpoint kind that counts as a success")
        let effect = fields.required("minimum_effect", .share(0.001...0.5), "the smallest difference worth finding")
        let winner =
            fields.optional("winner", Kind<Winner>.choice, "keep: once it concludes, new people get the better arm")
        return Experiment(
            metric: metric ?? .reply, minimumEffect: effect ?? 0.02, keepsWinner: winner == .keep)
    }
}

/// What happens when an experiment concludes.
private enum Winner: String, CaseIterable, Sendable {
    case keep, report
}
