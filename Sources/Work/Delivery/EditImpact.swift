package import Ledger
package import Outreach
import Planning

/// What applying an edited workspace means for the people in flight: each change, whom it affects, and how.
package struct EditImpact: Sendable {
    /// One change of a sequence.
    package struct Item: Sendable, Hashable {
        /// What the files change.
        package enum Kind: Sendable, Hashable {
            case sequenceAdded
            /// Its people wait until it is back.
            case sequenceRemoved
            /// Keys of the sequence itself.
            case sequenceKeys([String])
            case step(SequenceDiff.Change.Kind)
        }
        /// The sequence's name.
        package var sequence: String
        /// What the files change.
        package var kind: Kind
        /// The step's id in the new version; of a removed one, in the old. Empty where it is about no step.
        package var step: String
        /// Who is on the way and meets the change.
        package var affected: [Person.ID] = []
        /// Of those, who stands right at it: their task or unsent mail is in the way.
        package var standing = 0
        /// Who is past it: nothing changes for them.
        package var past = 0
        /// A removed step: where those go on who stand at it; `nil`: at the end.
        package var next: String?
    }

    /// By sequence, then in the order of the new version.
    package private(set) var items: [Item] = []
    /// Active people of a mailbox that is gone; they wait.
    package private(set) var stranded: [String: Int] = [:]
    /// What else differs.
    package let model: ModelDiff

    /// Whether applying the files would change nothing.
    package var isEmpty: Bool { model.isEmpty }

    /// - Throws: what the store throws.
    package init<S: Store>(from old: Model, to new: Model, in store: S) throws(StoreError) {
        model = ModelDiff(from: old, to: new)
        items += model.addedSequences.map { Item(sequence: $0, kind: .sequenceAdded, step: "") }
        for name in model.removedSequences {
            var item = Item(sequence: name, kind: .sequenceRemoved, step: "")
            try EditImpact.walk(name, in: store) { (enrollment) throws(StoreError) in
                item.affected.append(enrollment.person)
            }
            items.append(item)
        }
        for (name, diff) in model.sequences.sorted(by: { $0.key < $1.key }) {
            guard let before = old.sequences[name], let after = new.sequences[name] else { continue }
            try add(diff, from: before, to: after, store)
        }
        if !model.mailboxes.removed.isEmpty {
            for name in old.sequences.keys.sorted() {
                try EditImpact.walk(name, in: store) { (enrollment) throws(StoreError) in
                    guard let mailbox = enrollment.mailbox, model.mailboxes.removed.contains(mailbox) else { return }
                    stranded[mailbox, default: 0] += 1
                }
            }
        }
    }

    private mutating func add<S: Store>(
        _ diff: SequenceDiff, from old: Sequence, to new: Sequence, _ store: S
    ) throws(StoreError) {
        var own = diff.changes.map { Item(sequence: new.name, kind: .step($0.kind), step: $0.step) }
        if !diff.keys.isEmpty { own.insert(Item(sequence: new.name, kind: .sequenceKeys(diff.keys), step: ""), at: 0) }
        for index in own.indices where own[index].kind == .step(.removed) {
            own[index].next = EditImpact.next(after: own[index].step, from: old, to: new)
        }
        let order = old.steps.map(\.id)
        try EditImpact.walk(new.name, in: store) { (enrollment) throws(StoreError) in
            // Whoever is not admitted yet stands at the beginning; that needs no history.
            let results =
                enrollment.mailbox == nil
                ? [] : try store.history(of: enrollment.person).results.filter { $0.enrollment == enrollment.id }
            let known = try store.stepOrder(ofVersion: enrollment.version) ?? order
            let before = Position(in: old, results: results, storedOrder: known).index
            let after = Position(in: new, results: results, storedOrder: known).index
            for index in own.indices { own[index].add(enrollment.person, before, after, old, new) }
        }
        items += own
    }

    /// The step that those come to who stand at a removed one.
    private static func next(after step: String, from old: Sequence, to new: Sequence) -> String? {
        guard let index = old.index(of: step) else { return nil }
        let before = old.steps[..<index].reversed().lazy.compactMap { new.index(of: $0.id) }.first
        let place = before.map { $0 + 1 } ?? 0
        return place < new.steps.count ? new.steps[place].id : nil
    }

    /// Everybody on their way through a sequence, paused ones too.
    private static func walk<S: Store>(
        _ sequence: String, in store: S, _ body: (Enrollment) throws(StoreError) -> Void
    ) throws(StoreError) {
        for state in [Enrollment.State.active, .paused] {
            var last: Enrollment.ID?
            while true {
                let page = try store.enrollments(sequence: sequence, state: state, after: last, limit: 1000)
                for enrollment in page { try body(enrollment) }
                guard page.count == 1000, let end = page.last else { break }
                last = end.id
            }
        }
    }
}

extension EditImpact.Item {
    /// Counts one person, by the index of the step before which they stand, in either version.
    fileprivate mutating func add(
        _ person: Person.ID, _ before: Int, _ after: Int, _ old: Sequence, _ new: Sequence
    ) {
        guard case .step(let change) = kind else {
            affected.append(person)
            return
        }
        let place = change == .removed ? old.index(of: step) : new.index(of: step)
        let position = change == .removed ? before : after
        guard let place else { return }
        if position <= place {
            affected.append(person)
            if position == place { standing += 1 }
        } else {
            past += 1
        }
    }
}
