import CivilTime
import Diagnostics
import Interchange
package import Ledger
import MIME
import Outreach

/// What a text asks never to contact again.
package enum SuppressionValue {
    /// The address, domain, profile or number that the text is, normalised.
    ///
    /// - Parameter places: for `country`, whose numbers are meant where no calling code is written.
    /// - Returns: `nil` for anything else, and for domains whose suppression would hit strangers.
    package static func read(_ text: String, country: String? = nil) -> (scope: Suppression.Scope, value: String)? {
        let text = text.trimmed
        if let profile = LinkedInProfile.normalise(text) { return (.linkedin, profile) }
        if let address = try? EmailAddress(text) { return (.address, address.key) }
        if let phone = PhoneNumber(text, country: country) { return (.phone, phone.text) }
        let bare = text.hasPrefix("@") ? String(text.dropFirst()) : text
        guard let domain = try? MailDomain.ascii(bare) else {
            return WebAddress.companyDomain(text).map { (.domain, $0) }
        }
        guard domain.utf8.contains(UInt8(ascii: ".")), MailDomain.registrable(domain) != nil,
            !MailDomain.isFreeMail(domain)
        else { return nil }
        return (.domain, domain)
    }
}

/// A list of whom never to contact again: one a line, or CSV with columns of people.
package struct SuppressionFile<Failure: Error> {
    /// The path as the person wrote it.
    package let name: String
    private var reader: CSVReader<Failure>
    private var fields: [ProspectField?] = []
    private var reasonColumn: Int?
    private var pending: CSVRow?

    /// - Parameter chunk: the next octets of the file; empty at its end.
    package init(name: String, chunk: @escaping () throws(Failure) -> [UInt8]) {
        self.name = name
        reader = CSVReader(delimiter: nil, chunk: chunk)
    }

    /// One line: what it names, and why where it says so.
    package struct Entry: Sendable {
        /// What the row names, each by its scope.
        package var values: [(scope: Suppression.Scope, value: String)]
        /// The row's own reason; `nil` where it has none.
        package var reason: String?
    }

    /// A line, understood or not.
    package enum Reading: Sendable {
        case entry(Entry)
        case bad(RejectedRow)
    }

    /// Looks at the first line: a header names the columns; without one each line's first cell counts.
    package mutating func begin() throws(Failure) {
        guard let first = try reader.next() else { return }
        let wanted: Set<ProspectField> = [.email, .linkedin, .phone, .companyDomain]
        let names = first.texts.map(\.trimmed)
        let found = names.map { name in
            ProspectField.find(name).flatMap { wanted.contains($0.field) ? $0.field : nil }
        }
        if found.contains(where: { $0 != nil }) {
            fields = found
            reasonColumn = names.firstIndex { ProspectField.squeezed($0) == "reason" }
        } else {
            pending = first
        }
    }

    /// The next line; `nil` at the end.
    package mutating func next() throws(Failure) -> Reading? {
        let next: CSVRow?
        if let first = pending {
            pending = nil
            next = first
        } else {
            next = try reader.next()
        }
        guard let row = next else { return nil }
        if row.bytes(0).first == UInt8(ascii: "#") { return .entry(Entry(values: [])) }
        return judge(row)
    }

    private func judge(_ row: CSVRow) -> Reading {
        var findings = row.problems.map { $0.finding(in: row, file: name) }
        var entry = Entry(values: [])
        let columns = fields.isEmpty ? [0] : fields.indices.filter { fields[$0] != nil }
        for column in columns {
            let text = (row[column] ?? "").trimmed
            if text.isPlaceholder { continue }
            if let value = SuppressionValue.read(text) {
                entry.values.append(value)
            } else {
                findings.append(finding(text, row.place(of: column, file: name)))
            }
        }
        if entry.values.isEmpty, findings.isEmpty { findings.append(finding("", row.place(of: 0, file: name))) }
        entry.reason = reasonColumn.flatMap { row[$0]?.trimmed }.flatMap { $0.isEmpty ? nil : $0 }
        return findings.isEmpty
            ? .entry(entry) : .bad(RejectedRow(line: row.line, raw: row.raw, findings: findings))
    }

    private func finding(_ text: String, _ place: Place) -> Finding {
        let isShared = text.contains(".") && MailDomain.isFreeMail(text)
        return Finding(
            .suppressValue,
            isShared
                ? "anyone can have an address at \(text)" : "this is no address, domain, LinkedIn address or number",
            at: place, hint: isShared ? "list the addresses themselves" : nil)
    }
}
