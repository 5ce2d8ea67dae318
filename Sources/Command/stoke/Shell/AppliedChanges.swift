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
    private let store: SQLiteStore

    /// `old`: what is live; `nil` before the first apply.
    init(_ old: Model?, _ new: Model, _ store: SQLiteStore) throws {
        self.store = store
        impact = try old.map { (old) throws(StoreError) in try EditImpact(from: old, to: new, in: store) }
        fresh = new.sequences.keys.sorted()
    }

    /// Whether applying would change what runs do.
    var isEmpty: Bool { impact?.isEmpty ?? false }

    // MARK: for people

    func text() throws -> String {
        guard let impact else { return fresh.map { "+ sequence \($0)" }.joined(separator: "\n") }
        var lines: [String] = []
        var last: String?
        for item in impact.items {
            if case .step = item.kind, item.sequence != last { lines.append("~ sequence \(item.sequence)") }
            last = item.sequence
            lines.append(try line(item))
        }
        lines +=
            rest(impact.model)
            + impact.stranded.sorted { $0.key < $1.key }.map {
                "- mailbox \($0.key): \(people($0.value)) bound to it wait until it is back"
            }
        return lines.isEmpty ? "nothing that runs would notice" : lines.joined(separator: "\n")
    }

    private func line(_ item: EditImpact.Item) throws -> String {
        switch item.kind {
        case .sequenceAdded: return "+ sequence \(item.sequence)"
        case .sequenceRemoved:
            return "- sequence \(item.sequence): \(people(item.affected.count)) in flight wait until it is back"
                + (try names(item))
        case .sequenceKeys(let keys):
            return
                "~ sequence \(item.sequence): \(keys.joined(separator: ", ")); \(people(item.affected.count)) in flight"
        case .step(let change): return "    " + (try line(item, change)) + (try names(item))
        }
    }

    private func line(_ item: EditImpact.Item, _ change: SequenceDiff.Change.Kind) throws -> String {
        let count = people(item.affected.count)
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
        case .rulesChanged(let keys): return "~ step \(item.step), \(keys.joined(separator: ", ")): \(count)\(past)"
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

    private func people(_ count: Int) -> String { count == 1 ? "1 person" : "\(Numbers.grouped(count)) people" }

    /// `  (Ann Lee, Maya Chen, Jonas Weber, ...)`.
    private func names(_ item: EditImpact.Item) throws -> String {
        guard !item.affected.isEmpty else { return "" }
        let names = try item.affected.prefix(3).compactMap { try store.person($0)?.displayName }
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
                        try item.affected.compactMap { try store.person($0) }.map { .string($0.email ?? $0.key) })
                ),
                ("standing", .integer(item.standing)), ("past", .integer(item.past)),
            ]
            if case .step(.renamed(let from)) = item.kind { object.append(("from", .string(from))) }
            if let next = item.next { object.append(("next", .string(next))) }
            return .object(JSONObject(object))
        }
        return [
            "changes": .array(items), "others": .array(rest(impact.model).map { .string($0) }),
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

extension SQLiteStore {
    /// How many people are on their way through a sequence.
    func activeCount(of sequence: String) throws -> Int {
        var count = 0
        var last: Enrollment.ID?
        while true {
            let page = try enrollments(sequence: sequence, state: .active, after: last, limit: 1000)
            count += page.count
            guard let end = page.last, page.count == 1000 else { return count }
            last = end.id
        }
    }
}
