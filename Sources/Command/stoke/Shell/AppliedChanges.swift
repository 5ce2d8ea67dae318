import Ledger
import Outreach
import SQLiteLedger

/// What applying the files changes, and for how many people in flight.
struct AppliedChanges {
    private(set) var lines: [String] = []

    /// `old`: what is live; `nil` before the first apply.
    init(_ old: Model?, _ new: Model, _ store: SQLiteStore) throws {
        guard let old else {
            lines = new.sequences.keys.sorted().map { "+ sequence \($0)" }
            return
        }
        for name in Set(old.sequences.keys).union(new.sequences.keys).sorted() {
            try compare(name, old.sequences[name], new.sequences[name], store)
        }
        if lines.isEmpty { lines = ["~ settings or rules; no sequence changes"] }
    }

    var text: String { lines.joined(separator: "\n") }

    private mutating func compare(_ name: String, _ old: Sequence?, _ new: Sequence?, _ store: SQLiteStore) throws {
        switch (old, new) {
        case (nil, _?): lines.append("+ sequence \(name)")
        case (_?, nil):
            lines.append("- sequence \(name): \(try store.activeCount(of: name)) in flight wait until it is back")
        case (let old?, let new?) where old.version != new.version:
            lines.append("~ sequence \(name): \(try store.activeCount(of: name)) in flight")
            lines += Self.steps(old, new).map { "    \($0)" }
        default: break
        }
    }

    private static func steps(_ old: Sequence, _ new: Sequence) -> [String] {
        let (before, after) = (old.steps.map(\.id), new.steps.map(\.id))
        var lines = after.filter { !before.contains($0) }.map { id -> String in
            if let was = new.step(id)?.was, before.contains(was) { return "~ step \(was) is now \(id)" }
            return "+ step \(id): everybody who is not past it gets it"
        }
        let renamed = new.steps.compactMap(\.was)
        lines += before.filter { !after.contains($0) && !renamed.contains($0) }.map {
            "- step \($0): its open tasks and unsent mails are cancelled; its people go on"
        }
        for step in new.steps where old.step(step.id).map({ $0 != step }) ?? false { lines.append("~ step \(step.id)") }
        return lines.isEmpty ? ["~ texts: unsent steps use the new ones"] : lines
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
