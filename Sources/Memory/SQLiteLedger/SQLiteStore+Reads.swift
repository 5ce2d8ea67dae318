package import CivilTime
import Facts
package import Ledger
package import Outreach

extension SQLiteStore {
    package func people(matching text: String, limit: Int) throws(StoreError) -> [Person] {
        try read { (db) throws(StoreError) in
            let folded = text.lowercased()
            var ids = try db.all(.peopleByAnyIdentity) {
                $0.bind(text)
                $0.bind(folded)
                $0.bind(limit)
            } _: {
                $0.personID()
            }
            for sql in [SQL.peopleByName, .peopleByNamePrefix] where ids.isEmpty && !folded.isEmpty {
                ids = try db.all(sql) {
                    $0.bind(folded)
                    $0.bind(limit)
                } _: {
                    $0.personID()
                }
            }
            return try SQLiteStore.people(ids, db)
        }
    }

    private static func people(_ ids: [Person.ID], _ db: Connection) throws(StoreError) -> [Person] {
        var people: [Person] = []
        for id in ids {
            if let row = try db.first(.person, { $0.bind(id.row) }, SQLiteTables.fullRow) { people.append(row.person) }
        }
        return people
    }

    package func person(withEmail email: String) throws(StoreError) -> Person? {
        try read { (db) throws(StoreError) in
            let ids = try SQLiteTables(db).people(identifiedBy: Identity(.email, email))
            return try SQLiteStore.people(Array(ids.prefix(1)), db).first
        }
    }

    package func identities(of person: Person.ID) throws(StoreError) -> [Identity] {
        try read { (db) throws(StoreError) in try SQLiteTables(db).identities(of: person) }
    }

    package func person(_ id: Person.ID) throws(StoreError) -> Person? {
        try read { (db) throws(StoreError) in try SQLiteStore.people([id], db).first }
    }

    package func addedAt(_ id: Person.ID) throws(StoreError) -> Instant? {
        try read { (db) throws(StoreError) in
            try db.first(.person, { $0.bind(id.row) }, SQLiteTables.fullRow)?.addedAt
        }
    }

    package func people(after: Person.ID?, limit: Int) throws(StoreError) -> [Person] {
        try read { (db) throws(StoreError) in
            try db.all(.peoplePage) {
                $0.bind(after?.row ?? 0)
                $0.bind(limit)
            } _: { (row) throws(StoreError) in
                try SQLiteTables.fullRow(row).person
            }
        }
    }

    package func people(ofCompany company: Int) throws(StoreError) -> [Person] {
        try read { (db) throws(StoreError) in
            try SQLiteStore.people(try SQLiteTables(db).people(inCompany: company), db)
        }
    }

    package func people(inDomain domain: String) throws(StoreError) -> [Person] {
        try read { (db) throws(StoreError) in
            try SQLiteStore.people(try SQLiteTables(db).people(atDomain: domain), db)
        }
    }

    package func company(domain: String?, name: String?) throws(StoreError) -> Company? {
        try read { (db) throws(StoreError) in try SQLiteTables(db).findCompany(domain: domain, name: name) }
    }

    package func enrollment(_ id: Enrollment.ID) throws(StoreError) -> Enrollment? {
        try read { (db) throws(StoreError) in try SQLiteTables(db).enrollmentRow(id) }
    }

    package func enrollments(
        sequence: String?, state: Enrollment.State?, after: Enrollment.ID?, limit: Int
    ) throws(StoreError) -> [Enrollment] {
        try read { (db) throws(StoreError) in
            try db.all(.enrollmentsPage) {
                $0.bind(after?.row ?? 0)
                $0.bind(sequence)
                $0.bind(state?.rawValue)
                $0.bind(limit)
            } _: { (row) throws(StoreError) in
                try SQLiteTables(db).enrollment(row)
            }
        }
    }

    package func pausesOver(at now: Instant) throws(StoreError) -> [Enrollment.ID] {
        try read { (db) throws(StoreError) in try SQLiteTables(db).pausesOver(at: now) }
    }

    package func held(limit: Int) throws(StoreError) -> [Enrollment] {
        try read { (db) throws(StoreError) in
            let tables = SQLiteTables(db)
            return try db.all(.held, { $0.bind(limit) }, tables.enrollment)
        }
    }

    package func openTasks(owner: String?) throws(StoreError) -> [OutreachTask] {
        try read { (db) throws(StoreError) in
            guard let owner else { return try db.all(.openTasks, SQLiteTables.task) }
            return try db.all(.openTasksOfOwner, { $0.bind(owner) }, SQLiteTables.task)
        }
    }

    package func closedTasks(since: Instant) throws(StoreError) -> [OutreachTask] {
        try read { (db) throws(StoreError) in try db.all(.closedTasks, { $0.bind(since) }, SQLiteTables.task) }
    }

    package func task(_ id: Int) throws(StoreError) -> OutreachTask? {
        try read { (db) throws(StoreError) in try SQLiteTables(db).taskRow(id) }
    }

    package func message(_ id: Int) throws(StoreError) -> Message? {
        try read { (db) throws(StoreError) in try SQLiteTables(db).messageRow(id)?.message }
    }

    package func message(withID messageID: String) throws(StoreError) -> Message? {
        try read { (db) throws(StoreError) in
            try db.first(.messageByID, { $0.bind(messageID) }, SQLiteTables.message)?.message
        }
    }

    package func message(withProviderID id: String) throws(StoreError) -> Message? {
        try read { (db) throws(StoreError) in
            let found = try db.all(.messagesByProviderID, { $0.bind(id) }, SQLiteTables.message)
            return found.count == 1 ? found[0].message : nil
        }
    }

    package func messages(in state: Message.State, limit: Int) throws(StoreError) -> [Message] {
        try read { (db) throws(StoreError) in
            try db.all(SQL.messages(in: state)) {
                $0.bind(state.rawValue)
                $0.bind(limit)
            } _: { (row) throws(StoreError) in
                try SQLiteTables.message(row).message
            }
        }
    }

    package func touchpoints(after id: Int, limit: Int) throws(StoreError) -> [Touchpoint] {
        try read { (db) throws(StoreError) in
            try db.all(.touchpointsPage) {
                $0.bind(id)
                $0.bind(limit)
            } _: { (row) throws(StoreError) in
                try SQLiteTables.touchpoint(row)
            }
        }
    }

    package func hasTouchpoint(sourceKey: String) throws(StoreError) -> Bool {
        try read { (db) throws(StoreError) in try SQLiteTables(db).hasTouchpoint(sourceKey: sourceKey) }
    }

    package func suppressions() throws(StoreError) -> [Suppression] {
        try read { (db) throws(StoreError) in try db.all(.suppressions, SQLiteTables.suppression) }
    }

    package func suppressions(_ scope: Suppression.Scope, _ value: String) throws(StoreError) -> [Suppression] {
        try read { (db) throws(StoreError) in try SQLiteTables(db).findSuppression(scope, value) }
    }

    package func standing(of person: Person.ID) throws(StoreError) -> (standing: Standing, rules: String)? {
        try read { (db) throws(StoreError) in
            try db.first(.standing, { $0.bind(person.row) }) { (row) throws(StoreError) in
                let rules = row.text()
                let standing = Standing(
                    fit: row.optionalInt(), intent: row.double(), temperature: try row.name(Temperature.self),
                    stage: try row.name(Stage.self), nextChange: row.optionalInstant())
                return (standing, rules)
            }
        }
    }

    package func snapshot() throws(StoreError) -> Snapshot? {
        try read { (db) throws(StoreError) in
            guard let (id, hash) = try db.first(.lastSnapshot, { ($0.int(), $0.text()) }) else { return nil }
            let files = try db.all(.snapshotFiles, { $0.bind(id) }) {
                Snapshot.File(path: $0.text(), bytes: $0.octets())
            }
            return Snapshot(hash: hash, files: files)
        }
    }

    package func runs(limit: Int) throws(StoreError) -> [RunRecord] {
        try read { (db) throws(StoreError) in
            try db.all(.runs, { $0.bind(limit) }) { row in
                let epoch = Epoch(row.int())
                let began = row.instant()
                let ended = row.optionalInstant()
                let entry = RunEntry(host: row.text(), pid: row.int(), version: row.text())
                let counts = row.optionalText().map(FactsText.counts) ?? [:]
                let exit = row.optionalInt().map { Int32(truncatingIfNeeded: $0) }
                return RunRecord(epoch: epoch, entry: entry, began: began, ended: ended, counts: counts, exit: exit)
            }
        }
    }

    package func lastFinishedRun() throws(StoreError) -> Instant? {
        try read { (db) throws(StoreError) in try SQLiteTables(db).lastRunEnd() }
    }

    package func folder(_ name: String, of mailbox: String) throws(StoreError) -> FolderMark? {
        try read { (db) throws(StoreError) in
            try db.first(.folder) {
                $0.bind(mailbox)
                $0.bind(name)
            } _: {
                FolderMark(
                    mailbox: mailbox, folder: name, uidValidity: $0.int(), uid: $0.int(), readAt: Instant($0.int()))
            }
        }
    }

    package func counts() throws(StoreError) -> [String: Int] {
        try read { (db) throws(StoreError) in
            let counts = try db.all(.counts) { ($0.text(), $0.int()) }
            return Dictionary(counts) { $0 + $1 }.filter { $0.value != 0 }
        }
    }

    package func standingCounts() throws(StoreError) -> StandingCounts {
        try read { (db) throws(StoreError) in
            var counts = StandingCounts()
            for (stage, temperature, number) in try db.all(
                .standingCounts,
                { (row) throws(StoreError) in (try row.name(Stage.self), try row.name(Temperature.self), row.int()) })
            {
                counts.add(number, stage, temperature)
            }
            return counts
        }
    }
}
