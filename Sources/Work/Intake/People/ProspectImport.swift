package import CivilTime
package import Diagnostics
import Digest
import Facts
import Interchange
package import Ledger
import Outreach

/// Brings a list of prospects into a ledger.
///
/// Good rows land in one transaction; lists above `groupSize` in several, so that a long import does not keep a run from
/// its fences. An import that was cut off is finished by running it again: rows that have landed are `unchanged`.
package struct ProspectImport<Failure: Error> {
    /// What ends an import before its file does.
    package typealias Stop = ImportFailure<Failure>

    private let store: any Store
    private let now: Instant
    private let groupSize: Int
    private let reject: (RejectedRow) throws(Failure) -> Void
    private let warn: ([Finding]) -> Void
    /// The ledger's key where somebody was forgotten, else `nil`.
    private let secret: [UInt8]?
    private let isFirst: Bool
    private var report = ImportReport()
    private var group: [Pending] = []
    private var rejects: [RejectedRow] = []

    /// - Parameters:
    ///   - reject: takes each row that is left out, in the order of the file.
    ///   - warn: takes findings that leave nobody out.
    package init(
        into store: any Store, at now: Instant, groupSize: Int = 20_000,
        reject: @escaping (RejectedRow) throws(Failure) -> Void, warn: @escaping ([Finding]) -> Void
    ) throws(StoreError) {
        self.store = store
        self.now = now
        self.groupSize = groupSize
        self.reject = reject
        self.warn = warn
        isFirst = try store.people(after: nil, limit: 1).isEmpty
        let hasForgotten = try store.suppressions().contains { $0.scope == .keyedHash }
        secret = hasForgotten ? try store.secret() : nil
    }

    /// A row that is to land.
    private struct Pending {
        var entry: PersonEntry
        var line: Int
        var raw: [UInt8]
        var place: Place
        var before: Person?
        var zone: ZoneGuess
        var connected: LocalDate?
    }

    /// Reads all rows of a file that has begun, and commits them.
    package mutating func run(_ file: inout ProspectFile<Failure>) throws(Stop) -> ImportReport {
        guard let plan = file.plan else { return report }
        var builder = EntryBuilder(plan: plan, file: file.name, options: file.options)
        while let judgement = try Self.reading({ () throws(Failure) in try file.next() }) {
            report.rows += 1
            let row = file.row
            switch judgement {
            case .good(let identity, let findings):
                var built = builder.build(row, identity, at: now)
                note(findings + built.findings)
                let before = try Self.storing { () throws(StoreError) in try known(identity) }
                keepSurerZone(&built, of: before)
                built.entry.keyedHashes = secret.map { KeyedHash.of(identity.identifiers, key: $0) } ?? []
                group.append(
                    Pending(
                        entry: built.entry, line: row.line, raw: row.raw, place: row.place(of: 0, file: file.name),
                        before: before, zone: built.zone,
                        connected: plan.connectedOn.flatMap { row[$0] }.flatMap(ConnectionDay.read)))
            case .bad(let findings):
                rejects.append(RejectedRow(line: row.line, raw: row.raw, findings: findings))
            case .duplicate(let finding):
                rejects.append(RejectedRow(line: row.line, raw: row.raw, findings: [finding]))
            }
            if group.count + rejects.count >= groupSize { try land() }
        }
        try land()
        return report
    }

    // MARK: Landing

    private mutating func land() throws(Stop) {
        let outcomes = try Self.storing { () throws(StoreError) in
            try store.commit(group.map { .put($0.entry) }, epoch: nil)
        }
        for (pending, outcome) in zip(group, outcomes) {
            try Self.storing { () throws(StoreError) in try settle(pending, outcome) }
        }
        for row in rejects.sorted(by: { $0.line < $1.line }) {
            let code = (row.findings.first { $0.severity == .error } ?? row.findings.first)?.code
            if let code { report.rejected[code, default: 0] += 1 }
            try Self.reading { () throws(Failure) in try reject(row) }
        }
        group.removeAll(keepingCapacity: true)
        rejects.removeAll(keepingCapacity: true)
    }

    private mutating func settle(_ pending: Pending, _ outcome: Outcome) throws(StoreError) {
        switch outcome {
        case .row(let row, let isNew):
            let id = Person.ID(row)
            count(pending)
            if let day = pending.connected { report.connections.append(ImportReport.Connection(person: id, day: day)) }
            if isNew {
                report.added += 1
                report.touched.append(id)
            } else if let before = pending.before, try store.person(id) == before {
                report.unchanged += 1
            } else {
                report.changed += 1
                report.touched.append(id)
            }
        case .refused(let refusal):
            rejects.append(
                RejectedRow(line: pending.line, raw: pending.raw, findings: [try finding(refusal, pending)]))
        case .done, .granted: break
        }
    }

    private func finding(_ refusal: Refusal, _ pending: Pending) throws(StoreError) -> Finding {
        switch refusal {
        case .conflict(let ids):
            var keys: [String] = []
            for id in ids { keys.append(try store.person(id)?.key ?? "\(id.row)") }
            return Finding(
                .importConflict, "the row matches \(keys.joined(separator: " and "))", at: pending.place,
                hint: "if they are one: stoke merge \(keys.joined(separator: " "))")
        case .suppressed: return Finding(.importForgotten, "this person asked to be forgotten", at: pending.place)
        default: return Finding(.importNobody, "the ledger did not take it: \(refusal)", at: pending.place)
        }
    }

    // MARK: What is known

    /// The person as they are known now, as far as the row's identifiers tell.
    private func known(_ identity: RowIdentity) throws(StoreError) -> Person? {
        isFirst && report.added == 0 ? nil : try store.person(knownBy: identity)
    }

    /// A guess never takes the place of a zone that is known better.
    private func keepSurerZone(_ built: inout EntryBuilder.Built, of person: Person?) {
        guard let facts = person?.facts, let zone = facts["timezone"], !zone.isBlank else { return }
        let source = facts["timezone_source"]?.plainText.flatMap(ZoneSource.init) ?? .column
        guard source < built.zone.source else { return }
        built.entry.facts["timezone"] = nil
        built.entry.facts["timezone_source"] = nil
        built.zone = ZoneGuess(name: zone.plainText, source: source)
    }

    // MARK: Counting

    private mutating func count(_ pending: Pending) {
        report.zones[pending.zone.source, default: 0] += 1
        if pending.zone.isPrincipal { report.principalZones += 1 }
        if report.first.count < 5 { report.first.append(pending.entry) }
    }

    private mutating func note(_ findings: [Finding]) {
        if findings.isEmpty { return }
        report.warnings += findings.count
        warn(findings)
    }

    private static func reading<T>(_ body: () throws(Failure) -> T) throws(Stop) -> T {
        do throws(Failure) { return try body() } catch { throw .file(error) }
    }

    private static func storing<T>(_ body: () throws(StoreError) -> T) throws(Stop) -> T {
        do throws(StoreError) { return try body() } catch { throw .store(error) }
    }
}
