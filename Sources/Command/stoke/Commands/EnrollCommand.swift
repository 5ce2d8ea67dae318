import Arguments
import CivilTime
import Diagnostics
import Facts
import Interchange
import Ledger
import Outreach
import Planning
import Qualification
import SQLiteLedger
import Workspace

/// Adds people to a sequence, and says why others do not enter.
enum EnrollCommand: StokeCommand {
    static let table = Command(
        "enroll", summary: "add people to a sequence",
        discussion: """
            Says who enters, who does not, and why. People enter the ledger at once; they are admitted, by free \
            capacity, when `stoke run` finds room for all of their mails.
            """,
        usage: ["SEQUENCE (--all | --where CRITERIA | PERSON...)"],
        positionals: [
            Positional("SEQUENCE", "the sequence's name", candidates: .named("sequences")),
            Positional("PERSON", "addresses or names", arity: .any, candidates: .named("people")),
        ],
        options: [
            Option("--all", "everybody who may enter"),
            Option("--where", value: "CRITERIA", "those who match, as in a `when`: \"{title: {words: [CTO]}}\""),
            Option("--limit", value: "N", "at most so many", kind: .integer(1...10_000_000)),
            Option("--per-company", value: "N", "at most so many of one company", kind: .integer(1...1000)),
            Option("--again", "people who were in it before, after the cool-down"), .dryRun, .json,
        ],
        examples: [
            Example("stoke enroll founders --all --limit 50", "the first fifty who fit"),
            Example("stoke enroll founders ann@fathom.example", "one person"),
        ],
        exitCodes: [.refused], group: "Every day")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.writing(desk)
        if !desk.invocation.has("--dry-run") { try Home(office).check() }
        let name = desk.invocation.value("SEQUENCE") ?? ""
        guard let sequence = office.model.sequences[name] else {
            throw Failure(
                "no sequence is called \(name)",
                hint: NearestName.hint(among: office.model.sequences.keys, to: name) ?? "stoke status lists them")
        }
        let people = try people(office)
        let (again, perCompany) = (desk.invocation.has("--again"), desk.invocation.integer("--per-company"))
        let limit = desk.invocation.integer("--limit") ?? .max
        let report = try office.store.steady { (view) throws(StoreError) in
            try EnrollmentRules(ground: office.ground(view), sequence: sequence, again: again, perCompany: perCompany)
                .judge(people, limit: limit)
        }
        if !desk.invocation.has("--dry-run") { try report.commit(to: office) }
        if desk.wantsJSON { desk.output.print(report.json) } else { desk.output.print(report.text(desk)) }
        return .fine
    }

    private static func people(_ office: Office) throws -> [Person] {
        let invocation = office.desk.invocation
        let named = try invocation.values("PERSON").map(office.person)
        if !named.isEmpty { return named }
        guard invocation.has("--all") || invocation.has("--where") else {
            throw invocation.refusal("say whom: --all, --where CRITERIA, or people")
        }
        let criteria = try invocation.value("--where").map { try office.criteria($0, of: "--where") }
        return try office.store.steady { (view) throws(StoreError) in
            let people = try view.everybody()
            guard let criteria else { return people }
            var met: [Person] = []
            for person in people {
                let history = try view.history(of: person.id)
                let facts = CriteriaFacts(history, at: office.now) { office.standing(history) }
                if facts.judge(criteria).holds { met.append(person) }
            }
            return met
        }
    }
}

extension Office {
    /// Criteria of the command line.
    ///
    /// - Throws: `Failure`, with the findings shown before.
    func criteria(_ text: String, of option: String) throws -> Criteria {
        let columns = try KnownColumns.of(folder, desk)
        let (criteria, findings) = WhereClause.read(text, file: option, columns: columns)
        guard let criteria else {
            desk.output.show(findings)
            throw Failure("\(option) could not be read", status: .usage)
        }
        return criteria
    }
}
