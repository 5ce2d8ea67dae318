import CivilTime
import Facts
import Outreach
import Planning

extension MemoryTables: LedgerTables {
    // MARK: people

    func personRow(_ id: Person.ID) throws(StoreError) -> PersonRow? { try shelf(id)?.row }

    func personBrief(_ id: Person.ID) throws(StoreError) -> PersonBrief? {
        try shelf(id).map { PersonBrief(companyID: $0.row.person.companyID, isForgotten: $0.row.person.isForgotten) }
    }

    func insert(_ person: PersonRow) throws(StoreError) -> Person.ID {
        var row = person
        row.person.id = Person.ID(newRow())
        add(Shelf(row: row, identities: []))
        return row.person.id
    }

    func update(_ person: PersonRow) throws(StoreError) {
        guard let shelf = try shelf(person.person.id) else { return }
        if let company = shelf.row.person.companyID { members[company]?.remove(shelf.id) }
        if let company = person.person.companyID { members[company, default: []].insert(shelf.id) }
        shelf.row = person
    }

    func people(identifiedBy identity: Identity) throws(StoreError) -> [Person.ID] {
        try pull(matching: identity.value)
        return identified[identity]?.sorted() ?? []
    }

    func identities(of person: Person.ID) throws(StoreError) -> [Identity] {
        guard let shelf = try shelf(person) else { return [] }
        if !shelf.hasOwnIdentities, let base {
            shelf.hasOwnIdentities = true
            shelf.identities = try base.identities(of: person)
            for identity in shelf.identities { identified[identity, default: []].append(person) }
        }
        return shelf.identities
    }

    /// Copies whom the base finds by this text, so that they can be found here.
    func pull(matching text: String) throws(StoreError) {
        guard let base else { return }
        for person in try base.people(matching: text, limit: .max) { _ = try identities(of: person.id) }
    }

    func add(_ identity: Identity, to person: Person.ID) throws(StoreError) {
        _ = try identities(of: person)
        try shelf(person)?.identities.append(identity)
        identified[identity, default: []].append(person)
    }

    func removeIdentities(of person: Person.ID) throws(StoreError) {
        let known = try identities(of: person)
        guard let shelf = try shelf(person) else { return }
        for identity in known { identified[identity]?.removeAll { $0 == person } }
        shelf.identities = []
    }

    func people(inCompany company: Int) throws(StoreError) -> [Person.ID] {
        if let base { for person in try base.people(ofCompany: company) { _ = try shelf(person.id) } }
        return members[company]?.sorted() ?? []
    }

    func people(atDomain domain: String) throws(StoreError) -> [Person.ID] {
        if let base { for person in try base.people(inDomain: domain) { _ = try shelf(person.id) } }
        return shelves.values.filter { !$0.row.person.isForgotten && isNamed($0, by: domain) }.map(\.id).sorted()
    }

    func isNamed(_ shelf: Shelf, by domain: String) -> Bool {
        Suppression.domains(of: shelf.row.person, companyDomain: company(of: shelf)?.domain).contains(domain)
    }

    func company(_ id: Int) throws(StoreError) -> Company? { companies[id] }

    func findCompany(domain: String?, name: String?) throws(StoreError) -> Company? {
        // What the base finds is copied first: of several of one name the first counts, wherever it is.
        if let found = try base?.company(domain: domain, name: name), companies[found.id] == nil { keep(found) }
        return companies(domain: domain, name: name)
    }

    private func companies(domain: String?, name: String?) -> Company? {
        if let domain, let id = companyByDomain[domain] { return companies[id] }
        let named = companiesByName[name?.lowercased() ?? ""]?.lazy.sorted().compactMap { self.companies[$0] }
        return named?.first { domain == nil || $0.domain == nil }
    }

    func insert(_ company: Company) throws(StoreError) -> Int {
        var company = company
        company.id = newRow()
        keep(company)
        return company.id
    }

    func update(_ company: Company) throws(StoreError) { keep(company) }

    // MARK: suppressions

    func findSuppression(_ scope: Suppression.Scope, _ value: String) throws(StoreError) -> [Suppression] {
        if let known = suppressions[SuppressionKey(scope: scope, value: value)] { return known }
        return try base?.suppressions(scope, value) ?? []
    }

    func add(_ suppression: Suppression) throws(StoreError) {
        var known = try findSuppression(suppression.scope, suppression.value)
        if !known.contains(where: { $0.channel == suppression.channel }) { known.append(suppression) }
        suppressions[SuppressionKey(scope: suppression.scope, value: suppression.value)] = known
    }

    func removeSuppressions(_ scope: Suppression.Scope, _ value: String) throws(StoreError) {
        suppressions[SuppressionKey(scope: scope, value: value)] = []
    }

    // MARK: enrollments

    func enrollmentRow(_ id: Enrollment.ID) throws(StoreError) -> Enrollment? {
        try shelf(ofEnrollment: id)?.enrollments.first { $0.id == id }
    }

    func enrollments(of person: Person.ID) throws(StoreError) -> [Enrollment] { try shelf(person)?.enrollments ?? [] }

    func insert(_ enrollment: Enrollment) throws(StoreError) -> Enrollment.ID {
        var enrollment = enrollment
        enrollment.id = Enrollment.ID(newRow())
        guard let shelf = try shelf(enrollment.person) else { return enrollment.id }
        shelf.enrollments.append(enrollment)
        index(enrollment, on: shelf)
        return enrollment.id
    }

    func update(_ enrollment: Enrollment) throws(StoreError) {
        guard let shelf = try shelf(ofEnrollment: enrollment.id),
            let place = shelf.enrollments.firstIndex(where: { $0.id == enrollment.id })
        else { return }
        unindex(shelf.enrollments[place])
        if shelf.id == enrollment.person {
            shelf.enrollments[place] = enrollment
            index(enrollment, on: shelf)
        } else if let other = try self.shelf(enrollment.person) {
            shelf.enrollments.remove(at: place)
            other.enrollments.insertSorted(enrollment) { $0.id < $1.id }
            index(enrollment, on: other)
            moveBelongings(of: enrollment.id, from: shelf, to: other)
        }
    }

    func reschedule(_ enrollment: Enrollment) throws(StoreError) { try update(enrollment) }

    private func moveBelongings(of id: Enrollment.ID, from: Shelf, to: Shelf) {
        for result in from.results where result.enrollment == id { to.put(result) }
        for row in from.messages where row.message.enrollment == id {
            to.messages.insertSorted(row) { $0.message.id < $1.message.id }
            messageShelf[row.message.id] = to
        }
        for task in from.tasks where task.enrollment == id {
            to.tasks.insertSorted(task) { $0.id < $1.id }
            taskShelf[task.id] = to
        }
        from.results.removeAll { $0.enrollment == id }
        from.messages.removeAll { $0.message.enrollment == id }
        from.tasks.removeAll { $0.enrollment == id }
    }

    func pausesOver(at now: Instant) throws(StoreError) -> [Enrollment.ID] {
        var own: [Enrollment.ID] = []
        pauseEnds.walk(after: nil) { end in
            guard end.at <= now else { return false }
            own.append(end.id)
            return true
        }
        let others = try base?.pausesOver(at: now).filter { enrollmentShelf[$0] == nil } ?? []
        return (own + others).sorted()
    }

    func wake(sequence: String, at: Instant) throws(StoreError) {
        var last: Enrollment.ID?
        while let base {
            let page = try base.enrollments(sequence: sequence, state: .active, after: last, limit: 1000)
            for enrollment in page { _ = try shelf(enrollment.person) }
            guard let next = page.last?.id else { break }
            last = next
        }
        for shelf in shelves.values {
            for var row in shelf.enrollments where row.sequence == sequence && row.state == .active {
                let hold = row.hold
                row.makeDue(at: at)
                row.hold = hold
                try update(row)
            }
        }
    }

    func note(_ version: SequenceVersion, at: Instant) throws(StoreError) { versions[version.version] = version }

    func result(_ enrollment: Enrollment.ID, step: String, attempt: Int) throws(StoreError) -> StepResult? {
        try shelf(ofEnrollment: enrollment)?.results.first {
            $0.enrollment == enrollment && $0.step == step && $0.attempt == attempt
        }
    }

    func put(_ result: StepResult) throws(StoreError) { try shelf(ofEnrollment: result.enrollment)?.put(result) }

    // MARK: messages

    func messageRow(_ id: Int) throws(StoreError) -> MessageRow? {
        try shelf(ofMessage: id)?.messages.first { $0.message.id == id }
    }

    func messageRow(of enrollment: Enrollment.ID, step: String) throws(StoreError) -> MessageRow? {
        try shelf(ofEnrollment: enrollment)?.messages.first {
            $0.message.enrollment == enrollment && $0.message.step == step
        }
    }

    func messageRows(of enrollment: Enrollment.ID) throws(StoreError) -> [MessageRow] {
        try shelf(ofEnrollment: enrollment)?.messages.filter { $0.message.enrollment == enrollment } ?? []
    }

    func messageRows(in state: Message.State) throws(StoreError) -> [MessageRow] {
        if let base {
            for message in try base.messages(in: state, limit: .max) { _ = try shelf(ofMessage: message.id) }
        }
        var rows: [MessageRow] = []
        for id in (messagesByState[state] ?? []).sorted() { if let row = try messageRow(id) { rows.append(row) } }
        return rows
    }

    func hasMessage(withID messageID: String) throws(StoreError) -> Bool {
        if messageIDs[messageID] != nil { return true }
        return try base?.message(withID: messageID) != nil
    }

    func insert(_ message: MessageRow) throws(StoreError) -> Int? {
        var row = message
        let id = row.message.enrollment
        guard let shelf = try shelf(ofEnrollment: id), try enrollmentRow(id)?.state == .active,
            try messageRow(of: id, step: row.message.step) == nil, try !hasMessage(withID: row.message.messageID)
        else { return nil }
        row.message.id = newRow()
        shelf.messages.append(row)
        index(row, on: shelf)
        return row.message.id
    }

    func update(_ message: MessageRow) throws(StoreError) {
        guard let shelf = try shelf(ofMessage: message.message.id),
            let place = shelf.messages.firstIndex(where: { $0.message.id == message.message.id })
        else { return }
        messagesByState[shelf.messages[place].message.state]?.remove(message.message.id)
        shelf.messages[place] = message
        index(message, on: shelf)
    }

    func end(_ message: MessageRow) throws(StoreError) { try update(message) }

    func fence(message: Int, epoch: Epoch, at: Instant) throws(StoreError) -> Bool {
        guard var row = try messageRow(message), row.message.state == .sending, row.epoch == epoch else { return false }
        row.message.state = .finalDot
        row.message.fencedAt = at
        try update(row)
        return true
    }

    func fenced(message: Int) throws(StoreError) -> Fenced? {
        guard let situation = try situation(ofMessage: message) else { return nil }
        return Fenced(
            enrollment: situation.enrollment.id, mailbox: situation.row.message.mailbox,
            attempt: situation.row.message.attempts, company: situation.person.companyID,
            isExpected: !situation.enrollment.projected.isEmpty)
    }

    func situation(ofMessage id: Int) throws(StoreError) -> Situation? {
        guard let row = try messageRow(id), let enrollment = try enrollmentRow(row.message.enrollment),
            let person = try personBrief(enrollment.person)
        else { return nil }
        return Situation(row: row, enrollment: enrollment, person: person)
    }

    func add(_ fence: Fence) throws(StoreError) {
        fences[fence.mailbox, default: []].insertSorted(fence) { $0.at < $1.at }
        fencedDays[MailboxDay(mailbox: fence.mailbox, day: fence.day), default: 0] += 1
    }

    func addProjected(_ count: Int, mailbox: String, day: LocalDate) throws(StoreError) {
        projectedDays[MailboxDay(mailbox: mailbox, day: day), default: 0] += count
    }

    // MARK: tasks

    func taskRow(_ id: Int) throws(StoreError) -> OutreachTask? { try shelf(ofTask: id)?.tasks.first { $0.id == id } }

    func tasks(of enrollment: Enrollment.ID) throws(StoreError) -> [OutreachTask] {
        try shelf(ofEnrollment: enrollment)?.tasks.filter { $0.enrollment == enrollment } ?? []
    }

    func insert(_ task: OutreachTask) throws(StoreError) -> Int {
        var task = task
        task.id = newRow()
        guard let shelf = try shelf(ofEnrollment: task.enrollment) else { return task.id }
        shelf.tasks.append(task)
        index(task, on: shelf)
        countOpening(task, 1)
        return task.id
    }

    func update(_ task: OutreachTask) throws(StoreError) {
        guard let shelf = try shelf(ofTask: task.id), let place = shelf.tasks.firstIndex(where: { $0.id == task.id })
        else { return }
        let old = shelf.tasks[place]
        if (old.owner, old.kind, old.openedAt) != (task.owner, task.kind, task.openedAt) {
            countOpening(old, -1)
            countOpening(task, 1)
        }
        shelf.tasks[place] = task
        index(task, on: shelf)
    }

    private func countOpening(_ task: OutreachTask, _ count: Int) {
        let opening = TaskOpening(at: task.openedAt, kind: task.kind, count: count)
        taskOpenings[task.owner, default: []].insertSorted(opening) { $0.at < $1.at }
    }

    // MARK: facts

    func hasTouchpoint(sourceKey: String) throws(StoreError) -> Bool {
        if sourceKeys.contains(sourceKey) { return true }
        if blankedKeys.contains(sourceKey) { return false }
        return try base?.hasTouchpoint(sourceKey: sourceKey) ?? false
    }

    func insert(_ touchpoint: Touchpoint) throws(StoreError) -> Int? {
        if let key = touchpoint.sourceKey, try hasTouchpoint(sourceKey: key) { return nil }
        var touchpoint = touchpoint
        touchpoint.id = newRow()
        try shelf(touchpoint.person)?.insert(touchpoint)
        log.append((touchpoint.id, touchpoint.person))
        if let key = touchpoint.sourceKey { sourceKeys.insert(key) }
        return touchpoint.id
    }

    func blankTouchpoints(of person: Person.ID) throws(StoreError) {
        try alterTouchpoints(of: person) { touchpoint in
            if let key = touchpoint.sourceKey {
                sourceKeys.remove(key)
                blankedKeys.insert(key)
            }
            touchpoint.sourceKey = nil
            touchpoint.detail = [:]
        }
    }

    func moveTouchpoints(from: Person.ID, to: Person.ID) throws(StoreError) {
        try alterTouchpoints(of: from) { $0.person = to }
        guard let old = try shelf(from), let new = try shelf(to) else { return }
        for touchpoint in old.touchpoints { new.insert(touchpoint) }
        old.touchpoints = []
    }

    private func alterTouchpoints(
        of person: Person.ID, _ change: (inout Touchpoint) -> Void
    ) throws(StoreError) {
        guard let shelf = try shelf(person) else { return }
        for place in shelf.touchpoints.indices {
            change(&shelf.touchpoints[place])
            altered[shelf.touchpoints[place].id] = shelf.touchpoints[place]
        }
    }

    func put(_ standing: Standing?, rules: String, of person: Person.ID) throws(StoreError) {
        guard let shelf = try shelf(person) else { return }
        if let next = shelf.standing?.standing.nextChange {
            standings.remove(DueStanding(at: next, person: person))
        }
        shelf.standing = standing.map { ($0, rules) }
        shelf.hasOwnStanding = true
        if let next = standing?.nextChange { standings.insert(DueStanding(at: next, person: person)) }
    }

    // MARK: the workspace

    func put(_ pause: Pause) throws(StoreError) { pauses[pause.subject] = pause }
    func removePause(of subject: Pause.Subject) throws(StoreError) { pauses[subject] = nil }
    func put(_ snapshot: Snapshot, at: Instant) throws(StoreError) { self.snapshot = snapshot }
    func put(_ mark: FolderMark, at: Instant) throws(StoreError) {
        var mark = mark
        mark.readAt = at
        folders["\(mark.mailbox)/\(mark.folder)"] = mark
    }
    func add(_ conclusion: Conclusion) throws(StoreError) {
        guard !conclusions.contains(where: { $0.isAbout(conclusion) }) else { return }
        conclusions.append(conclusion)
        conclusions.sort { ($0.sequence, $0.step, $0.templates) < ($1.sequence, $1.step, $1.templates) }
    }

    func addOutage(_ outage: Range<Instant>) throws(StoreError) { outages.append(outage) }

    func lastRunEnd() throws(StoreError) -> Instant? {
        let own = runs.compactMap(\.ended).max()
        let others = try base?.lastFinishedRun()
        return [own, others].compactMap { $0 }.max()
    }
}

extension Company {
    /// The name as it is compared.
    package var foldedName: String? { facts["name"]?.plainText?.lowercased() }
}

extension Conclusion {
    /// Whether both are about the same texts of the same step.
    fileprivate func isAbout(_ other: Conclusion) -> Bool {
        (sequence, step, templates) == (other.sequence, other.step, other.templates)
    }
}
