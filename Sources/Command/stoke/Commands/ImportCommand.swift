import Arguments
import CivilTime
import Diagnostics
import Host
import Intake
import Interchange
import Ledger
import Outreach
import SQLiteLedger

/// Brings a list of prospects into the ledger.
enum ImportCommand: StokeCommand {
    static let table = Command(
        "import", summary: "bring a list of prospects in",
        discussion: """
            Reads CSV with the columns of Apollo, HubSpot, Sales Navigator, Google Contacts, LinkedIn Connections, \
            Instantly or lemlist; other columns become facts of your own. People are matched by address, LinkedIn page or \
            phone; blanks never erase what is known. Rows that can't be taken are all reported and kept in \
            FILE.rejected.csv; the good ones land.
            """,
        positionals: [Positional("FILE", "a CSV file; - is the standard input", candidates: .files)],
        options: [
            Option("--map", value: "COLUMN=FIELD", "read a column as this field; - leaves it out", isRepeated: true),
            Option("--source", value: "NAME", "where they are from: list (default), referral, event, ..."),
            .dryRun, .json,
        ],
        examples: [
            Example("stoke import prospects/sample.csv", "bring the sample in"),
            Example("stoke import apollo.csv --map \"Pain Point=pain\" --dry-run", "see how the first five would land"),
        ], exitCodes: [.findings], group: "People")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let isDry = desk.invocation.has("--dry-run")
        let office = try isDry ? Office.reading(desk) : Office.writing(desk)
        let path = desk.invocation.value("FILE") ?? ""
        let reader = try FileReader(path)
        var file = ProspectFile(name: path, options: try options(desk)) { () throws(HostError) in try reader.chunk() }
        let findings = try file.begin()
        desk.output.show(findings)
        guard let plan = file.plan else {
            throw Failure("nothing was imported", hint: "mend the finding above", status: .findings)
        }
        var rejects = RejectsFile(of: path, header: plan.rawHeader)
        let report = try land(&file, &rejects, office, isDry: isDry)
        if !isDry {
            try rejects.write()
            try office.requalify(Set(report.touched))
            try record(report.connections, office)
        }
        var words = ImportWords(
            report: report, plan: plan, file: path, rejects: isDry ? nil : rejects.path, isDry: isDry)
        if !isDry { words.review = try review(report.touched, office) }
        if desk.wantsJSON { desk.output.print(words.json) } else { desk.output.print(words.text) }
        return rejects.hasErrors ? .findings : .fine
    }

    /// How many of those who came in fit by rule, and how many a person has to look at.
    private static func review(
        _ people: some Swift.Sequence<Person.ID>, _ office: Office
    ) throws -> (accepted: Int, waiting: Int) {
        var counts = (accepted: 0, waiting: 0)
        for person in Set(people) {
            switch try office.store.standing(of: person)?.standing.stage {
            case .prospect?: counts.accepted += 1
            case .lead?: counts.waiting += 1
            default: continue
            }
        }
        return counts
    }

    /// What `--map` and `--source` say.
    private static func options(_ desk: Desk) throws -> ProspectOptions {
        let maps = try desk.invocation.values("--map").map { text in
            guard let map = ColumnMapping(text) else {
                throw desk.invocation.refusal("--map: \(text) is not COLUMN=FIELD", hint: "--map \"Work Email=email\"")
            }
            return map
        }
        return desk.lists(maps: maps, source: desk.invocation.value("--source"))
    }

    private static func land(
        _ file: inout ProspectFile<HostError>, _ rejects: inout RejectsFile, _ office: Office, isDry: Bool
    ) throws -> ImportReport {
        let output = office.desk.output
        let store: any Store = isDry ? try MemoryStore(over: office.store) : office.store
        var kept = rejects
        defer { rejects = kept }
        do {
            var importing = try ProspectImport<HostError>(
                into: store, at: office.now,
                reject: { row in
                    kept.add(row)
                    output.show(row.findings)
                }, warn: output.show)
            return try importing.run(&file)
        } catch {
            throw cause(error)
        }
    }

    /// What stopped an import, as it was.
    static func cause(_ error: any Error) -> any Error {
        switch error as? ImportFailure<HostError> {
        case .file(let error)?: error
        case .store(let error)?: error
        case nil: error
        }
    }

    /// LinkedIn's own file says who accepted, and when.
    private static func record(_ connections: [ImportReport.Connection], _ office: Office) throws {
        try office.record(connections.map { $0.touchpoint(in: office.zone, at: office.now) })
    }
}

/// The rows that did not land, as they stood in the file.
struct RejectsFile {
    /// `list.rejected.csv` beside `list.csv`.
    let path: String
    private(set) var hasErrors = false
    private var bytes: [UInt8]
    private var isEmpty = true

    init(of path: String, header: [UInt8]) {
        let name = path == "-" ? "stdin" : path.hasSuffix(".csv") ? String(path.dropLast(4)) : path
        self.path = name + ".rejected.csv"
        bytes = header + [UInt8(ascii: "\n")]
    }

    mutating func add(_ row: RejectedRow) {
        bytes += row.raw
        bytes.append(UInt8(ascii: "\n"))
        isEmpty = false
        hasErrors = hasErrors || row.findings.contains { $0.severity == .error }
    }

    /// Writes it where there is anything in it.
    func write() throws(HostError) {
        if !isEmpty { try Files.write(bytes, to: path) }
    }
}

extension Desk {
    /// How lists of people are read on this machine.
    func lists(maps: [ColumnMapping] = [], source: String? = nil) -> ProspectOptions {
        ProspectOptions(maps: maps, source: source ?? "list", zones: ZoneNames(zones.names), places: places)
    }
}
