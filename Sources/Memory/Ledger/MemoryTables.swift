import CivilTime
import Facts
import Outreach
import Planning

/// The rows of a ledger in memory; over a base store, the rows of whoever was touched since.
///
/// A person's whole history is copied when an operation first touches them. The base is never written to.
final class MemoryTables {
    let base: (any Store)?
    /// Rows of our own begin here, beyond all of a base's.
    let firstOwnRow: Int

    var shelves: [Person.ID: Shelf] = [:]
    var enrollmentShelf: [Enrollment.ID: Shelf] = [:]
    var messageShelf: [Int: Shelf] = [:]
    var taskShelf: [Int: Shelf] = [:]
    var identified: [Identity: [Person.ID]] = [:]
    var companies: [Int: Company] = [:]
    var companyByDomain: [String: Int] = [:]
    var companiesByName: [String: Set<Int>] = [:]
    var members: [Int: Set<Person.ID>] = [:]

    /// Due order of the active enrollments that are here.
    var lanes: [Lane: SortedRuns<Cursor>] = [:]
    /// Where the base has the enrollments that are here, so that it is not asked about them.
    var shadows: [Lane: SortedRuns<Cursor>] = [:]
    /// How far the base's order of a lane is all here: read pages begin behind it.
    var shadowedThrough: [Lane: Cursor] = [:]
    var shadowedCounts: [String: Int] = [:]
    /// The paused enrollments whose pause ends, by when.
    var pauseEnds: SortedRuns<PauseEnd> = SortedRuns()
    var held: Set<Enrollment.ID> = []
    /// Of each owner, by time: tasks opened here, and changes to when and for whom one was opened.
    var taskOpenings: [String: [TaskOpening]] = [:]
    var openTaskIDs: Set<Int> = []
    var messagesByState: [Message.State: Set<Int>] = [:]
    var messageIDs: [String: Int] = [:]

    /// Of each mailbox, by time; only those granted here.
    var fences: [String: [Fence]] = [:]
    /// What was added here to a mailbox's day; over a base it may be negative.
    var fencedDays: [MailboxDay: Int] = [:]
    var projectedDays: [MailboxDay: Int] = [:]

    /// Which touchpoints were recorded here and for whom, by id; they themselves lie on the shelves.
    var log: [(id: Int, person: Person.ID)] = []
    /// Touchpoints of the base that were emptied or given to somebody else.
    var altered: [Int: Touchpoint] = [:]
    var sourceKeys: Set<String> = []
    /// Keys of touchpoints that were emptied here.
    var blankedKeys: Set<String> = []
    var standings: SortedRuns<DueStanding> = SortedRuns()

    var suppressions: [SuppressionKey: [Suppression]] = [:]
    var pauses: [Pause.Subject: Pause] = [:]
    var versions: [String: SequenceVersion] = [:]
    var snapshot: Snapshot?
    var folders: [String: FolderMark] = [:]
    var runs: [RunRecord] = []
    var outages: [Range<Instant>] = []
    var conclusions: [Conclusion] = []
    var epoch = Epoch(0)
    private let baseEpoch: Epoch
    var lastFact: Instant = .distantPast

    private var nextRow: Int

    init() {
        base = nil
        baseEpoch = Epoch(0)
        firstOwnRow = 1
        nextRow = 1
    }

    init(over base: any Store) throws(StoreError) {
        self.base = base
        firstOwnRow = 1 << 40
        nextRow = firstOwnRow
        baseEpoch = try base.runs(limit: 1).first?.epoch ?? Epoch(0)
        epoch = baseEpoch
        for pause in try base.pauses() { pauses[pause.subject] = pause }
        conclusions = try base.conclusions()
    }

    func newRow() -> Int {
        defer { nextRow += 1 }
        return nextRow
    }

    struct MailboxDay: Hashable {
        var mailbox: String
        var day: LocalDate
    }

    struct TaskOpening {
        var at: Instant
        var kind: OutreachTask.Kind
        /// -1 takes an earlier one back.
        var count: Int
    }

    struct SuppressionKey: Hashable {
        var scope: Suppression.Scope
        var value: String
    }

    struct PauseEnd: Comparable {
        var at: Instant
        var id: Enrollment.ID

        /// `nil` unless it is paused for a time.
        init?(_ enrollment: Enrollment) {
            guard enrollment.state == .paused, let at = enrollment.pausedUntil else { return nil }
            self.at = at
            id = enrollment.id
        }

        static func < (a: PauseEnd, b: PauseEnd) -> Bool { (a.at, a.id) < (b.at, b.id) }
    }

    struct DueStanding: Comparable {
        var at: Instant
        var person: Person.ID
        static func < (a: DueStanding, b: DueStanding) -> Bool { (a.at, a.person) < (b.at, b.person) }
    }

    // MARK: shelves

    /// The person's shelf, copied from the base where it is not here yet.
    func shelf(_ id: Person.ID) throws(StoreError) -> Shelf? {
        if let shelf = shelves[id] { return shelf }
        guard let base, id.row < firstOwnRow, let history = try history(of: id, in: base) else { return nil }
        let shelf = Shelf(copying: history, epoch: baseEpoch)
        if let company = history.person.companyID, companies[company] == nil,
            case .record(let facts)? = history.person.facts["company"]
        {
            keep(Company(id: company, domain: facts["domain"]?.plainText, facts: facts))
        }
        add(shelf)
        for enrollment in shelf.enrollments where enrollment.state == .active {
            shadows[enrollment.lane, default: SortedRuns()].insert(Cursor(enrollment))
        }
        for (name, count) in shelf.counts { shadowedCounts[name, default: 0] += count }
        return shelf
    }

    private func history(of id: Person.ID, in base: any Store) throws(StoreError) -> History? {
        do throws(StoreError) { return try base.history(of: id) } catch .unknownPerson { return nil }
    }

    func add(_ shelf: Shelf) {
        shelves[shelf.id] = shelf
        for identity in shelf.identities { identified[identity, default: []].append(shelf.id) }
        if let company = shelf.row.person.companyID { members[company, default: []].insert(shelf.id) }
        for enrollment in shelf.enrollments { index(enrollment, on: shelf) }
        for row in shelf.messages { index(row, on: shelf) }
        for task in shelf.tasks { index(task, on: shelf) }
        for touchpoint in shelf.touchpoints { touchpoint.sourceKey.map { _ = sourceKeys.insert($0) } }
    }

    func index(_ enrollment: Enrollment, on shelf: Shelf) {
        enrollmentShelf[enrollment.id] = shelf
        if enrollment.state == .active {
            lanes[enrollment.lane, default: SortedRuns()].insert(Cursor(enrollment))
            if enrollment.hold != nil { held.insert(enrollment.id) }
        }
        if let end = PauseEnd(enrollment) { pauseEnds.insert(end) }
    }

    func unindex(_ enrollment: Enrollment) {
        if enrollment.state == .active {
            lanes[enrollment.lane]?.remove(Cursor(enrollment))
            held.remove(enrollment.id)
        }
        if let end = PauseEnd(enrollment) { pauseEnds.remove(end) }
    }

    func index(_ row: MessageRow, on shelf: Shelf) {
        messageShelf[row.message.id] = shelf
        messageIDs[row.message.messageID] = row.message.id
        messagesByState[row.message.state, default: []].insert(row.message.id)
    }

    func index(_ task: OutreachTask, on shelf: Shelf) {
        taskShelf[task.id] = shelf
        if task.state == .open { openTaskIDs.insert(task.id) } else { openTaskIDs.remove(task.id) }
    }

    func shelf(ofEnrollment id: Enrollment.ID) throws(StoreError) -> Shelf? {
        if let shelf = enrollmentShelf[id] { return shelf }
        guard let base, let person = try base.enrollment(id)?.person else { return nil }
        return try shelf(person)
    }

    func shelf(ofMessage id: Int) throws(StoreError) -> Shelf? {
        if let shelf = messageShelf[id] { return shelf }
        guard let base, let enrollment = try base.message(id)?.enrollment else { return nil }
        return try shelf(ofEnrollment: enrollment)
    }

    func shelf(ofTask id: Int) throws(StoreError) -> Shelf? {
        if let shelf = taskShelf[id] { return shelf }
        guard let base, let enrollment = try base.task(id)?.enrollment else { return nil }
        return try shelf(ofEnrollment: enrollment)
    }

    func keep(_ company: Company) {
        companies[company.id].flatMap(\.foldedName).map { _ = companiesByName[$0]?.remove(company.id) }
        if let domain = companies[company.id]?.domain, companyByDomain[domain] == company.id {
            companyByDomain[domain] = nil
        }
        companies[company.id] = company
        if let domain = company.domain { companyByDomain[domain] = company.id }
        if let name = company.foldedName { companiesByName[name, default: []].insert(company.id) }
    }

    /// A person of the base, with the company as it is here.
    func current(_ person: Person) -> Person {
        guard let company = person.companyID.flatMap({ companies[$0] }), !person.isForgotten else { return person }
        var person = person
        person.facts["company"] = .record(company.facts)
        return person
    }

    /// A touchpoint that was recorded here, as it is now.
    func touchpoint(_ id: Int, of person: Person.ID) -> Touchpoint? {
        altered[id] ?? shelves[person]?.touchpoints.first { $0.id == id }
    }

    func company(of shelf: Shelf) -> Company? { shelf.row.person.companyID.flatMap { companies[$0] } }
}

extension Enrollment {
    var lane: Lane { Lane(sequence: sequence, mailbox: mailbox, queue: queue) }
}
