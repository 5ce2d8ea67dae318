package import CivilTime
package import Facts
package import Outreach
package import Planning

/// The ledger's promise, whatever keeps it: memory, SQLite.
///
/// Writes come as groups of operations: a group is durable as a whole when `commit` returns, and one refused
/// operation spoils no other. Every store passes the same tests.
package protocol Store: PlanningView, Sendable where Failure == StoreError {
    /// Takes the next epoch and settles what an earlier run left: `sending` to deferred, `final_dot` to unknown.
    func begin(_ run: RunEntry, at now: Instant) throws(StoreError) -> Epoch
    /// Commits the operations; `epoch` is `nil` for commands that do not send.
    func commit(_ operations: [Operation], epoch: Epoch?) throws(StoreError) -> [Outcome]
    /// Marks the run as finished.
    func finish(_ epoch: Epoch, counts: [String: Int], exit: Int32, at now: Instant) throws(StoreError)

    /// Does `body` with a store that reads as of one moment, whoever writes to this one meanwhile.
    ///
    /// Nothing can be committed to the one that `body` gets.
    func steady<T>(_ body: (Self) throws(StoreError) -> T) throws(StoreError) -> T

    // What commands read, each in the order of its rows unless said otherwise.
    /// The person of this address, key or name; more than one where a name is not unique.
    func people(matching text: String, limit: Int) throws(StoreError) -> [Person]
    /// By the address, in lower case; also one that they had before they were merged.
    func person(withEmail email: String) throws(StoreError) -> Person?
    /// People after a row, so that all can be walked in pages.
    func people(after: Person.ID?, limit: Int) throws(StoreError) -> [Person]
    /// What a person is found by, addresses of people who were merged into them among it.
    func identities(of person: Person.ID) throws(StoreError) -> [Identity]
    /// The person of a row; `nil` for one that was never given out.
    func person(_ id: Person.ID) throws(StoreError) -> Person?
    /// When the person entered the ledger.
    func addedAt(_ id: Person.ID) throws(StoreError) -> Instant?
    /// Who belongs to a company.
    func people(ofCompany company: Int) throws(StoreError) -> [Person]
    /// People whose address is at this domain or below it, or whose company has it.
    func people(inDomain domain: String) throws(StoreError) -> [Person]
    /// By domain; where it has none, by name.
    func company(domain: String?, name: String?) throws(StoreError) -> Company?
    /// The enrollment of a row; `nil` for one that was never given out.
    func enrollment(_ id: Enrollment.ID) throws(StoreError) -> Enrollment?
    /// Enrollments after a row, all states, filtered by sequence and state where given.
    func enrollments(
        sequence: String?, state: Enrollment.State?, after: Enrollment.ID?, limit: Int
    ) throws(StoreError) -> [Enrollment]
    /// Paused enrollments whose pause has run out by then.
    func pausesOver(at now: Instant) throws(StoreError) -> [Enrollment.ID]
    /// Active enrollments that wait with a hold.
    func held(limit: Int) throws(StoreError) -> [Enrollment]
    /// Open tasks of people whose way is not paused, by due time.
    func openTasks(owner: String?) throws(StoreError) -> [OutreachTask]
    /// Tasks that ended at that moment or later, in whatever way.
    func closedTasks(since: Instant) throws(StoreError) -> [OutreachTask]
    /// The task of a row; `nil` for one that was never given out.
    func task(_ id: Int) throws(StoreError) -> OutreachTask?
    /// The message of a row; `nil` for one that was never given out.
    func message(_ id: Int) throws(StoreError) -> Message?
    /// By Message-ID, angle brackets included.
    func message(withID messageID: String) throws(StoreError) -> Message?
    /// By the id that its server gave it; `nil` as well where several bear it.
    func message(withProviderID id: String) throws(StoreError) -> Message?
    /// Messages in a state, the oldest first.
    func messages(in state: Message.State, limit: Int) throws(StoreError) -> [Message]
    /// What was sent by a mailbox since then, or refused before its fence, in the order of sending.
    func sends(of mailbox: String, since: Instant) throws(StoreError) -> [SendRecord]
    /// How many messages `sends` would give.
    func sendCount(of mailbox: String, since: Instant) throws(StoreError) -> Int
    /// How many of them have bounced; costs what bounced, not what was sent.
    func bounceCount(of mailbox: String, since: Instant) throws(StoreError) -> Int
    /// Touchpoints of everybody behind a row, so that all can be walked in pages.
    func touchpoints(after id: Int, limit: Int) throws(StoreError) -> [Touchpoint]
    /// Whether the event of this key was recorded.
    func hasTouchpoint(sourceKey: String) throws(StoreError) -> Bool
    /// Everything that must not be contacted.
    func suppressions() throws(StoreError) -> [Suppression]
    /// Why the person must not be contacted on this channel, if so.
    func suppression(of person: Person, channel: Channel?) throws(StoreError) -> Suppression?
    /// All that name exactly this value, one for each channel at most.
    func suppressions(_ scope: Suppression.Scope, _ value: String) throws(StoreError) -> [Suppression]
    /// What qualification last computed, and the hash of the rules it did so by.
    func standing(of person: Person.ID) throws(StoreError) -> (standing: Standing, rules: String)?
    /// All pauses, lapsed ones too.
    func pauses() throws(StoreError) -> [Pause]
    /// The files that were applied last; `nil` before the first `apply`.
    func snapshot() throws(StoreError) -> Snapshot?
    /// By sequence, step and templates.
    func conclusions() throws(StoreError) -> [Conclusion]
    /// The last runs, the latest first.
    func runs(limit: Int) throws(StoreError) -> [RunRecord]
    /// When the last run finished; `nil` before the first.
    func lastFinishedRun() throws(StoreError) -> Instant?
    /// How far a mailbox's folder is read; `nil` for one that never was.
    func folder(_ name: String, of mailbox: String) throws(StoreError) -> FolderMark?
    /// Counts that `status` shows, by name: `people`, `active`, `held`, `message.unknown`, ...
    func counts() throws(StoreError) -> [String: Int]
    /// How many people stand where, by what qualification last computed.
    func standingCounts() throws(StoreError) -> StandingCounts
    /// The ledger's own key for signed tokens and keyed hashes: 32 octets, made at its birth.
    func secret() throws(StoreError) -> [UInt8]
    /// Rebuilds every derived value and says, a line each, where it differs from what is stored.
    ///
    /// - Parameter earliest: the earliest instant at which an active enrollment may have to act, where that can be
    ///   told; a stored `wakeAt` after it is a difference.
    func verify(
        at now: Instant, earliest: (History, Enrollment) -> Instant?
    ) throws(StoreError) -> [String]
}

extension Store {
    /// All people in pages, by row, tombstones among them: a million are walked through in the memory of a page.
    package func pages(_ body: ([Person]) throws(StoreError) -> Void) throws(StoreError) {
        var after: Person.ID?
        repeat {
            let page = try people(after: after, limit: 1000)
            try body(page)
            after = page.last?.id
        } while after != nil
    }

    /// Rebuilds every derived value but `wakeAt`.
    package func verify(at now: Instant) throws(StoreError) -> [String] {
        try verify(at: now, earliest: { _, _ in nil })
    }
}

/// How many people have which stage and which temperature; what nobody has is left out.
package struct StandingCounts: Sendable, Hashable {
    /// People by stage.
    package var stages: [Stage: Int] = [:]
    /// People by temperature.
    package var temperatures: [Temperature: Int] = [:]

    package init() {}

    /// Counts somebody in, or out with a negative number.
    package mutating func add(_ number: Int, _ stage: Stage, _ temperature: Temperature) {
        let (stages, temperatures) = (
            stages[stage, default: 0] + number, temperatures[temperature, default: 0] + number
        )
        self.stages[stage] = stages == 0 ? nil : stages
        self.temperatures[temperature] = temperatures == 0 ? nil : temperatures
    }
}

/// A company as the ledger knows it.
package struct Company: Sendable, Hashable {
    /// The ledger's row; 0 before it has one.
    package var id: Int
    /// Registrable, in lower case; unique.
    package var domain: String?
    /// What is known of it: `industry`, `employees`, ...
    package var facts: Record

    package init(id: Int = 0, domain: String? = nil, facts: Record = [:]) {
        self.id = id
        self.domain = domain
        self.facts = facts
    }
}

/// The number of a run that holds the ledger; a fence is granted to the current one only.
package struct Epoch: Sendable, Hashable, Comparable {
    /// From 1, one more with each run.
    package let number: Int
    package init(_ number: Int) { self.number = number }
    package static func < (a: Epoch, b: Epoch) -> Bool { a.number < b.number }
}

/// Who runs.
package struct RunEntry: Sendable, Hashable {
    /// The machine's name.
    package var host: String
    /// The process's id on that machine.
    package var pid: Int
    /// Stoke's version.
    package var version: String

    package init(host: String, pid: Int, version: String) {
        self.host = host
        self.pid = pid
        self.version = version
    }
}

/// A run as it was recorded.
package struct RunRecord: Sendable, Hashable {
    /// Its number.
    package var epoch: Epoch
    /// Who ran.
    package var entry: RunEntry
    /// When it took the ledger.
    package var began: Instant
    /// When it finished; `nil`: it runs, or was cut off.
    package var ended: Instant?
    /// What it did, by name: `sent`, `held`, ...
    package var counts: [String: Int]
    /// Its exit status; `nil` as above.
    package var exit: Int32?

    package init(
        epoch: Epoch, entry: RunEntry, began: Instant, ended: Instant?, counts: [String: Int], exit: Int32?
    ) {
        self.epoch = epoch
        self.entry = entry
        self.began = began
        self.ended = ended
        self.counts = counts
        self.exit = exit
    }
}

/// The ledger could not do it, for a reason that is not the operations'.
package enum StoreError: Error, Sendable, Hashable {
    /// The file, and what the system or SQLite said.
    case unreadable(path: String, reason: String)
    /// The disk is full or refuses; nothing of the group was written.
    case notWritten(reason: String)
    /// A newer Stoke wrote it.
    case newerSchema(found: Int, known: Int)
    /// The high-water mark is missing or above the ledger's: restored, cloned or damaged.
    case needsAdoption(reason: String)
    /// Another process holds the write gate for longer than was waited.
    case busy(seconds: Int)
    /// A real ledger with `--now`, or a pretend one without.
    case wrongClock(isPretend: Bool)
    /// The clock stands before the ledger's last fact.
    case clockBehind(now: Instant, lastFact: Instant)
    /// Another process runs: it holds the run lock.
    case running(owner: String)
    /// The page structure or a value is damaged.
    case damaged(reason: String)
    /// Nobody of this row: it was never given out.
    case unknownPerson(Person.ID)
    /// A file system on which locks do not hold.
    case networkFileSystem(path: String)
}
