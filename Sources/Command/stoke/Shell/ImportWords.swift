import Diagnostics
import Facts
import Intake
import Interchange
import Ledger
import Reports

/// What an import came to, in words.
struct ImportWords {
    let report: ImportReport
    let plan: ColumnPlan
    let file: String
    /// Where the rejected rows are; `nil` where nothing was written.
    let rejects: String?
    let isDry: Bool
    /// How many of them became prospects by rule, and how many leads wait for review; `nil` where nothing was changed.
    var review: (accepted: Int, waiting: Int)?

    var text: String {
        var lines = [
            "\(Sink.line(file)): \(Numbers.counted(report.rows, "row"))\(isDry ? ", nothing was changed" : "")",
            "  \(report.added) \(isDry ? "would be " : "")added, \(report.changed) changed, \(report.unchanged) unchanged",
        ]
        if report.rejectedCount > 0 {
            lines.append(
                "  \(report.rejectedCount) left out (\(reasons))" + (rejects.map { ": \(Sink.line($0))" } ?? ""))
        }
        lines.append("  time zones: \(zones)")
        if !plan.customPaths.isEmpty {
            lines.append("  facts of your own: \(plan.customPaths.joined(separator: ", "))")
        }
        if let review, review.accepted + review.waiting > 0 {
            let wait = review.waiting > 0 ? ", \(review.waiting) for a person to look at (stoke qualify)" : ""
            lines.append("  review: \(review.accepted) prospects by rule\(wait)")
        }
        if isDry { lines += preview }
        return lines.joined(separator: "\n")
    }

    private var reasons: String {
        report.rejected.sorted { ($1.value, $0.key.name) < ($0.value, $1.key.name) }
            .map { "\($0.key.name) \($0.value)" }.joined(separator: ", ")
    }

    private var zones: String {
        let known = ZoneSource.allCases.compactMap { source in
            report.zones[source].map { "\($0) \(ImportWords.words(source))" }
        }
        let guesses = report.guessedZones
        return (known.isEmpty ? "none" : known.joined(separator: ", "))
            + (guesses > 0 ? "; \(guesses) guessed" : "")
            + (report.principalZones > 0 ? ", \(report.principalZones) of a country with several" : "")
    }

    private static func words(_ source: ZoneSource) -> String {
        switch source {
        case .column: "from the file"
        case .state: "by state"
        case .country: "by country"
        case .company: "by company"
        case .workspace: "the workspace's"
        }
    }

    private var preview: [String] {
        var lines = ["columns:"]
        for column in plan.columns {
            lines.append("  \(Sink.line(column.header)) -> \(column.use.path ?? "left out")")
        }
        lines.append("the first \(report.first.count) as they would land:")
        for entry in report.first {
            lines.append("  " + Sink.line(entry.email ?? entry.linkedin ?? entry.phone ?? "a company"))
            lines += ImportWords.values(entry).map { "    \($0): \(Sink.line($1))" }
        }
        return lines
    }

    private static func values(_ entry: PersonEntry) -> [(String, String)] {
        var values: [(String, String)] = []
        if let linkedin = entry.linkedin { values.append(("linkedin", linkedin)) }
        if let phone = entry.phone { values.append(("phone", phone)) }
        values += entry.facts.elements.map { ($0.key, $0.value.plainText ?? "") }
        if let domain = entry.companyDomain { values.append(("company.domain", domain)) }
        values += entry.company.elements.map { ("company.\($0.key)", $0.value.plainText ?? "") }
        return values
    }

    var json: JSON {
        var object: JSONObject = [
            "file": .string(file), "rows": .integer(report.rows), "added": .integer(report.added),
            "changed": .integer(report.changed), "unchanged": .integer(report.unchanged),
            "rejected": .integer(report.rejectedCount),
            "reasons": .object(
                JSONObject(
                    report.rejected.sorted { $0.key.name < $1.key.name }.map { ($0.key.name, .integer($0.value)) })),
            "rejected_file": report.rejectedCount > 0 ? .text(rejects) : .null, "warnings": .integer(report.warnings),
            "zones": .object(
                JSONObject(ZoneSource.allCases.map { ($0.rawValue, .integer(report.zones[$0] ?? 0)) })),
            "zones_guessed": .integer(report.guessedZones), "dry_run": .bool(isDry),
            "columns": .array(
                plan.columns.map { ["column": .string($0.header), "field": .text($0.use.path)] }),
        ]
        if isDry {
            object["first"] = .array(
                report.first.map { entry in
                    .object(
                        JSONObject(
                            [("email", .text(entry.email))] + ImportWords.values(entry).map { ($0, .string($1)) }))
                })
        }
        return .object(object)
    }
}
