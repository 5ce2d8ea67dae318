import CivilTime
import Delivery
import Interchange
import Ledger
import Outreach
import Reports
import SQLiteLedger

/// What applying the files changes, for whom in flight and how, as people and programs read it.
struct AppliedChanges {
    private let impact: EditImpact?
    private let fresh: [String]
    private let store: SQLiteStore?
    private let models: (old: Model?, new: Model)

    /// `old`: what is live; `nil` before the first apply.
    init(_ old: Model?, _ new: Model, _ store: SQLiteStore) throws {
        self.store = store
        models = (old, new)
        impact = try old.map { (old) throws(StoreError) in try EditImpact(from: old, to: new, in: store) }
        fresh = new.sequences.keys.sorted()
    }

    /// What applying would change, as far as a ledger is there; nothing is written.
    init(applying model: Model, to folder: WorkspaceFolder, _ desk: Desk) throws {
        let store = try folder.place(desk).hasLedger ? folder.readLedger(desk) : nil
        let old = try store.flatMap { try Office.appliedModel($0, desk) }
        self.store = store
        models = (old, model)
        impact = try store.flatMap { (store) throws(StoreError) in
            try old.map { (old) throws(StoreError) in try EditImpact(from: old, to: model, in: store) }
        }
        fresh = model.sequences.keys.sorted()
    }

    /// On the desk, as it is wanted there.
    func show(_ desk: Desk) throws {
        if desk.wantsJSON { desk.output.print(try json()) } else { desk.output.print(try text()) }
    }

    /// Whether applying would change what runs do.
    var isEmpty: Bool { impact?.isEmpty ?? false }

    // MARK: for people

    func text() throws -> String {
        guard let impact else {
            let head = "nothing is live yet; applying makes live:"
            return ([head] + fresh.map { "+ sequence \($0)" }).joined(separator: "\n")
        }
        var lines: [String] = []
        var last: String?
        for item in impact.items {
            if case .step = item.kind, item.sequence != last { lines.append("~ sequence \(item.sequence)") }
            last = item.sequence
            lines.append(try line(item))
        }
        lines +=
            rest(impact.model) + (try decided(impact.model.templates.changed))
            + impact.stranded.sorted { $0.key < $1.key }.map {
                "- mailbox \($0.key): \(Numbers.people($0.value)) bound to it wait until it is back"
            }
        return lines.isEmpty ? "nothing that runs would notice" : lines.joined(separator: "\n")
    }

    private func line(_ item: EditImpact.Item) throws -> String {
        switch item.kind {
        case .sequenceAdded: return "+ sequence \(item.sequence)"
        case .sequenceRemoved:
            return "- sequence \(item.sequence): \(Numbers.people(item.affected.count)) in flight wait until it is back"
                + (try names(item))
        case .sequenceKeys(let keys):
            return
                "~ sequence \(item.sequence): \(keys.joined(separator: ", ")); \(Numbers.people(item.affected.count)) in flight"
        case .step(let change): return "    " + (try line(item, change)) + (try names(item))
        }
    }

    private func line(_ item: EditImpact.Item, _ change: SequenceDiff.Change.Kind) throws -> String {
        let count = Numbers.people(item.affected.count)
        let past = item.past == 0 ? "" : ", \(item.past) are past it"
        switch change {
        case .added: return "+ step \(item.step): \(count) will get it\(past)"
        case .removed:
            let goal = item.next.map { "go on at \($0)" } ?? "reach the end"
            let standing = item.standing == 0 ? "" : "; \(item.standing) at it \(goal), open tasks and unsent mails end"
            return "- step \(item.step): \(count) will not get it\(standing)\(past)"
        case .renamed(let from): return "~ step \(from) is now \(item.step): \(count) get it under its new name\(past)"
        case .moved: return "~ step \(item.step) moves: \(count) will get it where it stands now\(past)"
        case .textChanged: return "~ text of \(item.step): \(count) get the new one\(past)"
        case .rulesChanged(let keys):
            let rules = keys.map { rule($0, of: item) }.joined(separator: ", ")
            return "~ step \(item.step), \(rules): \(count)\(past)"
        }
    }

    /// `after 1 business day, now 3 business days`; keys that say more than a time are only named.
    private func rule(_ key: String, of item: EditImpact.Item) -> String {
        let new = models.new.sequences[item.sequence]?.step(item.step)
        let before = models.old?.sequences[item.sequence]
        let old = before?.step(item.step) ?? new?.was.flatMap { before?.step($0) }
        func words(_ delay: Delay??) -> String { (delay ?? nil).map { "\($0)" } ?? "none" }
        switch key {
        case "after": return "after \(words(old?.after)), now \(words(new?.after))"
        case "expire": return "expire \(words(old?.expire)), now \(words(new?.expire))"
        default: return key
        }
    }

    private func rest(_ diff: ModelDiff) -> [String] {
        var lines = diff.settings.isEmpty ? [] : ["~ stoke.yaml: \(diff.settings.joined(separator: ", "))"]
        for (noun, names) in [
            ("mailbox", diff.mailboxes), ("owner", diff.owners), ("template", diff.templates),
            ("signature", diff.signatures),
        ] {
            lines += names.added.map { "+ \(noun) \($0)" } + names.changed.map { "~ \(noun) \($0)" }
            lines += names.removed.filter { noun != "mailbox" || (impact?.stranded[$0] ?? 0) == 0 }
                .map { "- \(noun) \($0)" }
        }
        if diff.isQualificationChanged { lines.append("~ qualification.yaml: scores are judged again") }
        return lines
    }

    /// Of changed templates, those that nobody gets any more because their experiment has its winner.
    private func decided(_ changed: [String]) throws -> [String] {
        let conclusions = try store?.conclusions() ?? []
        return models.new.sequences.values.sorted { $0.name < $1.name }.map { $0.keeping(conclusions) }.flatMap {
            sequence in
            sequence.steps.flatMap { step -> [String] in
                guard case .email(let variants) = step.kind, let winner = sequence.winners[step.id] else { return [] }
                return variants.filter { $0.arm != winner && changed.contains($0.template) }.map {
                    "! \($0.template) lost to \(winner) in \(sequence.name)/\(step.id) and is not sent; "
                        + "under another name it is compared anew"
                }
            }
        }
    }

    /// `  (Ann Lee, Maya Chen, Jonas Weber, ...)`.
    private func names(_ item: EditImpact.Item) throws -> String {
        guard !item.affected.isEmpty else { return "" }
        let names = try item.affected.prefix(3).compactMap { try store?.person($0)?.displayName }
        return "  (" + Sink.line(names.joined(separator: ", ")) + (item.affected.count > 3 ? ", ...)" : ")")
    }

    // MARK: for programs

    func json() throws -> JSON {
        guard let impact else {
            return [
                "changes": .array(fresh.map { ["sequence": .string($0), "kind": "sequence_added"] as JSON }),
                "would_change": true,
            ]
        }
        let items = try impact.items.map { item -> JSON in
            var object: [(String, JSON)] = [
                ("sequence", .string(item.sequence)), ("kind", .string(item.kind.name)), ("step", .string(item.step)),
                (
                    "affected",
                    .array(
                        try item.affected.compactMap { try store?.person($0) }.map { .string($0.email ?? $0.key) })
                ),
                ("standing", .integer(item.standing)), ("past", .integer(item.past)),
            ]
            if case .step(.renamed(let from)) = item.kind { object.append(("from", .string(from))) }
            if case .step(.rulesChanged(let keys)) = item.kind {
                object.append(("keys", .array(keys.map { .string($0) })))
            }
            if case .sequenceKeys(let keys) = item.kind { object.append(("keys", .array(keys.map { .string($0) }))) }
            if let next = item.next { object.append(("next", .string(next))) }
            return .object(JSONObject(object))
        }
        return [
            "changes": .array(items),
            "others": .array((rest(impact.model) + (try decided(impact.model.templates.changed))).map { .string($0) }),
            "stranded": .object(
                JSONObject(impact.stranded.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })),
            "would_change": .bool(!impact.isEmpty),
        ]
    }
}

extension EditImpact.Item.Kind {
    /// As `--json` calls it.
    fileprivate var name: String {
        switch self {
        case .sequenceAdded: "sequence_added"
        case .sequenceRemoved: "sequence_removed"
        case .sequenceKeys: "sequence_changed"
        case .step(.added): "step_added"
        case .step(.removed): "step_removed"
        case .step(.moved): "step_moved"
        case .step(.renamed): "step_renamed"
        case .step(.textChanged): "text_changed"
        case .step(.rulesChanged): "step_changed"
        }
    }
}
