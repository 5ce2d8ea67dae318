import CivilTime
import Facts
import Outreach

extension Bookkeeper {
    func put(_ entry: PersonEntry) throws(StoreError) -> Outcome {
        for hash in entry.keyedHashes {
            if let suppression = try tables.findSuppression(.keyedHash, hash).first {
                return .refused(.suppressed(reason: suppression.reason))
            }
        }
        guard let key = entry.key else {
            return .refused(.wrongState("no address, profile, phone or company to know them by"))
        }
        switch try match(entry) {
        case .several(let ids): return .refused(.conflict(ids))
        case .one(let id): return try update(id, with: entry)
        case .nobody: return try add(entry, key: key)
        }
    }

    private func add(_ entry: PersonEntry, key: String) throws(StoreError) -> Outcome {
        var facts = Record()
        let empty = Change(record: facts).merging(entry.personalFacts)
        facts = empty.record
        if facts["source"] == nil, !entry.source.isEmpty { facts["source"] = .text(entry.source) }
        let company = try company(of: entry)
        let person = Person(
            id: Person.ID(0), key: key, email: entry.email, facts: facts, companyID: company?.row.id)
        let id = try tables.insert(PersonRow(person: person, addedAt: entry.at))
        for identity in entry.identities { try tables.add(identity, to: id) }
        try judgeBlocked(id, at: entry.at)
        return .row(id.row, isNew: true)
    }

    private func update(_ id: Person.ID, with entry: PersonEntry) throws(StoreError) -> Outcome {
        guard var row = try tables.personRow(id) else { return .refused(.notFound) }
        let change = Change(record: row.person.facts).merging(entry.personalFacts)
        let company = try company(of: entry)
        let moved = company.map { $0.row.id != row.person.companyID } ?? false
        let known = Set(try tables.identities(of: id))
        let added = entry.identities.filter { !known.contains($0) }
        let isChanged = change.isChanged || moved || !added.isEmpty || (company?.isChanged ?? false)
        guard isChanged else { return .row(id.row, isNew: false) }
        row.person.facts = change.record
        row.person.email = entry.email ?? row.person.email
        row.person.companyID = company?.row.id ?? row.person.companyID
        try tables.update(row)
        for identity in added { try tables.add(identity, to: id) }
        try judgeBlocked(id, at: entry.at)
        if !change.replaced.isEmpty {
            let detail: Record = ["source": .text(entry.source), "changed": .record(change.replaced)]
            _ = try tables.insert(
                Touchpoint(person: id, kind: "facts.changed", at: entry.at, recordedAt: entry.at, detail: detail))
        }
        try wake(person: id, at: entry.at)
        return .row(id.row, isNew: false)
    }

    private enum Match {
        case nobody
        case one(Person.ID)
        case several([Person.ID])
    }

    /// By address, else profile, else phone; a phone that colleagues share identifies nobody who has more.
    private func match(_ entry: PersonEntry) throws(StoreError) -> Match {
        var found: Set<Person.ID> = []
        if let email = entry.email { found.formUnion(try tables.people(identifiedBy: Identity(.email, email))) }
        if let profile = entry.linkedin {
            found.formUnion(try tables.people(identifiedBy: Identity(.linkedin, profile)))
        }
        if found.isEmpty, let phone = entry.phone {
            for id in try tables.people(identifiedBy: Identity(.phone, phone)) {
                let kinds = Set(try tables.identities(of: id).map(\.kind))
                let differs =
                    (entry.email != nil && kinds.contains(.email))
                    || (entry.linkedin != nil && kinds.contains(.linkedin))
                if !differs { found.insert(id) }
            }
        }
        if let identity = entry.identities.first, identity.kind == .key {
            found.formUnion(try tables.people(identifiedBy: identity))
        }
        return found.count > 1 ? .several(found.sorted()) : found.first.map { .one($0) } ?? .nobody
    }

    private func company(of entry: PersonEntry) throws(StoreError) -> (row: Company, isChanged: Bool)? {
        let name = entry.company["name"]?.plainText.flatMap { $0.isEmpty ? nil : $0 }
        guard entry.companyDomain != nil || name != nil else { return nil }
        var facts = entry.company
        if let domain = entry.companyDomain { facts["domain"] = .text(domain) }
        guard var row = try tables.findCompany(domain: entry.companyDomain, name: name) else {
            var row = Company(domain: entry.companyDomain, facts: Change(record: [:]).merging(facts).record)
            row.id = try tables.insert(row)
            return (row, true)
        }
        let change = Change(record: row.facts).merging(facts)
        let isChanged = change.isChanged || (row.domain == nil && entry.companyDomain != nil)
        if isChanged {
            let isNamedNow = row.domain == nil && entry.companyDomain != nil
            row.domain = row.domain ?? entry.companyDomain
            row.facts = change.record
            try tables.update(row)
            if isNamedNow {
                for colleague in try tables.people(inCompany: row.id) { try judgeBlocked(colleague, at: entry.at) }
            }
        }
        return (row, isChanged)
    }

    func merge(into: Person.ID, from: Person.ID, at: Instant) throws(StoreError) -> Outcome {
        guard into != from, var kept = try tables.personRow(into), var gone = try tables.personRow(from),
            !kept.person.isForgotten, !gone.person.isForgotten
        else { return .refused(.notFound) }
        let filled = Change(record: gone.person.facts).merging(kept.person.facts)
        kept.person.facts = filled.record
        kept.person.email = kept.person.email ?? gone.person.email
        kept.person.companyID = kept.person.companyID ?? gone.person.companyID
        let identities = try tables.identities(of: from)
        try tables.removeIdentities(of: from)
        gone.person = Person(id: from, key: "", isForgotten: true)
        gone.mergedInto = into
        try tables.update(gone)
        try tables.update(kept)
        let known = Set(try tables.identities(of: into))
        for identity in identities where !known.contains(identity) { try tables.add(identity, to: into) }
        try moveEnrollments(from: from, to: into, at: at)
        try tables.moveTouchpoints(from: from, to: into)
        try tables.put(nil, rules: "", of: from)
        try judgeBlocked(into, at: at)
        return .row(into.row, isNew: false)
    }

    /// Rounds go on counting; of two live ways that exclude each other, the kept person's goes on.
    private func moveEnrollments(from: Person.ID, to: Person.ID, at: Instant) throws(StoreError) {
        var own = try tables.enrollments(of: to)
        for var enrollment in try tables.enrollments(of: from) {
            let rivals = own.filter { $0.state.isLive && $0.excludes(enrollment) }
            if enrollment.state.isLive, !rivals.isEmpty {
                try end(&enrollment, .stopped, reason: "merged", at: at)
            }
            let rounds = own.filter { $0.sequence == enrollment.sequence }.map(\.round)
            if rounds.contains(enrollment.round) { enrollment.round = (rounds.max() ?? 0) + 1 }
            enrollment.person = to
            try tables.update(enrollment)
            own.append(enrollment)
        }
    }

    func forget(_ id: Person.ID, keyedHash: String, at: Instant) throws(StoreError) -> Outcome {
        guard var row = try tables.personRow(id), !row.person.isForgotten else { return .refused(.notFound) }
        for var enrollment in try tables.enrollments(of: id) {
            if enrollment.state.isLive { try end(&enrollment, .stopped, reason: "forgotten", at: at) }
            enrollment.hold = nil
            enrollment.reason = enrollment.reason.map { _ in "forgotten" }
            try tables.update(enrollment)
            try blankTraces(of: enrollment.id, at: at)
        }
        for identity in try tables.identities(of: id) {
            guard let scope = Suppression.Scope(identity.kind) else { continue }
            if try tables.people(identifiedBy: identity) == [id] {
                try tables.removeSuppressions(scope, identity.value)
            }
        }
        try tables.removeIdentities(of: id)
        try tables.blankTouchpoints(of: id)
        try tables.put(nil, rules: "", of: id)
        try blankCompany(of: row.person)
        row.person = Person(id: id, key: "", isForgotten: true)
        row.blocked = Set(Channel.allCases)
        try tables.update(row)
        try tables.add(Suppression(scope: .keyedHash, value: keyedHash, reason: "forgotten", at: at))
        return .done
    }

    /// A company that nobody else belongs to says who it was: many are called after their founder.
    private func blankCompany(of person: Person) throws(StoreError) {
        guard let id = person.companyID, try tables.people(inCompany: id).allSatisfy({ $0 == person.id }) else {
            return
        }
        try tables.update(Company(id: id))
    }

    /// Texts about a person that stand outside their own row and touchpoints.
    private func blankTraces(of enrollment: Enrollment.ID, at: Instant) throws(StoreError) {
        for var row in try tables.messageRows(of: enrollment) {
            row.message.subject = nil
            row.message.providerID = nil
            row.message.reply = row.message.reply.map { String($0.prefix { $0.isASCII && $0.isNumber }) }
            try tables.update(row)
        }
        for var task in try tables.tasks(of: enrollment) {
            if task.state == .open {
                task.state = .cancelled
                task.closedAt = at
            }
            task.editedText = nil
            try tables.update(task)
        }
    }
}

/// Facts laid over facts: blanks never erase.
private struct Change {
    var record: Record
    /// What had a value and has another now: name, and the value that was.
    var replaced: Record = [:]
    var isChanged = false

    func merging(_ facts: Record) -> Change {
        var change = self
        for (name, value) in facts.elements where !value.isBlank {
            let old = change.record[name]
            if old == value { continue }
            change.isChanged = true
            change.record[name] = value
            if let old, !old.isBlank { change.replaced[name] = old }
        }
        return change
    }
}

extension PersonEntry {
    /// The stable key: normalised email, else LinkedIn URL, else phone, else the company a lead stands for.
    var key: String? {
        if let known = email ?? linkedin ?? phone { return known }
        let name = company["name"]?.plainText ?? ""
        return companyDomain.map { "company:\($0)" } ?? (name.isEmpty ? nil : "company:\(name.lowercased())")
    }

    var identities: [Identity] {
        let known = [
            email.map { Identity(.email, $0) }, linkedin.map { Identity(.linkedin, $0) },
            phone.map { Identity(.phone, $0) },
        ].compactMap { $0 }
        return known.isEmpty ? key.map { [Identity(.key, $0)] } ?? [] : known
    }

    /// The facts with the identifiers among them, normalised; never with `company`.
    var personalFacts: Record {
        var facts = facts
        facts["company"] = nil
        if let email { facts["email"] = .text(email) }
        if let linkedin { facts["linkedin"] = .text(linkedin) }
        if let phone { facts["phone"] = .text(phone) }
        return facts
    }
}
