package import CivilTime

/// The days of LinkedIn's Connections.csv: `07 Dec 2025`, and what spreadsheets make of them.
package enum ConnectionDay {
    /// The day of `07 Dec 2025`, `7-Dec-25`, `Dec 7, 2025` or `2025-12-07`; `nil` of any other text.
    package static func read(_ text: String) -> LocalDate? {
        let text = text.trimmed
        if let date = LocalDate(text) { return date }
        let parts = text.lowercased().split { $0 == " " || $0 == "-" || $0 == "," || $0 == "." }
        guard parts.count == 3, var year = Int(parts[2]), parts[2].count == 4 || parts[2].count == 2 else { return nil }
        if parts[2].count == 2 { year += 2000 }
        for (dayPart, monthPart) in [(parts[0], parts[1]), (parts[1], parts[0])] {
            guard let day = Int(dayPart), let month = months.firstIndex(of: String(monthPart.prefix(3))) else {
                continue
            }
            return LocalDate(year: year, month: month + 1, day: day)
        }
        return nil
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
}
