/// What differs between two versions of a sequence, step by step: what an apply means for people in flight.
package struct SequenceDiff: Sendable, Hashable {
    /// One step that is not as it was.
    package struct Change: Sendable, Hashable {
        /// What is not as it was.
        package enum Kind: Sendable, Hashable {
            /// Only the new version has it.
            case added
            /// Only the old version has it: its people go on at the next step that is left.
            case removed
            /// It stands at another place among the others.
            case moved
            /// It says that it is the step which was called so.
            case renamed(from: String)
            /// Other words go out: its template's text, or the template.
            case textChanged
            /// Something else of it, by the names of the keys: `after`, `when`, `outcomes`.
            case rulesChanged([String])
        }
        /// The id in the new version; of a removed step, in the old.
        package var step: String
        /// What is not as it was.
        package var kind: Kind

        package init(step: String, kind: Kind) {
            self.step = step
            self.kind = kind
        }
    }

    /// By the new version's order; removed steps last, in the old order.
    package let changes: [Change]
    /// Keys of the sequence itself that differ: `mailboxes`, `calendar`, `finish`.
    package let keys: [String]
    /// Steps that went and came with one template: most likely one step under a new name, without a `was:`.
    package let suspectedRenames: [(old: String, new: String)]

    /// Whether nothing differs for people in flight.
    package var isEmpty: Bool { changes.isEmpty && keys.isEmpty }

    /// - Parameters:
    ///   - oldText: what the old version's template of a name says.
    ///   - newText: the same of the new version.
    package init(
        from old: Sequence, to new: Sequence, oldText: (String) -> TemplateSource?, newText: (String) -> TemplateSource?
    ) {
        let pairs = SequenceDiff.pairs(old, new)
        let unmoved = SequenceDiff.unmoved(pairs.compactMap(\.oldIndex))
        var changes: [Change] = []
        for (step, oldIndex) in pairs {
            guard let oldIndex else {
                changes.append(Change(step: step.id, kind: .added))
                continue
            }
            let before = old.steps[oldIndex]
            if before.id != step.id { changes.append(Change(step: step.id, kind: .renamed(from: before.id))) }
            if !unmoved.contains(oldIndex) { changes.append(Change(step: step.id, kind: .moved)) }
            if before.templates != step.templates || step.templates.contains(where: { oldText($0) != newText($0) }) {
                changes.append(Change(step: step.id, kind: .textChanged))
            }
            let rules = SequenceDiff.rules(before, step)
            if !rules.isEmpty { changes.append(Change(step: step.id, kind: .rulesChanged(rules))) }
        }
        let kept = Set(pairs.compactMap(\.oldIndex))
        let removed = old.steps.indices.filter { !kept.contains($0) }.map { old.steps[$0] }
        changes += removed.map { Change(step: $0.id, kind: .removed) }
        self.changes = changes
        keys = SequenceDiff.keys(old, new)
        suspectedRenames = SequenceDiff.suspects(removed, added: pairs.filter { $0.oldIndex == nil }.map(\.step))
    }

    package static func == (a: SequenceDiff, b: SequenceDiff) -> Bool { a.changes == b.changes && a.keys == b.keys }
    package func hash(into hasher: inout Hasher) {
        hasher.combine(changes)
        hasher.combine(keys)
    }

    /// Each new step with the index of the old one it is: of the same id, or of the id it was called.
    private static func pairs(_ old: Sequence, _ new: Sequence) -> [(step: Step, oldIndex: Int?)] {
        let places = Dictionary(old.steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let newIDs = Set(new.steps.map(\.id))
        return new.steps.map { step in
            if let place = places[step.id] { return (step, place) }
            // An id that is still in use was not renamed.
            return (step, step.was.flatMap { newIDs.contains($0) ? nil : places[$0] })
        }
    }

    /// The old indices whose order is kept: a longest ascending subsequence.
    private static func unmoved(_ indices: [Int]) -> Set<Int> {
        var lengths: [Int] = []
        for (i, index) in indices.enumerated() {
            lengths.append(1 + (zip(indices, lengths).prefix(i).filter { $0.0 < index }.map(\.1).max() ?? 0))
        }
        var wanted = lengths.max() ?? 0
        var limit = Int.max
        var kept: Set<Int> = []
        for (index, length) in zip(indices, lengths).reversed() where length == wanted && index < limit {
            kept.insert(index)
            limit = index
            wanted -= 1
        }
        return kept
    }

    /// The keys of a step that differ, its texts and names apart.
    private static func rules(_ a: Step, _ b: Step) -> [String] {
        var keys: [String] = []
        if a.action != b.action { keys.append(b.action.key) }
        if a.after != b.after { keys.append("after") }
        if a.when != b.when { keys.append("when") }
        if a.wait != b.wait { keys.append("wait") }
        if a.thread != b.thread { keys.append("thread") }
        if a.expire != b.expire { keys.append("expire") }
        if a.onExpire != b.onExpire { keys.append("on_expire") }
        if a.outcomes != b.outcomes { keys.append("outcomes") }
        if a.review != b.review { keys.append("review") }
        if a.parallel != b.parallel { keys.append("parallel") }
        if a.calendar != b.calendar { keys.append("calendar") }
        return keys
    }

    private static func keys(_ a: Sequence, _ b: Sequence) -> [String] {
        var keys: [String] = []
        if a.audience != b.audience { keys.append("audience") }
        if a.mailboxes != b.mailboxes { keys.append("mailboxes") }
        if a.clock != b.clock { keys.append("timezone") }
        if a.exclusive != b.exclusive { keys.append("exclusive") }
        if a.recontactAfter != b.recontactAfter { keys.append("recontact_after") }
        if a.stopOn != b.stopOn { keys.append("stop_on") }
        if a.calendar != b.calendar { keys.append("calendar") }
        if a.enrollWhen != b.enrollWhen { keys.append("enroll_when") }
        if a.experiment != b.experiment { keys.append("experiment") }
        if a.finish != b.finish { keys.append("finish") }
        return keys
    }

    private static func suspects(_ removed: [Step], added: [Step]) -> [(old: String, new: String)] {
        var left = added
        return removed.compactMap { old in
            let texts = Set(old.templates)
            guard !texts.isEmpty, let index = left.firstIndex(where: { !texts.isDisjoint(with: $0.templates) }) else {
                return nil
            }
            return (old.id, left.remove(at: index).id)
        }
    }
}

extension Step {
    /// What a step does, its texts apart.
    fileprivate enum Action: Hashable {
        case email(arms: [String])
        case linkedin(LinkedInAction)
        case call, task
        case fork(Step.Kind)
        case pause

        /// The key that says it.
        var key: String {
            switch self {
            case .email: "email"
            case .linkedin: "linkedin"
            case .call: "call"
            case .task: "task"
            case .fork(.split): "split"
            case .fork: "branch"
            case .pause: "wait"
            }
        }
    }

    fileprivate var action: Action {
        switch kind {
        // One template has its own name as its arm, and that is a text.
        case .email(let variants): .email(arms: variants.count > 1 ? variants.map(\.arm) : [])
        case .linkedin(let action, _): .linkedin(action)
        case .call: .call
        case .task: .task
        case .branch, .split: .fork(kind)
        case .pause: .pause
        }
    }
}
