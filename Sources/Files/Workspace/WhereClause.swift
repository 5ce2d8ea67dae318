import CivilTime
package import Diagnostics
package import Facts
import Outreach

/// Criteria written on the command line: `stoke enroll founders --where 'title: {words: [CTO]}'`.
package enum WhereClause {
    /// Reads `text`, a mapping in YAML's flow style with or without its braces; every place is in `file`.
    ///
    /// - Parameters:
    ///   - file: what findings call the text: `--where`.
    ///   - columns: names of custom facts that imported people have.
    package static func read(
        _ text: String, file: String = "--where", columns: [String]
    ) -> (criteria: Criteria?, findings: [Finding]) {
        let document = YAMLDocument(file: file, bytes: Array(text.utf8))
        // `title: CTO, country: DE` is no YAML in one line, `{title: CTO, country: DE}` is.
        let braced = YAMLDocument(file: file, bytes: Array("{\(text)}".utf8))
        let needsBraces = document.root.map { if case .mapping = $0.content { false } else { true } } ?? true
        let chosen = needsBraces && braced.findings.isEmpty && !text.hasPrefix("{") ? braced : document
        var facts = FactCatalogue.criteria
        facts.add(custom: columns)
        let surroundings = Surroundings(
            zones: ZoneDatabase(list: { [] }, read: { _ in nil }), knownColumns: columns, address: { _ in .wrong("") },
            server: { _ in .wrong("") })
        let reading = Reading(chosen, surroundings, CalendarFiles([]), facts: facts)
        guard let root = chosen.root else {
            if chosen.findings.isEmpty { reading.report(.badCriteria, "the criteria are empty", at: 0..<1) }
            return (nil, reading.findings)
        }
        let criteria = Kind<Criteria>.criteria.read(root, reading)
        let isSound = !reading.findings.contains { $0.severity == .error }
        return (isSound ? criteria : nil, reading.findings)
    }
}
