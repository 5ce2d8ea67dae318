import Arguments
import CivilTime
import Interchange
import Ledger
import Messages
import Outreach
import SQLiteLedger

/// `check --prospects`: what share of the people has each fact that the templates speak of, and who would be held.
struct TemplateShare {
    private let coverage: TemplateCoverage
    private let source: String

    /// Those who are enrolled, each in their sequence; where nobody is, or lists are named, the listed people in all.
    init(_ people: ListedPeople, _ folder: WorkspaceFolder, _ model: Model, _ desk: Desk) throws {
        let zones = desk.zones
        let library = TemplateLibrary(model, zones: { try? zones.zone($0) })
        var coverage = TemplateCoverage(library, at: desk.now)
        if desk.invocation.values("LIST").isEmpty, folder.place(desk).hasLedger {
            try Self.addEnrolled(folder.readLedger(desk), model, to: &coverage)
        }
        if coverage.people == 0 {
            let sequences = model.sequences.values.sorted { $0.name < $1.name }
            try people.each { history in
                for sequence in sequences { coverage.add(history, in: sequence, enrollment: nil) }
            }
            source = people.source + (sequences.count > 1 ? ", in each of \(sequences.count) sequences" : "")
        } else {
            source = "those who are enrolled"
        }
        self.coverage = coverage
    }

    private static func addEnrolled(
        _ store: SQLiteStore, _ model: Model, to coverage: inout TemplateCoverage
    ) throws {
        var after: Enrollment.ID?
        repeat {
            let page = try store.enrollments(sequence: nil, state: .active, after: after, limit: 500)
            for (enrollment, history) in zip(page, try store.histories(of: page.map(\.person))) {
                guard let sequence = model.sequences[enrollment.sequence], !history.person.isForgotten else { continue }
                coverage.add(history, in: sequence, enrollment: enrollment)
            }
            after = page.last?.id
        } while after != nil
    }

    func text(_ output: Output) -> String {
        guard coverage.people > 0 else { return "nobody to judge the templates by\n" }
        var table = Table(columns: [
            .init("variable", minimum: 12), .init("have it", alignment: .right), .init("", alignment: .right),
            .init("without it"), .init("spoken of in", minimum: 12),
        ])
        for variable in coverage.variables {
            let files = variable.files.map { $0.hasPrefix("templates/") ? String($0.dropFirst(10)) : $0 }
            table.add([
                .init(variable.path), .init("\(variable.has) of \(variable.asked)"),
                .init("\(Self.percent(variable.has, of: variable.asked)) %"),
                .init(variable.missing == 0 ? "" : variable.isRequired ? "held" : "has a way round"),
                .init(files.joined(separator: ", ")),
            ])
        }
        let head = output.style.bold(Sink.line("Facts that the templates speak of, by \(source)"))
        return [head, table.text(width: output.width, style: output.style) + held(output)].joined(separator: "\n")
    }

    private func held(_ output: Output) -> String {
        guard coverage.held > 0 else { return "\nnobody of \(coverage.people) would be held\n" }
        let count = coverage.firstHeld.count
        let which = coverage.held > count ? "the first \(count) of them" : "all of them"
        var table = Table(columns: [.init(minimum: 14), .init(minimum: 10), .init(minimum: 20)], indent: 2)
        for held in coverage.firstHeld {
            table.add([
                .init(held.person.displayName), .init("\(held.sequence)/\(held.step)"), .init(held.hold.detail),
            ])
        }
        return "\n\(coverage.held) of \(coverage.people) would be held, \(which):\n"
            + table.text(width: output.width, style: output.style)
    }

    /// Whole per cents; 100 and 0 only where it is all or none.
    private static func percent(_ part: Int, of whole: Int) -> Int {
        guard whole > 0 else { return 0 }
        let rounded = (part * 200 + whole) / (whole * 2)
        return part == whole ? 100 : part == 0 ? 0 : min(max(rounded, 1), 99)
    }

    var json: JSON {
        let variables = coverage.variables.map { variable -> JSON in
            [
                "name": .string(variable.path), "has": .integer(variable.has), "of": .integer(variable.asked),
                "required": .bool(variable.isRequired), "files": .array(variable.files.map { .string($0) }),
            ]
        }
        let first = coverage.firstHeld.map { held -> JSON in
            [
                "person": .string(held.person.displayName), "email": .text(held.person.email),
                "sequence": .string(held.sequence), "step": .string(held.step),
                "reason": .string(held.hold.reason.rawValue), "detail": .string(held.hold.detail),
            ]
        }
        return [
            "source": .string(source), "people": .integer(coverage.people), "variables": .array(variables),
            "held": .integer(coverage.held), "first_held": .array(first),
        ]
    }
}
