import CivilTime
import Facts
import Ledger
import Outreach

extension SQLiteTables {
    func personRow(_ id: Person.ID) throws(StoreError) -> PersonRow? {
        try db.first(.personRow, { $0.bind(id.row) }, Self.personRow)
    }

    func personBrief(_ id: Person.ID) throws(StoreError) -> PersonBrief? {
        try db.first(.personBrief, { $0.bind(id.row) }) {
            PersonBrief(companyID: $0.optionalInt(), isForgotten: $0.bool())
        }
    }

    func insert(_ person: PersonRow) throws(StoreError) -> Person.ID {
        try db.run(.insertPerson) { Self.bind(person, $0) }
        return Person.ID(db.insertedRow)
    }

    func update(_ person: PersonRow) throws(StoreError) {
        try db.run(.updatePerson) {
            Self.bind(person, $0)
            $0.bind(person.person.id.row)
        }
    }

    private static func bind(_ row: PersonRow, _ statement: Statement) {
        let person = row.person
        statement.bind(person.isForgotten ? nil : person.key)
        statement.bind(person.email)
        statement.bind(person.isForgotten ? nil : person.foldedName)
        statement.bind(person.email?.emailDomain.map(place))
        statement.bind(person.companyID)
        statement.bind(FactsText.text(person.facts))
        statement.bind(row.blocked.mask)
        statement.bind(row.addedAt)
        statement.bind(row.mergedInto?.row)
    }

    /// A domain with its labels turned round, `com.example.mail`, so that all below a domain stand together.
    static func place(_ domain: String) -> String { domain.split(separator: ".").reversed().joined(separator: ".") }

    func people(identifiedBy identity: Identity) throws(StoreError) -> [Person.ID] {
        try db.all(.peopleByIdentity) {
            $0.bind(identity.kind.rawValue)
            $0.bind(identity.value)
        } _: {
            $0.personID()
        }
    }

    func identities(of person: Person.ID) throws(StoreError) -> [Identity] {
        try db.all(.identities) {
            $0.bind(person.row)
        } _: { (row) throws(StoreError) in
            Identity(try row.name(Identity.Kind.self), row.text())
        }
    }

    func add(_ identity: Identity, to person: Person.ID) throws(StoreError) {
        try db.run(.insertIdentity) {
            $0.bind(identity.kind.rawValue)
            $0.bind(identity.value)
            $0.bind(person.row)
        }
    }

    func removeIdentities(of person: Person.ID) throws(StoreError) {
        try db.run(.deleteIdentities) { $0.bind(person.row) }
    }

    func people(inCompany company: Int) throws(StoreError) -> [Person.ID] {
        try db.all(.peopleInCompany) {
            $0.bind(company)
        } _: {
            $0.personID()
        }
    }

    func people(atDomain domain: String) throws(StoreError) -> [Person.ID] {
        let own = try db.all(.peopleAtPlace) {
            $0.bind(Self.place(domain))
        } _: {
            $0.personID()
        }
        let colleagues = try db.all(.peopleAtCompanyDomain) {
            $0.bind(Self.place(domain))
        } _: {
            $0.personID()
        }
        return Set(own + colleagues).sorted()
    }

    func company(_ id: Int) throws(StoreError) -> Company? {
        try db.first(.company, { $0.bind(id) }, Self.company)
    }

    func findCompany(domain: String?, name: String?) throws(StoreError) -> Company? {
        if let domain, let found = try db.first(.companyByDomain, { $0.bind(domain) }, Self.company) { return found }
        guard let name else { return nil }
        let sql: SQL = domain == nil ? .companyByName : .companyByNameWithoutDomain
        return try db.first(sql, { $0.bind(name.lowercased()) }, Self.company)
    }

    func insert(_ company: Company) throws(StoreError) -> Int {
        try db.run(.insertCompany) { Self.bind(company, $0) }
        return db.insertedRow
    }

    func update(_ company: Company) throws(StoreError) {
        try db.run(.updateCompany) {
            Self.bind(company, $0)
            $0.bind(company.id)
        }
    }

    private static func bind(_ company: Company, _ statement: Statement) {
        statement.bind(company.domain)
        statement.bind(company.domain.map(place))
        statement.bind(company.foldedName)
        statement.bind(FactsText.text(company.facts))
    }

    func findSuppression(_ scope: Suppression.Scope, _ value: String) throws(StoreError) -> [Suppression] {
        try db.all(.suppressionsOf) {
            $0.bind(scope.rawValue)
            $0.bind(value)
        } _: { (row) throws(StoreError) in
            try Self.suppression(row)
        }
    }

    func add(_ suppression: Suppression) throws(StoreError) {
        try db.run(.insertSuppression) {
            $0.bind(suppression.scope.rawValue)
            $0.bind(suppression.value)
            $0.bind(suppression.channel?.rawValue ?? "")
            $0.bind(suppression.reason)
            $0.bind(suppression.at)
        }
    }

    func removeSuppressions(_ scope: Suppression.Scope, _ value: String) throws(StoreError) {
        try db.run(.deleteSuppressions) {
            $0.bind(scope.rawValue)
            $0.bind(value)
        }
    }
}
