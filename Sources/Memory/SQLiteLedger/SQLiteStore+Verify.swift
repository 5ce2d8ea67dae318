package import CivilTime
package import Ledger
package import Outreach

extension SQLiteStore {
    package func verify(
        at now: Instant, earliest: (History, Enrollment) -> Instant?
    ) throws(StoreError) -> [String] {
        var findings = try read { (db) throws(StoreError) in
            try db.reading { () throws(StoreError) in
                try SQLiteStore.structure(db) + SQLiteStore.counts(db) + SQLiteStore.blocks(db)
            }
        }
        var last: Person.ID?
        while true {
            let page = try people(after: last, limit: 1000)
            findings += try lateWakes(of: page.map(\.id), earliest: earliest)
            guard let next = page.last?.id else { return findings }
            last = next
        }
    }

    /// The names of the statements that read a whole table or index; SQLite's own plan says so.
    package func scanningStatements() throws(StoreError) -> [String] {
        try read { (db) throws(StoreError) in
            var names: [String] = []
            for sql in SQL.allCases where sql.hasPlan {
                let plan = try db.prepare("EXPLAIN QUERY PLAN \(sql.text)")
                var details: [String] = []
                while try plan.step() {
                    for _ in 0..<3 { _ = plan.int() }
                    details.append(plan.text())
                }
                plan.reset()
                if details.contains(where: { $0.hasPrefix("SCAN") }) { names.append("\(sql)") }
            }
            return names
        }
    }

    private static func structure(_ db: Connection) throws(StoreError) -> [String] {
        var findings = try db.all(.integrity) { $0.text() }.filter { $0 != "ok" }.map { "the file is damaged: \($0)" }
        findings += try db.all(.foreignKeys) { "a row of \($0.text()) belongs to nothing" }
        findings += try db.all(.fencelessMessages) { "message \($0.int()): behind its fence, but no fence is counted" }
        findings += try db.all(.sentWithoutResult) { "message \($0.int()): sent, but its step has no result" }
        return findings
    }

    private static func counts(_ db: Connection) throws(StoreError) -> [String] {
        var findings = try db.all(.fencedDifferences) { row in
            "mailbox \(row.text()), day \(row.int()): \(row.int()) fences stored, \(row.int()) counted"
        }
        var expected: [String: Int] = [:]
        let rows = try db.all(.projectedRows) { ($0.int(), $0.optionalText(), [LocalDate](text: $0.text())) }
        for (_, mailbox, days) in rows {
            for day in days { expected["mailbox \(mailbox ?? ""), day \(day.dayNumber)", default: 0] += 1 }
        }
        for (key, stored) in try db.all(.projectedDays, { ("mailbox \($0.text()), day \($0.int())", $0.int()) }) {
            let counted = expected.removeValue(forKey: key) ?? 0
            if counted != stored { findings.append("\(key): \(stored) expected emails stored, \(counted) counted") }
        }
        for (key, counted) in expected.sorted(by: { $0.key < $1.key }) {
            findings.append("\(key): 0 expected emails stored, \(counted) counted")
        }
        return findings
    }

    /// People whose blocked channels differ from what the suppressions say.
    private static func blocks(_ db: Connection) throws(StoreError) -> [String] {
        let tables = SQLiteTables(db)
        var findings: [String] = []
        var last = 0
        while true {
            let page = try db.all(.blockedPage) {
                $0.bind(last)
                $0.bind(1000)
            } _: { (row) throws(StoreError) in
                try SQLiteTables.personRow(row)
            }
            let bookkeeper = Bookkeeper(tables, current: Epoch(0), mine: nil)
            for row in page where try bookkeeper.blockedChannels(of: row.person.id) != row.blocked {
                findings.append("person \(row.person.id.row): blocked channels differ from the suppressions")
            }
            guard let next = page.last?.person.id.row else { return findings }
            last = next
        }
    }
}
