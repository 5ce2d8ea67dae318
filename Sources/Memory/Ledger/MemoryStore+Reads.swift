package import CivilTime
import Facts
package import Outreach
import Planning

extension MemoryStore {
    package func people(matching text: String, limit: Int) throws(StoreError) -> [Person] {
        try read { (tables) throws(StoreError) in
            let folded = text.lowercased()
            try tables.pull(matching: text)
            let own = tables.people(matching: text, folded)
            return Array(own.prefix(limit))
        }
    }

    package func person(withEmail email: String) throws(StoreError) -> Person? {
        try read { (tables) throws(StoreError) in
            let id = try tables.people(identifiedBy: Identity(.email, email)).first
            return try id.flatMap { (id) throws(StoreError) in try tables.shelf(id) }.map {
                $0.person(company: tables.company(of: $0))
            }
        }
    }

    package func identities(of person: Person.ID) throws(StoreError) -> [Identity] {
        try read { (tables) throws(StoreError) in
            if let shelf = tables.shelves[person], shelf.hasOwnIdentities { return shelf.identities }
            return try tables.base?.identities(of: person) ?? []
        }
    }

    package func person(_ id: Person.ID) throws(StoreError) -> Person? {
        try read { (tables) throws(StoreError) in
            guard let shelf = tables.shelves[id] else { return try tables.base?.person(id).map(tables.current) }
            return shelf.person(company: tables.company(of: shelf))
        }
    }

    package func addedAt(_ id: Person.ID) throws(StoreError) -> Instant? {
        try read { (tables) throws(StoreError) in
            // Whom the ledger below has was added there.
            if let known = try tables.base?.addedAt(id) { return known }
            return tables.shelves[id]?.row.addedAt
        }
    }

    package func people(after: Person.ID?, limit: Int) throws(StoreError) -> [Person] {
        try read { (tables) throws(StoreError) in
            let page = try tables.base?.people(after: after, limit: limit) ?? []
            let others = page.map { person in
                tables.shelves[person.id].map { $0.person(company: tables.company(of: $0)) } ?? tables.current(person)
            }
            if page.count == limit { return others }
            let first = max(after?.row ?? 0, tables.firstOwnRow - 1)
            let own = tables.people { $0.id.row > first }
            return Array((others + own).prefix(limit))
        }
    }

    package func people(ofCompany company: Int) throws(StoreError) -> [Person] {
        try read { (tables) throws(StoreError) in
            let others = try tables.base?.people(ofCompany: company).filter { tables.shelves[$0.id] == nil } ?? []
            let own = (tables.members[company] ?? []).compactMap { id in
                tables.shelves[id].map { $0.person(company: tables.company(of: $0)) }
            }
            return (own + others.map(tables.current)).sorted { $0.id < $1.id }
        }
    }

    package func people(inDomain domain: String) throws(StoreError) -> [Person] {
        try read { (tables) throws(StoreError) in
            let others = try tables.base?.people(inDomain: domain).filter { tables.shelves[$0.id] == nil } ?? []
            let own = tables.people { !$0.row.person.isForgotten && tables.isNamed($0, by: domain) }
            return (own + others.map(tables.current)).sorted { $0.id < $1.id }
        }
    }

    package func company(domain: String?, name: String?) throws(StoreError) -> Company? {
        try read { (tables) throws(StoreError) in try tables.findCompany(domain: domain, name: name) }
    }

    package func enrollment(_ id: Enrollment.ID) throws(StoreError) -> Enrollment? {
        try read { (tables) throws(StoreError) in
            guard let shelf = tables.enrollmentShelf[id] else { return try tables.base?.enrollment(id) }
            return shelf.enrollments.first { $0.id == id }
        }
    }

    package func enrollments(
        sequence: String?, state: Enrollment.State?, after: Enrollment.ID?, limit: Int
    ) throws(StoreError) -> [Enrollment] {
        try read { (tables) throws(StoreError) in
            let first = after ?? Enrollment.ID(0)
            // Those that are here are filtered by what they are here, so the base is asked for the others only.
            let own = tables.enrollmentShelf.keys.filter { $0 > first }.compactMap { id in
                tables.enrollmentShelf[id]?.enrollments.first { $0.id == id }
            }.filter { (sequence == nil || $0.sequence == sequence) && (state == nil || $0.state == state) }
            var others: [Enrollment] = []
            var cursor = after
            while let base = tables.base, others.count < limit {
                let page = try base.enrollments(sequence: sequence, state: state, after: cursor, limit: limit)
                others += page.filter { tables.enrollmentShelf[$0.id] == nil }
                guard page.count == limit, let last = page.last else { break }
                cursor = last.id
            }
            return Array((own + others).sorted { $0.id < $1.id }.prefix(limit))
        }
    }

    package func pausesOver(at now: Instant) throws(StoreError) -> [Enrollment.ID] {
        try read { (tables) throws(StoreError) in try tables.pausesOver(at: now) }
    }

    package func held(limit: Int) throws(StoreError) -> [Enrollment] {
        try read { (tables) throws(StoreError) in
            let own = tables.held.compactMap { id in tables.enrollmentShelf[id]?.enrollments.first { $0.id == id } }
            let others = try tables.base?.held(limit: limit.addingClamped(tables.enrollmentShelf.count))
                .filter { tables.enrollmentShelf[$0.id] == nil }
            return Array((own + (others ?? [])).sorted { $0.id < $1.id }.prefix(limit))
        }
    }

    package func openTasks(owner: String?) throws(StoreError) -> [OutreachTask] {
        try read { (tables) throws(StoreError) in
            var tasks = try tables.base?.openTasks(owner: owner).filter { tables.taskShelf[$0.id] == nil } ?? []
            for id in tables.openTaskIDs {
                guard let task = tables.taskShelf[id]?.tasks.first(where: { $0.id == id }),
                    owner == nil || task.owner == owner,
                    try tables.enrollmentRow(task.enrollment)?.state != .paused || task.kind == .answer
                else { continue }
                tasks.append(task)
            }
            return tasks.sorted { ($0.dueAt, $0.id) < ($1.dueAt, $1.id) }
        }
    }

    package func closedTasks(since: Instant) throws(StoreError) -> [OutreachTask] {
        try read { (tables) throws(StoreError) in
            let others = try tables.base?.closedTasks(since: since).filter { tables.taskShelf[$0.id] == nil } ?? []
            let own = tables.taskShelf.compactMap { id, shelf in shelf.tasks.first { $0.id == id } }
                .filter { $0.state != .open && ($0.closedAt.map { $0 >= since } ?? false) }
            return (own + others).sorted { $0.id < $1.id }
        }
    }

    package func task(_ id: Int) throws(StoreError) -> OutreachTask? {
        try read { (tables) throws(StoreError) in
            guard let shelf = tables.taskShelf[id] else { return try tables.base?.task(id) }
            return shelf.tasks.first { $0.id == id }
        }
    }

    package func message(_ id: Int) throws(StoreError) -> Message? {
        try read { (tables) throws(StoreError) in
            guard let shelf = tables.messageShelf[id] else { return try tables.base?.message(id) }
            return shelf.messages.first { $0.message.id == id }?.message
        }
    }

    package func message(withID messageID: String) throws(StoreError) -> Message? {
        try read { (tables) throws(StoreError) in
            guard let id = tables.messageIDs[messageID] else { return try tables.base?.message(withID: messageID) }
            return tables.messageShelf[id]?.messages.first { $0.message.id == id }?.message
        }
    }

    package func message(withProviderID id: String) throws(StoreError) -> Message? {
        try read { (tables) throws(StoreError) in
            let own = tables.shelves.values.flatMap(\.messages).map(\.message).filter { $0.providerID == id }
            let other = try tables.base?.message(withProviderID: id)
            let all = own + [other].compactMap { $0 }.filter { tables.messageShelf[$0.id] == nil }
            return all.count == 1 ? all[0] : nil
        }
    }

    package func messages(in state: Message.State, limit: Int) throws(StoreError) -> [Message] {
        try read { (tables) throws(StoreError) in
            let own = (tables.messagesByState[state] ?? []).compactMap { id in
                tables.messageShelf[id]?.messages.first { $0.message.id == id }?.message
            }
            let others = try tables.base?.messages(in: state, limit: limit.addingClamped(tables.messageShelf.count))
                .filter { tables.messageShelf[$0.id] == nil }
            return Array((own + (others ?? [])).sorted { $0.id < $1.id }.prefix(limit))
        }
    }

    package func touchpoints(after id: Int, limit: Int) throws(StoreError) -> [Touchpoint] {
        try read { (tables) throws(StoreError) in
            let page = try tables.base?.touchpoints(after: id, limit: limit) ?? []
            var touchpoints = page.map { tables.altered[$0.id] ?? $0 }
            if page.count < limit {
                let own = tables.log.suffix { $0.id > id }.prefix(limit - page.count)
                touchpoints += own.compactMap { tables.touchpoint($0.id, of: $0.person) }
            }
            return touchpoints
        }
    }

    package func hasTouchpoint(sourceKey: String) throws(StoreError) -> Bool {
        try read { (tables) throws(StoreError) in try tables.hasTouchpoint(sourceKey: sourceKey) }
    }

    package func suppressions() throws(StoreError) -> [Suppression] {
        try read { (tables) throws(StoreError) in
            let own = tables.suppressions.values.flatMap { $0 }
            let others = try tables.base?.suppressions().filter {
                tables.suppressions[MemoryTables.SuppressionKey(scope: $0.scope, value: $0.value)] == nil
            }
            return (own + (others ?? [])).sorted { $0.order < $1.order }
        }
    }

    package func suppressions(_ scope: Suppression.Scope, _ value: String) throws(StoreError) -> [Suppression] {
        try read { (tables) throws(StoreError) in try tables.findSuppression(scope, value) }
    }

    package func standing(of person: Person.ID) throws(StoreError) -> (standing: Standing, rules: String)? {
        try read { (tables) throws(StoreError) in
            if let shelf = tables.shelves[person], shelf.hasOwnStanding || tables.base == nil { return shelf.standing }
            return try tables.base?.standing(of: person)
        }
    }

    package func snapshot() throws(StoreError) -> Snapshot? {
        try read { (tables) throws(StoreError) in
            if let own = tables.snapshot { return own }
            return try tables.base?.snapshot()
        }
    }

    package func runs(limit: Int) throws(StoreError) -> [RunRecord] {
        try read { (tables) throws(StoreError) in
            Array((tables.runs.reversed() + (try tables.base?.runs(limit: limit) ?? [])).prefix(limit))
        }
    }

    package func lastFinishedRun() throws(StoreError) -> Instant? {
        try read { (tables) throws(StoreError) in try tables.lastRunEnd() }
    }

    package func folder(_ name: String, of mailbox: String) throws(StoreError) -> FolderMark? {
        try read { (tables) throws(StoreError) in
            if let own = tables.folders["\(mailbox)/\(name)"] { return own }
            return try tables.base?.folder(name, of: mailbox)
        }
    }

    package func counts() throws(StoreError) -> [String: Int] {
        try read { (tables) throws(StoreError) in
            var counts = try tables.base?.counts() ?? [:]
            for (name, count) in tables.shadowedCounts { counts[name, default: 0] -= count }
            for shelf in tables.shelves.values { counts.merge(shelf.counts) { $0 + $1 } }
            return counts.filter { $0.value != 0 }
        }
    }

    package func standingCounts() throws(StoreError) -> StandingCounts {
        try read { (tables) throws(StoreError) in
            var counts = try tables.base?.standingCounts() ?? StandingCounts()
            for shelf in tables.shelves.values where shelf.hasOwnStanding {
                if let below = try tables.base?.standing(of: shelf.id)?.standing {
                    counts.add(-1, below.stage, below.temperature)
                }
                if let own = shelf.standing?.standing { counts.add(1, own.stage, own.temperature) }
            }
            return counts
        }
    }
}

extension Store {
    /// Why the person must not be contacted on this channel, if so; `nil` asks for all channels at once.
    package func suppression(of person: Person, channel: Channel?) throws(StoreError) -> Suppression? {
        for key in Suppression.keys(of: person) {
            for suppression in try suppressions(key.scope, key.value)
            where suppression.channel == nil || suppression.channel == channel {
                return suppression
            }
        }
        return nil
    }
}

extension Suppression {
    /// The scopes and values by which a person is named.
    static func keys(of person: Person) -> [(scope: Scope, value: String)] {
        var keys: [(scope: Scope, value: String)] = Identity.all(of: person).compactMap { identity in
            Scope(identity.kind).map { ($0, identity.value) }
        }
        let company: Record? = if case .record(let facts)? = person.facts["company"] { facts } else { nil }
        for domain in domains(of: person, companyDomain: company?["domain"]?.plainText).sorted() {
            keys.append((.domain, domain))
        }
        return keys
    }

    /// The order in which they are listed.
    var order: String { "\(scope.rawValue)\u{0}\(value)\u{0}\(channel?.rawValue ?? "")" }
}

extension MemoryTables {
    /// By identifier; else by whole name; else by how the name begins.
    func people(matching text: String, _ folded: String) -> [Person] {
        let exact = people { shelf in
            shelf.row.person.key == text || shelf.row.person.key == folded
                || shelf.identities.contains { $0.value == text || $0.value == folded }
        }
        if !exact.isEmpty || folded.isEmpty { return exact }
        let named = people { $0.row.person.foldedName == folded && !$0.row.person.isForgotten }
        if !named.isEmpty { return named }
        return people { $0.row.person.foldedName.hasPrefix(folded) && !$0.row.person.isForgotten }
    }

    func people(_ isMeant: (Shelf) -> Bool) -> [Person] {
        shelves.values.filter(isMeant).map { $0.person(company: company(of: $0)) }.sorted { $0.id < $1.id }
    }
}

extension Person {
    /// The name as it is compared.
    package var foldedName: String { displayName.lowercased() }
}

extension Int {
    func addingClamped(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
