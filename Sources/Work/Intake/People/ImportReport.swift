package import CivilTime
package import Diagnostics
package import Ledger
package import Outreach

/// What an import came to.
package struct ImportReport: Sendable {
    /// Rows of people, good and bad, without the header.
    package var rows = 0
    /// People who are new.
    package var added = 0
    /// People of whom something changed.
    package var changed = 0
    /// People of whom the file says nothing new.
    package var unchanged = 0
    /// Rows that were left out, by the finding that says why.
    package var rejected: [FindingCode: Int] = [:]
    /// Findings that left nobody out.
    package var warnings = 0
    /// People by where their time zone comes from.
    package var zones: [ZoneSource: Int] = [:]
    /// How many of those are of a country with several zones, where the commonest was taken.
    package var principalZones = 0
    /// The first five as they land.
    package var first: [PersonEntry] = []
    /// Who was added or changed: whose standing is to be judged again.
    package var touched: [Person.ID] = []
    /// In LinkedIn's own file: who accepted, and on which day.
    package var connections: [Connection] = []

    package init() {}

    /// All rows left out.
    package var rejectedCount: Int { rejected.values.reduce(0, +) }
    /// How many zones are guesses.
    package var guessedZones: Int { zones.filter { $0.key != .column }.values.reduce(0, +) }

    /// Somebody who is a connection on LinkedIn since a day.
    package struct Connection: Sendable, Hashable {
        /// Who accepted.
        package var person: Person.ID
        /// The day that the file gives for it.
        package var day: LocalDate

        package init(person: Person.ID, day: LocalDate) {
            self.person = person
            self.day = day
        }
    }
}

/// A row that was left out.
package struct RejectedRow: Sendable {
    /// Where it starts in the file, from 1.
    package var line: Int
    /// As it stands in the file, without its line end.
    package var raw: [UInt8]
    /// Why; errors first.
    package var findings: [Finding]

    package init(line: Int, raw: [UInt8], findings: [Finding]) {
        self.line = line
        self.raw = raw
        self.findings = findings
    }
}

/// Why an import stopped.
package enum ImportFailure<Failure: Error>: Error {
    /// The file could not be read, or the rejects not written.
    case file(Failure)
    /// The ledger could not be read or written.
    case store(StoreError)
}
