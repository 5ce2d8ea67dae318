package import CivilTime
package import Outreach
import Planning

extension MemoryStore {
    package func verify(
        at now: Instant, earliest: (History, Enrollment) -> Instant?
    ) throws(StoreError) -> [String] {
        let people = try read { (tables) throws(StoreError) in tables.shelves.keys.sorted() }
        let findings = try read { (tables) throws(StoreError) in tables.differences() }
        return try findings + lateWakes(of: people, earliest: earliest)
    }
}

extension Store {
    /// Active enrollments of these people that would be woken too late.
    package func lateWakes(
        of people: [Person.ID], earliest: (History, Enrollment) -> Instant?
    ) throws(StoreError) -> [String] {
        var findings: [String] = []
        for person in people {
            let history = try self.history(of: person)
            for enrollment in history.enrollments where enrollment.state == .active {
                guard let instant = earliest(history, enrollment), enrollment.wakeAt > instant else { continue }
                findings.append(
                    "enrollment \(enrollment.id.row): wakes at \(enrollment.wakeAt.seconds),"
                        + " may have to act at \(instant.seconds)")
            }
        }
        return findings
    }
}

extension MemoryTables {
    /// Where an index or a count differs from the rows it stands for; over a base, of what is here only.
    func differences() -> [String] {
        var findings: [String] = []
        var projected: [MailboxDay: Int] = [:]
        var due: [Lane: Int] = [:]
        for shelf in shelves.values {
            for enrollment in shelf.enrollments {
                if enrollment.state == .active { due[enrollment.lane, default: 0] += 1 }
                guard let mailbox = enrollment.mailbox else { continue }
                for day in enrollment.projected { projected[MailboxDay(mailbox: mailbox, day: day), default: 0] += 1 }
            }
        }
        let last = Cursor.last(at: .distantFuture)
        for lane in Set(due.keys).union(lanes.keys) where due[lane] ?? 0 != lanes[lane]?.count(through: last) ?? 0 {
            findings.append("lane \(lane.sequence): the due order differs from the enrollments")
        }
        if base == nil, projected != projectedDays.filter({ $0.value != 0 }) {
            findings.append("projected days differ from the enrollments'")
        }
        return findings.sorted()
    }
}
