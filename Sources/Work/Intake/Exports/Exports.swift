package import CivilTime
import Facts
package import Ledger
import Outreach
import Planning

/// What can be taken out of a ledger.
package enum ExportSubject: String, Sendable, Hashable, CaseIterable {
    case people, touchpoints, tasks, stages

    /// The columns where nobody names any; people have their custom facts besides.
    package var columns: [String] {
        switch self {
        case .people:
            ["email", "linkedin", "phone", "first_name", "last_name", "name", "title", "city", "state", "country"]
                + ["timezone", "timezone_source", "language", "basis", "source"]
                + ["company.name", "company.domain", "company.website", "company.industry", "company.employees"]
        case .touchpoints:
            ["id", "person", "email", "kind", "at", "recorded_at", "sequence", "step", "outcome", "note", "detail"]
        case .tasks:
            [
                "id", "person", "email", "sequence", "step", "kind", "owner", "state", "due_at", "opened_at",
                "closed_at",
                "outcome",
            ]
        case .stages: ["person", "email", "stage", "at", "recorded_at", "reason", "by", "rules"]
        }
    }

    /// Further columns that may be named.
    package var furtherColumns: [String] {
        switch self {
        case .people: ["key", "id", "stage", "temperature", "fit", "intent", "suppressed"]
        case .touchpoints: ["source_key"]
        case .tasks: ["attempt", "expires_at", "snoozed_until"]
        case .stages: ["detail"]
        }
    }
}

/// Takes people, touchpoints, tasks and stages out of a ledger.
package struct Export {
    private let store: any Store
    private let subject: ExportSubject
    private let since: Instant?
    private let columns: [String]
    private let format: ExportFormat

    /// - Parameters:
    ///   - columns: those wanted, in their order; `nil`: the subject's own, and of people every fact there is.
    ///   - since: only what was recorded then or later: touchpoints, stages, tasks opened or closed, and people of whom
    ///     anything was.
    package init(
        _ subject: ExportSubject, from store: any Store, columns: [String]? = nil, since: Instant? = nil,
        format: ExportFormat
    ) throws(StoreError) {
        self.store = store
        self.subject = subject
        self.since = since
        self.format = format
        if let columns {
            self.columns = columns
        } else if subject == .people {
            self.columns =
                try subject.columns + Export.facts(in: store).filter { !subject.columns.contains($0) }.sorted()
        } else {
            self.columns = subject.columns
        }
    }

    /// The paths of the facts that the people of a ledger have.
    package static func facts(in store: any Store) throws(StoreError) -> Set<String> {
        var paths: Set<String> = []
        try walk(store) { (people) throws(StoreError) in
            for person in people {
                for (name, value) in person.facts.elements {
                    if case .record(let record) = value {
                        paths.formUnion(record.keys.map { "\(name).\($0)" })
                    } else {
                        paths.insert(name)
                    }
                }
            }
        }
        return paths
    }

    /// Writes everything, piece by piece; how many rows it were.
    package func run(_ write: ([UInt8]) -> Void) throws(StoreError) -> Int {
        var table = ExportTable(columns, format: format)
        var count = 0
        switch subject {
        case .people, .tasks: try people(&table, &count, write)
        case .touchpoints, .stages: try touchpoints(&table, &count, write)
        }
        write(table.take())
        return count
    }

    private static func walk(
        _ store: any Store, _ body: ([Person]) throws(StoreError) -> Void
    ) throws(StoreError) {
        var after: Person.ID?
        while true {
            let people = try store.people(after: after, limit: 1000)
            guard let last = people.last else { return }
            try body(people.filter { !$0.isForgotten })
            after = last.id
        }
    }

    // MARK: People and tasks

    private func people(
        _ table: inout ExportTable, _ count: inout Int, _ write: ([UInt8]) -> Void
    ) throws(StoreError) {
        let needsHistory = subject == .tasks || since != nil || columns.contains("suppressed")
        var rows = table
        var written = count
        try Export.walk(store) { (people) throws(StoreError) in
            for person in people {
                let history = needsHistory ? try store.history(of: person.id) : History(person: person)
                if subject == .tasks {
                    written += tasks(history, &rows)
                } else if try isRecent(history) {
                    let standing = try store.standing(of: person.id)?.standing
                    rows.write { PersonColumns(history: history, standing: standing).value($0) }
                    written += 1
                }
            }
            write(rows.take())
        }
        table = rows
        count = written
    }

    /// Whether anything of the person was recorded since.
    private func isRecent(_ history: History) throws(StoreError) -> Bool {
        guard let since else { return true }
        if history.touchpoints.contains(where: { $0.recordedAt >= since }) { return true }
        return try store.addedAt(history.person.id).map { $0 >= since } ?? false
    }

    private func tasks(_ history: History, _ table: inout ExportTable) -> Int {
        let sequences = history.sequencesByEnrollment
        let tasks = history.tasks.filter { task in
            since.map { max(task.openedAt, task.closedAt ?? task.openedAt) >= $0 } ?? true
        }
        for task in tasks {
            table.write { column in
                switch column {
                case "id": .integer(task.id)
                case "person": .text(history.person.key)
                case "email": history.person.email.map { .text($0) }
                case "sequence": sequences[task.enrollment].map { .text($0) }
                case "step": .text(task.step)
                case "kind": .text(task.kind.rawValue)
                case "owner": .text(task.owner)
                case "state": .text(task.state.rawValue)
                case "attempt": .integer(task.attempt)
                case "due_at": .instant(task.dueAt)
                case "opened_at": .instant(task.openedAt)
                case "closed_at": task.closedAt.map { .instant($0) }
                case "expires_at": task.expiresAt.map { .instant($0) }
                case "snoozed_until": task.snoozedUntil.map { .instant($0) }
                case "outcome": task.outcome.map { .text($0) }
                default: nil
                }
            }
        }
        return tasks.count
    }

    // MARK: Touchpoints and stages

    private func touchpoints(
        _ table: inout ExportTable, _ count: inout Int, _ write: ([UInt8]) -> Void
    ) throws(StoreError) {
        var after = 0
        var people: [Person.ID: Person] = [:]
        while true {
            let page = try store.touchpoints(after: after, limit: 1000)
            guard let last = page.last else { return }
            if people.count > 20_000 { people.removeAll() }
            for touchpoint in page where since.map({ touchpoint.recordedAt >= $0 }) ?? true {
                if subject == .stages, !touchpoint.kind.isA("stage") { continue }
                if people[touchpoint.person] == nil { people[touchpoint.person] = try store.person(touchpoint.person) }
                let sequence = try columns.contains("sequence") ? sequence(of: touchpoint) : nil
                let row = TouchpointColumns(
                    touchpoint: touchpoint, person: people[touchpoint.person], sequence: sequence)
                table.write { row.value($0) }
                count += 1
            }
            after = last.id
            write(table.take())
        }
    }

    private func sequence(of touchpoint: Touchpoint) throws(StoreError) -> String? {
        guard let id = touchpoint.enrollment else { return nil }
        return try store.enrollment(id)?.sequence
    }
}

extension History {
    /// Which sequence each enrollment is of.
    fileprivate var sequencesByEnrollment: [Enrollment.ID: String] {
        Dictionary(enrollments.map { ($0.id, $0.sequence) }) { first, _ in first }
    }
}
