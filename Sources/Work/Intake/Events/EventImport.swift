package import CivilTime
package import Diagnostics
import Digest
import Facts
package import Ledger
package import Outreach
import Planning

/// What an import of events came to.
package struct EventReport: Sendable {
    /// Rows read, bad ones among them.
    package var rows = 0
    /// Facts that are new.
    package var recorded = 0
    /// Facts that were recorded before.
    package var known = 0
    /// People who are first heard of.
    package var leads = 0
    /// Opt-outs and bounces of people who are not known: their addresses are suppressed.
    package var suppressed = 0
    /// Rows left out, by the finding that did it.
    package var rejected: [FindingCode: Int] = [:]
    /// New facts by kind.
    package var kinds: [String: Int] = [:]
    /// Whose standing is to be judged again.
    package var touched: Set<Person.ID> = []

    package init() {}
    /// All rows left out.
    package var rejectedCount: Int { rejected.values.reduce(0, +) }
}

/// Records events, each once, with all that follows from them.
///
/// What happened before somebody entered a sequence does not end it: another tool's history is history.
package struct EventImport<Failure: Error> {
    private let store: any Store
    private let consequences: Consequences
    private let now: Instant
    private let source: String?
    private let personOfToken: (String) -> Person.ID?
    private let secret: [UInt8]
    private var report = EventReport()

    /// - Parameters:
    ///   - source: which tool, where the file does not say.
    ///   - personOfToken: whom an opt-out token of ours names; `nil` for what we did not sign.
    package init(
        into store: any Store, model: Model, at now: Instant, source: String? = nil,
        personOfToken: @escaping (String) -> Person.ID?
    ) throws(StoreError) {
        self.store = store
        self.now = now
        self.source = source
        self.personOfToken = personOfToken
        consequences = Consequences(model)
        secret = try store.secret()
    }

    /// Reads all events of a file that has begun, and records them.
    package mutating func run(
        _ file: inout EventFile<Failure>, reject: (RejectedRow) -> Void
    ) throws(ImportFailure<Failure>) -> EventReport {
        while true {
            let reading: EventFile<Failure>.Reading?
            do throws(Failure) { reading = try file.next() } catch { throw .file(error) }
            guard let reading else { return report }
            report.rows += 1
            var rejected: RejectedRow?
            switch reading {
            case .bad(let row): rejected = row
            case .event(let event, let raw):
                do throws(StoreError) {
                    let finding = try take(event)
                    rejected = finding.map { RejectedRow(line: event.place.line, raw: raw, findings: [$0]) }
                } catch {
                    throw .store(error)
                }
            }
            guard let rejected else { continue }
            if let code = rejected.findings.first?.code { report.rejected[code, default: 0] += 1 }
            reject(rejected)
        }
    }

    /// Records one event; what keeps it out, if anything does.
    private mutating func take(_ event: Event) throws(StoreError) -> Finding? {
        var event = event
        event.source = event.source ?? source
        var known: Person?
        if let token = event.token {
            guard let id = personOfToken(token) else {
                return Finding(.eventToken, "this ledger did not sign this token", at: event.place)
            }
            known = try store.person(id)
        } else {
            known = try store.person(knownBy: event.identity)
        }
        if known == nil, isLeaving(event.kind) {
            try suppress(event)
            return nil
        }
        if known == nil { known = try lead(event) }
        guard let person = known, !person.isForgotten else {
            return Finding(.importForgotten, "this person asked to be forgotten", at: event.place)
        }
        try record(event, person)
        return nil
    }

    /// Nobody becomes a lead by leaving.
    private func isLeaving(_ kind: TouchpointKind) -> Bool {
        [.optOut, .complaint, .bounceHard].contains(where: kind.isA)
    }

    private mutating func suppress(_ event: Event) throws(StoreError) {
        let scopes: [(Suppression.Scope, String?)] = [
            (.address, event.identity.email), (.linkedin, event.identity.linkedin),
            (.phone, event.identity.phone?.text),
        ]
        // A bounce says only that mail does not arrive.
        let channel: Channel? = event.kind.isA(.bounceHard) ? .email : nil
        let suppressions = scopes.compactMap { scope, value in
            value.map { Suppression(scope: scope, value: $0, reason: event.kind.name, channel: channel, at: now) }
        }
        _ = try store.commit(suppressions.map { .suppress($0) }, epoch: nil)
        report.suppressed += 1
    }

    /// Somebody who is first heard of; `nil` where they asked to be forgotten.
    private mutating func lead(_ event: Event) throws(StoreError) -> Person? {
        let identity = event.identity
        let entry = PersonEntry(
            email: identity.email, linkedin: identity.linkedin, phone: identity.phone?.text, facts: event.person,
            company: event.company, companyDomain: identity.companyDomain,
            source: event.source ?? EventKind.source(event.kind), at: now,
            keyedHashes: KeyedHash.of(identity.identifiers, key: secret))
        guard case .row(let row, let isNew)? = try store.commit([.put(entry)], epoch: nil).first else { return nil }
        if isNew { report.leads += 1 }
        return try store.person(Person.ID(row))
    }

    private mutating func record(_ event: Event, _ person: Person) throws(StoreError) {
        var detail = event.detail
        if let source = event.source { detail["source"] = .text(source) }
        let touchpoint = Touchpoint(
            person: person.id, kind: event.kind, at: event.at, recordedAt: now, sourceKey: key(event, person),
            detail: detail)
        let isAboutNow = try store.history(of: person.id).enrollments.contains {
            [.active, .paused].contains($0.state) && $0.enrolledAt <= event.at
        }
        let operations =
            isAboutNow || isLeaving(event.kind)
            ? try consequences.operations(touchpoint, in: store) : [.record(touchpoint, .none)]
        if case .row(_, true)? = try store.commit(operations, epoch: nil).first {
            report.recorded += 1
            report.kinds[event.kind.name, default: 0] += 1
            report.touched.insert(person.id)
        } else {
            report.known += 1
        }
    }

    /// What makes it the same event when it comes again; it tells nobody whose.
    private func key(_ event: Event, _ person: Person) -> String {
        let own = event.id ?? "\(event.at.seconds)"
        let parts = [event.source ?? "", own, event.kind.name, person.key].joined(separator: "\n")
        return "event:" + SHA256.authenticate(Array(parts.utf8), key: secret).hex.prefix(32)
    }
}

extension Store {
    /// The person whom an identity names, if it names one.
    func person(knownBy identity: RowIdentity) throws(StoreError) -> Person? {
        if let email = identity.email, let person = try person(withEmail: email) { return person }
        for text in [identity.linkedin, identity.phone?.text].compactMap({ $0 }) {
            let people = try people(matching: text, limit: 2)
            if people.count == 1 { return people[0] }
        }
        return nil
    }
}
