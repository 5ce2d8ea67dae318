package import Facts

/// Somebody we can contact: a lead, and later a prospect.
package struct Person: Sendable, Hashable {
    /// The ledger's row; never used in a hash, because a rebuilt ledger may number anew.
    package struct ID: Sendable, Hashable, Comparable {
        /// The row, from 1.
        package let row: Int
        package init(_ row: Int) { self.row = row }
        package static func < (a: ID, b: ID) -> Bool { a.row < b.row }
    }

    package var id: ID
    /// The stable key that ties, jitter, arms and spin hash: normalised email, else LinkedIn URL, else phone.
    package var key: String
    /// The normalised address, if known.
    package var email: String?
    /// What is known about the person: `first_name`, `title`, custom columns; `company` is a record inside.
    package var facts: Record
    /// The company's row, if known.
    package var companyID: Int?
    /// Erased at the person's wish: a tombstone.
    package var isForgotten: Bool

    package init(
        id: ID, key: String, email: String? = nil, facts: Record = [:], companyID: Int? = nil,
        isForgotten: Bool = false
    ) {
        self.id = id
        self.key = key
        self.email = email
        self.facts = facts
        self.companyID = companyID
        self.isForgotten = isForgotten
    }

    /// How a list names the person: `Jonas Weber`, else the address, else the key.
    package var displayName: String {
        let (first, last) = (facts["first_name"]?.plainText ?? "", facts["last_name"]?.plainText ?? "")
        if first.isEmpty, last.isEmpty { return facts["name"]?.plainText ?? email ?? key }
        return first.isEmpty ? last : last.isEmpty ? first : first + " " + last
    }
}
