#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Host
import Interchange
import Outreach
import Qualification
import Reports
import SQLiteLedger

/// After a talk: what was said on the fields of the framework, while it is fresh.
///
/// Options say it at once; on a terminal it is asked, field by field; else the command that records it is printed.
struct CallNotes {
    let office: Office
    let history: History
    let talk: Touchpoint
    /// How `--from` names the talk: a task's code, or the touchpoint's number.
    let citation: String

    /// The notes of a task that came to a touchpoint; `nil` for one that did not.
    init?(_ office: Office, _ item: TaskListing.Item) throws {
        guard case .task(let id) = item.subject else { return nil }
        let history = try office.store.history(of: item.personID)
        guard let talk = history.touchpoints.first(where: { $0.sourceKey == "task:\(id)" }) else { return nil }
        self.init(office: office, history: history, talk: talk, citation: "\(item.code)")
    }

    init(office: Office, history: History, talk: Touchpoint, citation: String) {
        self.office = office
        self.history = history
        self.talk = talk
        self.citation = citation
    }

    /// What is still open after a talk; none where it was none, or where they are qualified already.
    var missing: [String] {
        let isBeforeSQL = (office.standing(history).stage.rank ?? 0) < 4
        guard talk.kind.isConversation, isBeforeSQL else { return [] }
        return office.qualifier.missingFields(of: history, at: office.now)
    }

    /// The command that records what was said; `nil` where nothing is to be asked.
    var reminder: String? { missing.isEmpty ? nil : hint(missing) }

    func take(_ evidence: [EvidenceEntry]) throws {
        if !evidence.isEmpty { return try record(evidence) }
        let missing = missing
        guard !missing.isEmpty, !office.desk.wantsJSON else { return }
        if Terminal.standardInputIsTerminal, office.desk.output.results.isTerminal {
            try record(ask(missing))
        } else {
            office.desk.output.print(hint(missing))
        }
    }

    private func record(_ evidence: [EvidenceEntry]) throws {
        let source = try EvidenceSource(history: history).find("#\(talk.id)")
        let by = office.decider(about: history)
        try office.record(
            evidence.map { $0.touchpoint(cites: source.id, by: by, of: history.person.id, office) })
        if office.desk.wantsJSON { return }
        for entry in evidence { office.desk.output.print(entry.line(source)) }
    }

    private func ask(_ fields: [String]) -> [EvidenceEntry] {
        office.desk.output.ask("What did you hear? An empty line leaves a field open.\n")
        var entries: [EvidenceEntry] = []
        for field in fields {
            office.desk.output.ask("  \(HandoffText.question(field))\n  > ")
            guard let line = readLine() else { break }
            if line.contains(where: { !$0.isWhitespace }) { entries.append(EvidenceEntry(field: field, text: line)) }
        }
        return entries
    }

    private func hint(_ fields: [String]) -> String {
        let framework = office.model.qualification.gates.sqlFramework.rawValue
        let names = fields.map { $0.split(separator: "_").joined(separator: " ") }
        return """
              what did you hear on \(CriteriaText.list(names))?
              next: stoke qualify \(history.person.email ?? history.person.key) --\(framework) \(fields[0])="..." --from \(citation)
            """
    }
}
