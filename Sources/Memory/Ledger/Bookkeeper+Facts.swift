import CivilTime
import Facts
package import Outreach

extension Bookkeeper {
    func record(_ touchpoint: Touchpoint, _ reaction: Reaction) throws(StoreError) -> Outcome {
        guard let row = try tables.personRow(touchpoint.person), !row.person.isForgotten else {
            return .refused(.notFound)
        }
        guard let id = try note(touchpoint) else { return .refused(.duplicate) }
        try react(reaction, row.person, at: touchpoint.recordedAt)
        try wake(person: row.person.id, at: touchpoint.recordedAt)
        return .row(id, isNew: true)
    }

    /// Adds a fact, unless its source key is known; a tombstone keeps no detail.
    func note(_ touchpoint: Touchpoint, isForgotten: Bool = false) throws(StoreError) -> Int? {
        guard isForgotten else { return try tables.insert(touchpoint) }
        var bare = touchpoint
        bare.sourceKey = nil
        bare.detail = [:]
        return try tables.insert(bare)
    }

    private func react(_ reaction: Reaction, _ person: Person, at: Instant) throws(StoreError) {
        switch reaction {
        case .none: break
        case .stopAll(let reason): try stopAll(person.id, reason: reason, at: at)
        case .pauseAll(let reason, let until): try pauseAll(person.id, reason: reason, until: until)
        case .pauseCompany(let reason, let until):
            guard let company = person.companyID else { return }
            for colleague in try tables.people(inCompany: company) where colleague != person.id {
                try pauseAll(colleague, reason: reason, until: until)
            }
        case .stop(let id, let reason):
            _ = try halt(id, state: .stopped, reason: reason, until: nil, at: at)
        case .several(let reactions): for reaction in reactions { try react(reaction, person, at: at) }
        }
    }

    func stopAll(_ person: Person.ID, reason: String, at: Instant) throws(StoreError) {
        for var row in try tables.enrollments(of: person) where row.state.isLive {
            try end(&row, .stopped, reason: reason, at: at)
            try tables.update(row)
        }
    }

    private func pauseAll(_ person: Person.ID, reason: String, until: Instant?) throws(StoreError) {
        for var row in try tables.enrollments(of: person) where row.state.isLive {
            // A pause that lasts longer stands.
            let end = row.state == .active ? Instant.distantPast : row.pausedUntil ?? .distantFuture
            guard end < until ?? .distantFuture else { continue }
            try pause(&row, reason: reason, until: until)
            try tables.update(row)
        }
    }

    func stand(_ person: Person.ID, _ standing: Standing, rules: String) throws(StoreError) -> Outcome {
        guard let row = try tables.personRow(person), !row.person.isForgotten else { return .refused(.notFound) }
        try tables.put(standing, rules: rules, of: person)
        return .done
    }

    func suppress(_ suppression: Suppression) throws(StoreError) -> Outcome {
        try tables.add(suppression)
        for id in try people(named: suppression) {
            try judgeBlocked(id, at: suppression.at)
            try wake(person: id, at: suppression.at)
        }
        return .done
    }

    private func people(named suppression: Suppression) throws(StoreError) -> [Person.ID] {
        switch suppression.scope {
        case .address: try tables.people(identifiedBy: Identity(.email, suppression.value))
        case .phone: try tables.people(identifiedBy: Identity(.phone, suppression.value))
        case .linkedin: try tables.people(identifiedBy: Identity(.linkedin, suppression.value))
        case .domain: try tables.people(atDomain: suppression.value)
        case .keyedHash: []
        }
    }

    /// The suppression of every channel that names a person, if one does.
    func suppression(of person: Person) throws(StoreError) -> Suppression? {
        try suppressions(of: person.id).first { $0.channel == nil }
    }

    private func suppressions(of id: Person.ID) throws(StoreError) -> [Suppression] {
        guard let person = try tables.personRow(id)?.person else { return [] }
        var named: [Suppression] = []
        for identity in try tables.identities(of: id).sorted(by: { $0.order < $1.order }) {
            guard let scope = Suppression.Scope(identity.kind) else { continue }
            named += try tables.findSuppression(scope, identity.value)
        }
        let company = try person.companyID.flatMap { (id) throws(StoreError) in try tables.company(id) }
        for domain in Suppression.domains(of: person, companyDomain: company?.domain).sorted() {
            named += try tables.findSuppression(.domain, domain)
        }
        return named
    }

    /// The channels on which the suppressions say that a person must not be contacted.
    package func blockedChannels(of id: Person.ID) throws(StoreError) -> Set<Channel> {
        Suppression.blocked(by: try suppressions(of: id))
    }

    /// Computes anew on which channels a person must not be contacted; on none: their ways end.
    func judgeBlocked(_ id: Person.ID, at: Instant) throws(StoreError) {
        guard var row = try tables.personRow(id), !row.person.isForgotten else { return }
        let named = try suppressions(of: id)
        let blocked = Suppression.blocked(by: named)
        if blocked != row.blocked {
            row.blocked = blocked
            try tables.update(row)
        }
        if let all = named.first(where: { $0.channel == nil }) {
            try stopAll(id, reason: "suppressed: \(all.reason)", at: at)
        }
    }
}

extension Suppression {
    /// The channels on which nobody may be contacted whom these name.
    package static func blocked(by suppressions: [Suppression]) -> Set<Channel> {
        suppressions.reduce(into: []) { blocked, suppression in
            if let channel = suppression.channel {
                blocked.insert(channel)
            } else {
                blocked.formUnion(Channel.allCases)
            }
        }
    }

    /// The domains by whose suppression a person is named: the address's and those above it, and the company's.
    package static func domains(of person: Person, companyDomain: String?) -> Set<String> {
        var domains: Set<String> = []
        for domain in [person.email?.emailDomain, companyDomain].compactMap({ $0 }) {
            var rest = Substring(domain)
            while true {
                domains.insert(String(rest))
                guard let dot = rest.utf8.firstIndex(of: UInt8(ascii: ".")) else { break }
                rest = rest[rest.utf8.index(after: dot)...]
            }
        }
        return domains
    }
}

extension Suppression.Scope {
    /// The scope that names people by this kind of identity.
    package init?(_ kind: Identity.Kind) {
        switch kind {
        case .email: self = .address
        case .linkedin: self = .linkedin
        case .phone: self = .phone
        case .key: return nil
        }
    }
}

extension String {
    /// What stands behind the last `@`, in lower case.
    package var emailDomain: String? {
        guard let at = utf8.lastIndex(of: UInt8(ascii: "@")) else { return nil }
        return self[utf8.index(after: at)...].lowercased()
    }
}
