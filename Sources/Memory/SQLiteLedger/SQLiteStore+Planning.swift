package import CivilTime
import Facts
package import Ledger
package import Outreach
package import Planning

extension SQLiteStore {
    package func due(
        _ lane: Lane, at now: Instant, after: Cursor?, limit: Int
    ) throws(StoreError) -> [Enrollment] {
        try read { (db) throws(StoreError) in
            let sql: SQL = after == nil ? .due : .dueAfter
            return try db.all(sql) {
                $0.bind(lane, at: now)
                if let after {
                    $0.bind(after.wakeAt)
                    $0.bind(after.tie)
                    $0.bind(after.id.row)
                }
                $0.bind(limit)
            } _: { (row) throws(StoreError) in
                try SQLiteTables(db).enrollment(row)
            }
        }
    }

    package func dueCount(_ lane: Lane, at now: Instant) throws(StoreError) -> Int {
        try read { (db) throws(StoreError) in
            try db.first(.dueCount, { $0.bind(lane, at: now) }, { $0.int() }) ?? 0
        }
    }

    package func history(of person: Person.ID) throws(StoreError) -> History {
        try read { (db) throws(StoreError) in
            try db.reading { () throws(StoreError) in try SQLiteTables(db).history(of: person) }
        }
    }

    /// The histories of several people as of one moment, in the order asked for.
    package func histories(of people: [Person.ID]) throws(StoreError) -> [History] {
        try read { (db) throws(StoreError) in
            try db.reading { () throws(StoreError) in
                let tables = SQLiteTables(db)
                var histories: [History] = []
                histories.reserveCapacity(people.count)
                for person in people { histories.append(try tables.history(of: person)) }
                return histories
            }
        }
    }

    package func fences(of mailbox: String, since: Instant) throws(StoreError) -> [Instant] {
        try read { (db) throws(StoreError) in
            try db.all(.fencesSince) {
                $0.bind(mailbox)
                $0.bind(since)
            } _: {
                $0.instant()
            }
        }
    }

    package func companyFences(of mailbox: String, since: Instant) throws(StoreError) -> [Int: Int] {
        try read { (db) throws(StoreError) in
            let counts = try db.all(.companyFences) {
                $0.bind(mailbox)
                $0.bind(since)
            } _: {
                ($0.int(), $0.int())
            }
            return Dictionary(uniqueKeysWithValues: counts)
        }
    }

    package func sendingDays(of mailbox: String, before day: LocalDate) throws(StoreError) -> Int {
        try read { (db) throws(StoreError) in
            try db.first(.sendingDays) {
                $0.bind(mailbox)
                $0.bind(day)
            } _: {
                $0.int()
            } ?? 0
        }
    }

    package func projected(
        for mailbox: String, from: LocalDate, through: LocalDate
    ) throws(StoreError) -> [LocalDate: Int] {
        try read { (db) throws(StoreError) in
            let days = try db.all(.projected) {
                $0.bind(mailbox)
                $0.bind(from)
                $0.bind(through)
            } _: {
                ($0.day(), $0.int())
            }
            return Dictionary(uniqueKeysWithValues: days)
        }
    }

    package func tasksOpened(
        for owner: String, kinds: [OutreachTask.Kind], since: Instant
    ) throws(StoreError) -> Int {
        try read { (db) throws(StoreError) in
            var count = 0
            for kind in Set(kinds) {
                count +=
                    try db.first(.tasksOpened) {
                        $0.bind(owner)
                        $0.bind(kind.rawValue)
                        $0.bind(since)
                    } _: {
                        $0.int()
                    } ?? 0
            }
            return count
        }
    }

    package func pauses(at now: Instant) throws(StoreError) -> [Pause] {
        try pauses().filter { $0.until.map { $0 > now } ?? true }
    }

    package func pauses() throws(StoreError) -> [Pause] {
        try read { (db) throws(StoreError) in
            try db.all(.pauses) { row in
                let isMailbox = row.text() == "mailbox"
                let name = row.text()
                return Pause(
                    isMailbox ? .mailbox(name) : .sequence(name), until: row.optionalInstant(), reason: row.text())
            }
        }
    }

    package func conclusions() throws(StoreError) -> [Conclusion] {
        try read { (db) throws(StoreError) in
            try db.all(.conclusions) { row in
                let (sequence, step, templates) = (row.text(), row.text(), row.text())
                return Conclusion(
                    sequence: sequence, step: step, arm: row.text(), templates: templates, at: row.instant())
            }
        }
    }

    package func standingsDue(at now: Instant, limit: Int) throws(StoreError) -> [Person.ID] {
        try read { (db) throws(StoreError) in
            try db.all(.standingsDue) {
                $0.bind(now)
                $0.bind(limit)
            } _: {
                $0.personID()
            }
        }
    }

    package func outages(since: Instant) throws(StoreError) -> [Range<Instant>] {
        try read { (db) throws(StoreError) in
            try db.all(.outages, { $0.bind(since) }, { $0.instant()..<$0.instant() })
        }
    }

    package func stepOrder(ofVersion version: String) throws(StoreError) -> [String]? {
        try read { (db) throws(StoreError) in
            let text = try db.first(.stepOrder, { $0.bind(version) }, { $0.optionalText() }) ?? nil
            return try text.map(FactsText.names)
        }
    }
}

extension SQLiteTables {
    func history(of person: Person.ID) throws(StoreError) -> History {
        guard let row = try db.first(.person, { $0.bind(person.row) }, Self.fullRow) else {
            throw .unknownPerson(person)
        }
        var history = History(
            person: row.person, enrollments: try enrollments(of: person),
            touchpoints: try db.all(.touchpointsOf, { $0.bind(person.row) }, Self.touchpoint),
            blockedChannels: row.blocked)
        // Everything else belongs to an enrollment.
        if history.enrollments.isEmpty { return history }
        history.results = try db.all(.resultsOf, { $0.bind(person.row) }, Self.result)
        history.messages = try db.all(.messagesOf, { $0.bind(person.row) }, Self.message).map(\.message)
        history.tasks = try db.all(.tasksOf, { $0.bind(person.row) }, Self.task)
        return history
    }
}
