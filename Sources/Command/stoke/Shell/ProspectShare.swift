import Arguments
import CivilTime
import Host
import Intake
import Interchange
import Ledger
import Outreach
import Qualification
import Reports
import SQLiteLedger

/// `check --prospects`: what lists say to the ICPs, before anybody is imported.
struct ProspectShare {
    private let share: FitShare
    private let source: String

    /// Lists that are named, else those in `prospects/`, else the people of the ledger.
    init(_ folder: WorkspaceFolder, _ model: Model, _ desk: Desk) throws {
        var share = FitShare(model.qualification)
        let named = desk.invocation.values("LIST")
        let lists = named.isEmpty ? try Self.lists(of: folder) : named
        if lists.isEmpty, folder.place(desk).hasLedger {
            try Everybody.each(in: folder.readLedger(desk)) { if !$0.person.isForgotten { share.add($0.person) } }
            source = "the people of the ledger"
        } else {
            let people = MemoryStore()
            for list in lists { try Self.read(list, into: people, desk) }
            try Everybody.each(in: people) { share.add($0.person) }
            source = lists.map { folder.name(of: $0) }.joined(separator: ", ")
        }
        self.share = share
    }

    private static func lists(of folder: WorkspaceFolder) throws -> [String] {
        let path = folder.join("prospects")
        guard Files.exists(path) else { return [] }
        return try Files.list(path).filter { $0.hasSuffix(".csv") && !$0.hasSuffix(".rejected.csv") }.sorted()
            .map { Paths.join(path, $0) }
    }

    /// Reads a list as `import` would; rows that it would leave out count for nothing.
    private static func read(_ path: String, into people: MemoryStore, _ desk: Desk) throws {
        let reader = try FileReader(path)
        var file = ProspectFile(name: path, options: desk.lists()) { () throws(HostError) in try reader.chunk() }
        let findings = try file.begin()
        guard file.plan != nil else {
            desk.output.show(findings)
            throw Failure("\(Sink.line(path)) can't be judged", hint: "mend the finding above", status: .findings)
        }
        do {
            var importing = try ProspectImport<HostError>(into: people, at: desk.now, reject: { _ in }, warn: { _ in })
            _ = try importing.run(&file)
        } catch {
            throw ImportCommand.cause(error)
        }
    }

    func text(_ output: Output) -> String {
        guard !share.profiles.isEmpty else { return "no ICP in qualification.yaml to judge \(Sink.line(source)) by\n" }
        return output.style.bold(Sink.line("Fit of \(source)")) + "\n"
            + FitShareText(share).text(width: output.width, style: output.style)
    }

    var json: JSON { FitShareText(share).json() }
}

extension WorkspaceFolder {
    /// A path as one would name it inside the workspace.
    fileprivate func name(of path: String) -> String {
        path.hasPrefix(self.path + "/") ? String(path.dropFirst(self.path.count + 1)) : path
    }
}
