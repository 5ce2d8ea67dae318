package import CivilTime
package import Outreach
package import Planning

extension MemoryStore {
    package func due(
        _ lane: Lane, at now: Instant, after: Cursor?, limit: Int
    ) throws(StoreError) -> [Enrollment] {
        try read { (tables) throws(StoreError) in try tables.due(lane, at: now, after: after, limit: limit) }
    }

    package func dueCount(_ lane: Lane, at now: Instant) throws(StoreError) -> Int {
        try read { (tables) throws(StoreError) in
            let last = Cursor.last(at: now)
            let own = tables.lanes[lane]?.count(through: last) ?? 0
            guard let base = tables.base else { return own }
            let hidden = tables.shadows[lane]?.count(through: last) ?? 0
            return try base.dueCount(lane, at: now) - hidden + own
        }
    }

    package func history(of person: Person.ID) throws(StoreError) -> History {
        try read { (tables) throws(StoreError) in
            // Whoever is looked at is kept: most often the next operation is about them.
            guard let shelf = try tables.shelf(person) else { throw .unknownPerson(person) }
            return shelf.history(company: tables.company(of: shelf))
        }
    }

    package func fences(of mailbox: String, since: Instant) throws(StoreError) -> [Instant] {
        try read { (tables) throws(StoreError) in
            let own = (tables.fences[mailbox] ?? []).suffix(where: { $0.at >= since }).map(\.at)
            let others = try tables.base?.fences(of: mailbox, since: since) ?? []
            return others.isEmpty ? own : (others + own).sorted()
        }
    }

    package func companyFences(of mailbox: String, since: Instant) throws(StoreError) -> [Int: Int] {
        try read { (tables) throws(StoreError) in
            let own = (tables.fences[mailbox] ?? []).suffix(where: { $0.at >= since })
            let others = try tables.base?.companyFences(of: mailbox, since: since) ?? [:]
            return own.reduce(into: others) { counts, fence in
                if let company = fence.company { counts[company, default: 0] += 1 }
            }
        }
    }

    package func sendingDays(of mailbox: String, before day: LocalDate) throws(StoreError) -> Int {
        try read { (tables) throws(StoreError) in
            var count = try tables.base?.sendingDays(of: mailbox, before: day) ?? 0
            for (key, fenced) in tables.fencedDays where key.mailbox == mailbox && key.day < day && fenced > 0 {
                let known = try tables.base.map { (base) throws(StoreError) in
                    try base.sendingDays(of: mailbox, before: key.day + 1)
                        > base.sendingDays(of: mailbox, before: key.day)
                }
                if known != true { count += 1 }
            }
            return count
        }
    }

    package func projected(
        for mailbox: String, from: LocalDate, through: LocalDate
    ) throws(StoreError) -> [LocalDate: Int] {
        try read { (tables) throws(StoreError) in
            var days = try tables.base?.projected(for: mailbox, from: from, through: through) ?? [:]
            guard from <= through else { return days }
            for number in from.dayNumber...through.dayNumber {
                let day = LocalDate(dayNumber: number)
                let key = MemoryTables.MailboxDay(mailbox: mailbox, day: day)
                guard let own = tables.projectedDays[key], own != 0 else { continue }
                let sum = (days[day] ?? 0) + own
                days[day] = sum == 0 ? nil : sum
            }
            return days
        }
    }

    package func tasksOpened(
        for owner: String, kinds: [OutreachTask.Kind], since: Instant
    ) throws(StoreError) -> Int {
        try read { (tables) throws(StoreError) in
            let openings = (tables.taskOpenings[owner] ?? []).suffix(where: { $0.at >= since })
            let own = openings.reduce(0) { kinds.contains($1.kind) ? $0 + $1.count : $0 }
            return try own + (tables.base?.tasksOpened(for: owner, kinds: kinds, since: since) ?? 0)
        }
    }

    package func pauses(at now: Instant) throws(StoreError) -> [Pause] {
        try pauses().filter { $0.until.map { $0 > now } ?? true }
    }

    package func pauses() throws(StoreError) -> [Pause] {
        try read { (tables) throws(StoreError) in
            tables.pauses.values.sorted { $0.subject.order < $1.subject.order }
        }
    }

    package func conclusions() throws(StoreError) -> [Conclusion] { try read { $0.conclusions } }

    package func standingsDue(at now: Instant, limit: Int) throws(StoreError) -> [Person.ID] {
        try read { (tables) throws(StoreError) in try tables.standingsDue(at: now, limit: limit) }
    }

    package func outages(since: Instant) throws(StoreError) -> [Range<Instant>] {
        try read { (tables) throws(StoreError) in
            try (tables.base?.outages(since: since) ?? []) + tables.outages.filter { $0.upperBound > since }
        }
    }

    package func stepOrder(ofVersion version: String) throws(StoreError) -> [String]? {
        try read { (tables) throws(StoreError) in
            if let own = tables.versions[version] { return own.stepOrder }
            return try tables.base?.stepOrder(ofVersion: version)
        }
    }
}

extension MemoryTables {
    func due(_ lane: Lane, at now: Instant, after: Cursor?, limit: Int) throws(StoreError) -> [Enrollment] {
        var own: [Enrollment] = []
        lanes[lane]?.walk(after: after) { cursor in
            guard own.count < limit, cursor.wakeAt <= now else { return false }
            if let row = enrollmentShelf[cursor.id]?.enrollments.first(where: { $0.id == cursor.id }) {
                own.append(row)
            }
            return true
        }
        guard let base else { return own }
        var others: [Enrollment] = []
        let behind = shadowedThrough[lane]
        var cursor = [after, behind].compactMap { $0 }.max()
        var isAllShadowed = cursor == behind
        while others.count < limit {
            // Shadowed rows are skipped, so a page may need a next one; what is shadowed stays so, and is not asked for
            // again.
            let page = try base.due(lane, at: now, after: cursor, limit: limit)
            for row in page {
                if enrollmentShelf[row.id] == nil {
                    others.append(row)
                    isAllShadowed = false
                } else if isAllShadowed {
                    shadowedThrough[lane] = Cursor(row)
                }
            }
            guard page.count == limit, let last = page.last else { break }
            cursor = Cursor(last)
        }
        return Array((own + others).sorted { Cursor($0) < Cursor($1) }.prefix(limit))
    }

    func standingsDue(at now: Instant, limit: Int) throws(StoreError) -> [Person.ID] {
        var own: [DueStanding] = []
        standings.walk(after: nil) { standing in
            guard own.count < limit, standing.at <= now else { return false }
            own.append(standing)
            return true
        }
        guard let base else { return own.map(\.person) }
        // The base says only whom, so its people stand before ours; who was judged here speaks for themselves.
        let others = try base.standingsDue(at: now, limit: limit.addingClamped(shelves.count))
            .filter { shelves[$0]?.hasOwnStanding != true }
        return Array((others + own.map(\.person)).prefix(limit))
    }
}

extension Cursor {
    /// Behind everything that is due at `now`.
    static func last(at now: Instant) -> Cursor {
        Cursor(
            Enrollment(
                id: Enrollment.ID(.max), person: Person.ID(0), sequence: "", enrolledAt: now, wakeAt: now, tie: .max))
    }
}

extension Pause.Subject {
    /// Mailboxes before sequences, each by name.
    package var order: String {
        switch self {
        case .mailbox(let name): "0\(name)"
        case .sequence(let name): "1\(name)"
        }
    }
}

extension Array {
    /// The elements at the end that all pass.
    func suffix(where passes: (Element) -> Bool) -> ArraySlice<Element> {
        var start = count
        while start > 0, passes(self[start - 1]) { start -= 1 }
        return self[start...]
    }
}
