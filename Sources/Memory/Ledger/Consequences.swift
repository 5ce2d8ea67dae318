package import CivilTime
import Facts
package import Outreach
import Planning

/// What an event about a person does to sequences: theirs, and their colleagues'.
///
/// One place for `touch`, `tasks done`, the inbox and imports, so that the same fact always has the same effect.
package struct Consequences {
    private let model: Model

    package init(_ model: Model) { self.model = model }

    /// Facts that end all of a person's sequences until somebody records a disposition.
    package static let ending: [TouchpointKind] = [
        .reply, .meeting, .callConnected, .bounceHard, .optOut, .complaint, .leftCompany, .stage(.won),
        .stage(.disqualified), .stage(.recycled),
    ]

    /// How long colleagues of somebody who answered are left alone.
    package static let colleaguePause = Delay.businessDays(5)

    /// How long an absence without a date pauses a person: 14 days.
    package static let absence = 14 * Int.day

    /// The operations that record a touchpoint with all that follows, to be committed together.
    ///
    /// - Parameter returns: for an automatic reply, the day they are back, if it says one.
    /// - Throws: what the store throws.
    package func operations(
        _ touchpoint: Touchpoint, returns: Instant? = nil, in store: some Store
    ) throws(StoreError) -> [Operation] {
        let history = try store.history(of: touchpoint.person)
        var operations = [Operation.record(touchpoint, reaction(touchpoint, history, returns: returns))]
        if touchpoint.kind.isA(.optOut) || touchpoint.kind.isA(.complaint), let email = history.person.email {
            operations.append(
                .suppress(
                    Suppression(
                        scope: .address, value: email, reason: touchpoint.kind.name, at: touchpoint.recordedAt)))
        }
        if touchpoint.kind == .stage(.won), let customer = suppression(ofCustomer: history.person, touchpoint) {
            operations.append(.suppress(customer))
        }
        if touchpoint.kind.isA(.disposition) { operations += decided(history, at: touchpoint.recordedAt) }
        if touchpoint.kind.isA(.reply) { operations += try colleagues(of: history.person, touchpoint, in: store) }
        return operations
    }

    /// A customer gets no outreach, on any channel, whatever list they come with next.
    private func suppression(ofCustomer person: Person, _ touchpoint: Touchpoint) -> Suppression? {
        let scopes: [(Suppression.Scope, String?)] = [
            (.address, person.email), (.linkedin, person.facts["linkedin"]?.plainText),
            (.phone, person.facts["phone"]?.plainText),
        ]
        let known = scopes.lazy.compactMap { scope, value in value.map { (scope, $0) } }.first
        return known.map { Suppression(scope: $0.0, value: $0.1, reason: "won", at: touchpoint.recordedAt) }
    }

    /// The tasks that asked for a decision are done with it.
    private func decided(_ history: History, at: Instant) -> [Operation] {
        history.tasks.filter { $0.kind == .answer && $0.state == .open }.map {
            .close(task: $0.id, state: .done, result: nil, touchpoint: nil, at: at)
        }
    }

    private func reaction(_ touchpoint: Touchpoint, _ history: History, returns: Instant?) -> Reaction {
        if Consequences.ending.contains(where: touchpoint.kind.isA) {
            return .stopAll(reason: touchpoint.kind.name)
        }
        if touchpoint.kind.isA(.autoReply) {
            return .pauseAll(reason: "away", until: returns ?? touchpoint.at + Consequences.absence)
        }
        let stops = history.enrollments.filter { enrollment in
            [.active, .paused].contains(enrollment.state)
                && model.sequences[enrollment.sequence]?.stopOn.contains { touchpoint.kind.isA($0) } ?? false
        }
        return stops.isEmpty ? .none : .several(stops.map { .stop($0.id, reason: touchpoint.kind.name) })
    }

    /// Colleagues who are in a sequence: it ends where it says so, else it pauses for some days.
    private func colleagues(
        of person: Person, _ reply: Touchpoint, in store: some Store
    ) throws(StoreError) -> [Operation] {
        guard let company = person.companyID else { return [] }
        let others = try store.people(ofCompany: company).filter { $0.id != person.id }
        return try companyReply(to: others, reply, in: store)
    }

    /// What somebody's answer means for others of the company: their ways end where they say so, or pause for some days.
    ///
    /// - Parameter reply: the answer; its person, enrollment and step are replaced, its detail is not kept.
    /// - Throws: what the store throws.
    package func companyReply(
        to people: [Person], _ reply: Touchpoint, in store: some Store
    ) throws(StoreError) -> [Operation] {
        var operations: [Operation] = []
        for person in people {
            let active = try store.history(of: person.id).enrollments.filter { [.active, .paused].contains($0.state) }
            guard !active.isEmpty else { continue }
            let fact = Touchpoint(
                person: person.id, kind: .companyReply, at: reply.at, recordedAt: reply.recordedAt,
                sourceKey: reply.sourceKey.map { "\($0)/\(person.key)" })
            operations.append(.record(fact, companyReaction(active, at: reply.at)))
        }
        return operations
    }

    /// What an answer of a colleague's does to somebody's active ways.
    package func companyReaction(_ active: [Enrollment], at: Instant) -> Reaction {
        let windows = Windows(model.settings.calendar, in: model.settings.timezone)
        let today = windows.zone.date(at: at)
        let day = windows.businessDay(5, after: today) ?? today + 7
        let stops = active.filter {
            model.sequences[$0.sequence]?.stopOn.contains(where: TouchpointKind.companyReply.isA) ?? false
        }
        return .several(
            stops.map { Reaction.stop($0.id, reason: "company_reply") }
                + (stops.count < active.count
                    ? [.pauseAll(reason: "company_reply", until: windows.zone.start(of: day))] : []))
    }
}
