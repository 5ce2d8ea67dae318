import CivilTime
import Diagnostics
import Interchange
import MIME

/// By what a row's person is known, normalised.
package struct RowIdentity: Sendable, Hashable {
    /// `EmailAddress.key`.
    package var email: String?
    /// The profile's address, normalised; `nil` where the row has none.
    package var linkedin: String?
    /// In international form; `nil` where the row has none that can be dialled.
    package var phone: PhoneNumber?

    /// All of them, the best first.
    var identifiers: [String] { [email, linkedin, phone?.text].compactMap { $0 } }

    /// Whether nothing says who it is.
    var isNobody: Bool { email == nil && linkedin == nil && phone == nil }
    /// The company's domain, where the address tells one.
    var companyDomain: String? { email.flatMap { try? EmailAddress($0) }?.companyDomain }

    /// The hashes by which a second row of the same person is found.
    ///
    /// Colleagues share phones, so a phone counts only where there is nothing else.
    var hashes: [UInt64] {
        var hashes: [UInt64] = []
        if let email { hashes.append(SeenIndex.hash(1, email)) }
        if let linkedin { hashes.append(SeenIndex.hash(2, linkedin)) }
        if hashes.isEmpty, let phone { hashes.append(SeenIndex.hash(3, phone.text)) }
        return hashes
    }
}

/// Judges one row: who it is, and everything that keeps it out.
struct RowJudge {
    let plan: ColumnPlan
    let file: String
    let places: PlaceZones

    /// Who the row is, with what is wrong about it; errors keep it out.
    func judge(_ row: CSVRow) -> (identity: RowIdentity, findings: [Finding]) {
        var findings = row.problems.map { $0.finding(in: row, file: file) }
        let cells = RowCells(row: row, plan: plan)
        var identity = RowIdentity()
        switch email(cells) {
        case .sound(let address): identity.email = address
        case .wrong(let finding): findings.append(finding)
        case .absent: break
        }
        switch profile(cells) {
        case .sound(let profile): identity.linkedin = profile
        case .wrong(let finding): findings.append(finding)
        case .absent: break
        }
        switch phone(cells) {
        case .sound(let phone): identity.phone = phone
        case .wrong(let finding): findings.append(finding)
        case .absent: break
        }
        if let finding = basis(cells) { findings.append(finding) }
        if let finding = extraCells(row) { findings.append(finding) }
        if identity.isNobody, !hasCompany(cells), !findings.contains(where: { $0.severity == .error }) {
            findings.append(
                Finding(
                    .importNobody, "nothing here says who this is", at: row.place(of: 0, file: file),
                    hint: "an email address, a LinkedIn address or a phone number"))
        }
        return (identity, findings)
    }

    private enum Cell<Value> {
        case sound(Value)
        case wrong(Finding)
        case absent
    }

    /// The first address that is one.
    private func email(_ cells: RowCells) -> Cell<String> {
        if let place = cells.first(plan.emails), PlainCells.isAddress(cells.row.bytes(place)) {
            return .sound(cells.row[place] ?? "")
        }
        var wrong: Finding?
        for (text, place) in cells.values(.email) {
            do throws(AddressError) {
                return .sound(try EmailAddress(RowJudge.bare(text)).key)
            } catch {
                wrong = wrong ?? Finding(.importAddress, error.reason, at: cells.row.place(of: place, file: file))
            }
        }
        return wrong.map { .wrong($0) } ?? .absent
    }

    /// The address in `mailto:jonas@x` and `Jonas <jonas@x>`.
    private static func bare(_ text: String) -> String {
        if text.utf8.last == UInt8(ascii: ">"), let open = text.lastIndex(of: "<") {
            return String(text[text.index(after: open)...].dropLast()).trimmed
        }
        return text.lowercased().hasPrefix("mailto:") ? String(text.dropFirst(7)) : text
    }

    /// The first public page; else a lead of Sales Navigator.
    private func profile(_ cells: RowCells) -> Cell<String> {
        if let place = cells.first(plan.profiles), PlainCells.isProfile(cells.row.bytes(place)) {
            return .sound(cells.row[place] ?? "")
        }
        var lead: String?
        var wrong: Finding?
        for (text, place) in cells.values(.linkedin) {
            guard let profile = LinkedInProfile.normalise(text) else {
                wrong =
                    wrong
                    ?? Finding(
                        .importProfile, "this is no person's page on LinkedIn",
                        at: cells.row.place(of: place, file: file),
                        hint: "a person's is https://www.linkedin.com/in/NAME")
                continue
            }
            if !profile.contains("/sales/") { return .sound(profile) }
            lead = lead ?? profile
        }
        return lead.map { .sound($0) } ?? wrong.map { .wrong($0) } ?? .absent
    }

    private func phone(_ cells: RowCells) -> Cell<PhoneNumber> {
        guard cells.first(plan.phones) != nil else { return .absent }
        let values = cells.values(.phone)
        guard let first = values.first else { return .absent }
        let country = (cells.value(.country) ?? cells.value(.companyCountry)).flatMap { places.countryCode($0.text) }
        for (text, _) in values {
            if let phone = PhoneNumber(text, country: country) { return .sound(phone) }
        }
        return .wrong(
            Finding(.importPhone, "this is no phone number", at: cells.row.place(of: first.place, file: file)))
    }

    private func basis(_ cells: RowCells) -> Finding? {
        guard cells.first(plan.bases) != nil, let (text, place) = cells.value(.basis), Basis(text) == nil else {
            return nil
        }
        return Finding(
            .importBasis, "\"\(text)\" is no legal basis", at: cells.row.place(of: place, file: file),
            hint: NearestName.hint(among: Basis.allCases.map(\.rawValue), to: text)
                ?? "one of " + Basis.allCases.map(\.rawValue).joined(separator: ", "))
    }

    private func extraCells(_ row: CSVRow) -> Finding? {
        let count = plan.columns.count
        guard row.count > count, let extra = (count..<row.count).first(where: { !row.bytes($0).isEmpty }) else {
            return nil
        }
        return Finding(
            .importExtraCells, "the row has \(row.count) cells for \(count) columns",
            at: row.place(of: extra, file: file), hint: "put a text with a comma in double quotes")
    }

    /// A company alone is a lead, too, in a list of companies.
    private func hasCompany(_ cells: RowCells) -> Bool {
        guard !plan.places.keys.contains(where: \.isIdentity) else { return false }
        return cells.value(.companyDomain) != nil || cells.value(.companyWebsite) != nil
            || cells.text(.companyName) != nil
    }
}

/// Why somebody may be written to where the country wants consent.
enum Basis: String, Sendable, Hashable, CaseIterable {
    case consent, customer
    case legitimateInterest = "legitimate_interest"

    /// The word in any letter case, with a space or a hyphen for the `_`.
    init?(_ text: String) {
        self.init(rawValue: text.lowercased().replacing(" ", with: "_").replacing("-", with: "_"))
    }
}
