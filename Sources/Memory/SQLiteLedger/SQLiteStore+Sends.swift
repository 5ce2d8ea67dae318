package import CivilTime
package import Ledger
import Outreach

extension SQLiteStore {
    package func sends(of mailbox: String, since: Instant) throws(StoreError) -> [SendRecord] {
        try read { (db) throws(StoreError) in
            let fenced = try SQLiteStore.sends(db, .sendsFenced, mailbox, since)
            return (fenced + (try SQLiteStore.sends(db, .sendsRefused, mailbox, since)))
                .sorted(by: SendRecord.isBefore)
        }
    }

    package func sendCount(of mailbox: String, since: Instant) throws(StoreError) -> Int {
        try count(.sendCount, of: mailbox, since: since)
    }

    package func bounceCount(of mailbox: String, since: Instant) throws(StoreError) -> Int {
        try count(.bounceCount, of: mailbox, since: since)
    }

    private func count(_ sql: SQL, of mailbox: String, since: Instant) throws(StoreError) -> Int {
        try read { (db) throws(StoreError) in
            try db.first(sql) {
                $0.bind(mailbox)
                $0.bind(since)
            } _: {
                $0.int()
            } ?? 0
        }
    }

    private static func sends(
        _ db: Connection, _ sql: SQL, _ mailbox: String, _ since: Instant
    ) throws(StoreError) -> [SendRecord] {
        try db.all(sql) {
            $0.bind(since)
            $0.bind(mailbox)
            $0.bind(since)
        } _: { (row) throws(StoreError) in
            SendRecord(
                message: row.int(), sequence: row.text(), domain: SendRecord.domain(of: row.optionalText()),
                state: try row.name(Message.State.self), reply: row.optionalText(), at: row.instant(),
                hasBounced: row.bool())
        }
    }
}
