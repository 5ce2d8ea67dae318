import Arguments
import CivilTime
import Facts
import Interchange
import Ledger
import Outreach
import Planning
import Qualification
import SQLiteLedger

/// Who may enter a sequence, and why not.
struct EnrollmentRules<S: Store> {
    let ground: EntryGround<S>
    let sequence: Outreach.Sequence
    let again: Bool
    let perCompany: Int?

    func judge(_ people: [Person], limit: Int) throws(StoreError) -> EnrollmentReport {
        var report = EnrollmentReport(sequence: sequence)
        var companies: [Int: Int] = [:]
        for person in people {
            if report.entering.count >= limit { break }
            let history = try ground.store.history(of: person.id)
            if let reason = try refusal(history) {
                report.refuse(person, reason)
                continue
            }
            if let perCompany, let company = person.companyID {
                guard companies[company, default: 0] < perCompany else {
                    report.refuse(person, "enough people of the same company")
                    continue
                }
                companies[company, default: 0] += 1
            }
            let round = 1 + (history.enrollments.filter { $0.sequence == sequence.name }.map(\.round).max() ?? 0)
            report.entering.append((person, round))
        }
        return report
    }

    /// Why a person may not enter; `nil` when they may.
    func refusal(_ history: History) throws(StoreError) -> String? {
        let person = history.person
        // A way that mails is no way for somebody who takes no mail; other steps are left out one by one.
        let channels: [Channel?] = sequence.steps.contains(where: \.isEmail) ? [nil, .email] : [nil]
        for channel in channels {
            if let suppression = try ground.store.suppression(of: person, channel: channel) {
                return "suppressed (\(suppression.reason))"
            }
        }
        let own = history.enrollments.filter { $0.sequence == sequence.name }
        if own.contains(where: { [.active, .paused].contains($0.state) }) { return "in it already" }
        if !own.isEmpty, !again { return "was in it before (--again lets them back in)" }
        if sequence.exclusive, let other = history.enrollments.first(where: isBusy) {
            return "in \(other.sequence), which is exclusive too"
        }
        if let talk = history.openTalk { return "\(talk.kind) without a disposition (stoke touch PERSON disposition)" }
        if let reason = coolDown(history) { return reason }
        return audience(history)
    }

    private func isBusy(_ enrollment: Enrollment) -> Bool {
        enrollment.exclusive && [.active, .paused].contains(enrollment.state)
    }

    /// Not before `recontact_after` since the last outbound touch: of a sequence, by hand, or by another tool.
    private func coolDown(_ history: History) -> String? {
        guard let term = sequence.recontactAfter,
            let last = history.touchpoints.last(where: \.kind.isOutboundTouch)
        else { return nil }
        let end = Windows(ground.model.settings.calendar, in: ground.zone).deadline(term, since: last.at)
        return end > ground.now ? "contacted less than \(term) ago" : nil
    }

    private func audience(_ history: History) -> String? {
        guard case .icp(let icp) = sequence.audience else { return nil }
        if ground.qualifier.isProspect(history, at: ground.now) { return nil }
        guard let fit = ground.qualifier.fit(of: history.person, icp: icp) else { return "no ICP called \(icp)" }
        guard let score = fit.score else { return "fit to \(icp) unknown: facts are missing" }
        return score == 0 ? "does not fit \(icp)" : "not reviewed yet (stoke qualify --accept)"
    }
}

/// What entry is judged by: a ledger, the rules and the moment.
struct EntryGround<S: Store> {
    let store: S
    let model: Model
    let qualifier: Qualifier
    let now: Instant

    /// The workspace's own clock.
    var zone: Zone { model.settings.timezone }
}

extension Office {
    var ground: EntryGround<SQLiteStore> { ground(store) }

    /// The same, over the ledger as of one moment.
    func ground(_ view: SQLiteStore) -> EntryGround<SQLiteStore> {
        EntryGround(store: view, model: model, qualifier: qualifier, now: now)
    }
}

/// What became of each person who was to enter a sequence.
struct EnrollmentReport {
    var sequence: Outreach.Sequence
    var entering: [(person: Person, round: Int)] = []
    /// Reason to people, in the order in which reasons came up.
    var refused: [(reason: String, people: [Person])] = []

    mutating func refuse(_ person: Person, _ reason: String) {
        if let index = refused.firstIndex(where: { $0.reason == reason }) {
            refused[index].people.append(person)
        } else {
            refused.append((reason, [person]))
        }
    }
}

extension EnrollmentReport {
    func commit(to office: Office) throws {
        let operations = entering.map { person, round in
            Operation.enroll(EnrollmentEntry(person, in: sequence, round: round, at: office.now))
        }
        var rest = operations[...]
        while !rest.isEmpty {
            _ = try office.store.commit(Array(rest.prefix(1000)), epoch: nil)
            rest = rest.dropFirst(1000)
        }
    }

    func text(_ desk: Desk) -> String {
        let verb = desk.invocation.has("--dry-run") ? "would enter" : entering.count == 1 ? "enters" : "enter"
        var lines = ["\(entering.count) \(verb) \(sequence.name)"]
        for (reason, people) in refused {
            let names = people.prefix(3).map(\.displayName).joined(separator: ", ")
            let more = people.count > 3 ? " and \(people.count - 3) more" : ""
            lines.append("  \(people.count) not: \(reason): \(Sink.line(names))\(more)")
        }
        return lines.joined(separator: "\n")
    }

    var json: JSON {
        [
            "sequence": .string(sequence.name),
            "entered": .array(entering.map { .string($0.person.email ?? $0.person.key) }),
            "refused": .array(
                refused.flatMap { reason, people in
                    people.map { ["person": .string($0.email ?? $0.key), "reason": .string(reason)] as JSON }
                }),
        ]
    }
}
