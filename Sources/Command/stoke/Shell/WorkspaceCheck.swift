import CivilTime
import Diagnostics
import Facts
import Host
import Intake
import Interchange
import Outreach
import Reports
import SQLiteLedger
import Workspace

/// A workspace's files, read and judged.
struct WorkspaceCheck {
    let files: [Snapshot.File]
    let reading: WorkspaceReading
    var findings: [Finding] { reading.findings }
    var hasErrors: Bool { reading.hasErrors }

    init(_ folder: WorkspaceFolder, _ desk: Desk) throws {
        let survey = try folder.survey()
        files = survey.files
        let columns = try KnownColumns.of(folder, desk)
        reading = WorkspaceReader.read(
            files, in: .machine(desk.zones, folder: folder, columns: columns), applied: Self.applied(folder, desk),
            besides: survey.findings)
    }

    /// What was applied last, so that a step under a new name is asked about; a ledger that cannot be read is no
    /// finding about files.
    private static func applied(_ folder: WorkspaceFolder, _ desk: Desk) -> Model? {
        guard folder.place(desk).hasLedger, let store = try? folder.readLedger(desk) else { return nil }
        return try? Office.appliedModel(store, desk)
    }

    var summary: String {
        let errors = findings.count { $0.severity == .error }
        let warnings = findings.count - errors
        let counts = [Self.count(errors, "error"), Self.count(warnings, "warning")].compactMap { $0 }
        guard errors == 0, let model = reading.model else { return counts.joined(separator: ", ") }
        let verdict = counts.isEmpty ? ", nothing wrong" : ": " + counts.joined(separator: ", ")
        let sequences = model.sequences.sorted { $0.key < $1.key }.map { name, sequence in
            let span = reading.spans[name].map { ", \($0)" } ?? ""
            return "  \(name): \(Self.count(sequence.steps.count, "step") ?? "no steps")\(span)"
        }
        return (["\(files.count) files read" + verdict] + sequences).joined(separator: "\n")
    }

    private static func count(_ number: Int, _ noun: String) -> String? {
        number == 0 ? nil : Numbers.counted(number, noun)
    }

    var json: JSON {
        ["findings": .array(findings.map(\.json)), "errors": .integer(findings.count { $0.severity == .error })]
    }
}

/// The custom columns that templates and criteria may name: those of the CSV files and of imported people.
enum KnownColumns {
    static func of(_ folder: WorkspaceFolder, _ desk: Desk) throws -> [String] {
        var names: Set<String> = []
        let path = folder.join("prospects")
        // What stands there and is no folder is a finding.
        if try Files.facts(path)?.kind == .folder {
            for name in try Files.list(path) where name.hasSuffix(".csv") && !name.hasSuffix(".rejected.csv") {
                names.formUnion(try columns(of: Paths.join(path, name), desk))
            }
        }
        if folder.place(desk).hasLedger {
            for person in try folder.readLedger(desk).people(after: nil, limit: 200) {
                names.formUnion(person.facts.keys)
            }
        }
        return names.filter { !$0.isEmpty }.sorted()
    }

    /// The facts that the columns of a list become.
    private static func columns(of path: String, _ desk: Desk) throws -> [String] {
        let reader = try FileReader(path)
        let options = ProspectOptions(zones: ZoneNames([]), places: PlaceZones(countries: [], zones: []))
        var file = ProspectFile(name: path, options: options) { () throws(HostError) in try reader.chunk() }
        _ = try file.begin()
        return file.plan?.columns.compactMap(\.use.path) ?? []
    }
}
