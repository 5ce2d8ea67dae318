import CivilTime
import Facts
import Interchange
import Ledger
import Outreach
import Qualification
import Reports
import SQLiteLedger

/// Leads that nobody has reviewed, best fit first, and recycled people whose day has come.
struct LeadReview {
    struct Lead {
        var history: History
        var fit: FitJudgement
    }

    /// Somebody who was to be looked at again by today.
    struct Returning {
        var history: History
        var entry: Touchpoint
        var day: LocalDate
    }

    let office: Office
    private(set) var waiting: [Lead] = []
    private(set) var returning: [Returning] = []

    init(_ office: Office) throws {
        self.office = office
        let qualifier = office.qualifier
        let today = office.zone.date(at: office.now)
        for person in try office.store.everybody() {
            let history = try office.store.history(of: person.id)
            let track = qualifier.stages(of: history, at: office.now)
            switch track.stage {
            case .lead:
                if let fit = qualifier.fit(of: person) { waiting.append(Lead(history: history, fit: fit)) }
            case .recycled:
                guard let entry = track.present?.touchpoint, let day = entry.day(DetailKey.until), day <= today
                else { continue }
                returning.append(Returning(history: history, entry: entry, day: day))
            default: continue
            }
        }
        waiting.sort { (Self.rank($0.fit), $1.history.person.key) > (Self.rank($1.fit), $0.history.person.key) }
        returning.sort { ($0.day, $0.history.person.key) < ($1.day, $1.history.person.key) }
    }

    /// Who may fit stands before who does not.
    private static func rank(_ fit: FitJudgement) -> Int { fit.score.map { $0 == 0 ? -1 : $0 } ?? 0 }

    /// Leads that a list's `--all --accept` would take.
    var fitting: [Lead] { waiting.filter { $0.fit.score ?? 0 > 0 } }

    var text: String {
        let style = office.desk.output.style
        guard !waiting.isEmpty || !returning.isEmpty else { return "nobody waits for review" }
        return [leads(style), again(style)].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    // MARK: leads

    private func leads(_ style: TerminalStyle) -> String {
        guard !waiting.isEmpty else { return "" }
        let unknown = waiting.count { $0.fit.score == nil }
        var head = "\(Numbers.grouped(waiting.count)) \(waiting.count == 1 ? "lead waits" : "leads wait") for review"
        head += ": \(fitting.count) fit, \(waiting.count - fitting.count - unknown) don't"
        if unknown > 0 { head += ", \(unknown) can't be told: facts are missing" }
        var table = Table(
            columns: [
                .init("fit", alignment: .right), .init("person", minimum: 14), .init("title", minimum: 10),
                .init("company", minimum: 10), .init("speaks against it", minimum: 20),
            ], indent: 2)
        for lead in waiting.prefix(40) {
            let person = lead.history.person
            table.add([
                .init(lead.fit.score.map(String.init) ?? "?"), .init(person.displayName),
                .init(person.facts["title"]?.plainText ?? ""),
                .init(person.facts[path: ["company", "name"]]?.plainText ?? ""), .init(against(lead.fit)),
            ])
        }
        if waiting.count > 40 { table.add(note: "and \(waiting.count - 40) more (--json lists all)") }
        return style.bold(head) + "\n" + table.text(width: office.desk.output.width, style: style) + next
    }

    private var next: String {
        let whom = fitting.count == 1 ? "the one who fits" : "the \(fitting.count) who fit"
        let all = fitting.isEmpty ? "" : "  stoke qualify --all --accept   takes \(whom)\n"
        return "\n" + all + "  stoke qualify PERSON... --accept | --reject REASON\n"
    }

    /// The first requirement or preference that fails, or the facts that are missing.
    private func against(_ fit: FitJudgement) -> String {
        if !fit.missingFacts.isEmpty { return "missing: " + fit.missingFacts.joined(separator: ", ") }
        let failing = (fit.requirements + fit.preferences).first { $0.truth == .no }
        return failing.map { CriteriaText.negation($0.criteria) } ?? ""
    }

    // MARK: recycled people

    private func again(_ style: TerminalStyle) -> String {
        guard !returning.isEmpty else { return "" }
        var table = Table(columns: [.init(), .init(minimum: 14), .init(minimum: 10), .init(minimum: 16)], indent: 2)
        for one in returning.prefix(40) {
            let person = one.history.person
            table.add([
                .init(Dates.full(one.day)), .init(person.displayName),
                .init(person.facts[path: ["company", "name"]]?.plainText ?? ""),
                .init("recycled for \(one.entry.text(DetailKey.reason) ?? "")"),
            ])
        }
        let count = returning.count
        let head = "\(count) recycled \(count == 1 ? "person is" : "people are") to be looked at again"
        return style.bold(head) + "\n" + table.text(width: office.desk.output.width, style: style)
            + "\n  stoke qualify PERSON --accept | --recycle REASON --until DATE | --reject REASON\n"
    }

    var json: JSON {
        [
            "waiting": .array(
                waiting.map { lead in
                    [
                        "person": .string(lead.history.person.key), "icp": .string(lead.fit.icp),
                        "fit": lead.fit.score.map { .integer($0) } ?? .null,
                        "missing": .array(lead.fit.missingFacts.map { .string($0) }),
                    ]
                }),
            "returning": .array(
                returning.map { one in
                    [
                        "person": .string(one.history.person.key), "day": .string(one.day.description),
                        "reason": .text(one.entry.text(DetailKey.reason)),
                    ]
                }),
        ]
    }
}
