package import Diagnostics
package import Facts
import Outreach

/// Criteria as a person types them on a command line: `{title: {words: [CTO]}}`.
package enum CriteriaText {
    /// Reads them as the files' criteria are read, with the same findings.
    ///
    /// - Parameter name: what findings call the text: `--where`.
    package static func read(
        _ text: String, name: String, in surroundings: Surroundings
    ) -> (criteria: Criteria?, findings: [Finding]) {
        let document = YAMLDocument(file: name, bytes: Array(text.utf8))
        let reading = Reading(document, surroundings, CalendarFiles([]), facts: .criteria)
        reading.facts.add(custom: surroundings.knownColumns)
        let criteria = document.root.flatMap { Kind<Criteria>.criteria.read($0, reading) }
        return (reading.findings.contains { $0.severity == .error } ? nil : criteria, reading.findings)
    }
}
