import CivilTime
import Digest
import Facts
import Ledger
import Outreach

/// The rows of a ledger in a database file; writes belong to the transaction that is open.
final class SQLiteTables {
    let db: Connection

    init(_ db: Connection) { self.db = db }

    // MARK: rows out of columns

    static func personRow(_ row: Statement) throws(StoreError) -> PersonRow {
        let id = row.personID()
        let key = row.optionalText()
        let email = row.optionalText()
        let facts = try FactsText.facts(row.text())
        let company = row.optionalInt()
        let blocked = Set(mask: row.int())
        let person = Person(
            id: id, key: key ?? "", email: email, facts: facts, companyID: company, isForgotten: key == nil)
        return PersonRow(
            person: person, addedAt: row.instant(), blocked: blocked,
            mergedInto: row.optionalInt().map { Person.ID($0) })
    }

    /// With the company among the person's facts.
    static func fullRow(_ row: Statement) throws(StoreError) -> PersonRow {
        var full = try personRow(row)
        if let text = row.optionalText(), !full.person.isForgotten {
            full.person.facts["company"] = .record(try FactsText.facts(text))
        }
        return full
    }

    static func company(_ row: Statement) throws(StoreError) -> Company {
        Company(id: row.int(), domain: row.optionalText(), facts: try FactsText.facts(row.text()))
    }

    static func suppression(_ row: Statement) throws(StoreError) -> Suppression {
        let scope = try row.name(Suppression.Scope.self)
        let value = row.text()
        let channel = row.text()
        return Suppression(
            scope: scope, value: value, reason: row.text(), channel: Channel(rawValue: channel), at: row.instant())
    }

    func enrollment(_ row: Statement) throws(StoreError) -> Enrollment {
        var enrollment = Enrollment(
            id: row.enrollmentID(), person: row.personID(), sequence: row.text(), round: row.int(),
            exclusive: row.bool(), version: try version(row.int()), state: try row.name(Enrollment.State.self),
            reason: row.optionalText(), mailbox: row.optionalText(), enrolledAt: row.instant(),
            queue: Enrollment.Queue(rawValue: row.int()) ?? .open, wakeAt: row.instant(), tie: row.int())
        let hold = row.optionalText()
        let detail = row.optionalText()
        if let hold {
            guard let reason = Hold.Reason(rawValue: hold) else {
                throw .damaged(reason: "a hold has an unknown reason")
            }
            enrollment.hold = Hold(reason, detail ?? "")
        }
        enrollment.pausedUntil = row.optionalInstant()
        if let days = row.optionalText() { enrollment.projected = [LocalDate](text: days) }
        enrollment.isReleased = row.bool()
        return enrollment
    }

    static func result(_ row: Statement) -> StepResult {
        StepResult(
            enrollment: row.enrollmentID(), step: row.text(), attempt: row.int(), result: row.text(), at: row.instant(),
            jump: row.optionalText())
    }

    static func message(_ row: Statement) throws(StoreError) -> MessageRow {
        let message = Message(
            id: row.int(), enrollment: row.enrollmentID(), step: row.text(), state: try row.name(Message.State.self),
            mailbox: row.text(), messageID: row.text(), date: row.instant(), sha256: Hex.encode(row.octets()),
            attempts: row.int(), retryAt: row.optionalInstant(), fencedAt: row.optionalInstant(),
            reply: row.optionalText(), providerID: row.optionalText(), arm: row.optionalText(),
            subject: row.optionalText())
        return MessageRow(message, epoch: Epoch(row.int()))
    }

    static func task(_ row: Statement) throws(StoreError) -> OutreachTask {
        OutreachTask(
            id: row.int(), enrollment: row.enrollmentID(), step: row.text(), attempt: row.int(),
            kind: try row.name(OutreachTask.Kind.self), owner: row.text(),
            state: try row.name(OutreachTask.State.self), dueAt: row.instant(), openedAt: row.instant(),
            expiresAt: row.optionalInstant(), snoozedUntil: row.optionalInstant(),
            approvedSHA256: row.optionalOctets().map { Hex.encode($0) }, editedText: row.optionalText(),
            outcome: row.optionalText(), closedAt: row.optionalInstant())
    }

    static func touchpoint(_ row: Statement) throws(StoreError) -> Touchpoint {
        Touchpoint(
            id: row.int(), person: row.personID(), enrollment: row.optionalInt().map { Enrollment.ID($0) },
            step: row.optionalText(), kind: TouchpointKind(row.text()), at: row.instant(), recordedAt: row.instant(),
            sourceKey: row.optionalText(), detail: try row.optionalText().map(FactsText.facts) ?? [:])
    }

    // MARK: versions

    private func version(_ id: Int) throws(StoreError) -> String {
        if let known = db.versions[id] { return known }
        guard let text = try db.first(.versionText, { $0.bind(id) }, { $0.text() }) else {
            throw .damaged(reason: "an enrollment has a version that is gone")
        }
        db.versions[id] = text
        return text
    }

    /// The row of a version; made where it was never used, without an order of steps.
    func versionID(_ version: String, sequence: String) throws(StoreError) -> Int {
        if let known = db.versions.first(where: { $0.value == version }) { return known.key }
        if let id = try db.first(.versionID, { $0.bind(version) }, { $0.int() }) {
            db.versions[id] = version
            return id
        }
        try db.run(.insertVersion) {
            $0.bind(version)
            $0.bind(sequence)
            $0.bind(String?.none)
            $0.bind(0)
        }
        return db.insertedRow
    }
}

extension Set where Element == Channel {
    /// A bit a channel, in the order of their declaration.
    init(mask: Int) {
        self.init()
        if mask == 0 { return }
        for (bit, channel) in Channel.allCases.enumerated() where mask & (1 << bit) != 0 { insert(channel) }
    }

    var mask: Int {
        if isEmpty { return 0 }
        return Channel.allCases.enumerated().reduce(0) { contains($1.element) ? $0 | (1 << $1.offset) : $0 }
    }
}

extension [LocalDate] {
    /// Day numbers with spaces between.
    init(text: String) { self = text.split(separator: " ").compactMap { Int($0).map { LocalDate(dayNumber: $0) } } }
    var text: String? { isEmpty ? nil : map { String($0.dayNumber) }.joined(separator: " ") }
}
