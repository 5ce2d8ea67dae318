import CivilTime
import Diagnostics
import Outreach

/// What a sequence must fulfil besides its form: its steps among each other, and the things it names.
struct SequenceChecks {
    let file: SequenceFile
    let reading: Reading
    let names: Names
    private var sequence: Sequence { file.sequence }
    private let graph: StepGraph

    /// The things of the workspace that a sequence may name; `nil` where the file that lists them cannot be read, so
    /// that nothing can be said.
    struct Names {
        var sequences: [String] = []
        var mailboxes: [String]?
        var icps: [String]?
        var templates: [String] = []
        var outcomes: [Channel: [String]] = [:]
    }

    init(_ file: SequenceFile, _ reading: Reading, _ names: Names) {
        self.file = file
        self.reading = reading
        self.names = names
        graph = StepGraph(file.sequence.steps)
    }

    func run() {
        checkReferences()
        checkIDs()
        for (step, node) in zip(sequence.steps, file.stepNodes) {
            checkTemplates(step, node)
            checkJumps(step, node)
            checkThread(step, node)
            checkOutcomes(step, node)
            checkQuestions(step, node)
        }
        checkReach()
        for index in ConnectionGuard(graph).unguarded { reportUnguarded(file.stepNodes[index]) }
    }

    /// Reports `name` unless it is known, or was reported when it was read.
    private func require(
        _ name: String, _ code: FindingCode, _ thing: String, among known: [String]?, at node: Node?, otherwise: String
    ) {
        guard let known, !name.isEmpty, !known.contains(name), let node else { return }
        reading.report(
            code, "there is no \(thing) \"\(name)\"", at: node.caret,
            hint: NearestName.hint(among: known, to: name) ?? otherwise)
    }

    private func checkReferences() {
        if case .icp(let name) = sequence.audience {
            require(
                name, .unknownICP, "ICP", among: names.icps, at: file.node["audience"],
                otherwise: "describe it under icps: in qualification.yaml, or write any")
        }
        for node in file.node["mailboxes"]?.elements ?? [] {
            require(
                node.text ?? "", .unknownMailbox, "mailbox", among: names.mailboxes, at: node,
                otherwise: (names.mailboxes ?? []).isEmpty
                    ? "stoke.yaml has no mailboxes"
                    : "mailboxes of stoke.yaml: \((names.mailboxes ?? []).joined(separator: ", "))")
        }
        guard case .nurture(let name) = sequence.finish, let node = file.node["finish"]?["nurture"] else { return }
        require(
            name, .unknownSequence, "sequence", among: names.sequences, at: node,
            otherwise: "write sequences/\(name).yaml, or finish: {none: \"the reason\"}")
        if name == sequence.name {
            reading.report(
                .unknownSequence, "a sequence cannot lead into itself", at: node.caret,
                hint: "finish: {none: \"the reason\"} ends it")
        }
    }

    private func checkIDs() {
        var seen: [String: Node] = [:]
        for (step, node) in zip(sequence.steps, file.stepNodes) where !step.id.isEmpty {
            guard let id = node["id"] else { continue }
            if ["next", "stop"].contains(step.id) {
                reading.report(
                    .badName, "\"\(step.id)\" cannot be a step's id, for it means something else", at: id.caret)
            }
            if let first = seen[step.id] {
                reading.report(
                    .duplicateStep, "the step \"\(step.id)\" is here a second time", at: id.caret,
                    notes: [Finding.Note("the first one", at: reading.source.place(first.caret))])
            }
            seen[step.id] = seen[step.id] ?? id
            guard let was = step.was, let node = node["was"], graph.index(of: was) != nil else { continue }
            reading.report(
                .unknownStep, "the step \"\(was)\" is still here, so it was not renamed", at: node.caret,
                hint: "remove was:, or the old step")
        }
    }

    private func checkTemplates(_ step: Step, _ node: Node) {
        for name in step.templates {
            require(
                name, .unknownTemplate, "template", among: names.templates, at: templateNode(name, node),
                otherwise: "write templates/\(name).md")
        }
    }

    /// Where a step names a template.
    private func templateNode(_ name: String, _ node: Node) -> Node {
        let actions = ["email", "linkedin", "call", "task"].compactMap { node[$0] }
        let nodes = actions.flatMap { $0.entries.isEmpty ? [$0] : $0.entries.map(\.value) }
        return nodes.first { $0.text == name } ?? node
    }

    private func checkJumps(_ step: Step, _ node: Node) {
        guard let own = graph.index(of: step.id) else { return }
        for jump in graph.jumps(of: step) {
            let at = self.node(jump.path, in: node)
            guard let target = graph.index(of: jump.target) else {
                // A branch and a split lead to steps only.
                let words = ["branch", "split"].contains(jump.path.first) ? [] : ["next", "stop"]
                require(
                    jump.target, .unknownStep, "step", among: sequence.steps.map(\.id) + words, at: at,
                    otherwise: "a step is named by its id")
                continue
            }
            guard target <= own else { continue }
            let message =
                target == own
                ? "the step leads to itself" : "\"\(jump.target)\" comes before this step, and every way leads forward"
            reading.report(
                .backwardJump, message, at: at.caret,
                hint: "name a later step; to try a task again: {retry: 2, after: 1 business day}")
        }
    }

    /// The value at a path of keys; for a way of a split, which is a key, the key.
    private func node(_ path: [String], in node: Node) -> Node {
        if path.first == "split", let entry = node["split"]?.entries.first(where: { $0.key == path.last }) {
            return Node(content: .text(entry.key, isPlain: true), range: entry.keyRange)
        }
        return path.reduce(node) { $0[$1] ?? $0 }
    }

    private func checkThread(_ step: Step, _ node: Node) {
        guard let thread = step.thread, case .email = step.kind, let at = node["thread"] else { return }
        guard let own = graph.index(of: step.id) else { return }
        let earlier = sequence.steps.prefix(own).filter(\.isEmail).map(\.id)
        let hint = earlier.last.map { "thread: \($0)" } ?? "remove thread: the first email begins one"
        guard let target = graph.index(of: thread) else {
            require(
                thread, .unknownStep, "step", among: earlier, at: at, otherwise: "name an earlier email step by its id")
            return
        }
        if !sequence.steps[target].isEmail {
            reading.report(
                .badThread, "\"\(thread)\" sends no email, so nothing can answer in its thread", at: at.caret,
                hint: hint)
        } else if target >= own {
            let message = target == own ? "an email cannot answer itself" : "\"\(thread)\" comes later"
            reading.report(.badThread, message, at: at.caret, hint: hint)
        }
    }

    private func checkOutcomes(_ step: Step, _ node: Node) {
        guard let channel = step.channel, step.isManual, let known = names.outcomes[channel] else { return }
        for entry in node["outcomes"]?.entries ?? [] where !known.contains(entry.key) {
            reading.report(
                .unknownOutcome, "a \(channel.rawValue) task never comes to \"\(entry.key)\"", at: entry.keyRange,
                hint: NearestName.hint(among: known, to: entry.key)
                    ?? "outcomes of \(channel.rawValue): \(known.joined(separator: ", "))")
        }
    }

    /// Criteria that ask what became of this or a later step: nobody knows it yet.
    private func checkQuestions(_ step: Step, _ node: Node) {
        guard let own = graph.index(of: step.id) else { return }
        for entry in ["when", "wait", "branch"].flatMap({ node[$0].map(questions) ?? [] }) {
            let parts = entry.key.split(separator: ".")
            guard parts.count == 3, let asked = graph.index(of: String(parts[1])) else { continue }
            guard asked >= own else { continue }
            reading.report(
                .badCriteria, "nothing has become of \"\(parts[1])\" yet when this is asked", at: entry.keyRange,
                hint: "ask about an earlier step")
        }
    }

    /// The entries of criteria that ask for outcomes, however deep.
    private func questions(_ node: Node) -> [Node.Entry] {
        let own = node.entries.filter { $0.key.hasPrefix("steps.") }
        return own + (node.entries.map(\.value) + node.elements).flatMap(questions)
    }

    private func checkReach() {
        let reachable = graph.reachable
        for index in sequence.steps.indices where !reachable.contains(index) {
            let node = file.stepNodes[index]
            reading.report(
                .unreachableStep, "no way leads to the step \"\(sequence.steps[index].id)\"",
                at: (node["id"] ?? node).caret, hint: "name it in an earlier branch, split or outcome, or remove it")
        }
    }

    private func reportUnguarded(_ node: Node) {
        reading.report(
            .unguardedMessage, "this message may be due for somebody who is not connected; it is skipped then",
            at: (node["linkedin"] ?? node).caret,
            hint: "add wait: {for: {linkedin.connected: true}, at_most: 3d, else: next}, "
                + "or when: {linkedin.connected: true}")
    }
}

extension Step {
    /// Whether Stoke sends it.
    fileprivate var isEmail: Bool {
        if case .email = kind { true } else { false }
    }
}
