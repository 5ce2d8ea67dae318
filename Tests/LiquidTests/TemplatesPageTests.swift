import Foundation
import Liquid
import Testing

/// The page about templates is held to its word.
struct TemplatesPageTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Docs/templates.md").standardizedFileURL

    /// The rows of the table under a heading, cell by cell, `\|` read as `|` and code marks taken away.
    private static func rows(under heading: String) throws -> [[String]] {
        let text = try String(contentsOf: page, encoding: .utf8)
        let section = try #require(text.components(separatedBy: "## \(heading)\n").last).components(
            separatedBy: "\n## ")[0]
        return section.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            line.replacing("\\|", with: "\u{1}").split(separator: "|").map { cell in
                cell.trimmingCharacters(in: .whitespaces).replacing("`", with: "").replacing("\u{1}", with: "|")
            }
        }
    }

    @Test func `each filter becomes what the page says`() throws {
        let rows = try Self.rows(under: "Stoke's filters")
        for row in rows { #expect(rendered("{{ \(row[0]) }}") == row[1], "\(row[0])") }
        let own = [
            "add_days", "add_business_days", "add_months", "days_until", "in_timezone", "ordinal", "time_of_day",
            "first_word", "name_case", "possessive", "strip_company_suffix", "domain", "number_with_delimiter",
            "pluralize", "sentence_list",
        ]
        for name in own { #expect(rows.contains { $0[0].contains("| \(name)") }, "\(name) is not on the page") }
    }

    @Test func `each tag on the page is read`() throws {
        let rows = try Self.rows(under: "Stoke's tags")
        #expect(rows.count == 5)
        for row in rows { #expect(findings(row[0]).isEmpty, "\(row[0])") }
    }
}
