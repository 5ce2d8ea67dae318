import CivilTime
import Diagnostics
import Host
import Ledger
import Messages
import Outreach
import Planning
import Qualification
import SQLiteLedger
import Workspace

/// A workspace with its ledger open: what most commands work in.
struct Office {
    let desk: Desk
    let folder: WorkspaceFolder
    let store: SQLiteStore
    /// The model as it was last applied.
    let model: Model

    var now: Instant { desk.now }
    /// The workspace's own clock.
    var zone: Zone { model.settings.timezone }
    var qualifier: Qualifier { Qualifier(model.qualification, zone: zone) }
    var templates: TemplateLibrary {
        let zones = desk.zones
        return TemplateLibrary(model, zones: { try? zones.zone($0) })
    }

    /// Opens the ledger to change it, and the model that was applied.
    static func writing(_ desk: Desk) throws -> Office { try open(desk, writing: true) }
    /// Opens both to look at them.
    static func reading(_ desk: Desk) throws -> Office { try open(desk, writing: false) }

    private static func open(_ desk: Desk, writing: Bool) throws -> Office {
        let folder = try WorkspaceFolder.find(desk)
        return try over(try writing ? folder.openLedger(desk) : folder.readLedger(desk), folder, desk)
    }

    /// The office over an open ledger.
    static func over(_ store: SQLiteStore, _ folder: WorkspaceFolder, _ desk: Desk) throws -> Office {
        guard var model = try appliedModel(store, desk) else {
            throw Failure("nothing is applied yet", hint: "stoke check, then: stoke apply")
        }
        let conclusions = try store.conclusions()
        if !conclusions.isEmpty { model.sequences = model.sequences.mapValues { $0.keeping(conclusions) } }
        return Office(desk: desk, folder: folder, store: store, model: model)
    }

    /// The model of the snapshot that `apply` stored; `nil` before the first.
    static func appliedModel(_ store: SQLiteStore, _ desk: Desk) throws -> Model? {
        guard let snapshot = try store.snapshot() else { return nil }
        let reading = WorkspaceReader.read(snapshot.files, in: .machine(desk.zones, folder: nil))
        guard let model = reading.model else {
            throw Failure(
                "the applied files can't be read by this version of stoke",
                hint: "stoke check, mend what it finds, then: stoke apply", status: .findings)
        }
        return model
    }

    /// A guess at whom a misspelt word means, among those whose names hold its beginning.
    private func nearPerson(_ text: String) throws -> String? {
        guard text.count > 3 else { return nil }
        let people = try store.people(matching: String(text.prefix(3)), limit: 200)
        return NearestName.hint(among: people.flatMap { [$0.email ?? $0.key, $0.displayName] }, to: text)
    }

    /// The person that a word on the command line means.
    func person(_ text: String) throws -> Person {
        let found = try store.people(matching: text, limit: 6)
        if found.count == 1, let person = found.first { return person }
        guard !found.isEmpty else {
            let near = try nearPerson(text)
            throw Failure(
                "nobody is called \(text)",
                hint: near ?? "an address, a name or part of one; stoke export people lists all")
        }
        let names = found.prefix(5).map { "\($0.displayName) <\($0.email ?? $0.key)>" }.joined(separator: ", ")
        throw Failure("\(text) may be any of: \(names)\(found.count > 5 ? ", ..." : "")", hint: "use the address")
    }

    /// Temperature, stage and scores of a person now.
    func standing(_ history: History) -> Standing { qualifier.standing(of: history, at: now) }

    /// Records facts with all that follows, then judges those people's standing again; how many facts were new.
    @discardableResult
    func record(_ touchpoints: [Touchpoint], returns: Instant? = nil) throws -> Int {
        let consequences = Consequences(model)
        var fresh = 0
        for touchpoint in touchpoints {
            let operations = try consequences.operations(touchpoint, returns: returns, in: store)
            if case .row(_, true)? = try store.commit(operations, epoch: nil).first { fresh += 1 }
        }
        try requalify(Set(touchpoints.map(\.person)))
        return fresh
    }

    /// Computes standings again and records the changes that the rules bring.
    ///
    /// Whoever a rule lets into a sequence by that enters it.
    @discardableResult
    func requalify(_ people: Set<Person.ID>) throws(StoreError) -> [String: Int] {
        try Standings(qualifier).update(people.sorted(), in: store, at: now, epoch: nil)
        return try RuleEntry(self).enter(people.sorted())
    }
}

/// Keeps what qualification computes beside the facts it follows from.
struct Standings {
    let qualifier: Qualifier

    init(_ qualifier: Qualifier) { self.qualifier = qualifier }

    /// People whose temperature or stage changes by decay alone; who they were.
    @discardableResult
    func updateDue(in store: some Store, at now: Instant, epoch: Epoch?) throws(StoreError) -> [Person.ID] {
        var all: [Person.ID] = []
        while true {
            let due = try store.standingsDue(at: now, limit: 500)
            try update(due, in: store, at: now, epoch: epoch)
            all += due
            if due.count < 500 { return all }
        }
    }

    /// Records what the rules would, until they would record nothing more, then the standings themselves; in groups, so
    /// that a list of thousands does not wait for the disk thousands of times.
    func update(_ people: [Person.ID], in store: some Store, at now: Instant, epoch: Epoch?) throws(StoreError) {
        for start in stride(from: 0, to: people.count, by: 1000) {
            let group = people[start..<min(start + 1000, people.count)]
            var open = Array(group)
            for _ in 0..<4 where !open.isEmpty { open = try record(open, in: store, at: now, epoch: epoch) }
            let standings = try reading(group.count, of: store) { (view) throws(StoreError) in
                try group.map { (person) throws(StoreError) in
                    let standing = qualifier.standing(of: try view.history(of: person), at: now)
                    return Ledger.Operation.stand(person, standing, rules: qualifier.rules.hash)
                }
            }
            _ = try store.commit(standings, epoch: epoch)
        }
    }

    /// Reads people one by one, or many as of one moment, which locks the ledger once but opens a connection.
    private func reading<S: Store, T>(
        _ people: Int, of store: S, _ body: (S) throws(StoreError) -> T
    ) throws(StoreError) -> T {
        people < 10 ? try body(store) : try store.steady(body)
    }

    /// Records what the rules would of each; for whom that was anything.
    private func record(
        _ people: [Person.ID], in store: some Store, at now: Instant, epoch: Epoch?
    ) throws(StoreError) -> [Person.ID] {
        var operations: [Ledger.Operation] = []
        var changed: [Person.ID] = []
        try reading(people.count, of: store) { (view) throws(StoreError) in
            for person in people {
                let changes = qualifier.changes(of: try view.history(of: person), at: now)
                guard !changes.isEmpty else { continue }
                operations += changes.map { .record($0, .none) }
                changed.append(person)
            }
        }
        _ = try store.commit(operations, epoch: epoch)
        return changed
    }
}

extension WorkspaceFolder {
    func place(_ desk: Desk) -> LedgerPlace {
        let home = ProcessSettings.homeFolder(desk.environment) ?? "/var/lib"
        return LedgerPlace(
            folder: state, state: desk.environment.text("STOKE_STATE") ?? Paths.join(home, ".local/state/stoke"))
    }

    /// Opens the ledger for writing; the first command that writes makes it.
    func openLedger(_ desk: Desk) throws -> SQLiteStore {
        try SQLiteStore(place(desk), clock: desk.isPretend ? .pretend : .real)
    }

    func readLedger(_ desk: Desk) throws -> SQLiteStore {
        // A folder that is closed to us is not one without a ledger.
        _ = try Files.facts(ledger)
        guard place(desk).hasLedger else {
            throw Failure("this workspace has no ledger yet", hint: "stoke apply makes it")
        }
        return try SQLiteStore(reading: place(desk))
    }
}
